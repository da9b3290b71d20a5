"""Reading: a file becomes a `Document`, and its headings are found."""
