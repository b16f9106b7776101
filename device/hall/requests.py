"""Requests that were registered instead of refused, and consent to be called back: a fold over their records.

The phone numbers themselves are in no record and not here: see device/roles/coordinator_requests.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from device.contract.messages import ConsentGiven, Envelope, NumberAllotted, Record, RequestClosed, RequestRegistered


@dataclass(slots=True)
class Requests:
    """open: by code, with when each was registered. consents: who may be called back, and until when.

    holders: (who as a keyed hash, service) -> the ticket they were last given for it (R266).
    """

    open: dict[str, tuple[RequestRegistered, str]] = field(default_factory=dict)
    consents: dict[str, ConsentGiven] = field(default_factory=dict)
    holders: dict[tuple[str, str], str] = field(default_factory=dict)

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in. The first request of a code keeps it."""
        match record:
            case RequestRegistered(code):
                self.open.setdefault(code, (record, envelope.at))
            case ConsentGiven(code):
                self.consents.setdefault(code, record)
            case RequestClosed(code):
                self.open.pop(code, None)
                self.consents.pop(code, None)
            case NumberAllotted(service=service, ticket=ticket, holder=holder) if holder:
                self.holders[holder, service] = ticket
            case _:
                pass

    def drop_before(self, day: str) -> None:
        """Who held a ticket of a day gone by is nobody any more."""
        first = day.replace("-", "")
        self.holders = {who: ticket for who, ticket in self.holders.items() if ticket[:8] >= first}
