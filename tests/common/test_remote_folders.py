"""Addresses of stores: told from paths, opened or refused with a reason, and printed without their passwords."""

import sys

import pytest

from chaptercast.common import remote_folders
from chaptercast.errors import OutputError, UsageError


@pytest.mark.parametrize("given", ["s3://bucket/folder", "memory://x", "S3://bucket", "sftp://user:pw@host/x"])
def test_addresses(given: str) -> None:
    assert remote_folders.is_remote(given)


@pytest.mark.parametrize("given", ["output", "a/b.mp3", "C:\\out", "s3:/bucket", "://x", "s3://", "./s3://x", ""])
def test_paths(given: str) -> None:
    assert not remote_folders.is_remote(given)


def test_passwords_are_not_shown() -> None:
    told = remote_folders.shown("no way to ftp://me:secret@host/x and https://host/y?token=secret&z=secret now")
    assert told == "no way to ftp://host/x and https://host/y? now"


def test_offline_forbids_every_address() -> None:
    with pytest.raises(UsageError, match="--offline"):
        remote_folders.opened("s3://bucket/folder", offline=True)


def test_an_unknown_kind_of_store_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="nonsense"):
        remote_folders.opened("nonsense://bucket", offline=False)


@pytest.mark.parametrize("module", ["s3fs", "fsspec.core"])
def test_what_is_missing_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match="not installed") as caught:
        remote_folders.opened("s3://bucket/folder", offline=False)
    assert "chaptercast[remote]" in caught.value.remedy


def test_whatever_a_client_raises_is_an_error_of_ours() -> None:
    with (
        pytest.raises(OutputError, match=r"s3://b: it broke\.$"),
        remote_folders.troubles(OutputError, "s3://b", "Mend it."),
    ):
        raise RuntimeError("it broke.\nhere: and here")
