"""The command line: options in, stages called, people told. It sees `convert`, `verify`, `serving` and the registries, and nothing below."""
