"""What somebody in charge does where they signed in: sees alarms, answers them, re-assigns windows (R031, R086).

Of what is broken they say when it will be mended (R088); who asked for a repair is called back after it (R070).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import Alarm, AlarmAnswered, AnswerAssign, AskAssign
from device.effects import Effect, Forget
from device.hall.alarms import CALLED_BACK, CITIZEN, REPAIR
from device.moment import Moment
from screens.phrases import word
from screens.views import Bilingual, ConsoleKey

if TYPE_CHECKING:
    from device.roles.window import Window

SHOWN = 7
KINDS = {
    "queue-long": "alarm.queue_long",
    "priority-blocked": "alarm.priority_blocked",
    "nobody-serves": "alarm.nobody_serves",
    "nobody-acts": "alarm.nobody_acts",
    "window-idle": "alarm.window_idle",
    "window-left": "alarm.window_left",
    "leave-over": "alarm.leave_over",
    "leave-asked": "alarm.leave_asked",
    "over-limit": "alarm.over_limit",
    "absent": "alarm.absent",
    "roster-thin": "alarm.roster_thin",
    "overtime-long": "alarm.overtime_long",
    "holidays-unknown": "alarm.holidays_unknown",
    "no-kiosk": "alarm.no_kiosk",
    "promise-late": "alarm.promise_late",
    "not-ready": "alarm.not_ready",
    "repair": "alarm.repair",
    CITIZEN: "alarm.citizen_asks",
    "help-conflict": "alarm.help_conflict",
    "help-disorder": "alarm.help_disorder",
    "help-medical": "alarm.help_medical",
    "help-security": "alarm.help_security",
    "help-fault": "alarm.help_fault",
    "help-power": "alarm.help_power",
    "power": "alarm.power",
}
BROKEN = frozenset({"not-ready", REPAIR})  # whoever takes it up says how long it will take
MINUTES = (15, 30, 60, 120, 240)


def alarm_keys(w: Window) -> tuple[ConsoleKey, ...]:
    """What somebody must do something about: calls for help first, then the oldest."""
    return tuple(ConsoleKey(f"alarm:{alarm.id}", _label(w, alarm), str(n)) for n, alarm in enumerate(due(w)[:SHOWN], 1))


def expected_keys() -> tuple[ConsoleKey, ...]:
    """How long mending will take."""
    named = [(m, Bilingual(*(word(lang, "console.minutes", n=m) for lang in ("zh", "en")))) for m in MINUTES]
    known = [ConsoleKey(f"minutes:{m}", name, str(n)) for n, (m, name) in enumerate(named, 1)]
    return (*known, ConsoleKey("minutes:0", "console.minutes_unknown", str(len(known) + 1)))


def due(w: Window) -> list[Alarm]:
    """What nobody deals with yet, and repairs taken up whose asker was not called back yet."""
    found = [alarm for alarm in w.alarms if not alarm.answered_by or alarm.kind == REPAIR]
    return sorted(found, key=lambda alarm: (not _for_help(alarm), alarm.kind != CITIZEN))


def urgent(w: Window) -> bool:
    """Whether somebody called for help and nobody has answered."""
    return any(_for_help(alarm) for alarm in due(w))


def heard(w: Window, alarms: tuple[Alarm, ...]) -> list[Effect]:
    """The alarms as they are now; a new call for help is told at once, whatever somebody in charge is doing."""
    known, w.alarms = {alarm.id for alarm in w.alarms}, alarms
    fresh = [a for a in due(w) if a.id not in known and a.window != w.here.number] if w.session.duties else []
    if staff := [a for a in fresh if _for_help(a)]:
        return w.say("console.urgent", window=str(staff[-1].window))
    if asked := [a for a in fresh if a.kind == CITIZEN]:
        return w.say("console.citizen_asks", kiosk=_place(w, asked[-1]))
    return []


def _place(w: Window, alarm: Alarm) -> str:
    """Where somebody asks, as the hall calls it."""
    known = w.plan.kiosks.get(alarm.about)
    return word("zh", "device.kiosk", place=known.zh) if known else alarm.about


def _for_help(alarm: Alarm) -> bool:
    return alarm.kind.startswith("help-")


def _label(w: Window, alarm: Alarm) -> Bilingual:
    service = w.plan.services.get(alarm.service)
    said = {}
    for lang in ("zh", "en"):
        name = (service.name.zh if lang == "zh" else service.name.en or service.name.zh) if service else ""
        where = word(lang, "window.name", n=alarm.window) if alarm.window else name
        where = alarm.about or where  # as it is called on its label
        kind = "alarm.call_back" if alarm.kind == REPAIR and alarm.answered_by else KINDS.get(alarm.kind, "alarm.other")
        said[lang] = " ".join(part for part in (word(lang, kind), where, alarm.part, alarm.code) if part)
    return Bilingual(said["zh"], said["en"])


def deal_with(w: Window, identity: str, moment: Moment) -> list[Effect]:
    """A long queue is shortened by the window that was proposed; of what is broken is said when it will be mended; of a
    repair that was taken up, that its asker was called back; of everything else it is noted who took it up."""
    w.mode = ""
    alarm = next((a for a in w.alarms if a.id == identity), None)
    if alarm is None:
        return []
    helper = w.plan.windows.get(alarm.proposal)
    if alarm.kind == "queue-long" and helper and w.live:
        services = tuple(dict.fromkeys((*helper.services, alarm.service)))
        w.dealing = alarm.id
        return w.ask(AskAssign(w.staff, alarm.proposal, services), moment)
    if alarm.kind == REPAIR and alarm.answered_by:
        return w.note(AlarmAnswered(alarm.id, w.here.number, w.staff, CALLED_BACK), moment)
    if alarm.kind in BROKEN:
        w.dealing, w.mode = alarm.id, "expected"
        return []
    return w.note(AlarmAnswered(alarm.id, w.here.number, w.staff, "noted"), moment)


def expect(w: Window, minutes: int, moment: Moment) -> list[Effect]:
    """Somebody takes a broken thing up and says how long it will take."""
    w.mode = ""
    return w.note(AlarmAnswered(w.dealing, w.here.number, w.staff, "noted", minutes), moment)


def assigned(w: Window, answer: AnswerAssign, moment: Moment) -> list[Effect]:
    """The other window serves it now, or not."""
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome != "assigned":
        return settle + w.say("console.assign_refused")
    return settle + w.note(AlarmAnswered(w.dealing, w.here.number, w.staff, "reassigned"), moment)
