"""Which authorities are trusted to vouch for a service: the system's, Mozilla's list where it is installed, and those that are given."""

import os
import ssl
from importlib.util import find_spec

from chaptercast.errors import UsageError


def trusted() -> ssl.SSLContext:
    """A context that trusts them, `SSL_CERT_FILE` and `SSL_CERT_DIR` too. Raises `UsageError` where what these name cannot be read."""
    context = ssl.create_default_context()
    if find_spec("certifi"):
        import certifi

        context.load_verify_locations(certifi.where())
    file, folder = os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
    if file or folder:
        load_given(context, file, folder)
    return context


def load_given(context: ssl.SSLContext, file: str, folder: str) -> None:
    """Let `context` trust the authorities in a file and in a folder, either of which may be empty, but not both. Raises `UsageError`."""
    try:
        context.load_verify_locations(file or None, folder or None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"The certificates that SSL_CERT_FILE names cannot be read: {reason}.") from error
