"""Cases and attendance of an export: a fold over their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from device.contract.messages import AttendanceNoted, CaseMoved, CaseOpened, Envelope, Record
from device.export.case_rows import AttendanceRow, CaseRow
from device.export.spans import DayOf
from device.hall.cases import STEPS

BAD = "bad-rating"
FIRST = {"assigned": "assigned", "rectified": "rectified", "fed-back": "fed_back", "answered": "answered",
         "called-back": "called_back"}  # fmt: skip


@dataclass(slots=True)
class CaseTables:
    """day_of: the hall's business day of an instant."""

    day_of: DayOf
    rows: dict[str, CaseRow] = field(default_factory=dict)
    attended: dict[tuple[str, str, str], AttendanceRow] = field(default_factory=dict)

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in."""
        match record:
            case CaseOpened(facts, due):
                self.rows[envelope.id] = CaseRow(
                    self.day_of(envelope.at), _name(envelope.id), facts.kind, facts.source, facts.channel, facts.ref,
                    facts.named, self.day_of(envelope.at) if facts.kind == BAD else envelope.at, due,
                )  # fmt: skip
            case CaseMoved(case=case) if row := self.rows.get(case):
                day = self.day_of(envelope.at)
                _moved(row, record, day if row.kind == BAD and day == row.day else envelope.at, day)
            case AttendanceNoted(staff, day, event, noted):
                self.attended.setdefault((day, staff, event), AttendanceRow(day, staff, event, noted))
            case _:
                pass

    def until(self, today: str) -> Iterator[CaseRow]:
        """Bad ratings of days that are over, and all the others. today: the day that is not."""
        return (row for row in self.rows.values() if row.kind != BAD or row.day < today)


def _name(identity: str) -> str:
    """A record's id begins with its time."""
    return sha256(identity.encode()).hexdigest()[:12]


def _moved(row: CaseRow, move: CaseMoved, at: str, day: str) -> None:
    row.state = STEPS[move.step][1] or row.state
    if name := FIRST.get(move.step):
        setattr(row, name, getattr(row, name) or at)
    match move.step:
        case "verified" | "unfounded":
            row.verified, row.founded = row.verified or at, move.step == "verified"
        case "reminded":
            row.reminded += 1
        case "rechecked":
            row.rechecked = at
        case "again":
            row.rechecked, row.due = at, move.due or row.due
            row.again += 1
            row.verified = row.founded = row.rectified = row.fed_back = row.answered = row.assigned = None
    row.done = row.state in ("fed-back", "unfounded") and (row.answered is not None or not row.named)
    row.in_time = (row.in_time if row.in_time is not None else day <= row.due) if row.done else None
