"""The hall's rules as numbers and choices: each is a parameter of hall.toml, told with its reason in docs/rules.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from device.contract.messages import Words
from device.hall.discipline import VOUCHER


@dataclass(frozen=True, slots=True)
class Rules:
    """The hall's numbers; every one is a parameter of hall.toml."""

    online_last: int = 599
    block: int = 100
    block_days: int = 7
    call_valid_seconds: int = 60
    call_fresh_seconds: int = 20
    max_attempts: int = 3
    rejoin_after: int = 2
    rating_seconds: int = 30
    thanks_seconds: int = 4
    answer_seconds: float = 0.4
    take_seconds: int = 8
    idle_seconds: int = 30
    warn_seconds: int = 20
    closing_minutes: int = 30
    reprint_seconds: int = 600
    contact_days: int = 30


@dataclass(frozen=True, slots=True)
class Rating:
    """What an evaluator asks besides the level. tags, complaints: only where somebody can touch it.

    url: where one rates by phone, with {invitation} in it; "": nowhere. reminder: of one's papers (R028).
    """

    tags: bool = True
    complaints: bool = True
    url: str = ""
    reminder: Words | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Leaving a window for a while, in minutes (R097-R113). reasons: those with a limit of their own."""

    minutes: int = 10
    remind: int = 2
    most_away: int = 1
    reasons: Mapping[str, int] = field(default_factory=dict)
    checklist: Words | None = None

    def allowed(self, reason: str) -> int:
        """How long one may be away for this reason."""
        return self.reasons.get(reason, self.minutes)


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody is expected at a window on these weekdays (empty: on all days it is open)."""

    window: int
    staff: str
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody will not be there, and who stands in (R119, R120). where: what the public may know of it (R157)."""

    id: str
    staff: str
    begins: datetime
    ends: datetime
    substitute: str = ""
    approved_by: str = ""
    where: Literal["leave", "out", "meeting"] = "out"


@dataclass(frozen=True, slots=True)
class People:
    """Who works where. by_card: signing in takes a card; times in seconds. roster, absences: the coordinator's."""

    by_card: bool = False
    windows_each: int = 2
    nobody_acts: int = 120
    idle: int = 300
    absent: int = 600
    escalate: int = 1800
    per_window_percent: int = 120
    preshift: int = 600
    roster: tuple[Expected, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """When a queue is long, and when it is short again (R084, R085); minutes before a time limit to warn (R063)."""

    long: int = 10
    short: int = 7
    warn: int = 1


@dataclass(frozen=True, slots=True)
class CaseRules:
    """Deadlines of bad ratings and complaints in working days, by kind (R069). remind: so long before, the supervisor
    is reminded; escalate: so long after, the head is told."""

    days: Mapping[str, int] = field(
        default_factory=lambda: {"bad-rating": 5, "complaint": 5, "report": 10, "suggestion": 10}
    )
    remind: int = 1
    escalate: int = 2


@dataclass(frozen=True, slots=True)
class Power:
    """So many devices gone within so many seconds is a power cut; who was kept waiting comes earlier once, for so many
    days, as of this class (R283, R285)."""

    devices: int = 3
    seconds: int = 30
    voucher_days: int = 28
    klass: str = VOUCHER


@dataclass(frozen=True, slots=True)
class Voice:
    """What the hall's voice says. languages: of every call, before the ticket's own; yao: 1 is said 幺.

    clear_for: classes whose calls are louder and said twice (R033). closing_minutes: 0: the end is not announced.
    waited_minutes: after such a wait the call begins with an apology, 0: never (R128).
    """

    languages: tuple[str, ...] = ()
    yao: bool = False
    clear_for: frozenset[str] = frozenset()
    opening: bool = False
    closing_minutes: int = 0
    apology: bool = False
    waited_minutes: int = 0
