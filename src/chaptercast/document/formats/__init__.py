"""The formats of articles: one module or package for each, which reads it into blocks."""
