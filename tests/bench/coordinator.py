"""S10: one coordinator of a large hall, 30 windows and 8 kiosks. What a ticket costs it, from the first to the last of
many days; and how long it takes to answer when ten times as many come.

The cost is the role's own: its processor time for everything that is said of one ticket, in this process, on a clock
that passes as fast as wanted. The answers are those of a real coordinator over a real Mosquitto: asked one by one while
nothing else happens, then while ten times 3,000 tickets a day and the news of ten times 200 devices come in.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from uuid import uuid4

from config.load import load
from device.contract.messages import (
    AnswerNumber,
    AskCall,
    AskNumber,
    Body,
    DeviceState,
    Envelope,
    HallCall,
    RatingGiven,
    RatingInvited,
    Record,
    StaffSignedIn,
    TicketIssued,
    TicketPrinted,
    TicketServed,
    TicketStarted,
    ticket_of,
)
from device.demo_hall import write_hall
from device.effects import Began, Effect, Event, Heard, Publish, Remind, Reminded
from device.moment import HALL_TIME, Moment, instant
from device.roles.build import build
from device.roles.coordinator import TICK_SECONDS
from device.uuid7 import Uuid7
from drivers.events import LinkUp
from tests.bench.day import CONFIG, KIOSKS, SERVICES, STAFF, WINDOWS, furnish_large, open_windows, serve
from tests.bench.figures import Figure, Figures, Rounds, rounded, under_one_head, verdict
from tests.bench.kinds import COORDINATOR
from tests.bench.rig import BenchFailed, rig
from tests.bench.wire import Wire

A_DAY: Final = 3000
DAY_SECONDS: Final = 9 * 3600.0
WAITING: Final = 30  # people who wait all day long
TICK: Final = "tick"
PART: Final = 10  # of all tickets the first and the last tenth are compared
TIMES: Final = 10
DEVICES: Final = 200
MOST_COST: Final = 1.2  # of the last tickets over the first: what "flat" may differ by
MOST_GROWTH: Final = 2.0
LEAST_ASKED: Final = 3


class Told:
    """The coordinator's role, and everybody who speaks to it."""

    def __init__(self, folder: Path) -> None:
        hall = write_hall(folder, windows=WINDOWS, kiosks=KIOSKS)
        furnish_large(folder)
        station = load(hall.stations[COORDINATOR], {})
        self._role = build(station.devices[0], station)
        self._uuid7, self._seq = Uuid7(random.Random(1)), 0
        self._wall, self._mono = datetime(2026, 11, 23, 8, 30, tzinfo=HALL_TIME), 0.0
        self._given = 0
        self._due: dict[str, None] = {}  # what it wants to be reminded of
        self._handle(Began({}, self._moment().id()))
        self._handle(LinkUp())
        self._morning()

    def ticket(self) -> float:
        """One more comes, one is served; the processor's seconds."""
        if self._given and self._given % A_DAY == 0:
            self._night()
        begun = time.process_time()
        self._come()
        if self._given > WAITING:
            self._serve(WINDOWS[self._given % len(WINDOWS)])
        self.pass_time(DAY_SECONDS / A_DAY)
        return time.process_time() - begun

    def pass_time(self, seconds: float) -> None:
        """And the coordinator's own tick with it; before it, what was due soon."""
        before = self._mono // TICK_SECONDS
        self._wall, self._mono = self._wall + timedelta(seconds=seconds), self._mono + seconds
        due, self._due = self._due, {}
        for key in due:
            self._handle(Reminded(key))
        if self._mono // TICK_SECONDS > before:
            self._handle(Reminded(TICK))

    def _come(self) -> None:
        kiosk, service = f"kiosk-{1 + self._given % KIOSKS}", SERVICES[self._given % len(SERVICES)]
        request, answers = self._say(kiosk, AskNumber(service, "zh"))
        given = next(body for body in answers if isinstance(body, AnswerNumber))
        if given.outcome != "given":
            raise BenchFailed(f"ticket {self._given}: {given.outcome}")
        ticket = ticket_of(given.day, given.number)
        self._say(kiosk, TicketIssued(request, ticket, given.number, given.day, service, "online", "zh"))
        self._say(kiosk, TicketPrinted(ticket))
        self._given += 1

    def _serve(self, window: int) -> None:
        device, staff, at = f"window-{window}", STAFF[window % 2], instant(self._wall)
        _, answers = self._say(device, AskCall(staff))
        called = next((body for body in answers if isinstance(body, HallCall)), None)
        if called is None:
            raise BenchFailed(f"window {window} was answered {answers}")
        ticket, service = called.ticket, SERVICES["ABCDEF".index(called.ticket[9])]
        self._say(device, TicketStarted(ticket, service, window, staff))
        self._say(device, TicketServed(ticket, service, window, staff, at))
        until = instant(self._wall + timedelta(seconds=30))
        invitation, _ = self._say(device, RatingInvited(ticket, service, window, staff, until))
        level = 1 if self._given % 50 == 0 else 5
        rating = RatingGiven(invitation, ticket, service, window, staff, level, at, at, CONFIG)
        self._say(f"evaluator-{window}", rating)

    def _morning(self) -> None:
        for kiosk in range(1, KIOSKS + 1):
            self._ready(f"kiosk-{kiosk}", "kiosk")
        for window in WINDOWS:
            self._ready(f"window-{window}", "window")
            self._ready(f"evaluator-{window}", "evaluator")
            self._say(f"window-{window}", StaffSignedIn(window, STAFF[window % 2], "online"))

    def _ready(self, device: str, role: Literal["kiosk", "window", "evaluator"]) -> None:
        self._say(device, DeviceState(role, "1", self._moment().id(), "ready"))

    def _night(self) -> None:
        self.pass_time((86400.0 - DAY_SECONDS) / 2)
        self.pass_time((86400.0 - DAY_SECONDS) / 2)
        self._morning()
        for _ in range(WAITING):  # whoever was left over is gone
            self._come()

    def _say(self, device: str, body: Body) -> tuple[str, list[Body]]:
        """This device says it now: its message's id, and what is said in answer."""
        moment = self._moment()
        self._seq += isinstance(body, Record)
        of_record = (self._seq, device, "") if isinstance(body, Record) else (0, "", "")
        envelope = Envelope(moment.id(), moment.at(), "synced", device, 1, *of_record)
        effects = self._handle(Heard(envelope, body))
        return envelope.id, [effect.body for effect in effects if isinstance(effect, Publish)]

    def _handle(self, event: Event) -> list[Effect]:
        effects = self._role.handle(event, self._moment())
        self._due |= {effect.key: None for effect in effects if isinstance(effect, Remind) and effect.key != TICK}
        return effects

    def _moment(self) -> Moment:
        return Moment(self._wall, self._mono, "synced", self._uuid7.seed(self._wall))


def measure(rounds: int, tickets: int, tell: Callable[[str], None]) -> Figures:
    """The cost of so many tickets, and the answers to a hundredth of so many. rounds: of the answers."""
    costs = _costs(tickets, tell)
    asked = max(LEAST_ASKED, tickets // 1000)
    alone, crowded = [], []
    with rig(windows=WINDOWS, kiosks=KIOSKS) as hall:
        furnish_large(hall.folder)
        hall.start(COORDINATOR)
        with closing(Wire(hall.broker.port)) as wire:
            open_windows(wire)
            for n in range(rounds):
                tell(f"S10 round {n + 1} of {rounds}: {asked} questions alone, and among {TIMES} times the load")
                alone.append(_answers(wire, asked, 0.0))
                crowded.append(_answers(wire, asked, DAY_SECONDS / A_DAY / TIMES))
    return figures(costs, alone, crowded)


def _costs(tickets: int, tell: Callable[[str], None]) -> list[float]:
    """Milliseconds of each ticket, in order."""
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        told = Told(Path(folder) / "hall")
        for n in range(1, tickets + 1):
            spent.append(told.ticket() * 1000)
            if n % 10_000 == 0:
                tell(f"S10: {n} tickets, the last 10,000 took {sum(spent[-10_000:]) / 10_000:.2f} ms each")
    return spent


def _answers(wire: Wire, asked: int, pause: float) -> list[float]:
    """Milliseconds from a question for a number to its answer. pause: on average between two that come; 0.0: each comes
    when all that was said of the one before is receipted, and nothing else is said."""
    dice, found, due = random.Random(1), [], time.monotonic()
    for n in range(asked):
        if pause:
            due += dice.expovariate(1 / pause)
            time.sleep(max(0.0, due - time.monotonic()))  # people come when they come
            for k in range(max(1, round(pause * TIMES * DEVICES * 2 / DAY_SECONDS))):
                wire.say(f"window-{1 + (n + k) % len(WINDOWS)}", DeviceState("window", "1", str(uuid4()), "ready"))
        window, kiosk = WINDOWS[n % len(WINDOWS)], f"kiosk-{1 + n % KIOSKS}"
        begun = time.monotonic()
        wire.tickets([(kiosk, SERVICES[n % len(SERVICES)])])
        found.append((time.monotonic() - begun) * 1000)
        (call,) = wire.ask([(f"window-{window}", AskCall(STAFF[window % 2]))])
        serve(wire, window, call["ticket"], call["service"], rated=True)
        if not pause:
            wire.settle()
    wire.settle()
    return found


def figures(costs: list[float], alone: list[list[float]], crowded: list[list[float]]) -> Figures:
    """S10: what the last tickets cost beside the first, and what an answer takes in the crowd beside one alone."""
    part = max(1, len(costs) // PART)
    first, last = sum(costs[:part]) / part, sum(costs[-part:]) / part
    cost = f"a ticket costs {rounded(first):g} ms at first and {rounded(last):g} ms after {len(costs)}"
    flat = Figure(last, "ms", first, f"<= {MOST_COST:g} x", last <= MOST_COST * first, (last / first,) * 2, cost)
    rounds = Rounds(crowded, alone)
    yard, value = rounds.yardstick(99), rounds.value(99)
    told = (
        f"p99 of {sum(map(len, crowded))} answers {rounded(value):g} ms among {TIMES} x the load, {rounded(yard):g} ms "
        f"alone, {verdict(value, MOST_GROWTH * yard, 'ms')}"
    )
    load = rounds.figure(99, "ms", f"<= {MOST_GROWTH:g} x", value <= MOST_GROWTH * yard, told)
    parts = {"S10.flat": flat, "S10.load": load}
    most = {"S10.flat": MOST_COST * first, "S10.load": MOST_GROWTH * yard}
    limit = f"a ticket's cost flat to 100,000; p99 at {TIMES} x the load <= {MOST_GROWTH:g} x"
    return under_one_head("S10", parts, most, limit, f"{cost[0].upper()}{cost[1:]}; {told}.")
