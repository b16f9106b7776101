"""kill -9 over a real Mosquitto (N2), twenty times; and that the account finds what is missing."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from tests.faults.kills import sweep
from tests.faults.real_hall import KIOSK, STATIONS, real_hall
from tests.helpers.nursery import Nursery

KILLS = 20


@pytest.mark.timeout(120)
def test_killed_at_any_moment_a_hall_loses_and_doubles_nothing(nursery: Nursery) -> None:
    with real_hall(spawn=nursery.spawn) as hall:
        hall.start(*STATIONS)
        with hall.people(1):
            killed = sweep(hall, KILLS, random.Random(1))
        hall.settle()
        there = hall.account()
        assert sum(killed.values()) == KILLS
        assert there["tickets"] > 0
        assert there["records"] > there["tickets"]
        # What is taken out of the book afterwards is missed (not the last one: the device's journal may still have it).
        with closing(sqlite3.connect(hall.hall.folder / "data-coordinator" / "book.db")) as db, db:
            db.execute("DELETE FROM record WHERE n = (SELECT record.n FROM record JOIN source s ON s.n = source"
                       " WHERE s.device = ? AND record.seq = s.seq - 1 LIMIT 1)", (KIOSK,))  # fmt: skip
        with pytest.raises(AssertionError, match="does not follow"):
            hall.account()
