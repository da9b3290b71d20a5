"""The command line: options in, stages called, people told. It sees what sees all stages, and the registries, and nothing below."""
