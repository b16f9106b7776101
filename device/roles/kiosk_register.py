"""What nobody can serve now is registered instead of refused: home visits (R066), and any request (R160). Rules:

1. A request is a code, a service and a kind: it names nobody. It is on record, with or without the line.
2. A phone number is asked for only after the citizen agreed: what for, and for how many days (R245, R279). It goes to
   the coordinator in one question and is kept there, outside the book, until that day or until the request is settled;
   the kiosk forgets it with the question. Whoever does not agree has the code, and the hall's phone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from device.contract.messages import AnswerContact, AskContact, RequestRegistered
from device.effects import Effect, Event, Forget, Heard, Publish, Remember, Remind, Reminded, Tapped
from device.hall.plan import Plan, Service, two
from device.moment import Moment
from device.roles.keyed import Entry
from screens.views import KioskKeypad, KioskRegistered, KioskRequest, RequestKind, ServiceKey

ANSWER_SECONDS: Final = 2.0
REMINDER: Final = "contact"
HOME: Final = "home-visit"
PHONE_LEAST, PHONE_MOST = 5, 20

Page = KioskRequest | KioskKeypad | KioskRegistered


@dataclass(slots=True)
class Register:
    """page: where the citizen is; request: the question about the phone number, while it has no answer."""

    plan: Plan
    page: Page | None = None
    kind: RequestKind = "unserved"
    service: Service | None = None
    code: str = ""
    request: str = ""
    entry: Entry = field(default_factory=lambda: Entry(PHONE_MOST, seen=4))

    def handle(self, event: Event, lang: str, link: bool, guide: str, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of these pages'. guide: who helps, "" nobody (R220)."""
        match event, self.page:
            case Tapped("request"), None:
                self.page = KioskRequest(lang, "kind", kinds=self._kinds())
                return []
            case Tapped("done"), KioskRequest() | KioskKeypad() | KioskRegistered():
                return self.close()
            case Tapped("help"), KioskRequest() | KioskKeypad() | KioskRegistered():
                self.close()
            case Tapped(key), KioskRequest() as page:
                return self._chosen(key, page, link, guide, moment)
            case Tapped("enter"), KioskKeypad() as page:
                return self._contact(page, link, guide, moment)
            case Tapped(key), KioskKeypad() as page if self.entry.key(key):
                self.page = replace(page, shown=self.entry.shown, wrong=False)
                return []
            case Heard(_, AnswerContact() as answer), _ if self.request and answer.to == self.request:
                return self._registered(lang, until=answer.until, lost=answer.outcome == "refused")
            case Reminded("contact"), KioskRequest(stage="asking"):
                return self._registered(lang, lost=True)
        return None

    def close(self) -> list[Effect]:
        """What was keyed in is forgotten."""
        self.page, self.service, self.code, self.request, self.entry.text = None, None, "", "", ""
        return [Forget(REMINDER)]

    def _kinds(self) -> tuple[RequestKind, ...]:
        visits = any(HOME in service.modes for service in self.plan.services.values())
        return ("home-visit", "unserved") if visits else ("unserved",)

    def _chosen(self, key: str, page: KioskRequest, link: bool, guide: str, moment: Moment) -> list[Effect] | None:
        word, _, value = key.partition(":")
        match word, page.stage:
            case "kind", "kind" if value in page.kinds:
                self.kind = "home-visit" if value == HOME else "unserved"
                self.page = KioskRequest(page.lang, "service", services=self._services())
            case "more", "service":
                self.page = replace(page, page=page.page + 1)
            case "item", "service" if value in self.plan.services:
                self.service = self.plan.services[value]
                self.code = f"{(moment.seed >> 8) % 1_000_000:06d}"
                days = self.plan.rules.contact_days if link else 0
                if not days:
                    return self._remember(page.lang, guide, moment)
                self.page = KioskRequest(page.lang, "consent", days=days)
            case "consent", "consent" if value == "no":
                return self._remember(page.lang, guide, moment)
            case "consent", "consent" if value == "yes":
                self.entry.text = ""
                self.page = KioskKeypad(page.lang, "phone", days=page.days)
            case _:
                return None
        return []

    def _services(self) -> tuple[ServiceKey, ...]:
        wanted = (s for s in self.plan.services.values() if self.kind == "unserved" or HOME in s.modes)
        return tuple(ServiceKey(s.id, two(s.plain or s.name), two(self.plan.place_of(s.id))) for s in wanted)

    def _remember(self, lang: str, guide: str, moment: Moment) -> list[Effect]:
        """On record, and no number asked for."""
        return [*self._record(lang, guide, moment), *self._registered(lang)]

    def _record(self, lang: str, guide: str, moment: Moment) -> list[Effect]:
        if self.service is None:
            return []
        return [Remember(RequestRegistered(self.code, self.service.id, self.kind, lang, guide), moment.id(0))]

    def _contact(self, page: KioskKeypad, link: bool, guide: str, moment: Moment) -> list[Effect]:
        contact, self.entry.text = self.entry.text, ""
        if len(contact) < PHONE_LEAST:
            self.page = replace(page, shown="", wrong=True)
            return []
        record = self._record(page.lang, guide, moment)
        if not link:
            return [*record, *self._registered(page.lang, lost=True)]
        self.request = moment.id(1)
        self.page = KioskRequest(page.lang, "asking")
        return [*record, Publish(AskContact(self.code, contact), self.request), Remind(ANSWER_SECONDS, REMINDER)]

    def _registered(self, lang: str, *, until: str = "", lost: bool = False) -> list[Effect]:
        name = two(self.service.plain or self.service.name) if self.service else two(self.plan.name)
        self.page = KioskRegistered(lang, self.code, self.kind, name, self.plan.complaint_phone, until, lost)
        self.request = ""
        return [Forget(REMINDER)]
