"""What may stand in staff.toml: the people of the hall. Attribute names are the keys; only the coordinator has it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.hall_rules import Weekday, WindowNumber
from config.part import Strict
from config.shapes import LocalTime, Name, StaffNumber, StoredPin


class Staff(Strict):
    """One person who may sign in. windows: where (empty: everywhere). Without a pin nobody can sign in as them.

    services: what they can do (empty: everything, R123); skills: languages and sign language they speak (R195).
    substitute: their B role (R168). duties: leader of an area, supervisor, head of the centre;
    maintenance mends devices and serves at no window (R224). card: its code.
    """

    number: StaffNumber
    name: Annotated[str, Field(min_length=1, max_length=40, repr=False)]
    stars: Annotated[int, Field(ge=0, le=5)] = 0
    duty: Annotated[str, Field(max_length=40)] = ""
    photo: Annotated[str, Field(max_length=80)] = ""
    windows: tuple[WindowNumber, ...] = ()
    pin: Annotated[StoredPin, Field(repr=False)] = ""
    services: Annotated[tuple[Name, ...], Field(max_length=64)] = ()
    skills: Annotated[tuple[Name, ...], Field(max_length=8)] = ()
    substitute: StaffNumber | None = None
    duties: tuple[Literal["leader", "supervisor", "head", "maintenance"], ...] = ()
    department: Annotated[str, Field(max_length=40)] = ""  # R052
    card: Annotated[StaffNumber | None, Field(repr=False)] = None


class Roster(Strict):
    """Who is expected at a window on these weekdays (empty: every day the hall is open)."""

    window: WindowNumber
    staff: StaffNumber
    days: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()


class Absence(Strict):
    """Somebody will not be there: written before it begins (R049, R122). substitute: who stands in (R119, R120).

    where: what the window's sign may say of it when nobody stands in (R157); why stands nowhere.
    """

    id: Name
    staff: StaffNumber
    begins: LocalTime
    ends: LocalTime
    substitute: StaffNumber | None = None
    approved_by: StaffNumber | None = None
    where: Literal["leave", "out", "meeting"] = "out"


class StaffFile(Strict):
    """staff.toml: the people of the hall; only the coordinator has it."""

    staff: Annotated[tuple[Staff, ...], Field(max_length=400)] = ()
    roster: tuple[Roster, ...] = ()
    absences: Annotated[tuple[Absence, ...], Field(alias="absence")] = ()
