"""What a kiosk does of a service desk's work beside giving numbers: requests, somebody who helps, who one is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from device.effects import Effect, Event, Tapped
from device.hall.plan import Plan
from device.moment import Moment
from device.roles.kiosk_guide import Guide
from device.roles.kiosk_identity import Identity
from device.roles.kiosk_register import Register
from screens.views import KioskKeypad, KioskRegistered, KioskRequest

OPENING: Final = (Tapped("request"), Tapped("assist"), Tapped("identity"))


@dataclass(slots=True)
class KioskDesk:
    """Three things of which one at a time has the screen."""

    plan: Plan
    guide: Guide = field(default_factory=Guide)
    identity: Identity = field(init=False)
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.identity, self.register = Identity(self.plan), Register(self.plan)

    @property
    def page(self) -> KioskKeypad | KioskRequest | KioskRegistered | None:
        """What stands there because of it."""
        return self.register.page or self.guide.page or self.identity.page

    @property
    def busy(self) -> bool:
        """Whether the next citizen would find something of the last one's."""
        return bool(self.page or self.guide.guide or self.identity.holder)

    def handle(self, event: Event, lang: str, link: bool, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of this."""
        asked = self.register.handle(event, lang, link, self.guide.guide, moment)
        if asked is None:
            asked = self.guide.handle(event, lang, link, moment)
        return self.identity.handle(event, lang) if asked is None else asked

    def take_holder(self) -> str:
        """Who is here, as a keyed hash: once, for the question about a number."""
        holder, self.identity.holder = self.identity.holder, ""
        return holder

    def close(self) -> None:
        """The next citizen's."""
        self.register.close()
        self.guide.close()
        self.identity.close()
        self.guide.guide = self.identity.holder = ""
