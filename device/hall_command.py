"""`hallside hall` (`make run`): a whole hall on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from device.demo_hall import PEOPLE
from device.launch import BROKER, RunningHall, make_current, running_hall
from device.sim import NotUnderstood, ask
from device.version import hallside_version
from drivers.bench import BenchSilent
from drivers.protocols import PartMissing

EXIT_MISSING = 69
PROMPT = "hall> "


def register(parser: ArgumentParser) -> None:
    """`hallside hall`."""
    parser.description = "Start a whole hall on this machine, each device its own process, everything simulated."
    parser.add_argument("--headless", action="store_true", help="no windows, even where there is a desktop")
    parser.add_argument("--recordings", type=Path, metavar="DIR", help="keep tickets, screens and announcements here")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    drawn = not args.headless and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    recordings = args.recordings.absolute() if args.recordings else None
    over = threading.Event()
    # From the first moment on: Ctrl-C while the hall comes up must not leave half of it behind.
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        with running_hall(_say, drawn=drawn, recordings=recordings) as running:
            make_current(running.hall.folder)
            _say(guide(running, drawn))
            if sys.stdin.isatty():
                prompt(running.hall.folder, lambda: input(PROMPT))
            else:
                over.wait()
    except KeyboardInterrupt:
        _say("\nThe hall is closed.")
    except PartMissing as missing:
        print(f"hallside hall: {missing}", file=sys.stderr)
        return EXIT_MISSING
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def guide(running: RunningHall, drawn: bool) -> str:
    """What runs, where, and how to use it."""
    hall, processes = running.hall, running.processes
    lines = [f"hallside {hallside_version()}: a whole hall runs on this machine, its hardware simulated.", ""]
    lines += [f"  {BROKER:<12} pid {processes.pid(BROKER):<8} {running.broker}, {running.host}:{running.port}"]
    lines += [f"  {name:<12} pid {processes.pid(name):<8} {path.name}" for name, path in hall.stations.items()]
    lines += ["", f"Files (gone when the hall stops): {hall.folder}", "Staff who can sign in, with PINs made just now:"]
    lines += [f"  {number}  PIN {hall.pins[number]}  {name}" for number, name, *_ in PEOPLE]
    touch = "Touch the windows with the mouse, or" if drawn else "Be the people in the hall:"
    staff, pin = next(iter(hall.pins.items()))
    lines += ["", f"{touch} in another terminal:" if drawn else f"{touch} in another terminal, or here at the prompt:"]
    lines += [
        "  hallside sim kiosk-1 tap service:social            a citizen takes a ticket",
        f"  hallside sim window-3 type {staff} enter {pin} enter   a staff member signs in",
        "  hallside sim window-3 tap next                     … calls; then: tap start, tap finish",
        "  hallside sim evaluator-3 press 5                   the citizen rates",
        "  hallside sim kiosk-1 fault printer paper-out       … and `mend printer`",
        "  hallside sim board-1 look                          what a part shows",
        f"  mosquitto_sub -h {running.host} -p {running.port} -t 'hallside/#' -v   everything on the wire",
        "",
        "Ctrl-C stops everything.",
    ]
    return "\n".join(lines)


def prompt(folder: Path, read: Callable[[], str]) -> None:
    """Lines like those after `hallside sim`, until the end of input or `quit`."""
    while True:
        try:
            words = shlex.split(read())
        except EOFError:
            return
        except ValueError as wrong:
            _say(str(wrong))
            continue
        if words[:2] == ["hallside", "sim"]:
            words = words[2:]
        match words:
            case []:
                continue
            case ["quit" | "exit"]:
                return
            case [device, *rest]:
                try:
                    said = ask(folder, device, rest)
                except (NotUnderstood, BenchSilent) as why:
                    _say(str(why))
                else:
                    _say(str(said) if said else "done")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(line, flush=True)
