"""The command line: options in, stages called, people told. It sees `convert`, `verify` and the registries, and nothing below."""
