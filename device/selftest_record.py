"""The self test's result in the journal of each device it tried, to travel when the station runs again (R014, R226)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from config.schema import Station
from device.contract.channels import COORDINATOR
from device.contract.messages import SelftestDone
from device.effects import Remember
from device.known_time import CLOCK
from device.ledger import Ledger
from device.moment import Moment
from device.roles.build import plan_of
from device.uuid7 import Uuid7
from device.verdict import Verdict, worst
from drivers.clock import SystemClock
from drivers.durable import JournalFailed
from drivers.journal_sqlite import SqliteJournal

MOST_PARTS = 32


def remember(station: Station, verdicts: Sequence[Verdict]) -> str:
    """Commit one `selftest.done` a device. Returns "", or why the journal did not take it."""
    try:
        station.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        journal = SqliteJournal(station.data / "journal.db")
    except (OSError, JournalFailed) as failed:
        return str(failed)
    try:
        saved = journal.kept("").get(CLOCK)
        clock = SystemClock(station.clock, datetime.fromisoformat(saved) if saved else None)
        ledger, wall = Ledger(journal, plan_of(station.hall).rollover), clock.now()
        moment = Moment(wall, clock.mono(), clock.trust(), Uuid7().seed(wall))
        for k, device in enumerate(d for d in station.devices if d.name != COORDINATOR):
            own = [verdict for verdict in verdicts if verdict.device in ("", device.name)]
            done = SelftestDone(worst(own), tuple(str(verdict) for verdict in own[:MOST_PARTS]))
            ledger.write(device.name, Remember(done, moment.id(k)), moment)
        ledger.commit()
    except JournalFailed as failed:
        return str(failed)
    finally:
        journal.close()
    return ""
