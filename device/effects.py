"""Everything that can happen to a role, and everything a role can ask for. Data only.

A role is `handle(event, moment) -> list[Effect]`. What it returns is performed in order, except that all
`Remember` and `Keep` of one call are committed together, durably, before anything is shown, printed, said or sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from device.contract.messages import Body, Envelope, HallWindow, Record
from device.hall.orders import Order
from device.hall.plan import StaffEntry
from device.moment import Moment
from drivers.events import HardwareEvent
from drivers.protocols import Utterance
from screens.document import Document
from screens.views import View

# --- what happens --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Began:
    """The first event of a role's life: what its journal kept from earlier lives (key -> JSON text)."""

    kept: Mapping[str, str]
    journal: str  # the journal's id; a new card is a new journal
    book: Iterable[tuple[Envelope, Record]] = ()  # the coordinator's: records of the business day(s), to be read once
    secret: str = field(default="", repr=False)  # drawn for this life alone: roles throw no dice


@dataclass(frozen=True, slots=True)
class Tapped:
    """A finger on a key of the screen, already resolved to the key's name in the view on that screen."""

    key: str
    screen: str = "main"


@dataclass(frozen=True, slots=True)
class Heard:
    """A valid message from the broker, from somebody allowed to say it there.

    retained: the broker had kept it for whoever comes; who said it may be gone since.
    """

    envelope: Envelope
    body: Body
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A device on the same desk says how the window is; needs no broker."""

    body: HallWindow


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder asked for by `Remind` is due."""

    key: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A view that was to be confirmed stands on its screen: whatever hands did before this, they did not see it."""

    view: View
    screen: str = "main"


@dataclass(frozen=True, slots=True)
class Staffed:
    """staff.toml was changed while the coordinator runs: these are the people now (R205)."""

    staff: Mapping[str, StaffEntry]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The office says something to the coordinator, on its own machine; a `Reply` with the same id goes back.

    Who it is and with what PIN is checked by the role: nobody orders without a name. session: of one person's orders,
    made up by whoever orders: a PIN is tried once for it.
    """

    id: str
    order: Order
    staff: str
    pin: str = field(repr=False)
    session: str = ""


Event = Staffed | Ordered | Began | Tapped | Heard | Told | Reminded | Seen | HardwareEvent

# --- what a role can ask for ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remember:
    """Commit this fact durably in the device's journal; it then travels until the coordinator's receipt."""

    record: Record
    id: str  # a UUIDv7 from `moment.id(k)`


@dataclass(frozen=True, slots=True)
class Keep:
    """Commit this small piece of the role's own memory (JSON text; None forgets); it comes back in `Began`."""

    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Enter:
    """Coordinator only: commit another device's record in the book and receipt it after the commit."""

    envelope: Envelope
    record: Record


@dataclass(frozen=True, slots=True)
class Publish:
    """Say this on the wire now, if the line is up; asks, answers, receipts, the device's state and the hall's truth.

    place: the device below whose name it goes ("" = the sender's own; an answer goes to the asker's place).
    seconds: how long the broker may keep it for somebody away (None: what the channel table says).
    """

    body: Body
    id: str
    place: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Say this to the other devices on this desk, without the broker."""

    body: HallWindow


@dataclass(frozen=True, slots=True)
class Show:
    """Put this view on one of the device's screens. confirm: `Seen` comes back when it stands there."""

    view: View
    screen: str = "main"
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """Put this on paper; `Printed`, `PrintFailed` or `PrintUnknown` with the same job comes back."""

    job: str
    document: Document


@dataclass(frozen=True, slots=True)
class Say:
    """Speak this when its turn comes."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Light:
    """Exactly these evaluator lamps are lit (levels 1 to 5)."""

    levels: frozenset[int]


@dataclass(frozen=True, slots=True)
class Remind:
    """`Reminded(key)` in so many seconds; the same key again moves the reminder."""

    seconds: float
    key: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Drop the reminder with this key, if any."""

    key: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to what the office ordered, once what was decided is durable."""

    to: str
    said: Mapping[str, object]


Effect = Reply | Remember | Keep | Enter | Publish | Tell | Show | Print | Say | Light | Remind | Forget


class Role(Protocol):
    """A pure machine; readable alone, tested without a device."""

    def handle(self, event: Event, moment: Moment) -> list[Effect]: ...
