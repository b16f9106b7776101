"""The records of devices: paper, parts, help asked for, what was shown and chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from device.contract.messages.values import Count, MaybeStaff, Name, Stamp, Text, Uuid


@dataclass(frozen=True, slots=True)
class FaultBegan:
    """A part stopped doing its work."""

    type: ClassVar[str] = "fault.began"
    part: Name
    code: Name


@dataclass(frozen=True, slots=True)
class FaultEnded:
    """The part works again."""

    type: ClassVar[str] = "fault.ended"
    part: Name
    code: Name


@dataclass(frozen=True, slots=True)
class PaperLow:
    """The roll is near its end: the printer feels it, or as many millimetres were printed as a roll has."""

    type: ClassVar[str] = "paper.low"
    part: Name = "printer"
    by: Literal["sensor", "count"] = "sensor"


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """A new roll is in: the printer felt paper where none was, or a person said so. metres: printed since the last."""

    type: ClassVar[str] = "paper.changed"
    by: Literal["sensor", "person"]
    metres: Annotated[int, Ge(0), Le(10_000)]
    part: Name = "printer"


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A citizen pressed the help key (R021)."""

    type: ClassVar[str] = "help.asked"
    reason: Name = "general"


@dataclass(frozen=True, slots=True)
class EstimateShown:
    """Near closing a citizen was told how long it may take, before they took a number (R242, R243).

    request: the touch's, and the number's if one is taken. closes: when the session ends. most: as in `hall.service`.
    """

    type: ClassVar[str] = "estimate.shown"
    request: Uuid
    service: Name
    waiting: Count
    minutes: Count
    closes: Stamp
    most: Count = 0


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """What the citizen chose then, of their own will; this record's time is when (R244)."""

    type: ClassVar[str] = "choice.made"
    request: Uuid
    service: Name
    choice: Literal["wait", "appointment", "leave"]


@dataclass(frozen=True, slots=True)
class SelftestDone:
    """What every part showed when asked (R014, R226). staff: who confirmed what the console knew of its desk (R225)."""

    type: ClassVar[str] = "selftest.done"
    verdict: Literal["OK", "SOON", "NOW"]
    parts: Annotated[tuple[Text, ...], MaxLen(32)] = ()
    staff: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class SafeToSwitchOff:
    """The day is over here: nothing is under way, and everything promised is on the card (R018, R238)."""

    type: ClassVar[str] = "device.safe"
