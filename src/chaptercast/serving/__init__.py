"""Serves a site over HTTP from its folder: read only, and nothing outside or beside the folder."""
