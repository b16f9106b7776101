"""The small parts of many pages: a hall's own word, what the clock says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A hall's own word: a service, a place, a notice. What is empty is said in Chinese."""

    zh: str
    en: str = ""
    ug: str = ""
    bo: str = ""
    mn: str = ""


@dataclass(frozen=True, slots=True)
class Clockface:
    """What the clock on the screen says; not trusted: the screen says so instead of a wrong time (R056)."""

    text: str  # "2026-11-21 09:30", hall time
    trusted: bool
