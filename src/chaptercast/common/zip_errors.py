"""What a damaged ZIP archive raises: `zipfile` passes on the exceptions of all that it calls."""

import zipfile
import zlib

DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""Opening an archive. Reading an encrypted member raises `RuntimeError`, too; a member that is not there, `KeyError`."""
