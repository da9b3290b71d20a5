"""The formats of articles: one module or package per format. Each reads its format into blocks."""
