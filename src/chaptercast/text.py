"""Text that can be written: what escapes in data, and names that the system gives, may hold besides."""


def well_formed(text: str) -> str:
    """`text` without lone surrogates, which no encoding can write: two that belong together become their character, any other U+FFFD."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
