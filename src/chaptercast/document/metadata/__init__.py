"""What is known about an article: title, authors, dates, language."""
