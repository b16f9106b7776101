"""Who may say what where: one table. Topics, subscriptions and the broker's rules are all read from it.

Every topic is `hallside/1/<hall>/<place>/<channel>`, a place being a device's name, or `hallside/1/<hall>/hall/...` for
the hall's own truth. A device speaks only below its own name and reads only its own receipts and answers, the hall's
truth and the coordinator's state; the coordinator alone writes receipts, answers and the hall's truth. Where an answer
goes comes from the asker's place in the tree, never from a field of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from device.contract.messages import (
    AbsenceFiled,
    AlarmEnded,
    AlarmRaised,
    Answer,
    Ask,
    AttendanceNoted,
    BlockReserved,
    Body,
    CaseCarried,
    CaseMoved,
    CaseOpened,
    ConsentGiven,
    DayApproved,
    DeviceState,
    HallAlarms,
    HallCall,
    HallMissed,
    HallNotices,
    HallService,
    HallStaff,
    HallWindow,
    NumberAllotted,
    OutageFiled,
    OvertimeWorked,
    PowerBack,
    PowerLost,
    Receipt,
    Record,
    RequestClosed,
    TicketCalled,
    TicketsLeft,
    VoucherMoved,
    VouchersGiven,
    WaitsLearned,
    WindowAssigned,
)

ROOT: Final = "hallside/1"
COORDINATOR: Final = "coordinator"  # the coordinator's name, on its certificate too; no other device may bear it
ECHO: Final = "echo"  # below a device's name, written and read by it alone: the line's heartbeat, not a message
HALL: Final = "hall"  # the place that belongs to nobody; no device may bear this name

_NAME = r"[a-z][a-z0-9-]{0,31}"
_TOPIC = re.compile(rf"{ROOT}/(?P<hall>{_NAME})/(?P<place>{_NAME})/(?P<name>[a-z]+)(/(?P<key>[a-z0-9-]+))?")
_KEYS = {"": re.compile(""), "window": re.compile("[1-9][0-9]{0,2}"), "service": re.compile(_NAME)}
OWN_DECISIONS: Final = (  # records nobody but the coordinator can have made
    NumberAllotted, BlockReserved, WindowAssigned, OvertimeWorked, TicketsLeft, AbsenceFiled, OutageFiled,
    AlarmRaised, AlarmEnded, CaseOpened, CaseMoved, CaseCarried, PowerLost, PowerBack, VouchersGiven, VoucherMoved,
    AttendanceNoted, ConsentGiven, RequestClosed, DayApproved, WaitsLearned,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channel:
    """One row of the table.

    name: what follows the place; a hall channel's begins with `hall/`. key: the body's field that ends the topic.
    expiry: seconds the broker may keep a message for somebody away; None: for ever.
    """

    name: str
    types: tuple[type[Body], ...]
    writer: Literal["device", "coordinator"]
    retained: bool
    expiry: int | None
    what: str
    key: Literal["", "window", "service"] = ""
    qos: int = 1

    @property
    def of_hall(self) -> bool:
        """True if it is part of the hall's truth, below no device's name."""
        return self.name.startswith(f"{HALL}/")


CHANNELS: Final = (
    Channel("state", (DeviceState,), "device", True, None, "How a device is; also its will, said by the broker."),
    Channel("record", get_args(Record), "device", False, None, "Durable facts, numbered by `seq` without gaps."),
    Channel("receipt", (Receipt,), "coordinator", False, 60, "What the coordinator's book has; cumulative."),
    Channel("ask", get_args(Ask), "device", False, 5, "A question; its `id` is what the answer's `to` names."),
    Channel("answer", get_args(Answer), "coordinator", False, 5, "The answer, below the asker's own name."),
    Channel("hall/window", (HallWindow,), "coordinator", True, None, "A window as it really is.", "window"),
    Channel("hall/service", (HallService,), "coordinator", True, None, "A service as it really is.", "service"),
    Channel("hall/call", (HallCall,), "coordinator", False, 60, "One call or recall, for every board and voice."),
    Channel("hall/missed", (HallMissed,), "coordinator", True, None, "Numbers that may still re-join."),
    Channel("hall/alarms", (HallAlarms,), "coordinator", True, None, "What needs somebody in charge of the hall."),
    Channel("hall/staff", (HallStaff,), "coordinator", True, None, "Who may sign in, by number."),
    Channel("hall/notices", (HallNotices,), "coordinator", True, None, "The texts on public screens."),
)

_BY_NAME = {channel.name: channel for channel in CHANNELS}
_BY_TYPE = {kind: channel for channel in CHANNELS for kind in channel.types}


@dataclass(frozen=True, slots=True)
class Address:
    """A topic, taken apart. place: the device below whose name it is, or `hall`; key: window number or service."""

    hall: str
    place: str
    channel: Channel
    key: str = ""


def channel_of(body: Body) -> Channel:
    """The one channel on which this kind of message is said."""
    return _BY_TYPE[type(body)]


def topic(hall: str, sender: str, body: Body, place: str = "") -> str:
    """Where `sender` says this. place: whom an answer or a receipt is for ("" = the sender's own).

    Raises ValueError when the sender has no right to say it there: a mistake of ours, not of the wire.
    """
    channel = channel_of(body)
    below = HALL if channel.of_hall else place or sender
    address = Address(hall, below, channel, _key(channel, body))
    if not may_say(address, sender, body):
        raise ValueError(f"{sender} may not say {body.type} below {below}")
    return _written(address)


@lru_cache(maxsize=2**10)  # of a hall's devices one hears few hundreds
def parse(text: str) -> Address | None:
    """The address of a topic, or None if it is none of ours."""
    found = _TOPIC.fullmatch(text)
    if not found:
        return None
    hall, place, name, key = found["hall"], found["place"], found["name"], found["key"] or ""
    channel = _BY_NAME.get(f"{HALL}/{name}" if place == HALL else name)
    if channel is None or not _KEYS[channel.key].fullmatch(key):
        return None
    return Address(hall, place, channel, key)


def subscriptions(hall: str, device: str, role: str, only: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """What a device listens to: its own answers and receipts, the hall, and whether the coordinator is there (a name
    on a screen must not outlive who vouches for it, R125); the coordinator: all devices.

    only: of some of the hall's channels the keys that concern this device, or none; of all others everything does.
    """
    if role == COORDINATOR:
        return [f"{ROOT}/{hall}/+/{channel.name}" for channel in CHANNELS if channel.writer == "device"]
    own = [channel for channel in CHANNELS if channel.writer == "coordinator" and not channel.of_hall]
    return [
        *(f"{ROOT}/{hall}/{device}/{channel.name}" for channel in own),
        *(f"{ROOT}/{hall}/{words}" for words in (_of_hall(only) if only else (f"{HALL}/#",))),
        f"{ROOT}/{hall}/{COORDINATOR}/state",
    ]


def _of_hall(only: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for channel in CHANNELS:
        if channel.name in only:
            yield from (f"{channel.name}/{key}" for key in only[channel.name])
        elif channel.of_hall:
            yield f"{channel.name}{'/+' * bool(channel.key)}"


def echo_topic(hall: str, device: str) -> str:
    """Where a device hears itself through the broker: the line's heartbeat, no message of the contract."""
    return f"{ROOT}/{hall}/{device}/{ECHO}"


def may_say(address: Address, sender: str, body: Body) -> bool:
    """Whether `sender`, the name in the envelope, may say this there (R023, R193)."""
    channel = address.channel
    if _BY_TYPE.get(type(body)) is not channel or address.key != _key(channel, body) or sender == HALL:
        return False
    if channel.of_hall:
        return sender == COORDINATOR and address.place == HALL
    if channel.writer == "coordinator":
        return sender == COORDINATOR and address.place not in (COORDINATOR, HALL)
    if isinstance(body, OWN_DECISIONS) or (isinstance(body, TicketCalled) and body.by == "system"):
        return sender == address.place == COORDINATOR
    return sender == address.place


def acl_lines(hall: str) -> Sequence[str]:
    """Mosquitto's access list for one hall: `%u` is the name on the client's certificate."""
    below = f"{ROOT}/{hall}"
    own = [channel for channel in CHANNELS if not channel.of_hall]
    said = [channel.name for channel in own if channel.writer == "device"]
    heard = [channel.name for channel in own if channel.writer == "coordinator"]
    return [
        *(f"pattern write {below}/%u/{name}" for name in said),
        *(f"pattern read {below}/%u/{name}" for name in heard),
        f"pattern readwrite {below}/%u/{ECHO}",
        f"pattern read {below}/{HALL}/#",
        f"pattern read {below}/{COORDINATOR}/state",
        f"user {COORDINATOR}",
        *(f"topic read {below}/+/{name}" for name in said),
        *(f"topic write {below}/+/{name}" for name in heard),
        *(f"topic write {below}/{channel.name}{'/+' * bool(channel.key)}" for channel in CHANNELS if channel.of_hall),
    ]


def _key(channel: Channel, body: Body) -> str:
    return str(getattr(body, channel.key)) if channel.key else ""


def _written(address: Address) -> str:
    place = () if address.channel.of_hall else (address.place,)
    key = (address.key,) if address.key else ()
    return "/".join((ROOT, address.hall, *place, address.channel.name, *key))
