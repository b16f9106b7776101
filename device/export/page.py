"""A business day on one page, for a head of hall in the evening. One HTML file; nothing comes from a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from statistics import median
from typing import Final

import leather

from device.export.case_rows import CaseRow
from device.export.rows import AlarmRow, FaultRow, ForecastRow, OvertimeRow, RatingRow, Row, TicketRow, rows_of
from device.hall.alarms import REPAIR

HALF_HOURS: Final = tuple(f"{h:02d}:{m:02d}" for h in range(24) for m in (0, 30))
LEVELS: Final = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))
BLUE: Final = "#0B3B8C"
CALL_BACKS: Final = 90  # per cent of the repairs asked for (R070)
WIDTH: Final = 900
HEIGHT: Final = 320
HEAD: Final = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;max-width:70em;margin:2em auto;color:#222}}
table{{border-collapse:collapse}}td,th{{padding:.3em 1em;border-bottom:1px solid #ccc;text-align:right}}
th:first-child,td:first-child{{text-align:left}}figure{{margin:2em 0}}</style><h1>{title}</h1>
"""


def page(day: str, rows: Mapping[str, Sequence[Row]], hall: str = "") -> str:
    """The page of this day's rows, as `Tables.between` gives them."""
    tickets = rows_of(rows, TicketRow)
    title = escape(f"{hall} {day}".strip())
    parts = [HEAD.format(title=title), _numbers(tickets, rows), _arrivals(tickets), _waits(tickets), _services(tickets)]
    parts += [_ratings(rows_of(rows, RatingRow))]
    return "\n".join(part for part in parts if part) + "</html>\n"


def _numbers(tickets: Sequence[TicketRow], rows: Mapping[str, Sequence[Row]]) -> str:
    waits = [t.wait_seconds for t in tickets if t.wait_seconds is not None]
    overtime = sum(row.seconds for row in rows_of(rows, OvertimeRow))
    faults = rows_of(rows, FaultRow)
    alarms = rows_of(rows, AlarmRow)
    repairs = [a for a in alarms if a.kind == REPAIR]
    cases = rows_of(rows, CaseRow)
    named = [case for case in cases if case.named]
    states = Counter(t.state for t in tickets)
    told = [
        ("取号 tickets", len(tickets)),
        ("办结 served", states["served"]),
        ("过号 missed", states["missed"]),
        ("放弃 given up", states["released"]),
        ("未办 open or left", len(tickets) - states["served"] - states["missed"] - states["released"]),
        ("等候中位数 median wait", _minutes(median(waits)) if waits else "—"),
        ("等候九成 90 % waited at most", _minutes(sorted(waits)[(9 * len(waits) - 1) // 10]) if waits else "—"),
        ("预计误差中位数 median error of forecasts", _error([t for t in tickets if t.told_minutes is not None])),
        ("预计上限兑现 bound of forecasts held", _held(rows_of(rows, ForecastRow))),
        ("延时 overtime", _minutes(overtime)),
        ("故障 faults (open)", f"{len(faults)} ({sum(f.ended is None for f in faults)})"),
        ("呼叫 alarms (unanswered)", f"{len(alarms)} ({sum(a.answered is None and a.ended is None for a in alarms)})"),
        ("报修回访 repairs called back", _called_back(sum(a.called_back is not None for a in repairs), len(repairs))),
        ("差评投诉 cases (open)", f"{len(cases)} ({sum(not case.done for case in cases)})"),
        ("实名回复 named answered", _share(sum(c.answered is not None for c in named), len(named))),
    ]
    return "<table>" + "".join(f"<tr><td>{name}<td>{value}" for name, value in told) + "</table>"


def _error(told: Sequence[TicketRow]) -> str:
    errors = [
        abs(t.wait_seconds - 60 * (t.told_minutes or 0)) for t in told if t.wait_seconds is not None and not t.by_hand
    ]
    return _minutes(median(errors)) if errors else "—"


def _held(forecasts: Sequence[ForecastRow]) -> str:
    """How many waits did not exceed the bound that nine in ten should not (R242)."""
    called = sum(row.called for row in forecasts)
    return f"{100 * sum(row.kept for row in forecasts) // called} %" if called else "—"


def _share(part: int, whole: int) -> str:
    """All of them, or how many are missing (R262)."""
    return f"{part}/{whole} ({100 * part // whole} %)" if whole else "—"


def _called_back(done: int, repairs: int) -> str:
    """The rate of call-backs, and whether it is what the standard wants (R070)."""
    if not repairs:
        return "—"
    low = "" if 100 * done >= CALL_BACKS * repairs else f"，低于 below {CALL_BACKS} %"
    return f"{done}/{repairs} ({100 * done // repairs} %{low})"


def _arrivals(tickets: Sequence[TicketRow]) -> str:
    came = Counter(_half_hour(t.issued) for t in tickets if t.issued and t.clock == "synced")
    called = Counter(_half_hour(t.called) for t in tickets if t.called)
    used = [h for h in HALF_HOURS if came[h] or called[h]]
    if not used:
        return ""
    shown = HALF_HOURS[HALF_HOURS.index(used[0]) : HALF_HOURS.index(used[-1]) + 1]
    return "".join(
        _columns(title, [(h, number[h]) for h in shown])
        for title, number in (("取号 taken, each half hour", came), ("叫号 called, each half hour", called))
    )


def _waits(tickets: Sequence[TicketRow]) -> str:
    waits = [t.wait_seconds for t in tickets if t.wait_seconds is not None]
    if not waits:
        return ""
    fives = Counter(min(int(w // 300), 12) for w in waits)
    shown = [(f"{5 * n}–{5 * n + 5}" if n < 12 else "60–", fives[n]) for n in range(max(fives) + 1)]
    return _columns("等候 people who waited so many minutes", shown)


def _services(tickets: Sequence[TicketRow]) -> str:
    names = sorted({t.service for t in tickets if t.service})
    if not names:
        return ""
    lines = ["<table><tr><th>业务 service<th>取号 tickets<th>办结 served<th>等候 wait<th>办理 service time"]
    for name in names:
        mine = [t for t in tickets if t.service == name]
        lines.append(
            f"<tr><td>{escape(name)}<td>{len(mine)}<td>{sum(t.state == 'served' for t in mine)}"
            f"<td>{_middle(t.wait_seconds for t in mine)}<td>{_middle(t.service_seconds for t in mine)}"
        )
    return "".join(lines) + "</table>"


def _ratings(ratings: Sequence[RatingRow]) -> str:
    """Of the whole hall: no person and no window, and nothing while single ones would show."""
    if not ratings:
        return ""
    if any(row.withheld for row in ratings):
        return "<p>评价在当日结束后公布。Ratings are given when the day is over.</p>"
    levels = [(word, sum(getattr(row, f"level_{level}") or 0 for row in ratings)) for level, word in LEVELS]
    return _columns("评价 ratings", [*levels, ("未评价", sum(row.none for row in ratings))])


def _columns(title: str, pairs: Sequence[tuple[str, int]]) -> str:
    chart = leather.Chart(title)
    chart.add_columns(pairs, fill_color=BLUE)
    return f"<figure>{chart.to_svg(width=WIDTH, height=HEIGHT)}</figure>"


def _half_hour(at: str) -> str:
    when = datetime.fromisoformat(at)
    return f"{when.hour:02d}:{when.minute // 30 * 30:02d}"


def _middle(seconds: Iterable[float | None]) -> str:
    known = [s for s in seconds if s is not None]
    return _minutes(median(known)) if known else "—"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min"
