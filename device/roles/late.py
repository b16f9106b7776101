"""Near closing: the forecast, and what the citizen chooses then, of their own will (R242-R246). Rules:

1. The forecast is shown before a number is given: from `closing_minutes` before the end, and when one wait in ten
   would go beyond it.
2. It is the citizen who chooses: a number, an appointment, or neither. The kiosk refuses nothing.
3. What was shown and what was chosen are records with their time.
4. An appointment is made by the coordinator; without the line the kiosk makes it itself (R180). An answer that does not
   come is told as no times, with help: two codes for one promise would hold two places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from device.contract.messages import (
    AnswerBooking,
    AppointmentBooked,
    AskBooking,
    ChoiceMade,
    EstimateShown,
    HallService,
)
from device.effects import Effect, Event, Forget, Heard, Publish, Remember, Remind, Reminded, Tapped
from device.hall.calendar import bookable, hours_on
from device.hall.plan import Plan, Service, two
from device.moment import Moment
from screens.views import KioskBooked, KioskClosing, KioskTimes

ANSWER_SECONDS: Final = 2.0
SLOTS: Final = 6  # offered at once
APART: Final = timedelta(minutes=90)
MINUTE: Final = "%Y-%m-%d %H:%M"
Choice = Literal["wait", "appointment", "leave"]


@dataclass(slots=True)
class Late:
    """See the module's rules. request: the touch's. asked: the question for an appointment that awaits its answer."""

    plan: Plan
    page: KioskClosing | KioskTimes | KioskBooked | None = None
    service: Service | None = None
    request: str = ""
    asked: str = ""
    wished: str = ""
    slots: tuple[tuple[str, datetime], ...] = ()

    def show(
        self, service: Service, heard: HallService | None, lang: str, now: datetime, moment: Moment
    ) -> list[Effect]:
        """The forecast, if it is late enough for one; else nothing."""
        if heard is None or not heard.closes:
            return []
        closes, rules = datetime.fromisoformat(heard.closes), self.plan.rules
        soon = now >= closes - timedelta(minutes=rules.closing_minutes)
        if now >= closes or not (soon or now + timedelta(minutes=max(heard.minutes, heard.most)) > closes):
            return []
        self.close()
        self.service, self.request = service, moment.id(0)
        booking = "appointment" in service.modes
        ends = f"{closes:%H:%M}"
        self.page = KioskClosing(lang, two(service.name), heard.waiting, heard.minutes, ends, booking, most=heard.most)
        shown = EstimateShown(self.request, service.id, heard.waiting, heard.minutes, heard.closes, heard.most)
        return [Remember(shown, moment.id(1))]

    def close(self) -> None:
        """The page before it stands there again."""
        self.page, self.service, self.request, self.asked, self.slots = None, None, "", "", ()

    def handle(self, event: Event, now: datetime, link: bool, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of this page's. `choose:wait` is the kiosk's, after `chosen`."""
        match event, self.page:
            case Tapped("choose:leave"), KioskClosing():
                effects = self.chosen("leave", moment)
                self.close()
                return effects
            case Tapped("choose:appointment"), KioskClosing(appointment=True):
                return [*self.chosen("appointment", moment), *self._times(now)]
            case Tapped("done"), KioskTimes() | KioskBooked():
                self.close()
                return [Forget("booking")]
            case Tapped(key), KioskTimes() if key.startswith("slot:") and not self.asked:
                return self._wish(key.removeprefix("slot:"), link, moment)
            case Heard(_, AnswerBooking() as answer), KioskTimes() as page if answer.to == self.asked:
                return self._answered(page, answer)
            case Reminded("booking"), KioskTimes() as page:
                self.asked, self.slots = "", ()
                self.page = replace(page, slots=())
                return []
        return None

    def chosen(self, choice: Choice, moment: Moment) -> list[Effect]:
        """The citizen's own choice, as a record."""
        return [Remember(ChoiceMade(self.request, self.service.id, choice), moment.id(0))] if self.service else []

    def _times(self, now: datetime) -> list[Effect]:
        if self.service and isinstance(self.page, KioskClosing):
            found = free_times(self.plan, self.service, now)
            self.slots = tuple((f"t{n}", at) for n, at in enumerate(found))
            self.page = KioskTimes(self.page.lang, self.page.service, self._shown())
        return []

    def _shown(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, f"{at:{MINUTE}}") for name, at in self.slots)

    def _wish(self, name: str, link: bool, moment: Moment) -> list[Effect]:
        at = dict(self.slots).get(name)
        if at is None or self.service is None:
            return []
        slot, self.wished = at.isoformat(timespec="seconds"), name
        if not link:
            code = f"{(moment.seed >> 8) % 1_000_000:06d}"
            record = AppointmentBooked(code, self.service.id, slot, "on-site", moment.id(2))
            until = at + timedelta(seconds=self.plan.discipline.late)
            self._booked(code, at, until)
            return [Remember(record, moment.id(1))]
        self.asked = moment.id(2)
        return [Publish(AskBooking(self.service.id, slot, "on-site"), self.asked), Remind(ANSWER_SECONDS, "booking")]

    def _answered(self, page: KioskTimes, answer: AnswerBooking) -> list[Effect]:
        self.asked = ""
        if answer.outcome == "booked":
            self._booked(answer.code, datetime.fromisoformat(answer.slot), datetime.fromisoformat(answer.until))
        else:
            self.slots = tuple(slot for slot in self.slots if slot[0] != self.wished)
            self.page = replace(page, slots=self._shown(), taken=bool(self.slots))
        return [Forget("booking")]

    def _booked(self, code: str, at: datetime, until: datetime) -> None:
        if self.service and self.page:
            place = two(self.plan.place_of(self.service.id))
            lang, name = self.page.lang, two(self.service.name)
            self.page = KioskBooked(lang, name, place, code, f"{at:{MINUTE}}", f"{until:{MINUTE}}")


def free_times(plan: Plan, service: Service, now: datetime) -> tuple[datetime, ...]:
    """The next times to offer: some an hour and a half apart in every session of the days to come."""
    found: list[datetime] = []
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(plan.discipline.book_days):
        day = midnight + timedelta(days=ahead)
        for start, end in hours_on(plan, day.date()).spans():
            at = day + timedelta(minutes=start)
            while at < day + timedelta(minutes=end - service.minutes):
                if at > now + timedelta(minutes=30) and bookable(plan, at, service.id):
                    found.append(at)
                at += APART
    return tuple(found[:SLOTS])
