"""What is named for an export."""

import click
import pytest

from chaptercast.cli.convert import convert
from chaptercast.cli.export import export
from chaptercast.cli.main import cli


@pytest.mark.parametrize(("command", "name"), [(export, "names"), (convert, "exports")])
def test_formats_are_named_in_one_option_or_in_several(command: click.Command, name: str) -> None:
    program = click.Context(cli, **cli.context_settings)
    given = command.make_context("it", ["x", "--as", "epub, daisy", "--as", "MP3S", "--as", "epub"], parent=program)
    assert given.params[name] == ("epub", "daisy", "mp3s")
    with pytest.raises(click.BadParameter, match="there is no “epubs”"):
        command.make_context("it", ["x", "--as", "daisy", "--as", "epubs"], parent=program)
