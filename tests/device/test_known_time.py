"""What a station knows of the time when its own clock knows nothing: kept rarely, and heard from the coordinator."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pytest

from device.contract.channels import topic
from device.contract.codec import encode, read
from device.contract.messages import DeviceState, Envelope, PaperLow
from device.effects import Keep, Remember
from device.known_time import CLOCK, DAY_SECONDS, KEEP_SECONDS
from device.moment import HALL_TIME
from drivers.events import Delivered, KeyPressed
from tests.helpers.tiny import HALL, JOURNAL, TinyStation, nothing

PRESSED = KeyPressed("7")


def test_a_moment_that_is_surely_past_is_kept_for_a_start_without_a_clock() -> None:
    table = TinyStation({"board-1": ("board", nothing)})
    assert kept_clock(table) == "2026-11-21T09:00"
    table.clock.set_trust("floor")
    table.clock.set_wall(datetime(1970, 1, 1, tzinfo=HALL_TIME))
    table.pass_time(DAY_SECONDS)
    assert kept_clock(table) == "2026-11-22T09:00", "time goes on from what was known"


def test_an_idle_station_writes_the_time_once_a_day_and_a_busy_one_with_what_it_writes_anyway() -> None:
    table = TinyStation({"kiosk-1": ("kiosk", lambda event, _: [Keep("n", "1")] if event == PRESSED else [])})
    table.pass_time(DAY_SECONDS - 60)
    assert kept_clock(table) == "2026-11-21T09:00"
    table.happen("kiosk-1", PRESSED)
    assert kept_clock(table) == "2026-11-22T08:59"
    table.pass_time(KEEP_SECONDS - 1)
    table.happen("kiosk-1", PRESSED)
    assert kept_clock(table) == "2026-11-22T08:59"
    table.pass_time(60)
    assert kept_clock(table) == "2026-11-22T08:59"
    table.happen("kiosk-1", PRESSED)
    assert kept_clock(table) == "2026-11-22T09:14"
    for _ in range(4):
        table.pass_time(DAY_SECONDS / 4)
    assert kept_clock(table) == "2026-11-23T09:14"


@pytest.mark.parametrize(("who", "clock", "raised"), [
    ("coordinator", "synced", True), ("coordinator", "floor", False), ("kiosk-2", "synced", False),
])  # fmt: skip
def test_the_coordinators_time_alone_raises_the_floor(
    who: str, clock: Literal["synced", "floor"], raised: bool
) -> None:
    table = TinyStation({"kiosk-1": ("kiosk", lambda event, _: [Keep("n", "1")] if event == PRESSED else [])})
    table.clock.set_trust("floor")
    table.clock.set_wall(datetime(1970, 1, 1, tzinfo=HALL_TIME))
    state = DeviceState("coordinator" if who == "coordinator" else "kiosk", "1", JOURNAL, "ready")
    said = Envelope("018f0000-0000-7000-8000-000000000001", "2026-11-24T10:00:00.000+08:00", clock, who)
    table.happen("kiosk-1", Delivered(topic(HALL, who, state), encode(said, state), retained=True))
    assert table.station.moment().clock == "floor"
    table.happen("kiosk-1", PRESSED)
    assert kept_clock(table) == ("2026-11-24T10:00" if raised else "2026-11-21T09:00"), "power may be cut at any time"
    table.pass_time(KEEP_SECONDS)
    table.happen("kiosk-1", PRESSED)
    assert kept_clock(table) == ("2026-11-24T10:15" if raised else "2026-11-21T09:15")


def test_while_nobody_vouches_for_the_clock_no_later_life_stamps_anything_earlier() -> None:
    table = TinyStation({"kiosk-1": ("kiosk", lambda event, _: [Keep("n", "1")] if event == PRESSED else [])})
    table.clock.set_trust("floor")
    for minute in (1, 2, 3):
        table.pass_time(60)
        table.happen("kiosk-1", PRESSED)
        assert kept_clock(table) == f"2026-11-21T09:{minute:02}"


@pytest.mark.req("R056")
def test_a_clock_that_steps_reorders_and_renumbers_no_record() -> None:
    remember = TinyStation({"kiosk-1": ("kiosk", lambda event, now: [Remember(PaperLow(), now.id())] if event == PRESSED
                                        else [])})  # fmt: skip
    steps: list[tuple[Literal["synced", "floor"], int]] = [("synced", 2026), ("synced", 2031), ("floor", 1970),
                                                           ("synced", 2026)]  # fmt: skip
    for trust, year in steps:
        remember.clock.set_trust(trust)
        remember.clock.set_wall(datetime(year, 11, 21, 10, tzinfo=HALL_TIME))
        remember.happen("kiosk-1", PRESSED)
    facts = remember.journal.unsent("kiosk-1", 10)
    envelopes = [read(fact.payload)[0] for fact in facts]
    assert [envelope.seq for envelope in envelopes] == [1, 2, 3, 4]
    assert sorted(envelope.id for envelope in envelopes) == [envelope.id for envelope in envelopes]
    assert [envelope.clock for envelope in envelopes] == [trust for trust, _ in steps]
    assert [envelope.at[:4] for envelope in envelopes] == ["2026", "2031", "2026", "2026"]


def kept_clock(table: TinyStation) -> str:
    """To the minute."""
    return datetime.fromisoformat(table.journal.kept("")[CLOCK]).isoformat(timespec="minutes")[:16]
