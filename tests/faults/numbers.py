"""N3: numbers are unique and rising per series and business day, whatever clocks, cards, kiosks and links do."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from device.contract.codec import read
from device.contract.messages import NumberAllotted, TicketIssued
from device.moment import HALL_TIME
from drivers.link_memory import straight
from screens.views import KioskClosing, KioskHome, KioskNoPaper, KioskSorry, KioskTake
from tests.faults.halls import ONLINE_LAST, the_hall
from tests.faults.kinds import Outcome
from tests.faults.mutate import must
from tests.faults.schedules import Doubled, Lost, Story, Suite
from tests.faults.wrong_time import LIBRARY, jumps, without_a_battery
from tests.scenarios.account import SERVICES, twice

QUICK: Final = 500
FULL: Final = 10_000
STARTS: Final = (
    datetime(2026, 11, 23, 9, tzinfo=HALL_TIME),
    datetime(2026, 11, 24, 3, 58, 30, tzinfo=HALL_TIME),  # the business day ends at 4
    datetime(2026, 11, 24, 7, 59, tzinfo=HALL_TIME),  # 8 hours later it ends by UTC
)
BREAKS: Final = ("broker", "clocks", "fuses", "lines", "paper", "power", "wire")
LAST_ONLINE: Final = f"{ONLINE_LAST:03d}"


def begin(seed: int) -> Story:
    """Two kiosks and the coordinator; morning, the end of a day, or the end of a day by UTC."""
    laid = the_hall("coordinator", "kiosk-1", "kiosk-2")
    return Story(seed, laid, STARTS[seed % len(STARTS)])


def live(story: Story) -> int:
    """People take numbers while everything breaks; then what they got must hold. Returns 1: a schedule."""
    story.hall.pass_time(2)
    for _ in range(story.dice.randint(4, 9)):
        act = story.dice.choices((_citizen, _rush, _break, _card, _both, _late), (9, 2, 5, 1, 1, 1))[0]
        act(story)
        story.wait(0.0, 0.3, 1.0, 3.0, 9.0, 45.0)
    story.mend()
    _hold(story)
    return 1


def _touch(story: Story, kiosk: str) -> None:
    if not story.hall.lit(kiosk):
        return
    page, screen = story.hall.view(kiosk), story.hall.parts(kiosk).screens["main"]
    match page:
        case KioskHome():
            service = story.dice.choice(("social", "social", "social", *sorted(SERVICES)))
            story.tell(f"{kiosk}: {service}")
            for _ in range(story.dice.choice((1, 1, 3))):
                screen.touch(f"service:{service}")
        case KioskClosing():
            screen.touch("choose:wait")
        case KioskTake() | KioskNoPaper() | KioskSorry(retry=True):
            screen.touch("done")
        case _:
            return


def _citizen(story: Story) -> None:
    _touch(story, story.dice.choice(story.hall.of_role("kiosk")))
    story.hall.settle()


def _rush(story: Story) -> None:
    """At every kiosk at once, several times."""
    for _ in range(story.dice.randint(2, 4)):
        for kiosk in story.hall.of_role("kiosk"):
            _touch(story, kiosk)
        story.hall.settle()
        story.wait(0.0, 1.0)


def _break(story: Story) -> None:
    story.wreck(BREAKS)


def _both(story: Story) -> None:
    """Both kiosks lose their line at once, and people go on taking numbers."""
    for kiosk in story.hall.of_role("kiosk"):
        story.hall.broker.cut(kiosk)
    story.tell("both kiosks are cut off")
    _rush(story)
    _rush(story)
    seconds = story.dice.choice((1.0, 30.0))
    for kiosk in story.hall.of_role("kiosk"):
        story.hall.later(seconds, partial(story.hall.broker.mend, kiosk))


def _late(story: Story) -> None:
    """Every answer comes later than a kiosk waits for it, while one citizen follows another."""
    story.hall.broker.from_ = lambda device, *_: (1.8 if device.startswith("kiosk") else 0.0,)
    story.tell("answers to kiosks come late")
    for _ in range(6):
        for kiosk in story.hall.of_role("kiosk"):
            _touch(story, kiosk)
        story.hall.pass_time(0.55)
    story.hall.broker.from_ = straight


def _card(story: Story) -> None:
    """A kiosk's card is replaced, at any moment, with whatever was on it."""
    kiosk = story.dice.choice(story.hall.of_role("kiosk"))
    story.hall.cut_power(kiosk)
    story.hall.new_card(kiosk)
    story.hall.boot(kiosk)
    story.tell(f"{kiosk} gets a new card")
    story.hall.settle()


def _hold(story: Story) -> None:
    issued: list[tuple[str, str, TicketIssued]] = []
    for journal, fact in story.hall.made:
        body = read(fact.payload)[1]
        if isinstance(body, TicketIssued):
            issued.append((fact.device, journal, body))
    if again := twice([record.ticket for _, _, record in issued]):
        raise Doubled(f"given twice: {again}")
    if again := twice([record.request for _, _, record in issued]):
        raise Doubled(f"one touch, two tickets: {again}")
    account = story.hands.account
    paper = [ticket for kiosk in story.hall.of_role("kiosk") for ticket in account.paper(kiosk)]
    if again := twice(paper):
        raise Doubled(f"printed twice: {again}")
    given = {record.ticket for _, _, record in issued}
    if unknown := sorted(set(paper) - given):
        raise Lost(f"on paper and in no journal: {unknown}")
    _rise(issued)
    allotted = [r for r in story.hall.records("number.allotted") if isinstance(r, NumberAllotted)]
    _rising([(record.ticket[:10], record.ticket[10:]) for record in allotted], "the coordinator")
    asked = {record.request: record.ticket for record in allotted}
    for _, _, record in issued:
        if record.source == "online" and asked.get(record.request) != record.ticket:
            raise AssertionError(f"{record.ticket} was given to a touch to which the coordinator did not give it")
    # What was on a card that is gone is gone with it (its paper stands); everything else is in the book.
    cards = {journal for journal, _ in _cards(story)}
    booked = {record.ticket for record in story.hall.records("ticket.issued") if isinstance(record, TicketIssued)}
    missing = [record.ticket for _, journal, record in issued if journal in cards and record.ticket not in booked]
    if missing:
        raise Lost(f"issued and not in the book: {missing}")


def _cards(story: Story) -> list[tuple[str, str]]:
    return [(journal, device) for device, journal in story.hall.heads()]


def _rise(issued: list[tuple[str, str, TicketIssued]]) -> None:
    """Each kiosk's numbers of a series and day rise, those given online and those of its blocks each for themselves."""
    ways: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for device, _, record in issued:
        if (record.ticket[10:] <= LAST_ONLINE) != (record.source == "online"):
            raise AssertionError(f"{record.ticket} was given {record.source}")
        if SERVICES[record.service] != record.ticket[9]:
            raise AssertionError(f"{record.ticket} is of another series than {record.service}")
        ways[f"{device} {record.source}"].append((record.ticket[:10], record.ticket[10:]))
    for who, numbers in ways.items():
        _rising(numbers, who)


def _rising(numbers: list[tuple[str, str]], who: str) -> None:
    """(day and series, number) in the order in which they were given."""
    last: dict[str, str] = {}
    for series, number in numbers:
        if number <= last.get(series, ""):
            raise AssertionError(f"{who} gave {series}{number} after {last[series]}")
        last[series] = number


SUITE: Final = Suite("N3", begin, live)


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    why = (
        "{schedules} random schedules of two kiosks and a coordinator: clocks set, cards replaced, power cut between"
        " any two acts, both kiosks cut off at once, messages lost, doubled, late; numbers that run out."
    )
    return _and_real(SUITE.many(seed or 0, FULL if full else QUICK, why, full=full))


def _and_real(found: Outcome) -> Outcome:
    """The same with a real kiosk whose clock is set."""
    if LIBRARY is None:
        why = f"{found.why} No real clock was set: libfaketime is not on this machine."
        return replace(found, failed=found.failed + 1, why=why)
    try:
        with tempfile.TemporaryDirectory() as folder:
            given = len(jumps(Path(folder)))
            stamps = without_a_battery(Path(folder))
            must(stamps == sorted(stamps), f"a restart took the time back: {stamps}")
            must({clock for _, clock in stamps} == {"floor"}, f"a clock of the last century was believed: {stamps}")
    except Exception as wrong:  # noqa: BLE001  whatever it is, what was found before stands
        return replace(found, failed=found.failed + 1, why=f"{found.why} A real clock: {type(wrong).__name__}: {wrong}")
    why = (
        f"{found.why} And {given + len(stamps)} tickets of a real kiosk whose clock was set back, forward, and to 1991."
    )
    return replace(found, tried=found.tried + given + len(stamps), why=why)
