"""Which keys the window's controller offers in which state: the staff's hands, as one table.

A key's hot key is the same on a keyboard, a keypad and the screen. Order is the order on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from device.hall.leave import LONG
from device.hall.plan import two
from device.hall.state import INCIDENT
from device.roles.desk import Phase
from device.roles.window_charge import alarm_keys, due, expected_keys, urgent
from device.roles.window_check import check_keys
from device.roles.window_help import REASONS, repair_keys
from screens.views import Bilingual, ConsoleKey

if TYPE_CHECKING:
    from device.roles.window import Window

Mode = Literal[
    "", "staff", "pin", "number", "reason", "rejoin", "transfer", "pause", "helps", "substitute", "out", "vouch",
    "vouch_pin", "handover", "issue", "issued", "item", "size", "over", "alarms", "silent", "repair",
    "expected", "check",
    "register", "delivered",
]  # fmt: skip

PAUSE_REASONS = (  # R103-R107 in the standard's order, R097, R149, R108
    "files", "discuss", "assist", "errand", "change", "phone", "incident", "long",
)  # fmt: skip
OVER_REASONS = ("equipment", "complex", "papers", "system", "citizen")  # why it took longer than it may (R079)
NOTES = ("clear", "papers", "returns", "ask")  # what whoever takes over must know (R170)
OUT_REASONS = ("illness", "family", "relieved")  # why somebody goes though people wait for their window (R099)
CALL_REASONS = ("returned", "priority", "mistake")  # why somebody is called out of order (R023)
TYPED: frozenset[Mode] = frozenset({"staff", "pin", "number", "rejoin", "vouch", "vouch_pin", "register", "delivered"})
SECRET: frozenset[Mode] = frozenset({"pin", "vouch_pin"})

_SIGNED_IN: frozenset[Phase] = frozenset({"open", "calling", "serving", "paused"})
Choice = tuple[str, Bilingual]  # id, label
Row = tuple[str, str, frozenset[Phase]]  # id, hot key, the phases in which it can be pressed
_MAIN: tuple[Row, ...] = (  # the first one enabled is drawn strong
    ("next", "n", frozenset({"open"})),
    ("start", "s", frozenset({"calling"})),
    ("finish", "f", frozenset({"serving"})),
    ("recall", "r", frozenset({"calling"})),
    ("missed", "m", frozenset({"calling"})),
    ("transfer", "t", frozenset({"serving"})),
    ("item", "i", frozenset({"serving"})),
    ("number", "h", frozenset({"open"})),
    ("rejoin", "j", frozenset({"open"})),
    ("issue", "b", frozenset({"open", "serving"})),
    ("pause", "p", frozenset({"open"})),
    ("handover", "o", frozenset({"open"})),
    ("incident", "x", frozenset({"serving"})),
    ("resume", "u", frozenset({"paused"})),
    ("signout", "q", frozenset({"open", "paused"})),
    ("silent", "!", _SIGNED_IN),
)
ALWAYS = frozenset({"silent"})  # also while an answer is awaited; never the key drawn strong


def keys_for(w: Window) -> tuple[ConsoleKey, ...]:
    """The keys to draw; while an answer is awaited nothing but cancelling makes sense."""
    mode, plan = w.mode, w.plan
    if mode in TYPED:
        return _typed(plan.series() if mode in ("number", "rejoin") else ())
    if mode == "issued":
        return (ConsoleKey("told", "console.told", "enter", strong=True),)
    if mode == "check":
        return check_keys(w)
    if mode:
        return (*_choices(w), _cancel())
    if w.session.phase == "closed":
        return ()
    return _main(w.session.phase, w.asking is not None, _also(w))


# Pages are drawn up at every event and there are few sets of keys, so each is made once.
@lru_cache(maxsize=8)
def _typed(letters: tuple[str, ...]) -> tuple[ConsoleKey, ...]:
    typed = [ConsoleKey(f"type:{c}", Bilingual(c, c), c.lower()) for c in [*letters, *"1234567890"]]
    return (*typed, _back(), ConsoleKey("enter", "console.enter", "enter", strong=True), _cancel())


@lru_cache(maxsize=64)
def _main(phase: Phase, busy: bool, also: tuple[Row, ...]) -> tuple[ConsoleKey, ...]:
    main = [
        ConsoleKey(i, f"console.{i}", hot, phase in phases and (not busy or i in ALWAYS))
        for i, hot, phases in (*_MAIN, *also)
    ]
    strong = next((key.id for key in main if key.enabled and key.id not in ALWAYS), "")
    return tuple(ConsoleKey(key.id, key.label, key.hot, key.enabled, key.id == strong) for key in main)


def _also(w: Window) -> tuple[Row, ...]:
    """Keys that are there only when they mean something: a proof, a size, an alarm, a permission."""
    klass, service = w.plan.discipline.classes.get(w.session.klass), w.plan.services.get(w.session.service)
    also: list[Row] = []
    if klass and klass.proof:
        also.append(("noproof", "k", frozenset({"calling"})))
    if service and service.registers:
        also.append(("register", "g", frozenset({"serving"})))
    if service and service.sizes:
        also.append(("size", "z", frozenset({"serving"})))
    if w.session.duties and due(w):
        also.append(("alarms", "a", _SIGNED_IN if urgent(w) else frozenset({"open", "paused"})))
    if w.due:
        also.append(("delivered", "e", frozenset({"open", "serving"})))
    if w.refused:
        also.append(("vouch", "v", frozenset({"open", "paused"})))
    return tuple(also)


def _choices(w: Window) -> tuple[ConsoleKey, ...]:
    """What is offered when one of several is asked for."""
    match w.mode:
        case "transfer":
            return _destinations(w)
        case "issue":
            offered = [s for s in (*w.here.services, *w.plan.services) if w.plan.services[s].offered]
            return _numbered(_service(w, s) for s in dict.fromkeys(offered))
        case "item":
            return _numbered(_service(w, s) for s in w.here.services)
        case "helps":
            return _numbered(_other_windows(w))
        case "substitute":
            return (
                ConsoleKey("alone", "console.alone", "1", strong=True),
                ConsoleKey("handover", "console.handover", "2"),
            )
        case "size":
            sizes = w.plan.services[w.session.service].sizes
            return _numbered((f"reason:{size}", Bilingual(size, size)) for size in sizes)
        case "alarms":
            return alarm_keys(w)
        case "expected":
            return expected_keys()
        case "repair":
            return repair_keys(w)
        case "silent":
            asked = [ConsoleKey(f"reason:{r}", f"console.silent_{r}", str(n)) for n, r in enumerate(REASONS, 1)]
            return (*asked, ConsoleKey("repair", "console.repair", str(len(asked) + 1)))
    named = {
        "pause": PAUSE_REASONS, "reason": CALL_REASONS, "out": OUT_REASONS, "over": OVER_REASONS, "handover": NOTES,
    }[w.mode]  # fmt: skip
    return tuple(
        ConsoleKey(f"reason:{r}", f"console.{w.mode}_{r}", str(n), minutes=_allowed(w, r))
        for n, r in enumerate(named, 1)
    )


def _allowed(w: Window, reason: str) -> int:
    """How long a pause for this reason may last (R102); an incident lasts as long as it does, a long leave is asked."""
    return w.plan.leave.allowed(reason) if w.mode == "pause" and reason not in (INCIDENT, LONG) else 0


def prompt_for(mode: Mode) -> str:
    """The phrase that says what is asked for."""
    return f"console.ask_{mode}" if mode else ""


def _destinations(w: Window) -> tuple[ConsoleKey, ...]:
    """Where a ticket can go on to: another service, one other window, or who sits at a window beside this one now."""
    people = [
        (f"person:{n}", Bilingual(f"{n}号窗口 {there.person.name}", f"Window {n}: {there.person.number}"))
        for n, there in sorted(w.neighbours.items())
        if there.person and n != w.here.number and w.live
    ]
    return _numbered([*(_service(w, s) for s in w.plan.services), *_other_windows(w), *people])


def _service(w: Window, service: str) -> Choice:
    return f"service:{service}", two(w.plan.services[service].name)


def _other_windows(w: Window) -> list[Choice]:
    others = [n for n in w.plan.windows if n != w.here.number]
    return [(f"window:{n}", Bilingual(f"{n}号窗口", f"Window {n}")) for n in others]


def _numbered(choices: Iterable[Choice]) -> tuple[ConsoleKey, ...]:
    """The first nine can be chosen with a digit."""
    return tuple(ConsoleKey(key, label, str(n) if n < 10 else "") for n, (key, label) in enumerate(choices, 1))


def _back() -> ConsoleKey:
    return ConsoleKey("back", "console.back", "backspace")


def _cancel() -> ConsoleKey:
    return ConsoleKey("cancel", "console.cancel", "escape")
