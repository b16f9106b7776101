"""What the kiosk puts on paper for one citizen."""

from __future__ import annotations

from device.hall.plan import Plan, Service, two
from device.moment import Moment
from device.roles.common import clockface
from screens.document import Document
from screens.ticket import TicketFacts, compose


def ticket_paper(
    plan: Plan, ticket: str, service: Service, lang: str, ahead: int | None, minutes: int | None, moment: Moment
) -> Document:
    """The ticket. Its QR code names hall and ticket and nothing else, for looking up one's own place (R060)."""
    return compose(
        TicketFacts(
            hall=two(plan.name),
            number=ticket[9:],
            service=two(service.name),
            place=two(plan.place_of(service.id)),
            ahead=ahead,
            minutes=minutes,
            issued=clockface(moment),
            lang=lang,
            complaint_phone=plan.complaint_phone,
            attempts=plan.rules.max_attempts,
            qr=f"hallside:{plan.id}:{ticket}",
        )
    )
