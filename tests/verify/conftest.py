"""A recording to make books of."""

from tests.publication.exports.conftest import recording

__all__ = ["recording"]
