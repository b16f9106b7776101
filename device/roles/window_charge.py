"""What somebody in charge does where they signed in: sees alarms, answers them, re-assigns windows (R031, R086)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import Alarm, AlarmAnswered, AnswerAssign, AskAssign
from device.effects import Effect, Forget
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
    "not-ready": "alarm.not_ready",
}


def alarm_keys(w: Window) -> tuple[ConsoleKey, ...]:
    """The open alarms nobody deals with yet, the oldest first."""
    return tuple(
        ConsoleKey(f"alarm:{alarm.id}", _label(w, alarm), str(n)) for n, alarm in enumerate(unanswered(w)[:SHOWN], 1)
    )


def unanswered(w: Window) -> list[Alarm]:
    """What nobody deals with yet."""
    return [alarm for alarm in w.alarms if not alarm.answered_by]


def _label(w: Window, alarm: Alarm) -> Bilingual:
    service = w.plan.services.get(alarm.service)
    said = {}
    for lang in ("zh", "en"):
        name = (service.name.zh if lang == "zh" else service.name.en or service.name.zh) if service else ""
        where = word(lang, "window.name", n=alarm.window) if alarm.window else name
        where = alarm.about or where  # as it is called on its label
        said[lang] = f"{word(lang, KINDS.get(alarm.kind, 'alarm.other'))} {where}".strip()
    return Bilingual(said["zh"], said["en"])


def deal_with(w: Window, identity: str, moment: Moment) -> list[Effect]:
    """A long queue is shortened by the window that was proposed; of everything else it is noted who took it up."""
    w.mode = ""
    alarm = next((a for a in w.alarms if a.id == identity), None)
    if alarm is None:
        return []
    helper = w.plan.windows.get(alarm.proposal)
    if alarm.kind == "queue-long" and helper and w.live:
        services = tuple(dict.fromkeys((*helper.services, alarm.service)))
        w.dealing = alarm.id
        return w.ask(AskAssign(w.staff, alarm.proposal, services), moment)
    return w.note(AlarmAnswered(alarm.id, w.here.number, w.staff, "noted"), moment)


def assigned(w: Window, answer: AnswerAssign, moment: Moment) -> list[Effect]:
    """The other window serves it now, or not."""
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome != "assigned":
        return settle + w.say("console.assign_refused")
    return settle + w.note(AlarmAnswered(w.dealing, w.here.number, w.staff, "reassigned"), moment)
