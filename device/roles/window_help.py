"""The silent key: help called, or a repair asked for, without anybody before the window seeing it.

Neither the sign nor the evaluator nor a board says a word of it; the console says shortly that it was reported. Without
the line it is on record and goes out with the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from device.contract.messages import AlarmAsked, RepairAsked
from device.effects import Effect
from device.hall.plan import two
from device.moment import Moment
from screens.phrases import word
from screens.views import Bilingual, ConsoleKey

if TYPE_CHECKING:
    from device.roles.window import Window

Reason = Literal["conflict", "disorder", "medical", "security", "fault", "power"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)  # R234, R280, R281
SHOWN = 9


def ask(w: Window, value: str, moment: Moment) -> list[Effect]:
    """Those in charge are to come; value: one of REASONS."""
    w.mode = ""
    (reason,) = (known for known in REASONS if known == value)
    return [*w.note(AlarmAsked(w.here.number, w.staff, reason), moment), *_reported(w)]


def repair(w: Window, about: str, moment: Moment) -> list[Effect]:
    """Somebody is to mend this device; the coordinator adds what its last fault was (R253)."""
    w.mode = ""
    return [*w.note(RepairAsked(w.here.number, w.staff, about), moment), *_reported(w)]


def repair_keys(w: Window) -> tuple[ConsoleKey, ...]:
    """This desk's devices, the kiosks, and what of the building can break down (R286)."""
    desk = {
        device: _named(f"device.{role}")
        for role, device in (("window", w.here.device), ("evaluator", w.here.evaluator))
    }
    kiosks = {kiosk: _kiosk(two(place)) for kiosk, place in w.plan.kiosks.items()}
    building = {name: two(facility.name) for name, facility in w.plan.facilities.items()}
    found = {**{d: n for d, n in desk.items() if d}, **kiosks, **building}
    return tuple(ConsoleKey(f"about:{d}", name, str(n)) for n, (d, name) in enumerate([*found.items()][:SHOWN], 1))


def _named(phrase: str) -> Bilingual:
    return Bilingual(word("zh", phrase), word("en", phrase))


def _kiosk(place: Bilingual) -> Bilingual:
    return Bilingual(word("zh", "device.kiosk", place=place.zh), word("en", "device.kiosk", place=place.en or place.zh))


def _reported(w: Window) -> list[Effect]:
    return w.say("console.reported" if w.live else "console.reported_later")
