"""A laid-out page as one line of JSON, and back: what golden layouts are kept as.

A line is `[name, width, height, [box...], [[key, [x, y, w, h]]...], [flaw...]]`; a box is the name of its class and its
fields in their order. A page has one line only, so that two pages are the same when their lines are.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

from screens.layout import Figure, Panel, Picture, Text
from screens.layout.picture import Box

Key = tuple[str, str]  # sample, size
BOXES: Final[Mapping[str, type[Box]]] = {kind.__name__: kind for kind in (Panel, Text, Figure)}


def line_of(page: Picture) -> str:
    """The page as its line."""
    boxes = [[type(box).__name__, *(getattr(box, field.name) for field in fields(box))] for box in page.boxes]
    return _json([page.name, page.width, page.height, boxes, sorted(page.targets.items()), page.flaws])


def page_of(line: str) -> Picture:
    """The page of which this is the line."""
    name, width, height, boxes, targets, flaws = json.loads(line)
    return Picture(
        name,
        width,
        height,
        tuple(BOXES[kind](*values) for kind, *values in boxes),
        {key: tuple(area) for key, area in targets},
        tuple(flaws),
    )


def sum_of(line: str) -> str:
    """Another one as soon as a box, a key or a flaw of the page is another."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def write(path: Path, lines: Mapping[Key, str]) -> None:
    """Keep the pages in one file, each with its sample and size; the same pages make the same bytes."""
    text = "".join(f"{_json(key)}\t{line}\n" for key, line in lines.items())
    path.write_bytes(lzma.compress(text.encode(), preset=9))


def read(path: Path) -> dict[Key, str]:
    """The pages kept there."""
    kept = {}
    for row in lzma.decompress(path.read_bytes()).decode().splitlines():
        key, _, line = row.partition("\t")
        sample, size = json.loads(key)
        kept[sample, size] = line
    return kept


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
