"""N4: 72 h offline, broker killed, messages doubled, reordered, cut: every record reaches the book exactly once.

What the devices commit is written down beside them, and compared with the book when everything is whole again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Final

from device.contract.channels import COORDINATOR
from device.contract.codec import read, record_hash
from device.moment import HALL_TIME
from tests.faults.bad_lines import everything
from tests.faults.halls import the_hall
from tests.faults.kinds import Outcome
from tests.faults.schedules import Doubled, Lost, Story, Suite
from tests.scenarios.account import twice

QUICK: Final = 200
FULL: Final = 2_000
REAL_QUICK: Final = 1  # rounds of every kind of bad line
REAL_FULL: Final = 20
MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
BREAKS: Final = ("broker", "cards", "clocks", "fuses", "lines", "paper", "power", "wire")
OFFLINE_HOURS: Final = 72.0
LIVED_EVERY: Final = 50  # 72 hours minute by minute take seconds


def begin(seed: int) -> Story:
    """A kiosk, a desk, a window and an evaluator apart, and the coordinator."""
    laid = the_hall("coordinator", "kiosk-1", "desk-3", "window-4", "evaluator-4", apart=(4,))
    return Story(seed, laid, MORNING)


def live(story: Story, *, minutely: bool = False) -> int:
    """Work goes on while everything fails, then for 72 h without a broker. Returns 1: a schedule."""
    story.hall.pass_time(2)
    for window in story.hands.windows:
        story.hall.sign_in(f"window-{window}", "1001" if window == 3 else "1002")
    _work(story, story.dice.randint(4, 10), broken=True)
    if story.dice.random() < 0.5 or minutely:
        _offline(story, minutely=minutely)
    story.mend()
    _hold(story)
    return 1


def _work(story: Story, acts: int, *, broken: bool) -> None:
    hands = story.hands
    for _ in range(acts):
        story.dice.choices((hands.citizen, hands.clerk, hands.rate, story.wreck), (4, 5, 2, 3 if broken else 0))[0]()
        story.wait(0.0, 0.3, 1.0, 6.0, 20.0)


def _offline(story: Story, *, minutely: bool) -> None:
    """The broker is dead for 72 h, and has forgotten everything when it comes back; the coordinator may be dead too."""
    story.hall.broker.down(forget=story.dice.random() < 0.7)
    if story.dice.random() < 0.5:
        story.hall.cut_power(COORDINATOR)
    story.tell("offline for 72 h")
    left = OFFLINE_HOURS
    while left > 0:
        _work(story, story.dice.randint(1, 3), broken=False)
        hours = min(left, story.dice.choice((0.2, 5.0, 30.0)) * story.dice.random())
        if minutely:
            story.hall.pass_time(hours * 3600)
        else:  # as if nobody had looked at a clock meanwhile: whatever was due is due now
            story.hall.clock.advance(hours * 3600)
            story.hall.settle()
        left -= max(hours, 0.1)


def _hold(story: Story) -> None:
    """The book has, of every journal, what was committed there: all of it, in order, once, byte for byte."""
    made: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for journal, fact in story.hall.made:
        made[fact.device, journal].append(fact.payload)
    rows = [row for row in story.hall.book.rows if row.device != COORDINATOR]
    if again := twice([row.id for row in rows]):
        raise Doubled(f"twice in the book: {again}")
    if strange := [row.id for row in rows if (row.device, row.journal) not in made]:
        raise AssertionError(f"in the book and never made: {strange}")
    booked: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for row in rows:
        booked[row.device, row.journal].append(row.payload)
    for source, payloads in made.items():
        missing = Counter(payloads) - Counter(booked[source])
        if missing:
            raise Lost(f"{sum(missing.values())} records of {source[0]} are not in the book")
        if payloads != booked[source]:
            raise AssertionError(f"the book has the records of {source[0]} in another order, or others")
        _chained(source[0], payloads)
    if waiting := {s: n for s in story.hall.stations if (n := story.hall.waiting(s))}:
        raise AssertionError(f"in the book and without a receipt: {waiting}")


def _chained(device: str, payloads: list[bytes]) -> None:
    before = ""
    for seq, payload in enumerate(payloads, 1):
        envelope, _ = read(payload)
        if (envelope.seq, envelope.prev) != (seq, before):
            raise AssertionError(f"record {envelope.seq} of {device} is no link of the chain at {seq}")
        before = record_hash(payload)


SUITE: Final = Suite("N4", begin, live)
LIVED: Final = Suite("N4", begin, lambda story: live(story, minutely=story.seed % LIVED_EVERY == 0))


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    why = (
        "{schedules} random schedules of a kiosk, two desks and a coordinator, every second one with 72 h without a"
        " broker; lines, power and messages fail, clocks are set, cards replaced; the book against what was committed."
    )
    if full:
        why += f" In one of {LIVED_EVERY} the 72 h pass minute by minute, in the others devices sleep through hours."
    found = (LIVED if full else SUITE).many(seed or 0, FULL if full else QUICK, why, full=full)
    return _and_real(found, REAL_FULL if full else REAL_QUICK)


def _and_real(found: Outcome, rounds: int) -> Outcome:
    """The same with real processes on bad lines."""
    try:
        faults, there = everything(rounds, found.seed)
    except Exception as wrong:  # noqa: BLE001  whatever it is, what was found before stands
        kind = "lost" if isinstance(wrong, Lost) else "doubled" if isinstance(wrong, Doubled) else "failed"
        why = f"{found.why} Real processes: {type(wrong).__name__}: {wrong}"
        return replace(found, why=why, **{kind: getattr(found, kind) + 1})
    said = ", ".join(f"{n:,} {what}" for what, n in there.items() if what != "carried")
    why = f"{found.why} And {faults} bad lines and broker deaths under real processes ({said})."
    return replace(found, tried=found.tried + faults, why=why)
