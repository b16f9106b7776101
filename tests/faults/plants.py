"""Deliberate defects, each the kind of mistake a tired engineer makes, and the tests that must notice it.

`python -m tests.faults planted` puts them in one at a time. A text that is no longer there is a plant that has died:
that fails as well, and the plant is to be set anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SCHEDULES: Final = "tests/faults/test_schedules.py"
NUMBERS: Final = f"{SCHEDULES}::test_numbers_are_unique_and_rising_whatever_clocks_cards_and_links_do"
RECORDS: Final = f"{SCHEDULES}::test_every_record_reaches_the_book_exactly_once"
PERSONS: Final = f"{SCHEDULES}::test_a_rating_goes_to_the_person_who_was_shown_at_the_press"
DAYS: Final = "tests/scenarios/test_random_days.py"
JOURNALS: Final = "tests/drivers/journal"
HANGS: Final = "tests/faults/test_hangs.py"
SWAPS: Final = "tests/faults/test_swaps.py::test_an_update_cut_at_any_step_boots_the_old_or_the_new"


@dataclass(frozen=True, slots=True)
class Plant:
    """In `file`, `sound` becomes `defect`; it stands there exactly once. why: what it would do to people.

    tests: pytest's words for those that must fail.
    """

    name: str
    file: str
    sound: str
    defect: str
    why: str
    tests: tuple[str, ...]


PLANTS: Final = (
    Plant(
        "normal-sync", "drivers/journal_file.py",
        'db.execute("PRAGMA synchronous=FULL")', 'db.execute("PRAGMA synchronous=NORMAL")',
        "commits return before the disk has them", (f"{JOURNALS}/test_synced.py",),
    ),
    Plant(
        "no-directory-fsync", "drivers/journal_file.py",
        "            _sync_directory(path)\n", "",
        "the journal's own name may be gone after a power cut", (f"{JOURNALS}/test_synced.py",),
    ),
    Plant(
        "receipt-before-commit", "device/station.py",
        "        fresh = self._ledger.commit()\n",
        "        self._travel.send({}, self.moment())\n        fresh = self._ledger.commit()\n",
        "a device deletes what the book may never get", ("tests/device/test_station_coordinator.py", RECORDS),
    ),
    Plant(
        "deleted-when-sent", "device/travel.py",
        "                return  # the line is going down: everything goes out again when it is back\n",
        "                return\n            self._ledger.journal.receipt(seat.name, fact.seq)\n",
        "the broker's word is taken for the coordinator's", (RECORDS,),
    ),
    Plant(
        "wall-clock-day", "device/roles/kiosk_numbers.py",
        "day = max(k.day, business_day(k.time.now(moment), k.plan.rollover))",
        "day = business_day(moment.wall, k.plan.rollover)",
        "a clock set back gives yesterday's numbers again",
        ("tests/roles/test_kiosk.py", "tests/scenarios/test_offline_kiosk.py", NUMBERS),
    ),
    Plant(
        "online-answers-of-old", "device/roles/kiosk_numbers.py",
        "if errand is None or answer.to != errand.request:", "if errand is None:",
        "a late answer is the next citizen's number", (NUMBERS,),
    ),
    Plant(
        "reserve-not-kept", "device/roles/kiosk_numbers.py",
        '        Keep("day", day),\n        *k.stock.keep(),\n', '        Keep("day", day),\n',
        "after a power cut the block begins anew", ("tests/roles/test_kiosk.py", NUMBERS),
    ),
    Plant(
        "block-of-the-old-card", "device/hall/numbers.py",
        "return tuple(b for b in self.held.get(holder, []) if b.day >= day)",
        "return tuple(b for who, held in self.held.items() if who[0] == holder[0] for b in held if b.day >= day)",
        "a new card gets the old one's block and gives its numbers again", (NUMBERS,),
    ),
    Plant(
        "asked-twice-given-twice", "device/roles/coordinator_asks.py",
        "    before = hall.allotted.get(to)\n", "    before = hall.allotted.get(to) and None\n",
        "a repeated question spends another number", ("tests/roles/test_coordinator_numbers.py", "tests/scenarios"),
    ),
    Plant(
        "utc-day", "device/hall/calendar.py",
        "return (wall - timedelta(minutes=rollover)).date().isoformat()",
        "return (wall - timedelta(hours=8)).date().isoformat()",
        "numbers begin anew at eight in the morning", ("tests/hall/test_calendar.py",),
    ),
    Plant(
        "unmasked-status", "drivers/escpos_status.py",
        '("paper-out", paper & 0x60 or offline & 0x20),', '("paper-out", paper == 0x72 or offline == 0x32),',
        "paper out with the cover open is not seen", ("tests/drivers/printer/test_status.py",),
    ),
    Plant(
        "stale-after-reload", "drivers/printer_talk.py",
        "        self.give(CLEAR, self._now() + self._pace.answer)\n", "",
        "half of an old ticket comes out on top of the next",
        ("tests/drivers/printer/test_every_byte.py", "tests/drivers/printer/test_contract.py"),
    ),
    Plant(
        "printed-without-proof", "drivers/printer_thread.py",
        "        outcome = self._prove(talk, job)\n", "        outcome = Printed(job.name)\n",
        "a ticket nobody holds counts as printed", ("tests/drivers/printer/test_contract.py",),
    ),
    Plant(
        "next-person", "device/roles/evaluator.py",
        "if self.open is None or self.seen != page_of(self, moment) or level not in ALL:",
        "if self.open is None or level not in ALL:",
        "who presses while the page changes rates somebody else", (PERSONS,),
    ),
    Plant(
        "open-over-the-next-citizen", "device/roles/evaluator.py",
        "        if opened and (serving or fresh):\n", "        if opened and fresh:\n",
        "the next citizen rates the one before", ("tests/roles/test_evaluator.py",),
    ),
    Plant(
        "entered-twice", "device/intake.py",
        "if envelope.seq != self._upto.get(source, 0) + 1:", "if envelope.seq > self._upto.get(source, 0) + 1:",
        "a record that comes again counts again", ("tests/device/test_intake.py",),
    ),
    Plant(
        "gap-in-the-book", "device/intake.py",
        "if envelope.seq != self._upto.get(source, 0) + 1:", "if envelope.seq <= self._upto.get(source, 0):",
        "what was lost on the way is never asked for", ("tests/device/test_intake.py",),
    ),
    Plant(
        "book-takes-doubles", "drivers/book_sqlite.py",
        "        if row.seq == seq + 1:\n", "        if row.seq >= seq:\n",
        "the book itself holds a record twice", (f"{JOURNALS}/test_book_contract.py",),
    ),
    Plant(
        "chain-not-linked", "device/ledger.py",
        "self._heads[device] = (seq, record_hash(payload))", "self._heads[device] = (seq, prev)",
        "a record taken out of the journal is not missed", ("tests/device/test_station.py", RECORDS),
    ),
    Plant(
        "full-overwrites", "drivers/journal_sqlite.py",
        "        if facts and self.waiting + len(facts) > self.capacity:\n", "        if False:\n",
        "a full journal goes on promising", (f"{JOURNALS}/test_journal_contract.py",),
    ),
    Plant(
        "callback-raises", "drivers/link_connection.py",
        "            return  # no topic of ours, and raising would only bring it again\n",
        "            raise\n",
        "one odd topic makes the device deaf", ("tests/drivers/link/test_link_refusals.py", "tests/drivers/link"),
    ),
    Plant(
        "will-at-once", "drivers/link_connection.py",
        "WillDelayInterval=will.delay_seconds", "WillDelayInterval=0",
        "every short break of a line says a device is gone", ("tests/drivers/link",),
    ),
    Plant(
        "word-of-the-dead", "device/roles/coordinator.py",
        "and (gone or not retained):", "and True:",
        "a name is shown at a window where nobody is", ("tests/roles/test_coordinator.py",),
    ),
    Plant(
        "clock-of-1970", "drivers/clock.py",
        "return now if self._believes(now) else max(now, self._floor.by(self.mono()))", "return now",
        "after a power cut messages are of the past", ("tests/drivers/test_clock.py",),
    ),
    Plant(
        "watchdog-fed-by-a-thread", "device/app.py",
        '        station.every(watchdog_seconds() or LOOK_SECONDS, "watchdog", partial(_all_well, crew), alone=True)\n',
        '        fed = lambda: [(notify("WATCHDOG=1"), __import__("time").sleep(0.2)) for _ in iter(int, 1)]\n'
        "        Thread(target=fed, daemon=True).start()\n",
        "a loop that hangs is never restarted", (HANGS,),
    ),
    Plant(
        "dead-threads-unnoticed", "device/app.py",
        "        crew.complete()\n", "",
        "a scanner that nobody listens to any more, until the power is cut", (HANGS,),
    ),
    Plant(
        "expired-for-ever", "drivers/link_tls.py",
        "cert and _lasts(cert, floor) and any(_lasts(signer, floor) for signer in signers)", "cert",
        "a stolen old broker certificate is believed by whoever has no clock", ("tests/drivers/link/test_link_tls.py",),
    ),
    Plant(
        "switched-before-synced", "provisioning/slot.py",
        "        _sync_all(made)\n        return made\n", "        return made\n",
        "an update that the power cut leaves a Pi that starts nothing", (SWAPS,),
    ),
    Plant(
        "switch-not-synced", "provisioning/slot.py",
        "    beside.replace(path)\n    sync_folder(path.parent)\n", "    beside.replace(path)\n",
        "an update that was said to be in force is gone in the morning", (SWAPS,),
    ),
    Plant(
        "time-of-anybody", "device/known_time.py",
        'said.clock != "synced" or said.device != COORDINATOR:', 'said.clock != "synced":',
        "one kiosk with a wrong clock sets the whole hall's", ("tests/device/test_known_time.py",),
    ),
)  # fmt: skip
