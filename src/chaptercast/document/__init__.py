"""The reading stage: reads a file into a `Document` and finds its headings."""
