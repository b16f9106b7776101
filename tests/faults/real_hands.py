"""Hands in a hall of real processes: each act looks at what is shown and does what a person would do then.

Who has nothing to do looks again a little later instead of at once: looking and being refused costs the hall as much as
a number that is taken, and leaves nothing that could be lost.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any, Final

KIOSK, WINDOW, EVALUATOR = "kiosk-1", "window-3", "evaluator-3"
STAFF: Final = "1001"
PAUSE: Final = 0.02  # seconds at most between two acts of one pair of hands
REST: Final = 0.1  # and when there was nothing to do, or nobody there
SLIP: Final = 0.05  # how often a hand does what nothing asked for
STEPS: Final = ("finish", "start", "next", "resume")  # of a window, in this order where there are several

Hand = Callable[..., dict[str, Any]]  # device and words of `hallside sim`: what the part answered, {} if it did not
Act = Callable[[Hand, random.Random], bool]  # whether there was something to do


def citizen(hand: Hand, dice: random.Random) -> bool:
    """Takes a number, and makes room for the next person."""
    keys = hand(KIOSK, "look").get("targets", {})
    services = [key for key in keys if key.startswith(("service:", "choose:wait"))]
    wanted = dice.choice(services) if services else "done" if "done" in keys else ""
    return bool(wanted and hand(KIOSK, "tap", wanted)) and wanted != "done"


def clerk(pin: str) -> Act:
    """Signs in with this PIN whenever nobody is, then calls and serves."""

    def act(hand: Hand, _dice: random.Random) -> bool:
        seen = hand(WINDOW, "look")
        wanted = next((key for key in STEPS if key in seen.get("targets", {})), "")
        if seen.get("view") in ("console-closed", "console-entry"):
            hand(WINDOW, "type", "escape", STAFF, "enter", pin, "enter")
        elif wanted:
            hand(WINDOW, "tap", wanted)
        return wanted not in ("", "next")  # whether the PIN is right, or somebody waits, takes the hall a while to say

    return act


def rater(hand: Hand, dice: random.Random) -> bool:
    """Presses some button when asked, and now and then when not."""
    asked = "level:1" in hand(EVALUATOR, "look").get("targets", {})
    if asked or dice.random() < SLIP:
        hand(EVALUATOR, "press", str(dice.randint(1, 5)))
    return asked


def keep_on(act: Act, hand: Hand, dice: random.Random, busy: threading.Event) -> None:
    """Act after act while `busy` is set."""
    pause = threading.Event()
    while busy.is_set():
        did = act(hand, dice)
        pause.wait((PAUSE if did else REST) * dice.random())
