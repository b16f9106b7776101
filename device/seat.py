"""One device in this process: its role, its parts, and what the shell knows for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from device.door import Door
from device.effects import Role
from device.outbox import Outbox
from device.presence import Presence
from device.roll import Roll
from drivers.protocols import Lamps, Link, Printer, Speaker
from screens.document import Document
from screens.views import View

Replies = Callable[[str, Mapping[str, object]], None]  # to whom, what


class Screen(Protocol):
    """Somewhere a view can be seen and touched. pump: as of drivers.protocols.Display."""

    @property
    def pump_seconds(self) -> float | None: ...
    def show(self, view: View) -> None: ...
    def key_at(self, x: int, y: int) -> str | None: ...
    def pump(self) -> None: ...
    def close(self) -> None: ...


class Closeable(Protocol):
    """A part that only speaks: buttons, keypad."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """A printer, how a document becomes its bytes, and the roll in it, if it is counted."""

    printer: Printer
    write: Callable[[Document], bytes]
    roll: Roll | None = None

    def print(self, job: str, document: Document) -> None:
        """Hand it to the printer, and count it."""
        data = self.write(document)
        self.printer.print(job, data)
        if self.roll:
            self.roll.print(data)


@dataclass(slots=True)
class Parts:
    """What a device has. screens: by the names that `Show` uses, `main` and `sign`."""

    screens: Mapping[str, Screen] = field(default_factory=dict)
    paper: Paper | None = None
    speaker: Speaker | None = None
    lamps: Lamps | None = None
    hands: tuple[Closeable, ...] = ()
    replies: Replies | None = None  # to the coordinator's office


@dataclass(slots=True)
class Seat:
    """A role with its parts on one side and the wire on the other. link: None until it is made."""

    name: str
    role: Role
    parts: Parts
    presence: Presence
    outbox: Outbox
    door: Door
    link: Link | None = None
