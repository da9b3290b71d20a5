"""What `serve` says of options that do not go together."""

from pathlib import Path

from click.testing import CliRunner

from chaptercast.cli.main import cli
from chaptercast.errors import UsageError


def test_the_number_of_jobs_goes_with_the_app(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", str(tmp_path), "--app-jobs", "2"])
    assert isinstance(result.exception, UsageError)
    assert "--app" in str(result.exception)
