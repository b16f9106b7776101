"""China's public holidays and make-up workdays as plain data, from the kept library `chinesecalendar`.

The State Council announces a year's days in the November before; the library follows with a release. Read when the
config is, so that the hall's rules stay pure and depend on no table that needs updates.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Table(NamedTuple):
    """Dates as ISO text. ends: the last day of the last year that is known."""

    holidays: frozenset[str]
    workdays: frozenset[str]
    ends: str


def china() -> Table:
    """Days off that would be working days or weekend, and working days that would be weekend."""
    import chinese_calendar

    years = {day.year for day in chinese_calendar.holidays}
    return Table(_texts(chinese_calendar.holidays), _texts(chinese_calendar.workdays), f"{max(years)}-12-31")


def _texts(days: dict[date, str]) -> frozenset[str]:
    return frozenset(day.isoformat() for day in days)
