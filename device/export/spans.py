"""How long something took, and on which business day it was: what an export's tables ask of the times they read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

DayOf = Callable[[str], str]  # RFC 3339 -> business day


def seconds_between(began: str, ended: str) -> float:
    """Never negative: a clock that was set meanwhile makes no work undone."""
    return max(0.0, (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds())
