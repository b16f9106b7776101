"""A broker and its links inside one process, on whatever clock the scenario drives: no threads, no sockets, no luck.

Everything happens in `run`, in order of time and then of asking. The scenario cuts lines, kills devices, takes the
broker down, and says through `toward` and `from_` which messages are lost, doubled or late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count

from drivers.events import Delivered, LinkDown, LinkUp, PartFailed
from drivers.protocols import PAYLOAD_BYTES, Post, Will

RETRY_SECONDS = 1.0
TAKEN_OVER_SECONDS = 5.0
SESSION_SECONDS = 60.0

Way = Callable[[str, str, bytes], Sequence[float]]
"""(device, topic, payload) -> seconds until each copy arrives: (0.0,) once and at once, () never, (0, 2) twice."""


def straight(_device: str, _topic: str, _payload: bytes) -> Sequence[float]:
    """Every message arrives once and at once."""
    return (0.0,)


@dataclass(frozen=True, slots=True)
class _Message:
    topic: str
    payload: bytes
    qos: int
    expires: float  # by the scenario's clock; infinity: never


@dataclass(slots=True)
class _Session:
    """What the broker knows of one client id."""

    subscriptions: tuple[str, ...]
    will: Will | None
    link: MemoryLink | None = None
    left: float = 0.0
    waiting: list[_Message] = field(default_factory=list)

    def wanted(self, topic: str) -> bool:
        """Whether a message on this topic is for this client."""
        return _wanted(self.subscriptions, topic)


class MemoryBroker:
    """now: the scenario's clock in seconds. `due` says when `run` has something to do.

    retry_seconds: how long a link takes to find that it can connect again.
    toward, from_: what becomes of a message on its way to the broker and from it; to be set at any time.
    """

    def __init__(self, now: Callable[[], float], *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._now, self._retry_seconds = now, retry_seconds
        self._tasks: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._sessions: dict[str, _Session] = {}
        self._hearers: dict[str, list[tuple[str, _Session]]] = {}  # topic -> who wants it, until one comes or goes
        self._retained: dict[str, _Message] = {}
        self._links: dict[str, MemoryLink] = {}
        self._cut: set[str] = set()
        self._down = False
        self.toward: Way = straight
        self.from_: Way = straight

    # --- the scenario's hands --------------------------------------------------------------------------------

    def due(self) -> float | None:
        """The time of the next thing to happen, None if nothing will by itself."""
        return self._tasks[0][0] if self._tasks else None

    def run(self) -> None:
        """Do everything that is due by now, and what follows from it at once."""
        while self._tasks and self._tasks[0][0] <= self._now():
            heappop(self._tasks)[2]()

    def down(self, *, forget: bool = False) -> None:
        """The broker dies: no will is said. forget: it had no persistence, retained messages and sessions are gone."""
        self._down = True
        for session in self._sessions.values():
            self._leave(session, "lost", will=False)
        if forget:
            self._sessions.clear()
            self._hearers.clear()
            self._retained.clear()

    def up(self) -> None:
        """The broker is back; the links find it after `retry_seconds`."""
        self._down = False
        for link in list(self._links.values()):
            self._retry(link, self._retry_seconds)

    def cut(self, name: str) -> None:
        """The line of one device breaks, and both ends notice."""
        self._cut.add(name)
        if name in self._sessions:
            self._leave(self._sessions[name], "lost", will=True)

    def mend(self, name: str) -> None:
        """The line is whole again; the link finds it after `retry_seconds`."""
        self._cut.discard(name)
        if name in self._links:
            self._retry(self._links[name], self._retry_seconds)

    def retained(self) -> dict[str, bytes]:
        """What somebody who subscribes to everything now would hear at first."""
        now = self._now()
        return {topic: kept.payload for topic, kept in sorted(self._retained.items()) if kept.expires > now}

    # --- what links ask --------------------------------------------------------------------------------------

    def join(self, link: MemoryLink) -> None:
        """A link exists from now on and connects as soon as it can."""
        self._links[link.name] = link
        self._retry(link, 0.0)

    def send(self, link: MemoryLink, message: tuple[str, bytes, int, bool, int | None]) -> None:
        """A message sets out for the broker; lost if the line breaks before it arrives."""
        topic, payload, *_ = message
        life = link.life
        for delay in self.toward(link.name, topic, payload):
            self._later(delay, lambda: self._arrive(message) if link.life == life else None)

    def leave(self, link: MemoryLink, farewell: tuple[str, bytes] | None) -> None:
        """Goodbye: no will, no session."""
        session = self._sessions.get(link.name)
        if session and session.link is link:
            if farewell:
                self._arrive((*farewell, 1, True, None))
            del self._sessions[link.name]
            self._hearers.clear()
        self._forget(link)

    def kill(self, link: MemoryLink) -> None:
        """The process behind the link is gone; nobody says anything but the will."""
        session = self._sessions.get(link.name)
        self._forget(link)
        if session and session.link is link:
            self._leave(session, "", will=True)

    # --- inside ----------------------------------------------------------------------------------------------

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        heappush(self._tasks, (self._now() + seconds, next(self._order), do))

    def _retry(self, link: MemoryLink, seconds: float) -> None:
        self._later(seconds, lambda: self._connect(link))

    def _forget(self, link: MemoryLink) -> None:
        if self._links.get(link.name) is link:
            del self._links[link.name]

    def _connect(self, link: MemoryLink) -> None:
        if link.up or link.closed:
            return
        if self._down or link.name in self._cut:
            link.went_down("refused" if self._down else "unreachable")
            return
        session = self._sessions.get(link.name)
        if session and session.link:
            rival = session.link
            self._leave(session, "session-taken-over", will=False)
            self._retry(rival, TAKEN_OVER_SECONDS)
        resumed = session is not None and self._now() - session.left <= SESSION_SECONDS
        waiting = session.waiting if session and resumed else []
        session = self._sessions[link.name] = _Session(link.subscriptions, link.will, link)
        self._hearers.clear()
        link.went_up()
        for message in waiting:
            self._deliver(link.name, session, message, Delivered(message.topic, message.payload, retained=False))
        for topic, message in sorted(self._retained.items()):
            if session.wanted(topic):
                self._deliver(link.name, session, message, Delivered(topic, message.payload, retained=True))

    def _leave(self, session: _Session, code: str, *, will: bool) -> None:
        link, session.link, session.left = session.link, None, self._now()
        if link is None:
            return
        link.went_down(code)
        if will and session.will:
            said = session.will
            self._later(min(said.delay_seconds, SESSION_SECONDS), lambda: self._say_will(link.name, session, said))

    def _say_will(self, name: str, session: _Session, will: Will) -> None:
        if self._sessions.get(name) is session and not self._down:  # nobody came back under this name meanwhile
            self._arrive((will.topic, will.payload, 1, True, None))

    def _arrive(self, message: tuple[str, bytes, int, bool, int | None]) -> None:
        topic, payload, qos, retain, expiry = message
        kept = _Message(topic, payload, qos, float("inf") if expiry is None else self._now() + expiry)
        if retain and payload:
            self._retained[topic] = kept
        elif retain:
            self._retained.pop(topic, None)  # MQTT 5, 3.3.1.3: an empty retained message takes the old one away
        live = Delivered(topic, payload, retained=False)
        if topic not in self._hearers:
            self._hearers[topic] = [(name, one) for name, one in self._sessions.items() if one.wanted(topic)]
        for name, session in self._hearers[topic]:
            self._deliver(name, session, kept, live)

    def _deliver(self, name: str, session: _Session, message: _Message, delivered: Delivered) -> None:
        if message.expires <= self._now():
            return
        link = session.link
        if link is None:
            if message.qos:
                session.waiting.append(message)
            return
        life = link.life
        for delay in self.from_(name, message.topic, message.payload):
            if delay <= 0:
                link.hear(delivered)
            else:
                self._later(delay, lambda: link.hear(delivered) if link.life == life else None)


class MemoryLink:
    """Keeps the promise of `drivers.protocols.Link`; same keywords as PahoLink where they mean something here."""

    def __init__(
        self,
        post: Post,
        *,
        broker: MemoryBroker,
        name: str,
        subscriptions: Sequence[str],
        will: Will | None,
        echo: str = "",  # a heartbeat against nobody's silence: taken so that both links are made alike
    ) -> None:
        self._post, self._broker = post, broker
        self.name, self.subscriptions, self.will, self.echo = name, tuple(subscriptions), will, echo
        self.up = self.closed = False
        self.life = 0  # counts connections: what was on its way in an earlier one is lost
        self._told = ""
        broker.join(self)

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool:
        """As promised; a payload above 8 KiB is PartFailed("link", "too-large") besides."""
        if len(payload) > PAYLOAD_BYTES:
            self._post(PartFailed("link", "too-large", f"{topic}: {len(payload)} bytes"))
            return False
        if self.up:
            self._broker.send(self, (topic, payload, qos, retain, expiry))
        return self.up

    def close(self, farewell: tuple[str, bytes] | None = None) -> None:
        """Say the farewell (retained) and disconnect; nothing is posted any more."""
        if not self.closed:
            self._broker.leave(self, farewell if self.up else None)
            self._end()

    def kill(self) -> None:
        """As if the process had been killed with -9."""
        self._end()
        self._broker.kill(self)

    def went_up(self) -> None:
        """The broker took us."""
        self.up, self._told = True, ""
        self.life += 1
        self._post(LinkUp())

    def went_down(self, code: str) -> None:
        """The line broke, or is still broken; said once a code."""
        self.up = False
        self.life += 1
        if code != self._told and not self.closed:
            self._told = code
            self._post(LinkDown(code))

    def hear(self, delivered: Delivered) -> None:
        """A message came."""
        self._post(delivered)

    def _end(self) -> None:
        self.up, self.closed = False, True
        self.life += 1


@lru_cache(maxsize=2**14)  # devices come back with the same subscriptions, also in the next scenario
def _wanted(subscriptions: tuple[str, ...], topic: str) -> bool:
    return any(matches(wanted, topic) for wanted in subscriptions)


def matches(wanted: str, topic: str) -> bool:
    """Whether a subscription's filter takes this topic (MQTT 5, 4.7): `+` is one level, a last `#` all the rest."""
    filters, levels = wanted.split("/"), topic.split("/")
    if filters[-1] == "#":
        filters.pop()
        levels = levels[: len(filters)]
    return len(filters) == len(levels) and all(f in ("+", level) for f, level in zip(filters, levels, strict=True))
