"""Identities of moments."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from device.moment import HALL_TIME, Moment
from device.uuid7 import Uuid7

NOON = datetime(2026, 11, 21, 12, tzinfo=HALL_TIME)


def test_a_seed_is_a_uuid_of_version_7_with_its_time_in_front() -> None:
    made = UUID(int=Uuid7().seed(NOON))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_the_low_byte_is_left_for_the_moment_to_count_in() -> None:
    seed = Uuid7().seed(NOON)
    moment = Moment(NOON, 0.0, "synced", seed)
    ids = [moment.id(k) for k in (0, 1, 255)]
    assert ids == sorted(set(ids))
    assert seed & 0xFF == 0


@pytest.mark.parametrize("back", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
def test_seeds_rise_however_the_clock_jumps(back: timedelta) -> None:
    uuid7 = Uuid7(random.Random(4))
    seeds = [uuid7.seed(NOON), *(uuid7.seed(NOON - back) for _ in range(500)), uuid7.seed(NOON + timedelta(seconds=9))]
    assert seeds == sorted(set(seeds))
    assert {UUID(int=seed).version for seed in seeds} == {7}


def test_a_full_millisecond_runs_over_into_the_next() -> None:
    class AlmostFull(random.Random):
        def getrandbits(self, k: int, /) -> int:
            """One bit more than asked for, all set: as after countless seeds in this millisecond."""
            return (1 << k + 1) - 1

    uuid7 = Uuid7(AlmostFull())
    before = uuid7.seed(NOON) >> 80
    rolled = UUID(int=uuid7.seed(NOON))
    assert rolled.int >> 80 == before + 1
    assert rolled.version == 7


def test_two_lives_of_a_process_share_no_identity() -> None:
    assert Uuid7().seed(NOON) != Uuid7().seed(NOON)
