"""SSML 1.1: a script written as SSML, and SSML read back as a script."""
