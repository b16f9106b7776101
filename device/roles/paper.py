"""What the kiosk puts on paper for one citizen."""

from __future__ import annotations

from device.hall.plan import Plan, two
from device.roles.errand import Errand
from screens.document import Document
from screens.ticket import TicketFacts, compose


def ticket_paper(plan: Plan, errand: Errand) -> Document:
    """The ticket. Its QR code names hall and ticket and nothing else, for looking up one's own place (R060).

    Printed again it says so, and leaves out how many people are ahead: nobody counted them anew.
    """
    again = errand.reprints > 0
    return compose(
        TicketFacts(
            hall=two(plan.name),
            number=errand.number,
            service=two(errand.service.name),
            place=two(plan.place_of(errand.service.id)),
            ahead=None if again else errand.ahead,
            minutes=None if again else errand.minutes,
            issued=errand.issued,
            lang=errand.lang,
            complaint_phone=plan.complaint_phone,
            attempts=plan.rules.max_attempts,
            qr=f"hallside:{plan.id}:{errand.ticket}",
            reprint=again,
            most=0 if again else errand.most,
            promise=errand.service.promise_days,
        )
    )
