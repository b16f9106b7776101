"""One citizen's way through the hall; each step must be seen on the wire and in the coordinator's book."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from device.contract.codec import RECORDS
from device.demo_senses import Senses, StepFailed
from device.demo_words import word
from device.launch import BROKER
from drivers.book_sqlite import read_book

KIOSK, WINDOW, EVALUATOR, BOARD, COORDINATOR = "kiosk-1", "window-3", "evaluator-3", "board-1", "coordinator"
SERVICE: Final = "social"
RECORD_TYPES: Final = frozenset(kind.type for kind in RECORDS)


@dataclass(slots=True)
class Step:
    """One line of the story, and how long it took."""

    name: str
    seconds: float
    told: str


@dataclass
class Story:
    """What was told so far, and with which senses."""

    senses: Senses
    lang: str
    tell: Callable[[str], None]
    steps: list[Step] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    killed: list[str] = field(default_factory=list)

    def opening(self) -> None:
        """Everybody is ready, and the kiosk holds numbers of its own."""
        with self._step("open"):
            for name in self.senses.running.hall.stations:
                self.senses.fresh(f"{name}/state", lambda state: state["status"] == "ready")
            for window in (3, 4):
                self.senses.fresh(f"hall/window/{window}", lambda _: True)
            self.senses.see("reserve", lambda s: s.type == "answer.block" and s.where == f"{KIOSK}/answer")

    def citizen(self, *, chaos: bool = False) -> None:
        """From the touch to the rating."""
        if chaos:
            # Held down until a number was given without it: it would be back soon enough to answer the touch.
            self._kill(COORDINATOR, hold=True)
        ticket = self.take_ticket(offline=chaos)
        if chaos:
            self._kill(KIOSK)
            self.senses.ready(KIOSK)
            self.take_ticket(offline=False)
        self.sign_in()
        self.call(ticket)
        self.serve(ticket, kill=chaos)
        self.rate(ticket)

    def take_ticket(self, *, offline: bool) -> str:
        """A touch, a number, its paper."""
        blanks: dict[str, Any] = {}
        with self._step("touch", blanks):
            since = self.senses.here()
            self.senses.touch(KIOSK, f"service:{SERVICE}")
            if offline:
                self.senses.see("ticket.issued", lambda s: s.type == "ticket.issued", since)
                self.senses.running.processes.release(COORDINATOR)
            issued = self.senses.record(KIOSK, "ticket.issued", since)
            source = issued.payload["source"]
            if not offline:
                asked = self.senses.see("ask.number", lambda s: s.type == "ask.number", since)
                self.senses.see(
                    "answer.number",
                    lambda s: s.type == "answer.number" and s.payload["to"] == asked.payload["id"],
                    since,
                )
                self.senses.booked("number.allotted", lambda r: r["request"] == asked.payload["id"])
            elif source != "block":
                raise StepFailed(self.senses.now, "the coordinator was dead and yet gave a number")
            ticket: str = issued.payload["ticket"]
            if ticket in self.tickets:
                raise StepFailed(self.senses.now, f"{ticket} was given twice")
            self.tickets.append(ticket)
            blanks |= {"number": issued.payload["number"], "source": word(self.lang, f"source-{source}")}
        with self._step("paper", blanks):
            self.senses.record(KIOSK, "ticket.printed", since, ticket=ticket)
            file = self.senses.paper(KIOSK, issued.payload["number"])
            blanks |= {"bytes": file.stat().st_size, "file": file.relative_to(self.senses.out)}
            self.senses.looks(KIOSK, "screen", "kiosk-take")
            self.senses.touch(KIOSK, "done")
        return ticket

    def sign_in(self) -> None:
        """A staff member at window 3, unless one is there."""
        staff, pin = next(iter(self.senses.running.hall.pins.items()))
        if any(s.where == f"{WINDOW}/record" and s.type == "staff.signed_in" for s in self.senses.watcher.said()):
            return
        with self._step("signin", {"staff": staff}):
            since = self.senses.here()
            self.senses.hands(WINDOW, "type", staff, "enter", pin, "enter")
            asked = self.senses.see("ask.sign_in", lambda s: s.type == "ask.sign_in", since)
            if asked.payload["pin"] != "***":
                raise StepFailed(self.senses.now, "the watcher wrote down a PIN")
            self.senses.record(WINDOW, "staff.signed_in", since, staff=staff)
            self.senses.truth("open", since, lambda w: w["person"]["number"] == staff)
            self.senses.looks(EVALUATOR, "screen", "evaluator")

    def call(self, ticket: str) -> None:
        """`next`: the coordinator's choice, the board's picture and voice."""
        number = ticket[9:]
        with self._step("call", {"number": number}):
            since = self.senses.here()
            self.senses.touch(WINDOW, "next")
            asked = self.senses.see("ask.call", lambda s: s.type == "ask.call", since)
            answer = self.senses.see(
                "answer.call", lambda s: s.type == "answer.call" and s.payload["to"] == asked.payload["id"], since
            )
            if answer.payload["ticket"] != ticket:
                raise StepFailed(
                    self.senses.now, f"called {answer.payload['ticket'] or answer.payload['outcome']}, not {ticket}"
                )
            self.senses.booked(
                "ticket.called", lambda r: r["ticket"] == ticket and r["window"] == 3 and r["by"] == "system"
            )
            self.senses.truth("calling", since, lambda w: w["ticket"] == ticket)
        blanks: dict[str, Any] = {}
        with self._step("speak", blanks):
            call = self.senses.see(
                "hall.call", lambda s: s.where == "hall/call" and s.payload["ticket"] == ticket, since
            )
            blanks["said"] = self.senses.voice(BOARD, call.payload["id"])
            self.senses.looks(BOARD, "screen", "board")
            self.senses.looks(WINDOW, "sign", "sign")

    def serve(self, ticket: str, *, kill: bool) -> None:
        """Start and finish; with the broker killed in between, if it is ours to kill."""
        with self._step("start"):
            since = self.senses.here()
            self.senses.touch(WINDOW, "start")
            self.senses.record(WINDOW, "ticket.started", since, ticket=ticket)
            self.senses.truth("serving", since, lambda w: w["ticket"] == ticket)
        if kill and self.senses.running.broker:
            self._kill(BROKER)
        elif kill:
            self.tell(word(self.lang, "not-ours"))
        with self._step("finish"):
            since = self.senses.here()
            self.senses.touch(WINDOW, "finish")
            self.senses.record(WINDOW, "ticket.served", since, ticket=ticket)
            self.senses.record(WINDOW, "rating.invited", since, ticket=ticket)
            self.senses.truth("open", since, lambda w: w["invitation"] and w["invitation"]["ticket"] == ticket)
            self.senses.looks(EVALUATOR, "screen", "evaluator-ask")

    def rate(self, ticket: str) -> None:
        """One of five buttons."""
        staff = next(iter(self.senses.running.hall.pins))
        with self._step("rate", {"number": ticket[9:], "staff": staff}):
            since = self.senses.here()
            self.senses.hands(EVALUATOR, "press", "5")
            self.senses.record(EVALUATOR, "rating.given", since, ticket=ticket, window=3, staff=staff, level=5)
            self.senses.looks(EVALUATOR, "screen", "evaluator")

    def account(self) -> None:
        """Everything that was said is in the book, once, and receipted."""
        blanks: dict[str, Any] = {}
        with self._step("account", blanks):
            heard = self.senses.watcher.said()
            records = {s.payload["id"]: s for s in heard if s.type in RECORD_TYPES and s.payload.get("seq")}
            for said in records.values():
                self.senses.receipted(said)
            book = Counter(row.id for row in read_book(self.senses.running.book))
            off = [f"{s.where} {s.type}" for key, s in records.items() if book[key] != 1]
            if off:
                raise StepFailed(self.senses.now, f"not once in the book: {', '.join(off)}")
            blanks["records"] = len(records)

    def _kill(self, name: str, *, hold: bool = False) -> None:
        self.killed.append(name)
        self.senses.running.processes.kill(name, hold=hold)
        self.tell(word(self.lang, f"kill-{name.partition('-')[0]}"))

    @contextmanager
    def _step(self, name: str, blanks: dict[str, Any] | None = None) -> Iterator[None]:
        self.senses.now = name
        begun = time.monotonic()
        yield
        told = word(self.lang, name, **(blanks or {}))
        self.steps.append(Step(name, round(time.monotonic() - begun, 3), told))
        self.tell(f"{len(self.steps):>3}  {self.steps[-1].seconds:6.2f} s  {told}")
