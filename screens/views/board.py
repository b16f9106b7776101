"""The pages of the call board: calls, and where it calls nobody, information."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.views.words import Bilingual, Clockface

Slot = Literal["business", "announcement", "sample", "fault"]
Notices = tuple[tuple[Slot, Bilingual], ...]
# What a public screen may tell beside calls (R250): nothing of any one case, and of nobody but the staff.
InfoKind = Literal["staff", "guide", "progress", "result", "contact"]


@dataclass(frozen=True, slots=True)
class CallRow:
    """One called number and where to go."""

    number: str
    window: int
    place: Bilingual
    fresh: bool = False  # called within the last seconds: drawn emphasised


@dataclass(frozen=True, slots=True)
class Resting:
    """A window that serves nobody for a while (R203). until: "10:25", "11-23 08:30", or "" if nobody can say.

    what: why, where that is public: a planned closure, staff on leave (R157); never the reason of a pause (R107).
    """

    window: int
    until: str = ""
    elsewhere: tuple[int, ...] = ()
    what: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """Today's hours, "08:30-12:00 13:30-17:30", "" on a rest day; whether the hall is open now and until when it stays
    so: "12:00", another day's "11-23 08:30", or "" if nothing is known to change (R055).
    """

    hours: str
    open: bool
    until: str = ""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The hall's call display: the newest call large, earlier ones below, what else is to be known beside.

    waiting, busy, busy_most: people, and if those are many the minutes they wait and rarely exceed (R242, R268).
    next: who is called next, in order.
    page, pages: of its zones, from 1. windows: how many the page is about; as many rows can ever be filled.
    """

    hall: Bilingual
    newest: CallRow | None
    rows: tuple[CallRow, ...]
    missed: tuple[str, ...]
    paused: tuple[Resting, ...]
    notices: Notices
    waiting: int | None
    clock: Clockface
    live: bool  # False: the line is down, what is shown may be old, and the board says so
    muted: bool = False
    next: tuple[str, ...] = ()
    today: Today | None = None  # None: nobody knows which day it is
    busy: int | None = None
    busy_most: int = 0
    zone: Bilingual | None = None
    page: int = 1
    pages: int = 1
    windows: int = 12
    phone: str = ""  # for complaints (R057)
    turn: int = 0  # which part of a notice too long for its place is shown
    second: str = "en"  # the language beside Chinese


@dataclass(frozen=True, slots=True)
class InfoPage:
    """A board that calls nobody shows one page of the hall's information after the other (R251)."""

    hall: Bilingual
    kind: InfoKind
    title: Bilingual
    lines: tuple[Bilingual, ...]
    notices: Notices
    clock: Clockface
    today: Today | None = None
    page: int = 1
    pages: int = 1
    phone: str = ""
    turn: int = 0
    second: str = "en"
