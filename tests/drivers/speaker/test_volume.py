"""How loud at which time of day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from config.parts_speaker import SimulatedSpeaker
from drivers.speaker_volume import Loudness

PLACE = Loudness(80, (("12:00", "13:30", 40), ("22:00", "07:00", 20)))


def at(hour: int, minute: int = 0) -> datetime:
    """Hall time is eight hours ahead."""
    return datetime(2026, 11, 23, (hour - 8) % 24, minute, tzinfo=UTC)


@pytest.mark.req("R144")
@pytest.mark.parametrize(
    ("hour", "minute", "volume"),
    [
        (9, 0, 80),
        (11, 59, 80),
        (12, 0, 40),
        (13, 29, 40),
        (13, 30, 80),
        (22, 0, 20),
        (3, 0, 20),
        (6, 59, 20),
        (7, 0, 80),
    ],
)
def test_a_quiet_time_begins_and_ends_on_its_minute_also_over_midnight(hour: int, minute: int, volume: int) -> None:
    assert PLACE.at(at(hour, minute), 100) == volume


@pytest.mark.req("R033", "R144")
def test_an_announcement_may_be_louder_than_usual_and_never_louder_than_all() -> None:
    assert PLACE.at(at(9), 120) == 96
    assert PLACE.at(at(12, 30), 120) == 48
    assert PLACE.at(at(9), 200) == 100


@pytest.mark.req("R144")
def test_another_place_has_a_volume_of_its_own() -> None:
    assert Loudness(30).at(at(9), 100) == 30
    assert Loudness(0).at(at(9), 100) == 0


@pytest.mark.req("R144")
@pytest.mark.parametrize("level", [-1, 101])
def test_a_volume_beyond_its_bounds_is_refused_in_the_config(level: int) -> None:
    with pytest.raises(ValidationError):
        SimulatedSpeaker(driver="simulated", volume=level)
    with pytest.raises(ValidationError):
        SimulatedSpeaker(driver="simulated", quiet=(("12:00", "13:30", level),))
