"""Which parts of a web page are its article."""
