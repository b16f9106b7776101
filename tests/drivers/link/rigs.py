"""The same hands for every kind of link: connect, cut, kill, wait for what comes."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol
from uuid import uuid4

from drivers.events import Delivered, HardwareEvent, LinkDown, LinkUp
from drivers.link_memory import MemoryBroker, MemoryLink
from drivers.link_paho import PahoLink
from drivers.protocols import Link, Will
from tests.drivers.link.line import Line

Wanted = Callable[[HardwareEvent], bool]
Inbox = queue.SimpleQueue[HardwareEvent]
Connect = Callable[..., tuple[PahoLink, Inbox]]  # (port, post=, **options of PahoLink)


def wait(inbox: Inbox, wanted: HardwareEvent, within: float = 5.0) -> None:
    """Until exactly this comes; what comes before it is passed over."""
    end = monotonic() + within
    passed: list[HardwareEvent] = []
    while True:
        try:
            event = inbox.get(timeout=max(0.0, end - monotonic()))
        except queue.Empty:
            raise AssertionError(f"not {wanted} but {passed}") from None
        if event == wanted:
            return
        passed.append(event)


def line_up(event: HardwareEvent) -> bool:
    return isinstance(event, LinkUp)


def line_down(event: HardwareEvent) -> bool:
    return isinstance(event, LinkDown)


def heard(event: HardwareEvent) -> bool:
    return isinstance(event, Delivered)


@dataclass(slots=True)
class Member:
    """One device in the hall: its link and all that came, in order."""

    name: str
    link: Link
    seen: list[HardwareEvent] = field(default_factory=list)
    read: int = 0  # how many of `seen` were already waited for

    @property
    def messages(self) -> list[Delivered]:
        return [event for event in self.seen if isinstance(event, Delivered)]


class Rig(Protocol):
    """root: begins every topic of this test, so that tests may share a broker."""

    root: str

    def member(self, name: str, *subscriptions: str, will: Will | None = None) -> Member: ...
    def cut(self, member: Member) -> None: ...
    def mend(self, member: Member) -> None: ...
    def kill(self, member: Member) -> None: ...
    def wait(self, member: Member, wanted: Wanted, within: float = 5.0) -> HardwareEvent:
        """The next event like this; AssertionError, with what came instead, if none comes in time."""
        ...

    def pause(self, member: Member, seconds: float, /) -> None:
        """Let so much of the hall's time go by, taking in what comes."""
        ...

    def close(self) -> None: ...


class MemoryRig:
    """On a clock of its own, which moves only while somebody waits."""

    def __init__(self) -> None:
        self.root = "t"
        self.now = 0.0
        self.broker = MemoryBroker(lambda: self.now, retry_seconds=0.1)

    def member(self, name: str, *subscriptions: str, will: Will | None = None) -> Member:
        seen: list[HardwareEvent] = []
        link = MemoryLink(seen.append, broker=self.broker, name=name, subscriptions=subscriptions, will=will)
        return Member(name, link, seen)

    def cut(self, member: Member) -> None:
        self.broker.cut(member.name)

    def mend(self, member: Member) -> None:
        self.broker.mend(member.name)

    def kill(self, member: Member) -> None:
        assert isinstance(member.link, MemoryLink)
        member.link.kill()

    def wait(self, member: Member, wanted: Wanted, within: float = 5.0) -> HardwareEvent:
        end = self.now + within
        while True:
            self.broker.run()
            for k, event in enumerate(member.seen[member.read :], member.read + 1):
                if wanted(event):
                    member.read = k
                    return event
            due = self.broker.due()
            if due is None or due > end:
                raise AssertionError(f"{member.name} heard only {member.seen[member.read :]}")
            self.now = max(self.now, due)

    def pause(self, _member: Member, seconds: float) -> None:
        end = self.now + seconds
        self.broker.run()
        while (due := self.broker.due()) is not None and due <= end:
            self.now = max(self.now, due)
            self.broker.run()
        self.now = end

    def close(self) -> None:
        """Nothing to free."""


class PahoRig:
    """Real links over real sockets to a real broker, each through a line that can be cut."""

    def __init__(self, port: int) -> None:
        self.root = f"t/{uuid4().hex}"
        self._port = port
        self._inboxes: dict[int, queue.SimpleQueue[HardwareEvent]] = {}
        self.lines: dict[str, Line] = {}
        self._members: list[Member] = []

    def member(self, name: str, *subscriptions: str, will: Will | None = None) -> Member:
        line = self.lines.setdefault(name, Line(self._port))
        inbox: queue.SimpleQueue[HardwareEvent] = queue.SimpleQueue()
        link = PahoLink(
            inbox.put,
            host="127.0.0.1",
            port=line.port,
            name=f"{name}-{self.root[-8:]}",
            subscriptions=subscriptions,
            echo=f"{self.root}/{name}/echo",
            will=will,
            retry=(0.05, 0.2),
        )
        member = Member(name, link)
        self._inboxes[id(member)] = inbox
        self._members.append(member)
        return member

    def cut(self, member: Member) -> None:
        self.lines[member.name].cut()

    def mend(self, member: Member) -> None:
        self.lines[member.name].mend()

    def kill(self, member: Member) -> None:
        self.lines.pop(member.name).cut()

    def wait(self, member: Member, wanted: Wanted, within: float = 5.0) -> HardwareEvent:
        end = monotonic() + within
        while True:
            for k, event in enumerate(member.seen[member.read :], member.read + 1):
                if wanted(event):
                    member.read = k
                    return event
            try:
                member.seen.append(self._inboxes[id(member)].get(timeout=max(0.0, end - monotonic())))
            except queue.Empty:
                raise AssertionError(f"{member.name} heard only {member.seen[member.read :]}") from None

    def pause(self, member: Member, seconds: float) -> None:
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            try:
                member.seen.append(self._inboxes[id(member)].get(timeout=left))
            except queue.Empty:
                return

    def close(self) -> None:
        for member in self._members:
            member.link.close()
        for line in self.lines.values():
            line.close()
