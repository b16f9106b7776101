"""When a hall that has no night can be updated: in its quietest hour, with nobody there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from device.cli import main
from device.contract.codec import encode
from device.contract.messages import AskNumber, Envelope, Record, TicketIssued, TicketServed
from device.exits import EXIT_LATER
from device.hall.quiet import DAYS, hourly, quietest
from device.moment import HALL_TIME
from device.quiet_command import look
from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow
from tests.config.example_hall import copy
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import JOURNAL, PLAN, uid

NOW = datetime(2026, 11, 23, 3, 20, tzinfo=HALL_TIME)


def taken(n: int, at: datetime) -> tuple[Envelope, Record]:
    ticket, day = f"{at:%Y%m%d}-A{n:03d}", f"{at:%Y-%m-%d}"
    made = TicketIssued(uid(n), ticket, ticket[9:], day, "social", "online")
    return Envelope(uid(n), at.isoformat(timespec="seconds"), "synced", "kiosk-1", 1, n, JOURNAL), made


def weeks() -> list[tuple[Envelope, Record]]:
    """Two weeks in which somebody came in every hour but the one from three, and was served."""
    hours = [NOW.replace(hour=h, minute=5) - timedelta(days=d) for d in range(1, 15) for h in range(24) if h != 3]
    found: list[tuple[Envelope, Record]] = []
    for n, at in enumerate(sorted(hours), 1):
        envelope, issued = taken(n, at)
        assert isinstance(issued, TicketIssued)
        served = TicketServed(issued.ticket, "social", 3, "1001", envelope.at)
        found += [(envelope, issued), (replace(envelope, id=uid(10_000 + n), device="window-3"), served)]
    return found


@pytest.mark.req("R223")
def test_now_is_the_time_in_the_quietest_hour_once_nobody_is_there() -> None:
    quiet = look(weeks(), NOW, 240)
    assert (quiet.hour, quiet.people, quiet.here, quiet.now) == (3, 0.0, 0, True)
    assert not look(weeks(), NOW.replace(hour=5), 240).now
    waits = look([*weeks(), taken(999, NOW - timedelta(hours=4))], NOW, 240)
    assert (waits.here, waits.now) == (1, False)
    assert look([*weeks(), taken(999, NOW - timedelta(days=3))], NOW, 240).here == 0  # that day is over


@given(st.lists(st.integers(0, 23), max_size=60))
def test_the_quietest_hour_is_one_in_which_nobody_else_has_fewer(hours: list[int]) -> None:
    people = hourly([NOW.replace(hour=h) for h in hours], DAYS)
    assert people[quietest(people)] == min(people)
    assert sum(people) * DAYS == pytest.approx(len(hours))


def test_the_night_of_a_hall_that_closes_is_its_quiet_time() -> None:
    assert quietest([0.0] * 8 + [9.0] * 10 + [0.0] * 6) in (*range(7), *range(19, 23))


def test_the_command_reads_the_book_and_says_when(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = copy(tmp_path, 1)["coordinator"]
    data = load(station).data
    assert main(["quiet", "--config", str(station)]) != 0
    assert "there is no book" in capsys.readouterr().err
    data.mkdir(parents=True, exist_ok=True)
    book, now = SqliteBook(data / "book.db"), datetime.now(HALL_TIME)
    envelope, record = taken(1, now)  # somebody waits: it is no time
    payload = encode(envelope, record)
    book.enter([BookRow("kiosk-1", JOURNAL, 1, envelope.id, f"{now:%Y-%m-%d}", payload)])
    book.close()
    assert main(["quiet", "--config", str(station), "--json"]) == EXIT_LATER
    said = json.loads(capsys.readouterr().out)
    assert said["now"] is False
    assert said["hour"] != now.hour
    assert main(["quiet", "--config", str(station)]) == EXIT_LATER
    assert "not now" in capsys.readouterr().out


@pytest.mark.req("R223", "R076")
def test_a_hall_of_twenty_four_hours_gives_numbers_in_every_hour_of_the_night_without_a_restart() -> None:
    desk = FrontDesk(replace(PLAN, sessions=()))
    outcomes = set()
    for _ in range(24):
        desk.wait(3600)
        answer = desk.ask(AskNumber("social", "zh"), "kiosk-1")
        outcomes.add(getattr(answer, "outcome", ""))
    assert outcomes == {"given"}
    assert desk.role.hall.day == "2026-11-24"
