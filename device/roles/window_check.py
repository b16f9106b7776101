"""The start-of-shift check: what a console knows of its desk before opening, confirmed by who works there (R225).

Nothing is tried out here, that is `hallside selftest`. The console's parts are known by what its drivers said; the
evaluator by the coordinator's alarms, which there are of it only while devices must be ready: so only then is it asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from device.contract.messages import SelftestDone
from device.effects import Effect
from device.hall.alarms import SHOWN
from device.hall.calendar import hours_on
from device.hall.readiness import NOT_READY, must_be_ready
from device.moment import Moment
from screens.phrases import word
from screens.views import Bilingual, ConsoleKey

if TYPE_CHECKING:
    from device.roles.window import Window

Part = Literal["console", "evaluator", "line"]
Found = Literal["ok", "fault", "unknown"]
SAID: dict[Found, str] = {"ok": "OK", "fault": "NOW", "unknown": "NOW unknown"}  # as the self test says it


def due(w: Window, moment: Moment) -> bool:
    """Whether who signs in now prepares for a session, and does not serve yet."""
    now = w.time.now(moment)
    return w.time.sure(moment) and must_be_ready(w.plan, now) and not hours_on(w.plan, now.date()).at_time(now)


def findings(w: Window) -> dict[Part, Found]:
    """What is known of each part at this instant."""
    found: dict[Part, Found] = {"console": "fault" if w.broken else "ok"}
    if w.here.evaluator:
        found["evaluator"] = _evaluator(w)
    return {**found, "line": "ok" if w.live else "fault"}


def _evaluator(w: Window) -> Found:
    if not w.live:
        return "unknown"
    if any(alarm.kind == NOT_READY and alarm.about == w.here.evaluator for alarm in w.alarms):
        return "fault"
    return "unknown" if len(w.alarms) >= SHOWN else "ok"  # there may be more of them than are told


def check_keys(w: Window) -> tuple[ConsoleKey, ...]:
    """Each part with its state, and the one key that can be pressed."""
    parts = [ConsoleKey(f"part:{part}", _label(part, found), "", enabled=False) for part, found in findings(w).items()]
    return (*parts, ConsoleKey("checked", "console.checked", "enter", strong=True))


def _label(part: Part, found: Found) -> Bilingual:
    zh, en = (f"{word(lang, f'check.{part}')} {word(lang, f'check.{found}')}" for lang in ("zh", "en"))
    return Bilingual(zh, en)


def confirm(w: Window, moment: Moment) -> list[Effect]:
    """Who works here has seen it; from now on the window serves."""
    found = findings(w)
    w.mode = ""
    verdict: Literal["OK", "NOW"] = "OK" if set(found.values()) == {"ok"} else "NOW"
    parts = tuple(f"{part} {SAID[state]}" for part, state in found.items())
    return w.note(SelftestDone(verdict, parts, w.staff), moment)
