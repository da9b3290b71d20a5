"""The trusted certificate authorities: the system's, Mozilla's list if it is installed, and the given ones."""

import os
import ssl
from importlib.util import find_spec

from chaptercast.errors import UsageError


def trusted() -> ssl.SSLContext:
    """A context that trusts them, and `SSL_CERT_FILE` and `SSL_CERT_DIR`. Raises `UsageError` if these cannot be read."""
    context = ssl.create_default_context()
    if find_spec("certifi"):
        import certifi

        context.load_verify_locations(certifi.where())
    file, folder = os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
    if file or folder:
        load_given(context, file, folder)
    return context


def load_given(context: ssl.SSLContext, file: str, folder: str) -> None:
    """Make `context` trust the authorities in a file and in a folder. One of them may be empty, not both. Raises `UsageError`."""
    try:
        context.load_verify_locations(file or None, folder or None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"The certificates that SSL_CERT_FILE names cannot be read: {reason}.") from error
