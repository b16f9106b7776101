"""A day of a large hall, told on the wire: 30 windows and 8 kiosks, ticket after ticket, as fast as they are receipted.

Coordinator and whatever else is to be measured are real processes; all others are played by the bench.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from device.contract.messages import AskCall, RatingGiven, RatingInvited, StaffSignedIn, TicketServed, TicketStarted
from device.moment import HALL_TIME
from tests.bench.rig import BenchFailed
from tests.bench.wire import Wire

WINDOWS: Final = tuple(range(1, 31))
KIOSKS: Final = 8
# 599 numbers a day are given online in each series: six of them carry 3,000 tickets.
SERVICES: Final = ("social", "household", "permits", "pensions", "taxes", "housing")
STAFF: Final = ("1001", "1002")
CONFIG: Final = "0" * 16  # the config's hash that a rating names


def furnish_large(folder: Path) -> None:
    """Six services instead of three, each served at every window."""
    path = folder / "hall.toml"
    text = path.read_text("utf-8")
    more = "".join(
        f'\n[[service]]\nid = "{name}"\nname = {{ zh = "{name}", en = "{name}" }}\nseries = "{series}"\nminutes = 10\n'
        for name, series in zip(SERVICES[3:], "DEF", strict=True)
    )
    served = ", ".join(f'"{name}"' for name in SERVICES)
    text = re.sub(r"(?m)^services = \[.*\]$", f"services = [{served}]", text)
    blocks = "\n[numbers]\nblock = 40\n"  # eight kiosks share 600 to 999
    path.write_text(text.replace("\n[[window]]", f"{more}{blocks}\n[[window]]", 1), "utf-8")


def live_a_day(wire: Wire, tickets: int, real_evaluators: Sequence[int], tell: Callable[[str], None]) -> None:
    """So many tickets from the touch to the rating, a wave of one a window after another; all of it is receipted."""
    open_windows(wire)
    done = 0
    while done < tickets:
        windows = WINDOWS[: tickets - done]
        _wave(wire, done, windows, real_evaluators)
        done += len(windows)
        if done % 600 == 0:
            tell(f"S7: {done} of {tickets} tickets of the day")


def open_windows(wire: Wire) -> None:
    """Somebody at every window; receipted."""
    for window in WINDOWS:
        wire.record(f"window-{window}", StaffSignedIn(window, STAFF[window % 2], "online"))
    wire.settle()


def _wave(wire: Wire, n: int, windows: Sequence[int], real_evaluators: Sequence[int]) -> None:
    wire.tickets([(f"kiosk-{2 + k % (KIOSKS - 1)}", SERVICES[(n + k) % len(SERVICES)]) for k in range(len(windows))])
    wire.settle()
    calls = wire.ask([(f"window-{w}", AskCall(STAFF[w % 2])) for w in windows])
    for window, call in zip(windows, calls, strict=True):
        if call["outcome"] != "called":
            raise BenchFailed(f"window {window} asked for the next and was answered {call['outcome']}")
        serve(wire, window, call["ticket"], call["service"], rated=window not in real_evaluators)
    wire.settle()


def serve(wire: Wire, window: int, ticket: str, service: str, *, rated: bool) -> None:
    """From the start to the rating; not yet receipted."""
    device, staff, now = f"window-{window}", STAFF[window % 2], datetime.now(HALL_TIME)
    until = (now + timedelta(seconds=30)).isoformat(timespec="milliseconds")
    at = now.isoformat(timespec="milliseconds")
    wire.record(device, TicketStarted(ticket, service, window, staff))
    wire.record(device, TicketServed(ticket, service, window, staff, at))
    invitation = wire.record(device, RatingInvited(ticket, service, window, staff, until))
    if rated:
        rating = RatingGiven(invitation, ticket, service, window, staff, 1 + window % 5, at, at, CONFIG)
        wire.record(f"evaluator-{window}", rating)
