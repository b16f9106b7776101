"""What people read names only what is there: files, make's targets, hallside's words and their options."""

from __future__ import annotations

import re
import subprocess
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from device.cli import COMMANDS, OTHERS
from provisioning.cli import register

ROOT: Final = Path(__file__).parent.parent
SAID: Final = re.compile(r"(?:^|`|\| )(?:\.venv/bin/)?hallside ([a-z]+)\b([^`\n#|]*)", re.MULTILINE)


def options(parser: ArgumentParser) -> Iterator[str]:
    """Of this parser and of all below it."""
    for action in parser._actions:
        yield from action.option_strings
        for inner in action.choices.values() if isinstance(action.choices, dict) else ():
            if isinstance(inner, ArgumentParser):
                yield from options(inner)


def parser_of(word: str) -> ArgumentParser:
    parser = ArgumentParser()
    if word in COMMANDS:
        import_module(COMMANDS[word][0]).register(parser)
    else:
        register(parser)
    return parser


@pytest.fixture(scope="module")
def files() -> tuple[Path, ...]:
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=9).stdout
    return tuple(ROOT / line for line in kept.splitlines())


@pytest.fixture(scope="module")
def pages(files: tuple[Path, ...]) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in files if path.suffix == ".md"}


def test_a_page_links_to_and_names_only_files_that_are_there(files: tuple[Path, ...], pages: dict[Path, str]) -> None:
    names = {path.name for path in files}
    for page, text in pages.items():
        links = re.findall(r"\]\(([^)#\s]+)", re.sub(r"`[^`\n]*`", "", text))
        assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == [], page
        named = re.findall(r"`(?:[\w./-]*/)?([\w-]+\.(?:py|sh|tsv))`", text)
        assert [name for name in named if name not in names] == [], page


def test_the_pages_say_only_what_make_and_hallside_know(pages: dict[Path, str]) -> None:
    said = "\n".join(pages.values())
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", said, re.MULTILINE)) <= set(targets)
    commands = SAID.findall(said)
    assert {word for word, _ in commands} <= {*COMMANDS, *OTHERS}
    known = {word: set(options(parser_of(word))) for word, _ in commands}
    strange = [(word, each) for word, rest in commands for each in re.findall(r"--[a-z-]+", rest)]
    assert [f"{word} {each}" for word, each in strange if each not in known[word]] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    wanted = [line for each in (*lists, *project["dependency-groups"].values()) for line in each]
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Why each dependency")[1]
    rows = re.findall(r"^\| (\S[^|]*?) \|", table, re.MULTILINE)[1:]
    reasoned = {name.split()[0] for row in rows for name in row.split(", ")}
    assert {re.split(r"[^\w-]", line)[0] for line in wanted} == reasoned
