"""Where in a TOML file a value stands. `tomllib` does not say, and people mend lines, not key paths."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLES = re.compile(rf"^\s*\[\[\s*({_DOTTED})\s*\]\]")
_TABLE = re.compile(rf"^\s*\[\s*({_DOTTED})\s*\]")
_VALUE = re.compile(rf"^\s*({_DOTTED})\s*=(.*)$")
_STRING = re.compile(r'"""(?s:.*?)"""|' + r"'''(?s:.*?)'''|" + r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*""")


def _keys(dotted: str) -> list[str]:
    return [k[1:-1] if k[0] in "\"'" else k for k in re.findall(_KEY, dotted)]


def find_lines(text: str) -> Mapping[Path, int]:
    """Path of every table and key -> its line, counted from 1; elements of arrays of tables count from 0.

    Values that go on over several lines are passed over whole; strings and comments are blanked out before looking.
    The text is taken to be sound TOML.
    """
    blank = _STRING.sub(_keep_newlines, text)
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    base: Path = ()
    depth = 0
    for number, (line, bare) in enumerate(zip(text.split("\n"), blank.split("\n"), strict=True), 1):
        if depth == 0:
            if _TABLES.match(bare) and (match := _TABLES.match(line)):
                *outer, last = _keys(match[1])
                at = (*_enter(outer, counts), last)
                counts[at] = counts.get(at, -1) + 1
                found.setdefault(at, number)
                base = (*at, counts[at])
                found[base] = number
                continue
            if _TABLE.match(bare) and (match := _TABLE.match(line)):
                base = _enter(_keys(match[1]), counts)
                found.setdefault(base, number)
                continue
            if _VALUE.match(bare) and (match := _VALUE.match(line)):
                keys = _keys(match[1])
                for end in range(1, len(keys) + 1):
                    found.setdefault((*base, *keys[:end]), number)
        depth += len(re.findall(r"[\[{]", bare)) - len(re.findall(r"[\]}]", bare))
    return found


def _enter(keys: list[str], counts: Mapping[Path, int]) -> Path:
    """The table's path; a step into an array of tables goes into its last element."""
    at: Path = ()
    for key in keys:
        at = (*at, key)
        if at in counts:
            at = (*at, counts[at])
    return at


def _keep_newlines(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "_", match[0])


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of this value, else of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)
