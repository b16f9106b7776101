"""What one citizen is getting at the kiosk, and until when a ticket that did not come out is owed to them.

Rules of printing again:
1. A ticket is owed when it surely did not come out: the printer said so. Where nobody knows, a second paper could make
   two holders of one number; so it is the citizen at the kiosk who asks for it, once, while the page tells the number.
2. It is printed when the printer next says that it is ready; marked as a reprint, its number unchanged.
3. It is owed no longer when its day is over, `reprint_seconds` after it was given, once its number is called, or when
   the citizen touches the page that tells it: they know it and go.
4. Three times at most; a printer that says it is well and never prints is not believed for ever.
5. At most one is owed: a kiosk whose printer is not ready gives no numbers. It is kept over a loss of power.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from device.hall.calendar import business_day
from device.hall.plan import Plan, Service
from screens.views import Clockface

REPRINTS: Final = 3


@dataclass(slots=True)
class Errand:
    """request: the touch's. since: when the number was given, hall time; issued: as the paper says it.

    reprints: how often it was printed again. ahead, minutes, most: as heard with the number, too old for a reprint.
    klass, need, slot: by what it is called. guide: who helped. appointment, voucher: the code one comes with.
    """

    request: str
    service: Service
    lang: str
    ticket: str = ""
    ahead: int | None = None
    minutes: int | None = None
    most: int = 0
    since: datetime | None = None
    issued: Clockface = Clockface("", trusted=False)
    reprints: int = 0
    klass: str = ""
    need: str = ""
    slot: str = ""
    appointment: str = ""
    guide: str = ""
    voucher: str = ""

    @property
    def number(self) -> str:
        return self.ticket[9:]

    @property
    def job(self) -> str:
        """The name of its paper: each attempt has its own."""
        return f"{self.ticket} again {self.reprints}" if self.reprints else self.ticket

    def kept(self) -> str:
        """As the journal keeps it, JSON text."""
        memory = {
            "ticket": self.ticket,
            "service": self.service.id,
            "lang": self.lang,
            "since": self.since.isoformat() if self.since else "",
            "issued": self.issued.text,
            "trusted": self.issued.trusted,
            "reprints": self.reprints,
        }
        return json.dumps(memory)

    def owed(self, now: datetime, plan: Plan) -> float:
        """For how many seconds it is still owed; 0: not any more."""
        if self.since is None or self.reprints >= REPRINTS:
            return 0.0
        if business_day(now, plan.rollover).replace("-", "") != self.ticket[:8]:
            return 0.0
        age = max(0.0, (now - self.since).total_seconds())  # without a clock a new life may begin a little earlier
        return max(0.0, plan.rules.reprint_seconds - age)


def errand_kept(memory: str | None, plan: Plan) -> Errand | None:
    """From the journal; None if there is none, or its service is not in the hall any more."""
    kept = json.loads(memory or "null")
    if not kept or kept["service"] not in plan.services:
        return None
    return Errand(
        "",
        plan.services[kept["service"]],
        kept["lang"],
        kept["ticket"],
        since=datetime.fromisoformat(kept["since"]) if kept["since"] else None,
        issued=Clockface(kept["issued"], kept["trusted"]),
        reprints=kept["reprints"],
    )
