"""Which keys the window's controller offers in which state: the staff's hands, as one table.

A key's hot key is the same on a keyboard, a keypad and the screen. Order is the order on the screen.
"""

from __future__ import annotations

from typing import Literal

from device.hall.plan import Plan, WindowPlan, two
from device.roles.desk import Phase
from screens.views import Bilingual, ConsoleKey

Mode = Literal["", "staff", "pin", "number", "reason", "rejoin", "transfer", "pause"]

PAUSE_REASONS = ("files", "discuss", "assist", "errand", "change")  # R103-R107, in the standard's order
CALL_REASONS = ("returned", "priority", "mistake")  # why somebody is called out of order (R023)
TYPED: frozenset[Mode] = frozenset({"staff", "pin", "number", "rejoin"})

# id, hot key, the phases in which it can be pressed; the first one enabled is drawn strong
_MAIN: tuple[tuple[str, str, frozenset[Phase]], ...] = (
    ("next", "n", frozenset({"open"})),
    ("start", "s", frozenset({"calling"})),
    ("finish", "f", frozenset({"serving"})),
    ("recall", "r", frozenset({"calling"})),
    ("missed", "m", frozenset({"calling"})),
    ("transfer", "t", frozenset({"serving"})),
    ("number", "h", frozenset({"open"})),
    ("rejoin", "j", frozenset({"open"})),
    ("pause", "p", frozenset({"open"})),
    ("resume", "u", frozenset({"paused"})),
    ("signout", "q", frozenset({"open", "paused"})),
)


def keys_for(phase: Phase, mode: Mode, busy: bool, plan: Plan, window: WindowPlan) -> tuple[ConsoleKey, ...]:
    """The keys to draw. busy: an answer is awaited, nothing but cancelling makes sense."""
    if mode in TYPED:
        letters = [*plan.series()] if mode in ("number", "rejoin") else []
        typed = [ConsoleKey(f"type:{c}", Bilingual(c, c), c.lower()) for c in [*letters, *"1234567890"]]
        return (*typed, _back(), ConsoleKey("enter", "console.enter", "enter", strong=True), _cancel())
    if mode == "transfer":
        return (*_destinations(plan, window), _cancel())
    if mode in ("pause", "reason"):
        reasons = PAUSE_REASONS if mode == "pause" else CALL_REASONS
        return (
            *(ConsoleKey(f"reason:{r}", f"console.{mode}_{r}", str(n)) for n, r in enumerate(reasons, 1)),
            _cancel(),
        )
    if phase == "closed":
        return ()
    main = [ConsoleKey(i, f"console.{i}", hot, phase in phases and not busy) for i, hot, phases in _MAIN]
    strong = next((key.id for key in main if key.enabled), "")
    return tuple(ConsoleKey(key.id, key.label, key.hot, key.enabled, key.id == strong) for key in main)


def prompt_for(mode: Mode) -> str:
    """The phrase that says what is asked for."""
    return f"console.ask_{mode}" if mode else ""


def _destinations(plan: Plan, window: WindowPlan) -> tuple[ConsoleKey, ...]:
    """Where a ticket can go on to: another service, or one other window."""
    services = [ConsoleKey(f"service:{s.id}", two(s.name), "") for s in plan.services.values()]
    windows = [
        ConsoleKey(f"window:{n}", Bilingual(f"{n}号窗口", f"Window {n}"), "")
        for n in plan.windows
        if n != window.number
    ]
    return tuple(
        ConsoleKey(key.id, key.label, str(n) if n < 10 else "") for n, key in enumerate([*services, *windows], 1)
    )


def _back() -> ConsoleKey:
    return ConsoleKey("back", "console.back", "backspace")


def _cancel() -> ConsoleKey:
    return ConsoleKey("cancel", "console.cancel", "escape")
