"""A guide takes a number for somebody (assisted mode, R220). Rules:

1. The guide says who they are by number, or card, and PIN; the coordinator knows both, the kiosk neither.
2. It holds for one errand: with its end, or when nobody touches any more, the kiosk is everybody's again.
3. The ticket's record says who helped; the ticket itself does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from device.contract.messages import AnswerGuide, AskGuide
from device.effects import Effect, Event, Forget, Heard, Publish, Remind, Reminded, Tapped
from device.moment import Moment
from device.roles.keyed import Entry
from drivers.events import Scanned
from screens.views import KioskKeypad

ANSWER_SECONDS: Final = 2.0  # the coordinator's answer takes thousandths of one, and a PIN's check a twentieth
REMINDER: Final = "guide"
NUMBER_MOST, PIN_MOST = 12, 12
STAFF: Final = re.compile(r"[A-Za-z0-9]{1,12}", re.ASCII)


@dataclass(slots=True)
class Guide:
    """guide: who helps now, "" nobody. page: what is keyed in before that."""

    guide: str = ""
    page: KioskKeypad | None = None
    staff: str = field(default="", repr=False)
    entry: Entry = field(default_factory=lambda: Entry(NUMBER_MOST, seen=NUMBER_MOST))
    request: str = ""

    def handle(self, event: Event, lang: str, link: bool, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of this page's."""
        match event, self.page:
            case Tapped("assist"), None:
                return self._turn("staff", lang)
            case Tapped("done"), KioskKeypad():
                return self.close()
            case Tapped("help"), KioskKeypad():
                self.close()
            case Scanned(text), KioskKeypad(what="staff") if STAFF.fullmatch(text.strip()):
                self.staff = text.strip()
                return self._turn("pin", lang)
            case Tapped("enter"), KioskKeypad(what="staff"):
                self.staff = self.entry.text
                return self._turn("pin" if self.staff else "staff", lang)
            case Tapped("enter"), KioskKeypad(what="pin"):
                return self._ask(lang, link, moment)
            case Tapped(key), KioskKeypad() as page if not self.request and self.entry.key(key):
                self.page = replace(page, shown=self.entry.shown, wrong=False)
                return []
            case Heard(_, AnswerGuide() as answer), _ if self.request and answer.to == self.request:
                return self._answered(answer, lang)
            case Reminded("guide"), KioskKeypad():
                return self._turn("staff", lang, wrong=True)
        return None

    def close(self) -> list[Effect]:
        """What was keyed in is forgotten."""
        self.page, self.staff, self.request, self.entry.text = None, "", "", ""
        return [Forget(REMINDER)]

    def _turn(self, what: str, lang: str, *, wrong: bool = False) -> list[Effect]:
        self.request = ""
        if what == "pin":
            self.entry = Entry(PIN_MOST)
            self.page = KioskKeypad(lang, "pin")
        else:
            self.staff, self.entry = "", Entry(NUMBER_MOST, seen=NUMBER_MOST)
            self.page = KioskKeypad(lang, "staff", wrong=wrong)
        return [Forget(REMINDER)]

    def _ask(self, lang: str, link: bool, moment: Moment) -> list[Effect]:
        if self.request:
            return []
        if not link:
            return self._turn("staff", lang, wrong=True)
        self.request, pin, self.entry.text = moment.id(6), self.entry.text, ""
        return [Publish(AskGuide(self.staff, pin), self.request), Remind(ANSWER_SECONDS, REMINDER)]

    def _answered(self, answer: AnswerGuide, lang: str) -> list[Effect]:
        if answer.outcome != "welcome" or answer.person is None:
            return self._turn("staff", lang, wrong=True)
        self.guide = answer.person.number
        return self.close()
