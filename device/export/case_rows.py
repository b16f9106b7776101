"""What an export says of bad ratings and complaints, and of attendance: never whom a single rating was about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from device.export.columns import Staff


@dataclass(slots=True)
class CaseRow:
    """One bad rating, complaint, report or suggestion, and when each step was taken (R034, R035, R261-R264).

    Whom it is about, its window, its ticket and its level are on the supervisor's own list alone (`hallside cases`).
    So is the minute of a bad rating, and of what was done about it on the same day: beside the tickets' times it would
    tell who got it. On the day itself there is no row yet.
    """

    day: Annotated[str, "business day on which it was registered"]
    case: Annotated[str, "a name of its own, the same in every export"]
    kind: Annotated[str, "`bad-rating`, `complaint`, `report`, `suggestion`"]
    source: Annotated[str, "`citizen`, `self`, `superior`, `third-party` (R257)"]
    channel: Annotated[str, "`evaluator`, `qr`, `web`, `phone`, `sms`, `box`, `hotline`, … (R138, R265)"]
    ref: Annotated[str, "its number where it came from, or empty"]
    named: Annotated[bool, "somebody gave their name and is owed an answer (R262)"]
    opened: Annotated[str, "registered; of a bad rating, and of its steps on the same day, the day alone"]
    due: Annotated[str, "last day in time, in working days by kind (R069)"]
    assigned: Annotated[str | None, "first given to somebody"] = None
    verified: Annotated[str | None, "found to be so, or not"] = None
    founded: Annotated[bool | None, "what was found; empty: not verified yet"] = None
    rectified: Annotated[str | None, "put right"] = None
    fed_back: Annotated[str | None, "told to the citizen or whoever sent it (R035)"] = None
    answered: Annotated[str | None, "whoever gave their name had an answer (R262)"] = None
    called_back: Annotated[str | None, "the citizen was called back (R141)"] = None
    reminded: Annotated[int, "times whoever has it was reminded (R264)"] = 0
    rechecked: Annotated[str | None, "last looked at again (R264)"] = None
    again: Annotated[int, "times a re-check began it anew"] = 0
    state: Annotated[str, "`open`, `assigned`, `verified`, `unfounded`, `rectified`, `fed-back` (R263)"] = "open"
    done: Annotated[bool, "nobody is owed anything any more (R261)"] = False
    in_time: Annotated[bool | None, "done by its day; empty: not done yet (R069)"] = None


@dataclass(slots=True)
class AttendanceRow:
    """One event of the attendance system, as it was imported: four a working day (R114)."""

    day: Annotated[str, "day"]
    staff: Staff
    event: Annotated[str, "`morning-in`, `morning-out`, `afternoon-in`, `afternoon-out`"]
    noted: Annotated[str, "when, as that system says it"]
