"""The publishing stage: writes a recording and its companion files. The only stage that writes to the user's folder."""
