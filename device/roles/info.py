"""A display where no queue is to be followed: one page of the hall's information after the other (R250, R251).

It hears the hall's notices as every board does, and nothing of any queue, ticket or person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from device.contract.messages import HallNotices
from device.effects import Began, Effect, Event, Heard, Remind, Reminded
from device.hall.plan import Info, Plan, two
from device.moment import Moment
from device.roles.board_pages import notices_of
from device.roles.common import HallTime, Shown, clockface, next_minute, second_language
from device.roles.turns import Turns
from device.roles.wording import today_of
from screens.views import InfoPage


@dataclass(slots=True)
class InfoBoard:
    """See the module. items: its pages, one at least, each shown for page_seconds."""

    name: str
    plan: Plan
    items: tuple[Info, ...]
    page_seconds: float = 10.0
    page: int = 0
    notices: HallNotices = HallNotices(0)
    turns: Turns = field(default_factory=Turns)
    shown: Shown = field(default_factory=Shown)
    time: HallTime = field(default_factory=HallTime)

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        self.time.hear(event, moment)
        effects: list[Effect] = []
        match event:
            case Began():
                effects = [next_minute(moment), *self._turn_later()]
            case Heard(_, HallNotices() as notices):
                self.notices = notices
                effects = self.turns.heard(notices)
            case Reminded("notice"):
                effects = self.turns.turned()
            case Reminded("minute"):
                effects = [next_minute(moment)]
            case Reminded("page"):
                self.page = (self.page + 1) % len(self.items)
                effects = self._turn_later()
            case _:
                pass
        return effects + self.shown.show(self._view(moment))

    def _turn_later(self) -> list[Effect]:
        return [Remind(self.page_seconds, "page")] if len(self.items) > 1 else []

    def _view(self, moment: Moment) -> InfoPage:
        item = self.items[self.page]
        return InfoPage(
            two(self.plan.name),
            item.kind,
            item.title,
            item.lines,
            notices_of(self.notices),
            clockface(moment),
            today_of(self.plan, self.time.now(moment)) if self.time.sure(moment) else None,
            self.page + 1,
            len(self.items),
            self.plan.complaint_phone,
            self.turns.now,
            second_language(self.plan),
        )
