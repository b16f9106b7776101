"""What one citizen chose at a kiosk beside the service, and the pages where it is chosen. Rules:

1. It holds for one errand: with its end, or when nobody touches any more, the kiosk is again as the hall has it.
2. Nobody is cut off: before that the page asks, for at least 20 seconds, and one touch goes on (WCAG 2.2, 2.2.1).
3. Help is called by the first touch of the key; what it is for can be said afterwards, and need not be (R021, R209).
4. A priority class is what a citizen says of themselves; proof is asked for at the window, never here (R130).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

from device.contract.messages import HelpAsked
from device.effects import Effect, Event, Forget, Remember, Remind, Reminded, Tapped
from device.hall.plan import Plan, two
from device.moment import Moment
from screens.views import (
    ClassKey,
    HelpReason,
    KioskClasses,
    KioskElsewhere,
    KioskHelp,
    KioskStill,
    Mode,
    Modes,
    OtherPlace,
)

REASONS: Final[tuple[HelpReason, ...]] = get_args(HelpReason)
MODES: Final[tuple[Mode, ...]] = ("large", "contrast", "low")
OFFERS: Final[tuple[Literal["request", "assist"], ...]] = ("request", "assist")
HELP_SECONDS: Final = 20.0  # a second call within them is the same call
Aside = KioskClasses | KioskElsewhere | KioskHelp | KioskStill


@dataclass(slots=True)
class Visit:
    """See the module's rules. page: what stands before the first page; called: help is on its way."""

    plan: Plan
    modes: Modes = Modes()
    klass: str = ""
    need: str = ""
    code: str = ""  # of an appointment, read and not yet used
    voucher: str = ""  # likewise
    group: str = ""
    turned: int = 0
    page: Aside | None = None
    before: Aside | None = None  # what the question covers
    called: bool = False
    told: set[str] = field(default_factory=set)

    def handle(self, event: Event, lang: str, moment: Moment) -> list[Effect] | None:
        """What to do about it; None if it is none of this."""
        match event:
            case Tapped(key):
                word, _, value = key.partition(":")
                return self._tapped(word, value, lang, moment)
            case Reminded("notice"):
                self.called = False
                return []
            case Reminded("idle") if not isinstance(self.page, KioskStill):
                return self._ask(lang)
        return None

    def reset(self) -> None:
        """The next citizen's; that help was called is still true."""
        self.modes, self.klass, self.need, self.code, self.group, self.turned = Modes(), "", "", "", "", 0
        self.voucher = ""
        self.page = self.before = None
        self.told.clear()

    def is_new(self, lang: str) -> bool:
        """Whether the next citizen would find it just so; a page that says help is coming is only told, not chosen."""
        said = self.klass or self.need or self.code or self.voucher or self.group
        chosen = said or self.turned or self.modes != Modes()
        return not chosen and lang == self.plan.languages[0] and isinstance(self.page, KioskHelp | None)

    def touched(self) -> list[Effect]:
        """Somebody is there: from now on it is waited anew."""
        return [Remind(float(self.plan.rules.idle_seconds), "idle"), Forget("gone")]

    def _ask(self, lang: str) -> list[Effect]:
        seconds = self.plan.rules.warn_seconds
        self.before, self.page = self.page, KioskStill(lang, seconds)
        return [Remind(float(seconds), "gone")]

    def _tapped(self, word: str, value: str, lang: str, moment: Moment) -> list[Effect] | None:
        match word, self.page:
            case "stay", KioskStill():
                self.page, self.before = self.before, None
            case "done", KioskStill():
                return None  # as if nobody were there: the kiosk's own
            case "done", KioskClasses() | KioskElsewhere() | KioskHelp():
                self.page = None
            case "mode", None if value in (*MODES, "voice"):
                self.modes = switched(self.modes, value)
            case "priority", None:
                self.page = self._classes(lang)
            case "class", KioskClasses() if value in self.plan.discipline.asked():
                self.klass = "" if value == self.klass else value
                self.page = self._classes(lang)
            case "need", KioskClasses() if value in self.plan.needs:
                self.need = "" if value == self.need else value
                self.page = self._classes(lang)
            case "elsewhere", None:
                self.page = KioskElsewhere(lang, _places(self.plan))
            case "more", KioskElsewhere() as page:
                self.page = replace(page, page=page.page + 1)
            case "more", None:
                self.turned += 1
            case "group", None if any(s.group and s.group.zh == value for s in self.plan.services.values()):
                self.group, self.turned = value, 0
            case "all", None:
                self.group, self.turned = "", 0
            case "help", _ if not isinstance(self.page, KioskHelp | KioskStill):
                return [*self._help(lang, moment), *self.touched()]
            case "reason", KioskHelp() as page if value in REASONS:
                return [*self._reason(page, value, moment), *self.touched()]
            case _:
                return None
        return self.touched()

    def _classes(self, lang: str) -> KioskClasses:
        keys = tuple(
            ClassKey(klass.id, two(klass.name), two(klass.proof) if klass.proof else None)
            for klass in self.plan.discipline.asked().values()
        )
        return KioskClasses(lang, keys, self.plan.needs, self.klass, self.need)

    def _help(self, lang: str, moment: Moment) -> list[Effect]:
        self.page = KioskHelp(lang, REASONS, offers=OFFERS)
        if self.called:
            return []
        self.called = True
        self.told.clear()
        return [Remember(HelpAsked(), moment.id(0)), Remind(HELP_SECONDS, "notice")]

    def _reason(self, page: KioskHelp, value: str, moment: Moment) -> list[Effect]:
        reason = next(known for known in REASONS if known == value)
        self.page = replace(page, told=reason)
        if reason in self.told:
            return []
        self.told.add(reason)
        return [Remember(HelpAsked(reason), moment.id(0))]


def _places(plan: Plan) -> tuple[OtherPlace, ...]:
    return tuple(OtherPlace(two(place.name), two(place.place), place.phone) for place in plan.elsewhere)


def switched(modes: Modes, mode: str) -> Modes:
    """One of them on, or off."""
    match mode:
        case "large":
            return replace(modes, large=not modes.large)
        case "contrast":
            return replace(modes, contrast=not modes.contrast)
        case "low":
            return replace(modes, low=not modes.low)
        case "voice":
            return replace(modes, voice=not modes.voice, focus="")
        case _:
            return modes
