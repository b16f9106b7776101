"""`hallside hall` (`make run`): a whole hall on this machine, until Ctrl-C."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from device.ctrl_c import all_ends_as_one
from device.demo_hall import PEOPLE
from device.exits import EXIT_MISSING
from device.hall_folder import make_current, make_folder
from device.launch import BROKER, RunningHall, running_hall
from device.sim import NotUnderstood, ask
from device.version import hallside_version
from drivers.bench import BenchSilent
from drivers.protocols import PartMissing

PROMPT = "hall> "
TOUCH = "Touch the windows with the mouse, type at window 3 and 4; the parts that are not drawn:"
HANDS = "Be the people in the hall, in another terminal in this folder or, in a terminal, at the prompt below:"
HELP = "DEVICE tap KEY | type KEYS… | press 1-5 | fault PART NAME | mend PART | look [PART]; quit ends the hall"


def register(parser: ArgumentParser) -> None:
    """`hallside hall`."""
    parser.description = "Start a whole hall on this machine, each device its own process, everything simulated."
    parser.add_argument("--headless", action="store_true", help="no windows, even where there is a desktop")
    parser.add_argument("--recordings", type=Path, metavar="DIR", help="keep tickets, screens and announcements here")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    recordings = args.recordings.absolute() if args.recordings else None
    try:
        # From the first moment on: Ctrl-C while the hall comes up must not leave half of it behind.
        with all_ends_as_one():
            desktop = None if args.headless else desktop_there()
            if recordings:
                make_folder("--recordings", recordings)
            with running_hall(_say, desktop=desktop, recordings=recordings) as running:
                make_current(running.hall.folder)
                _say(guide(running, programme(), drawn=desktop is not None))
                if somebody_types():
                    with suppress(ImportError):
                        import_module("readline")  # what was typed before comes back with the arrow keys
                    prompt(running.hall.folder, lambda: input(PROMPT))
                else:
                    threading.Event().wait()
    except KeyboardInterrupt:
        _say("\nThe hall is closed.")
    except PartMissing as missing:
        print(f"hallside hall: {missing}", file=sys.stderr)
        return EXIT_MISSING
    return 0


def desktop_there() -> tuple[int, int] | None:
    """Pixels of the desktop that is there; None without one, and it is said if one was promised."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    from drivers.display_sdl import desktop_size  # only now: a graphics library takes a tenth of a second

    try:
        return desktop_size("screen")
    except PartMissing as missing:
        _say(f"The hall runs without windows: {missing.tried}.\n")
        return None


def somebody_types() -> bool:
    """Whether there is a terminal, and it is ours: reading from it in the background (`make run &`) would stop us."""
    return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def programme() -> str:
    """How this programme is called from the folder it was started in."""
    called = Path(sys.argv[0])
    if called.name != "hallside":
        return f"{Path(sys.executable).name} -m device"
    found = shutil.which("hallside")
    return "hallside" if found and Path(found).samefile(called) else str(called)


def guide(running: RunningHall, hallside: str, *, drawn: bool) -> str:
    """What runs, where, and how to use it. hallside: how the programme is called."""
    hall, processes = running.hall, running.processes
    lines = [f"hallside {hallside_version()}: a whole hall runs on this machine, its hardware simulated.", ""]
    lines += [f"  {BROKER:<12} pid {processes.pid(BROKER):<8} {running.broker}, {running.host}:{running.port}"]
    lines += [f"  {name:<12} pid {processes.pid(name):<8} {path.name}" for name, path in hall.stations.items()]
    lines += ["", f"Files (gone when the hall stops): {hall.folder}", "Staff who can sign in, with PINs made just now:"]
    lines += [f"  {number}  PIN {hall.pins[number]}  {name}" for number, name, *_ in PEOPLE]
    lines += ["", TOUCH if drawn else HANDS]
    lines += [f"  {hallside} sim {words:<40} {what}" for words, what in _deeds(running, drawn)]
    wire = f"mosquitto_sub -h {running.host} -p {running.port} -t 'hallside/#' -v"
    lines += ["", f"Everything on the wire:  {wire}", "", "Ctrl-C stops everything."]
    return "\n".join(lines)


def _deeds(running: RunningHall, drawn: bool) -> list[tuple[str, str]]:
    """What can be done with `hallside sim`, and what it means. What is drawn is touched with the mouse."""
    staff, pin = next(iter(running.hall.pins.items()))
    at_screens = [
        ("kiosk-1 tap service:social", "a citizen takes a ticket"),
        (f"window-3 type {staff} enter {pin} enter", "a staff member signs in"),
        ("window-3 tap next", "… calls; afterwards: tap start, tap finish"),
    ]
    at_parts = [
        ("evaluator-3 press 5", "the citizen rates"),
        ("kiosk-1 fault printer paper-out", "… and `kiosk-1 mend printer`"),
        ("board-1 look speaker", "what was said last"),
    ]
    return at_parts if drawn else at_screens + at_parts


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
        if "sim" in words[:4]:  # pasted as it stands in the guide, or typed as for another terminal
            words = words[words.index("sim") + 1 :]
        match words:
            case []:
                continue
            case ["quit" | "exit"]:
                return
            case ["help" | "?"]:
                _say(HELP)
            case [device, *rest]:
                try:
                    said = ask(folder, device, rest)
                except (NotUnderstood, BenchSilent) as why:
                    _say(str(why))
                else:
                    _say(json.dumps(said, ensure_ascii=False) if said else "done")


def _say(line: str) -> None:
    print(line, flush=True)
