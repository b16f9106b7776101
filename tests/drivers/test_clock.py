"""The time of day in hall time, and how far it can be believed."""

from __future__ import annotations

import ctypes
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from pytest_mock import MockerFixture

from device.moment import HALL_TIME as WIRE_TIME
from drivers import clock
from drivers.clock import EARLIEST, HALL_TIME, FakeClock, SystemClock, built, kernel_is_synchronised
from drivers.protocols import WallClock

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=HALL_TIME)
CLOCKS: list[WallClock] = [SystemClock("kernel"), SystemClock("trusted"), FakeClock(NOON)]


@pytest.mark.req("R115", "R116")
def test_hall_time_is_eight_hours_ahead_all_year() -> None:
    assert WIRE_TIME == HALL_TIME
    offsets = {datetime(2026, month, 1, tzinfo=HALL_TIME).utcoffset() for month in range(1, 13)}
    assert offsets == {timedelta(hours=8)}


@pytest.mark.req("R115")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_machines_own_time_zone_changes_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        now = SystemClock("trusted").now()
    time.tzset()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("each", CLOCKS)
def test_every_clock_says_an_aware_hall_time_and_rises(each: WallClock) -> None:
    assert each.now().utcoffset() == timedelta(hours=8)
    first = each.mono()
    assert each.mono() >= first
    assert each.trust() in ("synced", "floor")


# --- the kernel's word ---------------------------------------------------------------------------------------


def kernel_says(mocker: MockerFixture, state: int, status: int) -> None:
    """The seam to the C library: adjtimex fills in the status and returns the state of the clock."""

    def adjtimex(timex: Any) -> int:
        filled = timex._obj
        assert filled.modes == 0, "the clock is only to be looked at"
        filled.status = status
        return state

    mocker.patch.object(clock, "adjtimex", adjtimex)


@pytest.mark.req("R056")
@pytest.mark.parametrize(
    ("state", "status", "synced"),
    [
        (0, 0x2001, True),  # TIME_OK; STA_PLL and STA_NANO: chrony, timesyncd, ntpd
        (1, 0x2001, True),  # TIME_INS: a leap second comes
        (5, 0x0040, False),  # TIME_ERROR, STA_UNSYNC: never set since the start
        (0, 0x0040, False),
        (5, 0x2001, False),  # the maximum error has grown over 16 s
        (-1, 0, False),  # the call is forbidden here: nobody vouches for the time
    ],
)
def test_the_time_is_believed_only_as_far_as_the_kernel_does(
    mocker: MockerFixture, state: int, status: int, synced: bool
) -> None:
    kernel_says(mocker, state, status)
    assert kernel_is_synchronised() is synced
    assert SystemClock("kernel").trust() == ("synced" if synced else "floor")
    assert SystemClock("trusted").trust() == "synced"


def test_the_structure_asked_with_is_the_kernels() -> None:
    """A wrong layout would put the time of day and the length of a tick somewhere else."""
    timex = clock.Timex()
    assert clock.adjtimex(ctypes.byref(timex)) >= 0
    assert abs(timex.time[0] - time.time()) < 5
    assert 9_000 <= timex.tick <= 11_000
    if ctypes.sizeof(ctypes.c_long) == 8:
        assert ctypes.sizeof(timex) == 208


# --- the floor -----------------------------------------------------------------------------------------------

AHEAD = datetime.now(HALL_TIME) + timedelta(days=365)
SOON = timedelta(seconds=5)


def test_an_unsynced_clock_is_never_before_a_moment_that_is_surely_past(mocker: MockerFixture) -> None:
    kernel_says(mocker, 5, 0x0040)
    assert AHEAD <= SystemClock("kernel", saved=AHEAD).now() < AHEAD + SOON
    assert SystemClock("kernel", saved=NOON - timedelta(days=3650)).now() < AHEAD


def test_a_synced_clock_is_believed_below_the_floor_too(mocker: MockerFixture) -> None:
    kernel_says(mocker, 0, 0x2001)
    assert SystemClock("kernel", saved=AHEAD).now() < AHEAD


@pytest.mark.req("R056")
@pytest.mark.parametrize("trust", ["kernel", "trusted"])
def test_a_clock_that_was_never_set_is_not_believed_whoever_vouches_for_it(
    trust: Literal["kernel", "trusted"], mocker: MockerFixture
) -> None:
    kernel_says(mocker, 0, 0x2001)
    begins_in_1970(mocker)
    installed = built()
    assert installed <= SystemClock(trust).now() < installed + SOON
    assert SystemClock(trust).trust() == "floor"
    assert AHEAD <= SystemClock(trust, saved=AHEAD).now() < AHEAD + SOON


def test_time_goes_on_from_the_floor(mocker: MockerFixture) -> None:
    begins_in_1970(mocker)
    mocker.patch("drivers.clock.time.monotonic", side_effect=(100.0, 160.0, 400.0, 460.0))
    system = SystemClock("kernel", saved=AHEAD)
    assert system.now() == AHEAD + timedelta(seconds=60)
    system.hear(AHEAD)  # later by now
    assert system.floor() == AHEAD + timedelta(seconds=360)


def test_what_the_hall_says_raises_the_floor_and_never_lowers_it(mocker: MockerFixture) -> None:
    begins_in_1970(mocker)
    system = SystemClock("kernel", saved=AHEAD)
    system.hear(AHEAD - timedelta(days=1))
    assert system.floor() < AHEAD + SOON
    system.hear(AHEAD + timedelta(days=1))
    assert AHEAD + timedelta(days=1) <= system.now() < AHEAD + timedelta(days=1) + SOON
    assert system.trust() == "floor", "heard is not synced"


def test_a_clock_that_lost_its_sync_and_was_set_back_goes_on_from_when_it_was_synced(mocker: MockerFixture) -> None:
    kernel_says(mocker, 0, 0x2001)
    system = SystemClock("kernel")
    known = system.floor()
    kernel_says(mocker, 5, 0x0040)
    begins_in_1970(mocker)
    assert known <= system.now() < known + SOON


def test_what_was_installed_without_a_clock_is_no_older_than_hallside(mocker: MockerFixture, tmp_path: Path) -> None:
    file = tmp_path / "clock.py"
    file.touch()
    os.utime(file, (0, 0))
    mocker.patch.object(clock, "_BUILT", file)
    assert built() == EARLIEST


def begins_in_1970(mocker: MockerFixture) -> None:
    mocker.patch.object(clock, "datetime", wraps=datetime).now.return_value = datetime(1970, 1, 1, 8, tzinfo=HALL_TIME)


# --- moved by hand -------------------------------------------------------------------------------------------


def test_a_fake_clocks_time_passes_on_both_its_faces() -> None:
    fake = FakeClock(NOON, mono=7.0)
    fake.advance(90.5)
    assert (fake.now(), fake.mono()) == (NOON + timedelta(seconds=90.5), 97.5)


def test_setting_the_wall_clock_back_leaves_the_other_face_alone() -> None:
    fake = FakeClock(NOON)
    fake.set_wall(datetime(2000, 1, 1, tzinfo=UTC))
    assert (fake.now(), fake.mono()) == (datetime(2000, 1, 1, 8, tzinfo=HALL_TIME), 0.0)
    assert fake.now().tzinfo is HALL_TIME


def test_time_does_not_go_back_by_advancing() -> None:
    with pytest.raises(ValueError, match="set_wall"):
        FakeClock(NOON).advance(-1)


@pytest.mark.parametrize("trust", ["synced", "floor"])
def test_a_fake_clock_is_believed_as_far_as_it_is_told(trust: Literal["synced", "floor"]) -> None:
    fake = FakeClock(NOON, trust=trust)
    assert fake.trust() == trust
    fake.set_trust("floor")
    assert fake.trust() == "floor"


def test_a_fake_clocks_floor_is_the_real_ones() -> None:
    fake = FakeClock(NOON)
    assert fake.floor() == NOON
    fake.set_trust("floor")
    fake.set_wall(datetime(1970, 1, 1, tzinfo=UTC))
    fake.advance(60)
    assert fake.now() == fake.floor() == NOON + timedelta(seconds=60)
    fake.hear(NOON + timedelta(days=1))
    assert fake.now() == NOON + timedelta(days=1)
