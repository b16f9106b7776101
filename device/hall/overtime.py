"""The ledger of work outside opening hours (R178, R179, R241, R247, R248): a fold over overtime.worked records.

A service counts from its call to its end, where the hall is closed; of one person no second twice, even at two windows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from device.contract.messages import OvertimeWorked
from device.hall.calendar import closed_spans, kind_of
from device.hall.plan import Plan

Span = tuple[datetime, datetime]
SPANS_MOST = 200  # of one person; a late record is never that late


@dataclass(slots=True)
class Overtime:
    """What has been counted: of each person the spans, and the seconds of each month."""

    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    months: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))  # staff, "2026-11" -> seconds

    def apply(self, record: OvertimeWorked) -> None:
        """Take one entry in."""
        spans = self.spans[record.staff]
        spans.append((datetime.fromisoformat(record.began), datetime.fromisoformat(record.ended)))
        del spans[:-SPANS_MOST]
        self.months[record.staff, record.began[:7]] += record.seconds

    def worked(
        self, plan: Plan, staff: str, window: int, ticket: str, began: datetime, ended: datetime, of: str
    ) -> Iterator[OvertimeWorked]:
        """The entries one service makes, in order; none if it lay in opening hours or all of it was counted."""
        for span in closed_spans(plan, began, ended):
            for start, end in _without(span, self.spans.get(staff, [])):
                seconds = round((end - start).total_seconds())
                kind, approved_by = (
                    kind_of(plan.calendar, start.date()),
                    plan.calendar.approved.get(_text(start)[:10], ""),
                )
                if seconds:
                    yield OvertimeWorked(
                        staff, window, ticket, _text(start), _text(end), seconds, of, kind, approved_by
                    )


def _without(span: Span, counted: list[Span]) -> Iterator[Span]:
    """The parts of a span that were not counted yet."""
    at, end = span
    for start, stop in sorted(counted):
        if stop <= at or start >= end:
            continue
        if at < start:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end


def _text(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds")
