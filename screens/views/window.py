"""The sign above a window and the staff's controller at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.views.words import Bilingual, Clockface


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who is on duty, as citizens see it."""

    number: str
    name: str
    stars: int
    duty: str
    photo: str = ""


WindowState = Literal["unknown", "closed", "open", "calling", "serving", "paused", "overtime"]


@dataclass(frozen=True, slots=True)
class SignPage:
    """The sign of one window: number, state in words, colour and shape, ticket, person, services.

    until: when it serves again, "10:25" or "11-23 08:30", "" if nobody can say. what: why it does not, where that is
    public (R157, R203), never the reason of a pause (R107). busy: people wait while it serves (R127).
    """

    window: int
    place: Bilingual
    state: WindowState
    number: str
    person: PersonCard | None
    services: tuple[Bilingual, ...]
    elsewhere: tuple[int, ...]
    clock: Clockface
    until: str = ""
    what: Bilingual | None = None
    busy: bool = False
    second: str = "en"  # the language beside Chinese


@dataclass(frozen=True, slots=True)
class ConsoleKey:
    """One key of the controller. id: touch target; label: locale key or a hall's own word; hot: keyboard key.

    minutes: how long one may be away for this reason (R102), 0: no limit, or none of time.
    """

    id: str
    label: str | Bilingual
    hot: str
    enabled: bool = True
    strong: bool = False
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """The staff's controller: state, ticket, keys. Never a rating.

    message: locale key of what the staff should know or say; blanks: its placeholders. entry: what is being typed
    (None: nothing asked for), secret: draw dots. due: results promised by the next working day, or before.
    """

    window: int
    state: WindowState
    person: PersonCard | None
    number: str
    service: Bilingual | None
    since: str  # "09:31" the ticket was called or started, or ""
    waiting: int | None
    keys: tuple[ConsoleKey, ...]
    live: bool
    unsent: int
    clock: Clockface
    message: str = ""
    blanks: tuple[tuple[str, str], ...] = ()
    prompt: str = ""  # locale key of what is being asked for, or ""
    entry: str | None = None
    secret: bool = False
    due: int = 0
    lang: str = "zh"  # of the staff: Chinese, or English where it is the hall's first language
