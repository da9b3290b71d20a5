"""The command line: reads options, calls the stages, and prints.

It imports `pipeline`, which sees all stages, and the registries. It imports nothing below them.
"""
