"""N11 in its quick size, and that its suite sees a station that does not heal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.hangs import LIMIT, QUICK_AGAIN, QUICK_WATCHDOG, own_seconds, tries, ward
from tests.faults.supervisor import Supervisor

MUTE = """
import os, socket, time
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
time.sleep(60)
"""


@pytest.mark.timeout(60)
def test_what_hangs_or_dies_in_a_station_heals_within_25_seconds() -> None:
    with ward(QUICK_WATCHDOG, QUICK_AGAIN) as place:
        healed = tries(place, deadline=1.0)
        assert set(healed) == {"hung loop", "dead driver thread", "dead line thread", "stuck printer"}
        assert max(healed.values()) <= LIMIT, healed
        assert "Current thread" in (place.hall.folder / "evaluator-3.log").read_text(), "the log says where it hung"
        assert "ThreadGone: ended by itself: link evaluator-4" in (place.hall.folder / "evaluator-4.log").read_text()


def test_a_process_that_says_nothing_more_is_ended_and_started_again(tmp_path: Path) -> None:
    with Supervisor([sys.executable, "-S", "-c", MUTE], tmp_path / "log", 0.1, 0.0) as supervisor:
        assert supervisor.ready(1, 8.0)
        assert (supervisor.lives[0].ended_by, supervisor.lives[0].status) == ("watchdog", -6)
        assert supervisor.lives[0].fed == 0


def test_the_units_own_times_leave_room_for_a_start() -> None:
    assert own_seconds("WatchdogSec") + own_seconds("TimeoutAbortSec") + own_seconds("RestartSec") <= LIMIT - 5
