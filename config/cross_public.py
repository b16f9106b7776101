"""What must agree on the public screens: zones of windows that are there, information that may be public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from config.errors import Finding
from config.lines import Path as Keys
from config.raw import Raw, rows, word, words

# A resident's identity number; a mobile telephone; a ticket. Whose ever they are, they are of one person or one case.
OF_SOMEBODY: Final = re.compile(r"\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)|(?<![A-Z0-9])[A-Z]\d{3}(?!\d)")


def _zones(raw: Raw) -> Iterator[Finding]:
    windows = [number for _, row in rows(raw, "window") if isinstance(number := row.get("number"), int)]
    for path, row in rows(raw, "board"):
        zones = row.get("zones")
        for index, zone in enumerate(zones if isinstance(zones, list | tuple) else ()):
            named = zone.get("windows") if isinstance(zone, dict) else ()
            for at, window in enumerate(named if isinstance(named, list | tuple) else ()):
                if isinstance(window, int) and window not in windows:
                    have = ", ".join(map(str, sorted(windows)))
                    where = (*path, "zones", index, "windows", at)
                    yield Finding(where, f"there is no window {window}", f"Known: {have}.")
        if row.get("shows") == "content":
            if zones:
                yield Finding((*path, "zones"), "a board of information has no zones", "Take them out.")
            if not any(True for _ in rows(raw, "content")):
                what = "there is nothing to show"
                yield Finding((*path, "shows"), what, 'Write a [[content]], or shows = "calls".')


def _content(raw: Raw) -> Iterator[Finding]:
    """Public pages say nothing of a person or a case (R250)."""
    for path, row in rows(raw, "content"):
        for at, text in _texts(path, row):
            for lang, said in text.items() if isinstance(text, dict) else ():
                if isinstance(said, str) and (found := OF_SOMEBODY.search(said)):
                    what = f"has a number of somebody's in it, at character {found.start() + 1}"
                    yield Finding((*at, lang), what, "Take it out: public screens say nothing of a person or a case.")


def _texts(path: Keys, row: Raw) -> Iterator[tuple[Keys, object]]:
    """A page's title and lines, each with where it stands."""
    yield (*path, "title"), row.get("title")
    lines = row.get("lines")
    for index, line in enumerate(lines if isinstance(lines, list | tuple) else ()):
        yield (*path, "lines", index), line


def _facilities(raw: Raw) -> Iterator[Finding]:
    devices = [n for table in ("kiosk", "board", "window") for _, row in rows(raw, table) for n in words(row, "device")]
    devices += [n for _, row in rows(raw, "window") for n in words(row, "evaluator")]
    seen: set[str] = set()
    for path, row in rows(raw, "facility"):
        name = word(row, "id")
        if name in seen or name in devices:
            yield Finding((*path, "id"), f"'{name}' is already a name in this hall", "Give it one of its own.")
        seen.add(name)


PUBLIC_CHECKS: tuple[Callable[[Raw], Iterator[Finding]], ...] = (_zones, _content, _facilities)


def public_texts(raw: Raw) -> Iterator[tuple[Keys, object]]:
    """Every text of these tables that citizens read, with where it stands."""
    for path, row in rows(raw, "board"):
        zones = row.get("zones")
        for index, zone in enumerate(zones if isinstance(zones, list | tuple) else ()):
            yield (*path, "zones", index, "name"), zone.get("name") if isinstance(zone, dict) else None
    for path, row in rows(raw, "content"):
        yield from _texts(path, row)
    for path, row in rows(raw, "facility"):
        yield (*path, "name"), row.get("name")
        if "instead" in row:
            yield (*path, "instead"), row.get("instead")
