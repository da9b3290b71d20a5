"""Finds the main content of a web page: the parts that are its article."""
