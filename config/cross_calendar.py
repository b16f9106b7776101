"""What must agree in the hall's calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from config.errors import Finding, did_you_mean
from config.lines import Path as Keys
from config.raw import Raw, rows, twice, word, words
from config.shapes import CLOCKFACE


def _sessions_rise(raw: Raw) -> Iterator[Finding]:
    calendar = raw.get("calendar")
    rules = calendar if isinstance(calendar, dict) else {}
    found: list[tuple[Keys, object]] = [(("calendar", key), rules.get(key)) for key in ("on_weekend", "on_holiday")]
    found += [(path, row) for table in ("season", "day") for path, row in rows(raw, table)]
    for path, row in found:
        sessions = row.get("sessions") if isinstance(row, dict) else None
        pairs = sessions if isinstance(sessions, list | tuple) else ()
        times = [t for pair in pairs if isinstance(pair, list | tuple) for t in pair if isinstance(t, str)]
        if any(a >= b for a, b in pairwise(t for t in times if re.fullmatch(CLOCKFACE, t))):
            yield Finding((*path, "sessions"), "the times do not rise", "Write each session as begin, end, in order.")


def _once_each(raw: Raw) -> Iterator[Finding]:
    for table, key in (("season", "begins"), ("day", "date"), ("outage", "id")):
        for path, value in twice(raw, table, key):
            yield Finding(path, f"'{value}' stands here twice", "Take one out.")


def _real_days(raw: Raw) -> Iterator[Finding]:
    """Days that exist; a span begins before it ends."""
    for table, keys in (("day", ("date",)), ("season", ("begins",)), ("outage", ("begins", "ends"))):
        for path, row in rows(raw, table):
            times = [(key, when(word(row, key))) for key in keys if word(row, key)]
            for key, time in times:
                if time is None:
                    yield Finding((*path, key), f"there is no day '{word(row, key)}'", "Correct the date.")
            if len(times) == 2 and times[0][1] and times[1][1] and times[0][1] >= times[1][1]:
                yield Finding((*path, "ends"), "it ends before it begins", "Correct one of the two.")


def when(text: str) -> datetime | None:
    """`2026-12-05T12:00`, `2026-12-05` or `05-01` (of a leap year) as a time; None if there is no such day."""
    try:
        return datetime.fromisoformat(f"2028-{text}" if len(text) == 5 else text).replace(tzinfo=None)
    except ValueError:
        return None


def _named_exist(raw: Raw) -> Iterator[Finding]:
    windows = {number for _, row in rows(raw, "window") if isinstance(number := row.get("number"), int)}
    services = [name for _, row in rows(raw, "service") for name in words(row, "id")]
    calendar = raw.get("calendar")
    rules = calendar if isinstance(calendar, dict) else {}
    found: list[tuple[Keys, Raw]] = [*rows(raw, "day"), *rows(raw, "outage")]
    found += [
        (("calendar", key), rules[key]) for key in ("on_weekend", "on_holiday") if isinstance(rules.get(key), dict)
    ]
    for path, row in found:
        for key in ("windows", "elsewhere"):
            named = row.get(key)
            for index, number in enumerate(named if isinstance(named, list | tuple) else ()):
                if isinstance(number, int) and number not in windows:
                    yield Finding((*path, key, index), f"there is no window {number}", "Name a window of this hall.")
        for index, service in enumerate(words(row, "services") if "services" in row else ()):
            if service not in services:
                mend = did_you_mean(service, services, "Name a service of this hall.")
                yield Finding((*path, "services", index), f"no service is called '{service}'", mend)


CALENDAR_CHECKS: tuple[Callable[[Raw], Iterator[Finding]], ...] = (_sessions_rise, _once_each, _real_days, _named_exist)
