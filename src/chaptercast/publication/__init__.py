"""Publishing: a recording and what belongs to it become files. The one stage that writes to the user's folder."""
