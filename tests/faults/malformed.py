"""N6: malformed input never stops a device and changes no state.

Damaged inputs go straight through each parser; some of the damaged messages, and codes from scanners, go to a whole
hall as well. What is refused must leave every role, journal, book and screen as it was. What is sound by luck may
change something, and must stop nobody.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from device.contract.codec import Malformed, decode
from device.moment import HALL_TIME
from drivers.events import Delivered, KeyPressed, Scanned
from tests.faults.halls import cheap, the_hall
from tests.faults.kinds import Outcome, tell
from tests.faults.mutate import damaged, must
from tests.faults.parsers import PARSERS, a_message
from tests.scenarios.hurt import HurtHall

QUICK: Final = 200_000
FULL: Final = 100_000_000
FULL_SECONDS: Final = 3300.0
MORNING: Final = datetime(2026, 11, 21, 9, tzinfo=HALL_TIME)
IN_A_HALL: Final = 200  # one message in so many goes to a hall as well
AT_ONCE: Final = 50
TELL_SECONDS: Final = 20.0


class Halls:
    """A hall that hears damaged messages, and whether it stayed as it was."""

    def __init__(self, seed: int) -> None:
        self.hall = HurtHall(the_hall(few=False), MORNING, seed=seed)
        self.hall.pass_time(2)
        self.hall.sign_in("window-3", "1001")

    def state(self) -> str:
        """Everything any station knows, has written down and shows."""
        parts = []
        for name, life in sorted(self.hall.lives.items()):
            parts.append(f"{name} {self.hall.waiting(name)}")
            for seat in life.station.seats.values():
                shown = {screen: len(part.shown) for screen, part in life.parts[seat.name].screens.items()}
                parts.append(f"{seat.name} {seat.role} {seat.presence} {seat.outbox.unsent} {shown}")
        return "\n".join([*parts, str(len(self.hall.book.rows)), str(sorted(self.hall.heads().items()))])

    def refuse(self, messages: list[tuple[str, bytes]]) -> None:
        """Nobody takes any of these, and nothing is changed by them."""
        before = self.state()
        self._deliver(messages)
        after = self.state()
        must(before == after, f"changed by malformed messages: {_first_difference(before, after)}")

    def survive(self, messages: list[tuple[str, bytes]]) -> None:
        """Sound ones, whatever nonsense they say: nobody dies of them."""
        self._deliver(messages)
        self.hall.pass_time(1)

    def scan(self, dice: random.Random) -> None:
        """Codes and keys that people's hands bring: nobody dies of them."""
        text = damaged(dice, [b"hallside:longjiang:20261121-A001", b"A001", "李\t".encode()]).decode("utf-8", "replace")
        for device in ("kiosk-1", "window-3", "evaluator-3"):
            loop = self.hall.lives[self.hall.home(device)].loop
            loop.post(device, Scanned(text[:512]))
            for key in (text[:3], "enter", "escape"):
                loop.post(device, KeyPressed(key))
        self.hall.settle()

    def works(self) -> None:
        """After all that a citizen gets a number."""
        self.hall.pass_time(120)
        before = len(self.hall.records("ticket.issued"))
        if "service:social" in _keys(self.hall):
            self.hall.tap("kiosk-1", "service:social")
        self.hall.pass_time(5)
        now = self.hall.view("kiosk-1")
        must(len(self.hall.records("ticket.issued")) == before + 1, f"nobody gets a number any more, but {now}")

    def _deliver(self, messages: list[tuple[str, bytes]]) -> None:
        for topic, payload in messages:
            for life in self.hall.lives.values():
                for device in life.station.seats:
                    life.loop.post(device, Delivered(topic, payload, retained=False))
        self.hall.settle()


def _keys(hall: HurtHall) -> set[str]:
    from device.table_parts import keys_of

    return keys_of(hall.view("kiosk-1"))


def _first_difference(before: str, after: str) -> str:
    for old, new in zip(before.splitlines(), after.splitlines(), strict=False):
        if old != new:
            at = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
            return f"{old[max(0, at - 60) : at + 60]!r} became {new[max(0, at - 60) : at + 60]!r}"
    return "a line more or less"


@contextmanager
def quiet() -> Iterator[None]:
    """What is dropped is logged, as it must be; thousands of them in a second are not to be read."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def try_parsers(count: int, dice: random.Random) -> int:
    """So many damaged inputs through the parsers. AssertionError, or whatever a parser let out, with the input."""
    tried = 0
    for parser in PARSERS:
        for _ in range(round(count * parser.share)):
            data = parser.make(dice)
            tried += 1
            try:
                parser.read(data)
            except Exception as wrong:
                wrong.add_note(f"{parser.name}: {data!r}")
                raise
    return tried


def try_hall(count: int, seed: int) -> int:
    """So many damaged messages into a hall; then it must still work."""
    dice = random.Random(seed)
    with cheap(), quiet():
        hall = Halls(seed)
        done = 0
        while done < count:
            bad: list[tuple[str, bytes]] = []
            good: list[tuple[str, bytes]] = []
            for _ in range(AT_ONCE):
                where, _, payload = a_message(dice).partition(b"\n")
                topic = where.decode()
                try:
                    decode(topic, payload)
                except Malformed:
                    bad.append((topic, payload))
                else:
                    good.append((topic, payload))
            hall.refuse(bad)
            hall.survive(good)
            hall.scan(dice)
            done += AT_ONCE
        hall.works()
    return done


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    first = seed or 0
    wanted, begun = (FULL if full else QUICK), time.monotonic()
    tried = failed = rounds = 0
    told, worst = begun, ""
    step = 20_000
    while tried < wanted and time.monotonic() - begun < FULL_SECONDS:
        try:
            tried += try_parsers(step, random.Random(first + rounds))
            tried += try_hall(step // IN_A_HALL, first + rounds)
        except Exception as wrong:  # noqa: BLE001  whatever came out of a parser is what was looked for
            failed += 1
            tried += step
            worst = worst or f" Seed {first + rounds}: {type(wrong).__name__}: {wrong}"
            tell(f"N6: seed {first + rounds}: {type(wrong).__name__}: {wrong} {getattr(wrong, '__notes__', '')}"[:2000])
        rounds += 1
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            tell(f"N6: {tried:,} of {wanted:,}, {told - begun:.0f} s")
    part = f" {tried:,} of {wanted:,} in {FULL_SECONDS / 60:.0f} minutes." if tried < wanted else ""
    names = ", ".join(parser.name for parser in PARSERS)
    why = f"Damaged input of every kind ({names}); one message in {IN_A_HALL} also into a whole hall.{part}{worst}"
    return Outcome(tried, 0, 0, failed, first, f"python -m tests.faults N6 --seed {first}" + " --full" * full, why)
