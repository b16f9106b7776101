"""What each kind of part promises. One Protocol a kind; real and simulated drivers keep the same promise.

Every driver takes `post` as its first argument and says everything through it, from its own thread. `post` never
blocks and never raises. (The clock says nothing; journal and book, which are no parts either, are in durable.py.)
Constructors raise `PartMissing` when the hardware is not there; nothing falls back.
`close()` may be called twice, ends the driver's threads within a second and frees the port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol, runtime_checkable

from drivers.events import HardwareEvent, Mender

if TYPE_CHECKING:
    import pygame

    from drivers.bus import Buses

Post = Callable[[HardwareEvent], None]


class PartMissing(Exception):
    """A part is not there: which, what was tried, who mends it and how."""

    def __init__(self, part: str, tried: str, mend: str, mender: Mender = "technician") -> None:
        super().__init__(f"{part}: {tried}. {mend} ({mender})")
        self.part, self.tried, self.mend, self.mender = part, tried, mend, mender


@dataclass(frozen=True, slots=True)
class Place:
    """Where a driver lives: whose part it is, and, for simulated parts, their bench and their recordings folder.

    buses: the serial lines that the parts of this station share; without them a part opens its own.
    """

    device: str
    part: str
    bench: Bench | None = None
    recordings: Path | None = None
    buses: Buses | None = None


class Supply(Protocol):
    """A device's power supply. Says PartFailed `undervoltage` and PartMended; watts: what is declared of it."""

    watts: int

    def close(self) -> None: ...


class Bench(Protocol):
    """The hands at simulated hardware: a part offers what can be done to it, somebody outside the process does it."""

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None: ...


@runtime_checkable
class Workbench(Bench, Protocol):
    """A bench at which what was done to simulated hardware outlives the process, as it does with hardware."""

    @property
    def lasting(self) -> Path:
        """A folder, which may not be there yet."""
        ...


# --- printer -------------------------------------------------------------------------------------------------


class Printer(Protocol):
    """An ESC/POS printer. One thread owns the port for printing and for status.

    print: queue one whole job; later exactly one of Printed, PrintFailed, PrintUnknown with its name is posted.
    Status is asked before (not ready: PrintFailed at once, no byte sent) and after. A job whose deadline passes or
    whose port breaks is given up whole: nothing of it is ever sent later.
    ask: look at the status now. A PrinterReport is posted at start, whenever the report changes, and after each job
    that did not end in Printed, so that whoever waits for a mend hears of it.
    """

    def print(self, job: str, data: bytes) -> None: ...
    def ask(self) -> None: ...
    def close(self) -> None: ...


# --- evaluator panel -----------------------------------------------------------------------------------------


class Buttons(Protocol):
    """Five buttons; ButtonPressed(level) once a press, however the contact bounces."""

    def close(self) -> None: ...


class Lamps(Protocol):
    """Five lamps; exactly `levels` are lit afterwards."""

    def light(self, levels: frozenset[int]) -> None: ...
    def close(self) -> None: ...


class Strip(Protocol):
    """A sign with one line of characters, above a window or in the hall; it shows what was said last.

    number: the ticket in that line, "" if there is none; all that a digit display can show.
    """

    def show(self, text: str, number: str) -> None: ...
    def close(self) -> None: ...


# --- screen, touch, keys -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Area:
    """Pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


class Display(Protocol):
    """One screen. The main thread draws on `canvas()` and calls `flip` with what changed.

    name: what is shown, for recordings. targets: the named areas a finger can press, so that a simulated finger can
    aim at a name. Touches come as Touched, a keyboard on the same window as KeyPressed.
    pump: to be called on the main thread every `pump_seconds` (None: never needed).
    """

    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def pump_seconds(self) -> float | None: ...
    def canvas(self) -> pygame.Surface: ...
    def flip(self, name: str, changed: Sequence[Area], targets: Mapping[str, Area]) -> None: ...
    def pump(self) -> None: ...
    def close(self) -> None: ...


class Keypad(Protocol):
    """Keys of a keyboard or keypad that is read without a window: KeyPressed."""

    def close(self) -> None: ...


class Scanner(Protocol):
    """Codes on paper and on phones: Scanned once for each that is held before it."""

    def close(self) -> None: ...


# --- speaker -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spoken:
    """One phrase in one language, as it is to be pronounced (digits already spelled).

    parts: the same words in pieces that a bank of clips holds; empty: it is one piece. otherwise: what is said in its
    place where the voice has not all of it; None: nothing is, because the same is said in another language beside it.
    """

    lang: str
    text: str
    parts: tuple[str, ...] = ()
    otherwise: Spoken | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One announcement: a chime, then the phrases one after another. Not begun after `until` (aware datetime)."""

    id: str
    phrases: tuple[Spoken, ...]
    chime: bool = True
    until: datetime | None = None
    volume: int = 100  # percent of what is usual at this place and time of day
    instead: bool = False  # of everything that waits and is `instead` too: the name of a key, not a call


class Speaker(Protocol):
    """One voice: a bounded queue, one announcement at a time to its end, the same id only once.

    Each utterance ends in exactly one Said or NotSaid.
    """

    def say(self, utterance: Utterance) -> None: ...
    def close(self) -> None: ...


# --- line to the broker --------------------------------------------------------------------------------------

PAYLOAD_BYTES: Final = 8 * 1024  # CONTRACT: no message is larger


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says for us when we are gone."""

    topic: str
    payload: bytes
    delay_seconds: int = 10


class Link(Protocol):
    """One MQTT 5 connection under the device's name; reconnects by itself in 1 to 5 s.

    publish: True if the line was up and the message is on its way; False (line down, too large) if it will never be
    sent: the link queues nothing for later, the journal does that.
    """

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool: ...
    def close(self, farewell: tuple[str, bytes] | None = None) -> None: ...


# --- clock ---------------------------------------------------------------------------------------------------


class WallClock(Protocol):
    """The time of day in hall time, how far it can be believed, and a monotonic reading in seconds."""

    def now(self) -> datetime: ...
    def mono(self) -> float: ...
    def trust(self) -> Literal["synced", "floor"]: ...

    def floor(self) -> datetime:
        """A moment that is surely past and as late as can be known: now, if that is synced."""
        ...

    def hear(self, at: datetime) -> None:
        """Somebody whose clock was synced said so and when: the floor is not before that."""
        ...
