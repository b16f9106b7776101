"""What a code held before a scanner is, and the pages of a kiosk that answer it (R060). Rules:

1. A code is a ticket of this hall, an appointment, a voucher, a city's code for its people, or nothing we know. What
   may name a person is hashed at once; the text itself is kept nowhere, said nowhere and shown nowhere.
2. A ticket's place is asked of the coordinator; with nobody answering, the citizen is told that their place stands.
3. A number can be keyed in instead: nobody needs a scanner, or the paper.
4. Nothing here takes a number, and nobody is sent away: every answer says what to do now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from device.contract.messages import AnswerPlace, AskPlace, ticket_of
from device.effects import Effect, Event, Forget, Heard, Publish, Remind, Reminded, Tapped
from device.hall.plan import Plan, two
from device.moment import Moment
from drivers.events import Scanned
from screens.views import KioskLookup, KioskPlace, PlaceWhat

ANSWER_SECONDS: Final = 2.0  # the coordinator's answer takes thousandths of one
REMINDER: Final = "lookup"
TICKET: Final = re.compile(r"hallside:(?P<hall>[a-z][a-z0-9-]{0,31}):(?P<ticket>2\d{7}-[A-Z]\d{3})", re.ASCII)
VOUCHER: Final = re.compile(r"hallside:(?P<hall>[a-z][a-z0-9-]{0,31}):voucher:(?P<code>\d{12})", re.ASCII)
VOUCHER_DIGITS: Final = 12
VOUCHER_WRONG: Final[Mapping[str, PlaceWhat]] = {
    "used": "voucherused", "expired": "voucherexpired", "unknown": "voucherunknown"
}  # fmt: skip
NUMBER: Final = re.compile(r"[A-Z]\d{3}", re.ASCII)
APPOINTMENT: Final = re.compile(r"\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TicketCode:
    """The QR code of a ticket. hall: whose."""

    hall: str
    ticket: str


@dataclass(frozen=True, slots=True)
class NumberCode:
    """A number alone, `A012`: of today, or it is none."""

    number: str


@dataclass(frozen=True, slots=True)
class AppointmentCode:
    """The six digits of an appointment."""

    code: str


@dataclass(frozen=True, slots=True)
class VoucherScan:
    """A right to come earlier once, after a power cut (R285). hall: whose."""

    hall: str
    code: str


@dataclass(frozen=True, slots=True)
class CityCode:
    """A city's code for a person: only that the same one is the same can be told from it."""

    digest: str


def voucher_text(hall: str, code: str) -> str:
    """What a voucher's QR code says."""
    return f"hallside:{hall}:voucher:{code}"


def read_code(text: str, plan: Plan) -> TicketCode | VoucherScan | NumberCode | AppointmentCode | CityCode | None:
    """What was scanned; None for what this hall does not know. The text is bounded and printable (drivers.events)."""
    text = text.strip()
    if found := TICKET.fullmatch(text):
        return TicketCode(found["hall"], found["ticket"])
    if found := VOUCHER.fullmatch(text):
        return VoucherScan(found["hall"], found["code"])
    if NUMBER.fullmatch(text.upper()):
        return NumberCode(text.upper())
    if APPOINTMENT.fullmatch(text):
        return AppointmentCode(text)
    if text.startswith(plan.city_codes):
        return CityCode(sha256(f"{plan.id}\n{text}".encode()).hexdigest()[:32])
    return None


@dataclass(slots=True)
class Lookup:
    """The kiosk's pages beside the way to a number: keying one in, and what is known of it."""

    plan: Plan
    page: KioskLookup | KioskPlace | None = None
    request: str = ""
    code: str = ""  # of an appointment, keyed in whole: the kiosk checks it in
    voucher: str = ""  # of one, scanned or keyed in whole: the kiosk asks for a number with it

    def handle(self, event: Event, lang: str, day: str, link: bool, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of this page's. day: the business day; link: whether to ask."""
        match event, self.page:
            case Scanned(text), _:
                return self._scanned(text, lang, day, link, moment)
            case Tapped("lookup"), None:
                return self.turn(KioskLookup(lang, self.plan.series(), identity=bool(self.plan.identity_key)))
            case Tapped("checkin"), KioskLookup(entry=""):
                return self.turn(KioskLookup(lang, (), code=True))
            case Tapped("voucher"), KioskLookup(code=True, entry="") as page:
                return self.turn(replace(page, digits=VOUCHER_DIGITS))
            case Tapped("done"), KioskLookup() | KioskPlace():
                return self.close()
            case Tapped("help"), _:
                self.close()  # the kiosk's own first page says that help is on its way
            case Tapped(key), KioskLookup() as page if key.startswith(("type:", "back")):
                return self._typed(page, key, day, link, moment)
            case Heard(_, AnswerPlace() as answer), KioskPlace() as page if answer.to == self.request:
                return self._answered(page, answer)
            case Reminded("lookup"), KioskPlace(what="asking") as page:
                return self._tell("lost", page.lang, page.number)
            case Reminded("lookup"), _:
                return self.close()
        return None

    def close(self) -> list[Effect]:
        """The page before it stands there again."""
        self.page, self.request = None, ""
        return [Forget(REMINDER)]

    def _scanned(self, text: str, lang: str, day: str, link: bool, moment: Moment) -> list[Effect]:
        match read_code(text, self.plan):
            case TicketCode(hall, _) if hall != self.plan.id:
                return self._tell("otherhall", lang)
            case VoucherScan(hall, _) if hall != self.plan.id:
                return self._tell("otherhall", lang)
            case VoucherScan(_, code):
                return self._voucher(code, lang, link)
            case TicketCode(_, ticket) if not ticket.startswith(day.replace("-", "")):
                return self._tell("otherday", lang, ticket[9:])
            case TicketCode(_, ticket):
                return self._ask(ticket, lang, link, moment)
            case NumberCode(number) if number[0] in self.plan.series():
                return self._ask(ticket_of(day, number), lang, link, moment)
            case AppointmentCode():
                return self._tell("appointment", lang)
            case CityCode():
                return self._tell("city", lang)
        return self._tell("unreadable", lang)

    def _typed(self, page: KioskLookup, key: str, day: str, link: bool, moment: Moment) -> list[Effect]:
        """A letter of a series, then three digits: nothing else can be keyed in."""
        entry = page.entry[:-1] if key == "back" else page.entry + key.removeprefix("type:")
        if page.code:
            return self._code_typed(page, entry, link)
        if NUMBER.fullmatch(entry) and entry[0] in page.letters:
            return self._ask(ticket_of(day, entry), page.lang, link, moment)
        sound = re.fullmatch(r"([A-Z]\d{0,2})?", entry, re.ASCII) and entry[:1] in ("", *page.letters)
        return self.turn(replace(page, entry=entry if sound else page.entry))

    def _code_typed(self, page: KioskLookup, entry: str, link: bool) -> list[Effect]:
        if page.digits == VOUCHER_DIGITS and len(entry) == VOUCHER_DIGITS:
            return self._voucher(entry, page.lang, link)
        if page.digits != VOUCHER_DIGITS and APPOINTMENT.fullmatch(entry):
            self.code = entry
            return self.close()
        sound = re.fullmatch(r"\d*", entry, re.ASCII) and len(entry) <= page.digits
        return self.turn(replace(page, entry=entry if sound else page.entry))

    def _voucher(self, code: str, lang: str, link: bool) -> list[Effect]:
        """Only the coordinator knows whether it is still good; without it nobody could use it once only."""
        if not link:
            return self._tell("voucheroffline", lang)
        self.voucher = code
        return self.close()

    def _ask(self, ticket: str, lang: str, link: bool, moment: Moment) -> list[Effect]:
        number = ticket[9:]
        if not link:
            return self._tell("lost", lang, number)
        self.request = moment.id(7)
        asking = self._tell("asking", lang, number, request=self.request)
        return [Publish(AskPlace(ticket), self.request), *asking, Remind(ANSWER_SECONDS, REMINDER)]

    def _answered(self, page: KioskPlace, answer: AnswerPlace) -> list[Effect]:
        service = self.plan.services.get(answer.service)
        window = self.plan.windows.get(answer.window)
        where = window.place if window else self.plan.place_of(service.id) if service else None
        self.page = KioskPlace(
            page.lang,
            answer.outcome,
            page.number,
            two(service.name) if service else None,
            two(where) if where else None,
            answer.ahead,
            answer.minutes,
            answer.window,
            most=answer.most,
        )
        return [Remind(float(self.plan.rules.idle_seconds), REMINDER)]

    def _tell(self, what: PlaceWhat, lang: str, number: str = "", *, request: str = "") -> list[Effect]:
        self.request = request
        return self.turn(KioskPlace(lang, what, number))

    def turn(self, page: KioskLookup | KioskPlace) -> list[Effect]:
        """This page stands there, until nobody reads it any more."""
        self.page = page
        return [Remind(float(self.plan.rules.idle_seconds), REMINDER)]
