"""What hardware says. Frozen facts, posted by the one thread that owns the port; nothing else crosses a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mender = Literal["staff", "technician"]


@dataclass(frozen=True, slots=True)
class Touched:
    """A finger came down: pixels of that screen, origin top left."""

    x: int
    y: int
    screen: str = "main"


@dataclass(frozen=True, slots=True)
class Stirred:
    """Something happened at that screen, and nobody knows what before it is pumped."""

    screen: str = "main"


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the keyboard or keypad: a character (`7`, `a`) or a name (`enter`, `backspace`, `escape`, `f1`)."""

    key: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read a code: up to 512 printable characters, its ends stripped; "" if it was no text that can be read.

    It may name a person, so it stands in no log.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """An evaluator button, after debouncing: level 1 (非常不满意) to 5 (非常满意)."""

    level: int


@dataclass(frozen=True, slots=True)
class ButtonsUnclear:
    """Several evaluator buttons went down at once; none of them counts, and which was meant is to be asked again."""

    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """The printer's own word on its state; `silent` means it did not answer and nothing is known.

    code: why not ready, and of several reasons the one to mend first: broken, cutter, cover-open, paper-out,
    overheated, offline, unplugged, silent, driver-fault. also: the other reasons, in the same order.
    """

    ready: bool
    low: bool = False
    code: str = ""
    also: tuple[str, ...] = ()

    @property
    def conditions(self) -> frozenset[str]:
        """Everything that is so at once, `paper-low` too; empty when it is ready and well."""
        return frozenset(filter(None, (self.code, *self.also, "paper-low" if self.low else "")))


@dataclass(frozen=True, slots=True)
class Printed:
    """All bytes went out and the printer, asked afterwards, said that all is well."""

    job: str


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """The paper did not come out whole; nothing of the job is left in a buffer of ours."""

    job: str
    code: str


@dataclass(frozen=True, slots=True)
class PrintUnknown:
    """All bytes went out, and the printer did not say what became of them."""

    job: str
    code: str


@dataclass(frozen=True, slots=True)
class Said:
    """The announcement was heard to its last sample."""

    id: str


@dataclass(frozen=True, slots=True)
class NotSaid:
    """The announcement was dropped: `stale`, `repeated`, `replaced`, `full`, or a fault's code."""

    id: str
    code: str


@dataclass(frozen=True, slots=True)
class LinkUp:
    """Connected and subscribed; whatever is retained follows."""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The line to the broker is gone; the link goes on trying by itself."""

    code: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message as it came, not yet looked into."""

    topic: str
    payload: bytes
    retained: bool


@dataclass(frozen=True, slots=True)
class PartFailed:
    """A part stopped working while running; its driver goes on trying by itself."""

    part: str  # printer, buttons, lamps, speaker, screen, keypad, scanner, journal
    code: str
    detail: str  # for the technician's log: path and error text, no citizen's data
    mender: Mender = "technician"


@dataclass(frozen=True, slots=True)
class PartMended:
    """The part works again."""

    part: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The person at this machine closed the window or pressed Ctrl-C."""


HardwareEvent = (
    Touched | Stirred | KeyPressed | Scanned | ButtonPressed | ButtonsUnclear | PrinterReport | Printed | PrintFailed
    | PrintUnknown | Said | NotSaid | LinkUp | LinkDown | Delivered | PartFailed | PartMended | Closed
)  # fmt: skip
