"""What the facts of forms are made of: texts with bounds, and whoever issues the paper.

Whoever lets facts in from outside holds them to these bounds (device.print_command); `compose` relies on it. What is
said of a person is left out of `repr`, so that no log and no traceback can carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

Short = Annotated[str, MinLen(1), MaxLen(100)]
MaybeShort = Annotated[str, MaxLen(100)]
Long = Annotated[str, MinLen(1), MaxLen(600)]
MaybeLong = Annotated[str, MaxLen(600)]
Code = Annotated[str, MaxLen(190)]  # what a QR code says; "" prints none
WorkingDays = Annotated[int, Ge(0), Le(999)]
Points = Annotated[tuple[Long, ...], MinLen(1), MaxLen(40)]


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the paper and where to ask: officer is the person's name or number as the hall shows it."""

    hall: Short
    department: MaybeShort
    window: MaybeShort
    officer: Short
    phone: MaybeShort
    complaint_phone: MaybeShort
    issued: date


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Template -> key -> phrase; `common` for all."""
    return {
        template: dict(phrases)
        for template, phrases in loads(files("screens.slips").joinpath("words.toml").read_text("utf-8")).items()
    }
