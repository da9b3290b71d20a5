"""SSML 1.1: writes a script as SSML, and reads SSML back as a script."""
