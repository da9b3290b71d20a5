"""The metadata of an article: title, authors, dates, language."""
