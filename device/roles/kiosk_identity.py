"""Taking a number with an identity card, a typed identity number or a city's code; nobody has to (R266). Rules:

1. What names a person becomes a keyed hash at once; the hall's key makes it, so that nobody else can try numbers out.
   The number itself is kept nowhere, said nowhere and shown nowhere; the hash goes with one question and is forgotten.
2. All it is good for: who waits for a service already is told so, and takes no second number for it.
3. A hall without a key takes no identities: everybody is anonymous.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field, replace
from typing import Final

from device.effects import Effect, Event, Tapped
from device.hall.plan import Plan
from device.roles.keyed import Entry
from drivers.events import Scanned
from screens.views import KioskKeypad

CARD: Final = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", re.ASCII)
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LONG: Final = 18


def is_card(text: str) -> bool:
    """Whether this is the number of a resident's identity card: its date and its check sign are sound (GB 11643)."""
    if not CARD.fullmatch(text):
        return False
    return "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, text, strict=False)) % 11] == text[-1]


def holder_of(text: str, plan: Plan) -> str:
    """The keyed hash (HMAC-SHA-256) of what a card or a city's code says; "" for anything else, and without a key."""
    text = text.strip().upper() if is_card(text.strip().upper()) else text.strip()
    known = is_card(text) or bool(plan.city_codes and text.startswith(plan.city_codes))
    if not known or not plan.identity_key:
        return ""
    return hmac.new(plan.identity_key.encode(), f"{plan.id}\n{text}".encode(), "sha256").hexdigest()[:32]


@dataclass(slots=True)
class Identity:
    """holder: of whoever is here, until the number is asked for. page: where it is keyed in."""

    plan: Plan
    holder: str = field(default="", repr=False)
    page: KioskKeypad | None = None
    entry: Entry = field(default_factory=lambda: Entry(LONG, "X", seen=1))

    def handle(self, event: Event, lang: str) -> list[Effect] | None:
        """What to do about it; None if it is none of this page's."""
        match event, self.page:
            case Scanned(text), _ if holder := holder_of(text, self.plan):
                self.close()
                self.holder = holder
                return []
            case Tapped("identity"), None if self.plan.identity_key:
                self.page = KioskKeypad(lang, "identity", letters="X")
                return []
            case Tapped("done"), KioskKeypad():
                self.close()
                return []
            case Tapped("help"), KioskKeypad():
                self.close()
            case Tapped("enter"), KioskKeypad() as page:
                holder = holder_of(self.entry.text, self.plan)
                self.close()
                self.holder = holder
                self.page = None if holder else replace(page, shown="", wrong=True)
                return []
            case Tapped(key), KioskKeypad() as page if self.entry.key(key):
                self.page = replace(page, shown=self.entry.shown, wrong=False)
                return []
        return None

    def close(self) -> None:
        """What was keyed in is forgotten."""
        self.page, self.entry.text = None, ""
