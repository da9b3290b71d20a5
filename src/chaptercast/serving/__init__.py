"""A site served over HTTP from the folder it lies in: read only, and nothing of what lies outside or beside it."""
