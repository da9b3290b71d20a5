"""Runs the command line as `python -m chaptercast`."""

from chaptercast.cli.main import run

if __name__ == "__main__":
    run()
