"""The pages of the ticket kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.views.words import Bilingual, Clockface

Mode = Literal["large", "contrast", "low", "voice"]


@dataclass(frozen=True, slots=True)
class Modes:
    """How one citizen wishes the kiosk to be: large print, high contrast, all keys low (R274), read aloud."""

    large: bool = False
    contrast: bool = False
    low: bool = False
    voice: bool = False
    focus: str = ""  # with voice, the key that was touched once: touched again it is pressed


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """One service to touch. waiting and minutes are None when the coordinator cannot be heard.

    group: the department or zone under which it stands when not all services fit on one page. name: in plain words
    (R146); official: its name in the list of services, where that is another. most: minutes rarely exceeded (R242).
    """

    id: str
    name: Bilingual
    place: Bilingual
    waiting: int | None = None
    minutes: int | None = None
    open: bool = True
    group: Bilingual | None = None
    official: Bilingual | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class KioskHome:
    """Choose a service. Touch targets: `service:<id>`, `lang:<code>`, `help`; where they are offered `lookup`,
    `mode:<mode>`, `priority`, `elsewhere`; where not all fits `group:<zh>`, `all`, `more`.
    """

    hall: Bilingual
    services: tuple[ServiceKey, ...]
    lang: str
    langs: tuple[str, ...]
    clock: Clockface
    notice: str = ""  # locale key of one line of notice (help on its way), or ""
    lookup: bool = False  # one can ask here how far a number is
    modes: Modes = Modes()
    can: tuple[Mode, ...] = ()  # which modes this kiosk offers
    priority: bool = False  # there are priority classes, or needs that a window can meet
    klass: Bilingual | None = None  # the priority class that was chosen
    need: str = ""  # what the window must have: `sign`, `en`
    checkin: bool = False  # an appointment's code was read: for which service?
    voucher: bool = False  # a voucher's code was read: for which service?
    elsewhere: bool = False  # there is a list of what is done at other places
    assisted: bool = False  # a guide takes the number for somebody
    holder: bool = False  # an identity was read
    group: str = ""  # the group that was chosen, by its Chinese name
    page: int = 0  # counts touches of `more`


@dataclass(frozen=True, slots=True)
class KioskBusy:
    """One touch is one ticket: getting the number (`number` empty), or printing it."""

    lang: str
    service: Bilingual
    number: str = ""
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskTake:
    """Please take your ticket. Touch target: `done`.

    most: minutes that nine waits in ten do not exceed; 0: not said.
    """

    lang: str
    number: str
    service: Bilingual
    place: Bilingual
    ahead: int | None
    minutes: int | None
    modes: Modes = Modes()
    most: int = 0


@dataclass(frozen=True, slots=True)
class KioskNoPaper:
    """The number stands although the paper did not come (or nobody knows): remember it.

    again: it may be printed once more, if whoever stands here says that no paper came. Touch targets: `done`, `again`.
    """

    lang: str
    number: str
    service: Bilingual
    place: Bilingual
    sure: bool  # False: the printer did not say
    again: bool = False
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskSorry:
    """No ticket here now; what to do instead, never just away (R150).

    Touch targets: `done` if `retry`, `help`, and `service:<id>` of what is always open (R217). opens: when the hall
    next opens, "2026-11-21 13:30", or "" if that is not known.
    """

    lang: str
    why: Literal["paper", "printer", "full", "closed", "lost", "starting"]
    others: tuple[Bilingual, ...]  # where else to take a number
    hours: str
    clock: Clockface
    retry: bool = False
    opens: str = ""
    still: tuple[ServiceKey, ...] = ()
    modes: Modes = Modes()


PlaceWhat = Literal[
    "asking", "waiting", "called", "serving", "served", "missed", "unknown", "lost",
    "otherhall", "otherday", "appointment", "city", "unreadable",
    "voucheroffline", "voucherused", "voucherexpired", "voucherunknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KioskLookup:
    """Key in one's number, or with `code` the digits of an appointment (six) or of a voucher (twelve).

    Touch targets: `type:<letter>`, then `type:<digit>` and `back`; where nothing is keyed in, `checkin`, with `code`
    `voucher`; `done`, `help`.
    """

    lang: str
    letters: tuple[str, ...]
    entry: str = ""
    modes: Modes = Modes()
    code: bool = False
    digits: int = 6
    identity: bool = False  # an identity card's number can be keyed in: `identity`


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """Where the number that somebody holds stands now, or what a code that is no ticket's is good for (R060).

    place: of the window that called it, else where its service is. Touch targets: `done`, `help`.
    """

    lang: str
    what: PlaceWhat
    number: str = ""
    service: Bilingual | None = None
    place: Bilingual | None = None
    ahead: int = 0
    minutes: int = 0
    window: int = 0
    modes: Modes = Modes()
    most: int = 0


@dataclass(frozen=True, slots=True)
class ClassKey:
    """One priority class to touch; proof: what staff will ask to see."""

    id: str
    name: Bilingual
    proof: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class KioskClasses:
    """Who comes first in this hall, and what one may need. Touch targets: `class:<id>`, `need:<id>`, `done`, `help`.

    klass, need: what is chosen. Touched once more it is given up.
    """

    lang: str
    classes: tuple[ClassKey, ...]
    needs: tuple[str, ...]
    klass: str = ""
    need: str = ""
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """What is done somewhere else: where, and whom to ask (R208)."""

    name: Bilingual
    place: Bilingual
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KioskElsewhere:
    """What this hall does not do itself. Touch targets: `done`, `help`, and `more` where not all fits."""

    lang: str
    places: tuple[OtherPlace, ...]
    page: int = 0
    modes: Modes = Modes()


HelpReason = Literal["number", "disability", "medical", "language", "ticket", "lost"]


@dataclass(frozen=True, slots=True)
class KioskHelp:
    """Help was called; with what, if one likes to say (R209). Touch targets: `reason:<reason>`, `done`; for what
    can be done here beside a number `request`, and for whoever comes to help `assist`.
    """

    lang: str
    reasons: tuple[HelpReason, ...]
    told: HelpReason | None = None
    offers: tuple[Literal["request", "assist"], ...] = ()
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskStill:
    """Nobody touched for a while: in so many seconds the first page comes back. Touch targets: `stay`, `done`."""

    lang: str
    seconds: int
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskClosing:
    """It may get late: the forecast, and the citizen's own choice (R242, R244).

    closes: "17:30", when the session ends. Touch targets: `choose:wait`, `choose:appointment` if `appointment`,
    `choose:leave`, `help`.
    """

    lang: str
    service: Bilingual
    waiting: int
    minutes: int
    closes: str
    appointment: bool
    modes: Modes = Modes()
    most: int = 0


@dataclass(frozen=True, slots=True)
class KioskTimes:
    """Times to come instead. slots: (identity, "2026-11-23 08:30"). Touch targets: `slot:<identity>`, `done`, `help`.

    taken: the one that was touched last had no room.
    """

    lang: str
    service: Bilingual
    slots: tuple[tuple[str, str], ...]
    taken: bool = False
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskBooked:
    """The appointment is made. at, until: "2026-11-23 08:30", the time and how late one may come (R061)."""

    lang: str
    service: Bilingual
    place: Bilingual
    code: str
    at: str
    until: str
    modes: Modes = Modes()
