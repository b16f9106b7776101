"""The page of the call board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.views.words import Bilingual, Clockface


@dataclass(frozen=True, slots=True)
class CallRow:
    """One called number and where to go."""

    number: str
    window: int
    place: Bilingual
    fresh: bool = False  # called within the last seconds: drawn emphasised


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The hall's call display: the newest call large, earlier ones below, missed and paused beside."""

    hall: Bilingual
    newest: CallRow | None
    rows: tuple[CallRow, ...]
    missed: tuple[str, ...]
    paused: tuple[int, ...]
    notices: tuple[tuple[Literal["business", "announcement", "sample", "fault"], Bilingual], ...]
    waiting: int | None
    clock: Clockface
    live: bool  # False: the line is down, what is shown may be old, and the board says so
    muted: bool = False
