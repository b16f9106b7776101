"""Items whose result is promised for a later day, and when each is due: a fold over their records (R041, R214). Rules:

1. An item of a service with `promise_days` that was registered under a number is due so many working days later.
2. It is open until a window says that the result was handed out.
3. Windows hear how many of their services are due by the next working day, or were; never which: a number stands for
   somebody. A start reads a month of the book; what was promised for longer is reminded of by who promised it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from device.contract.messages import Envelope, ItemDelivered, ItemRegistered, Record
from device.hall.calendar import working_day_after
from device.hall.plan import Plan


@dataclass(slots=True)
class Promised:
    """open: number -> service and the last day on which it is in time."""

    plan: Plan
    open: dict[str, tuple[str, str]] = field(default_factory=dict)

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; others change nothing."""
        match record:
            case ItemRegistered(service=service, case=case) if days := self._days(service):
                begun = datetime.fromisoformat(envelope.at).date()
                self.open[case] = service, working_day_after(self.plan, begun, days).isoformat()
            case ItemDelivered(case=case):
                self.open.pop(case, None)
            case _:
                pass

    def due(self, today: date) -> Counter[str]:
        """How many of each service are due by the next working day, or were."""
        if not self.open:
            return Counter()
        soon = working_day_after(self.plan, today, 1).isoformat()
        return Counter(service for service, day in self.open.values() if day <= soon)

    def late(self, today: date) -> Counter[str]:
        """How many of each service should have been ready before today."""
        return Counter(service for service, day in self.open.values() if day < today.isoformat())

    def _days(self, service: str) -> int:
        known = self.plan.services.get(service)
        return known.promise_days if known else 0
