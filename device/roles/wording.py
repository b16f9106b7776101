"""Times as public screens say them, from the hall's plan and its time."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from device.hall.calendar import closes, hours, hours_on, opens
from device.hall.plan import Plan
from screens.views import Today


def until_text(stamp: str, now: datetime | None) -> str:
    """`10:25` today, `11-25 08:30` another day; "" if there is none or it has passed: that is no promise any more.

    now: None if nobody knows; then the time is said as it was told.
    """
    if not stamp or (now and datetime.fromisoformat(stamp) <= now):
        return ""
    return stamp[11:16] if now is None or stamp[:10] == now.date().isoformat() else f"{stamp[5:10]} {stamp[11:16]}"


def today_of(plan: Plan, now: datetime) -> Today:
    """The hall's hours on this day, and what comes next of them (R055)."""
    return _today(plan, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=8)  # every page has it, and it is another one once a minute at most
def _today(plan: Plan, now: datetime) -> Today:
    is_open = hours_on(plan, now.date()).at_time(now)
    turns = closes(plan, now) if is_open else opens(plan, now)
    return Today(hours(plan, now), is_open, until_text(turns.isoformat(timespec="seconds"), now) if turns else "")
