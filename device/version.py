"""Which hallside this is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def hallside_version() -> str:
    """The installed distribution's version, or the checkout's when nothing is installed."""
    try:
        return version("hallside")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"]) + "+checkout"


def register(parser: ArgumentParser) -> None:
    """`hallside version`."""
    parser.description = "Say which hallside this is."
    parser.set_defaults(act=_say)


def _say(_: Namespace) -> int:
    print(f"hallside {hallside_version()}")
    return 0
