"""kill -9 over a real Mosquitto (N2), a hundred times; and that the account finds what is missing."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from tests.faults.kills import BROKER, sweep
from tests.faults.real_hall import STATIONS, real_hall
from tests.faults.real_hands import KIOSK
from tests.helpers.nursery import Nursery

KILLS = 100
RECORDS = 5  # made for each kill at least, or the kills would fall on a hall at rest


@pytest.mark.timeout(200)
def test_killed_at_any_moment_a_hall_loses_and_doubles_nothing(nursery: Nursery) -> None:
    killed: Counter[str] = Counter()
    with real_hall(spawn=nursery.spawn) as hall:
        hall.start(*STATIONS)
        with hall.people(1):
            sweep(hall, KILLS, random.Random(1), killed)
        hall.settle()
        there = hall.account()
        assert killed.total() == KILLS
        assert killed.keys() == {*STATIONS, BROKER}
        assert sum("killed by signal 9" in death for death in hall.deaths) == KILLS - killed[BROKER]
        assert there["tickets"] > 0
        assert there["records"] > RECORDS * KILLS
        # What is taken out of the book afterwards is missed (not the last one: the device's journal may still have it).
        with closing(sqlite3.connect(hall.hall.folder / "data-coordinator" / "book.db")) as db, db:
            db.execute("DELETE FROM record WHERE n = (SELECT record.n FROM record JOIN source s ON s.n = source"
                       " WHERE s.device = ? AND record.seq = s.seq - 1 LIMIT 1)", (KIOSK,))  # fmt: skip
        with pytest.raises(AssertionError, match="does not follow"):
            hall.account()
