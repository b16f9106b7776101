"""Text in stretches of one script and direction, in the order in which they stand on the line from the left.

Order is the Unicode bidirectional algorithm's (UAX 9; python-bidi). Within a stretch the font's own tables join and
stack the letters, once it is told script and direction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

# (first, last, ISO 15924): scripts whose letters change with their neighbours (Unicode 16, Blocks.txt)
_BLOCKS: Final = (
    (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"), (0x08A0, 0x08FF, "Arab"), (0x0F00, 0x0FFF, "Tibt"),
    (0x1800, 0x18AF, "Mong"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFF, "Arab"), (0x11660, 0x1167F, "Mong"),
)  # fmt: skip
_CLASSES: Final = frozenset(
    ("L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRE", "LRO", "RLE", "RLO", "PDF")
)
# Say how neighbours join or where a line turns; a font need not have them (UAX 9, UAX 14, Unicode 16 chapter 13.5).
JOINERS: Final = "\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u200e\u200f\u202b\u202c\u202f"
_FIRSTS: Final = [first for first, _, _ in _BLOCKS]
_SHAPED: Final = re.compile("[{}]".format("".join(f"{chr(first)}-{chr(last)}" for first, last, _ in _BLOCKS)))
KEPT: Final = 4096  # characters whose script is remembered: it is asked for each of every line that is measured


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters in the order they are read. script: "" if each stands for itself, as Chinese and Latin do."""

    text: str
    script: str
    rtl: bool = False


@lru_cache(KEPT)
def script_of(char: str) -> str:
    """The script of a character that needs shaping, or ""."""
    at = bisect_right(_FIRSTS, ord(char)) - 1
    return _BLOCKS[at][2] if at >= 0 and ord(char) <= _BLOCKS[at][1] else ""


def is_shaped(text: str) -> bool:
    """Whether any of it needs shaping; if not, its characters can be set one by one."""
    return _SHAPED.search(text) is not None


def reads_from_the_right(text: str) -> bool:
    """Whether the paragraph as a whole does: its first letter decides."""
    from bidi.algorithm import get_base_level

    return bool(get_base_level(text))


def turned(text: str) -> str:
    """Characters that stand each for itself in a stretch read from the right: in that order, brackets facing it."""
    from bidi.mirror import MIRRORED

    return "".join(MIRRORED.get(char, char) for char in reversed(text))


def stretches(text: str) -> list[Stretch]:
    """The text of one line, from the left."""
    levels = _levels(text) if any(script_of(char) == "Arab" for char in text) else [0] * len(text)
    marked = list(zip(text, levels, _scripts(text, levels), strict=True))
    runs = [
        (level, Stretch("".join(char for char, _, _ in run), script, level % 2 == 1))
        for (level, script), run in groupby(marked, key=lambda mark: (mark[1], mark[2]))
    ]
    return _ordered(runs)


def _levels(text: str) -> list[int]:
    """Each character's embedding level; odd ones read from the right (UAX 9, up to I2)."""
    from bidi import algorithm

    # Unassigned characters have no class, and isolates are younger than this implementation: both stand as letters.
    plain = "".join(char if algorithm.bidirectional(char) in _CLASSES else "人" for char in text)
    base = algorithm.get_base_level(plain)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(plain, storage)
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, False)
    found = iter(storage["chars"])
    levels, level = [], base
    for char in plain:
        if algorithm.bidirectional(char) not in algorithm.X9_REMOVED:  # joiners have no level: their neighbour's
            level = int(next(found)["level"])
        levels.append(level)
    return levels


def _scripts(text: str, levels: list[int]) -> Iterator[str]:
    """Spaces between letters of one script belong to it; whatever stands in a stretch read from the right, too."""
    last = ""
    for char, level in zip(text, levels, strict=True):
        if level % 2:
            last = "Arab"
        elif not char.isspace() or last == "Arab":
            last = script_of(char)
        yield last


def _ordered(runs: list[tuple[int, Stretch]]) -> list[Stretch]:
    """Rule L2: from the highest level to the lowest odd one, reverse what stands at that level or above."""
    for least in range(max((level for level, _ in runs), default=0), 0, -1):
        turned: list[tuple[int, Stretch]] = []
        for inside, some in groupby(runs, key=lambda run: run[0] >= least):
            together = list(some)
            turned += reversed(together) if inside else together
        runs = turned
    return [stretch for _, stretch in runs]
