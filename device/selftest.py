"""`hallside selftest`: every part shows itself, somebody presses and looks, and it says OK, SOON or NOW.

For the technician after mounting and the staff before the doors open (R014, R226). The station itself must not be
running: a part has one owner.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final, TextIO

from config.errors import ConfigErrors
from config.load import load
from config.schema import Device, Station
from device.check import SCREENS, disk, open_part, tell_mistakes, tell_taken
from device.exits import EXIT_CONFIG, EXIT_INTERRUPTED
from device.hands import Confirm, Hands
from device.selftest_parts import (
    keypad_shows,
    lamps_and_buttons_show,
    link_shows,
    printer_shows,
    scanner_shows,
    screen_shows,
    speaker_shows,
    strip_shows,
    supply_shows,
)
from device.selftest_record import remember
from device.verdict import Verdict, as_json, missing, told, worst
from drivers.bus import Buses
from drivers.protocols import PartMissing

EXIT_NOW: Final = 1
HAND_SECONDS: Final = 20.0
MOST_SECONDS: Final = 3600


def register(parser: ArgumentParser) -> None:
    """`hallside selftest`."""
    parser.description = "Ask every part of a station to show itself: paper, buttons, lamps, speaker, screen, link."
    parser.epilog = "exit: 0 nothing must be mended now, 1 something must, 78 the config has mistakes"
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's config")
    parser.add_argument("--json", action="store_true", help="the result as one JSON object; what to do goes to stderr")
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=HAND_SECONDS,
        metavar="N",
        help="how long a press or touch is waited for (20)",
    )
    parser.set_defaults(act=lambda args: _act(args.config, args.seconds, json=args.json))


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(text)) <= MOST_SECONDS:
            return seconds
    raise ArgumentTypeError(f"{text!r} is not a time of up to {MOST_SECONDS} seconds, like 20")


def _act(path: Path, seconds: float, *, json: bool) -> int:
    say = sys.stderr if json else sys.stdout
    confirm = _ask(say) if sys.stdin.isatty() else None
    try:
        return selftest(path, sys.stdout, json=json, say=say, confirm=confirm, seconds=seconds)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _ask(say: TextIO) -> Confirm:
    def confirm(question: str) -> bool:
        print(f"  {question} [Enter: yes, n: no] ", end="", file=say, flush=True)
        return not sys.stdin.readline().strip().lower().startswith("n")

    return confirm


def selftest(
    path: Path,
    out: TextIO,
    *,
    json: bool = False,
    say: TextIO | None = None,
    confirm: Confirm | None = None,
    seconds: float = HAND_SECONDS,
) -> int:
    """The result goes to `out`, what to do meanwhile to `say` (the same unless given). 0, 1, or 78.

    confirm: asks somebody whether they saw or heard it; without, what a part says of itself is believed.
    seconds: how long a press or a touch is waited for.
    """
    try:
        station = load(path)
    except ConfigErrors as errors:
        tell_mistakes(errors, out, json=json)
        return EXIT_CONFIG
    verdicts = _all(station, say or out, confirm, seconds)
    if untold := remember(station, verdicts):
        print(f"The result is not in the journal: {untold}", file=say or out)
    if json:
        print(as_json(verdicts, config=str(path), hash=station.hash), file=out)
    else:
        print(told(verdicts), f"The whole: {worst(verdicts)}", sep="\n", file=out)
        tell_taken(verdicts, out)
    return EXIT_NOW if worst(verdicts) == "NOW" else 0


def _all(station: Station, say: TextIO, confirm: Confirm | None, seconds: float) -> list[Verdict]:
    verdicts = [disk(station)]
    with ExitStack() as opened:
        bench = None
        if station.bench is not None:
            from drivers.bench import SocketBench

            try:
                bench = SocketBench(station.bench)
            except PartMissing as error:
                return [*verdicts, missing("", "bench", error)]
            opened.callback(bench.close)
        hands, buses = Hands(say, confirm, seconds), Buses()
        for device in station.devices:
            parts: dict[str, Any] = {}
            for section, part in device.parts().items():
                try:
                    parts[section] = open_part(
                        device.name, section, part, hands.post_for(device.name), bench, station.recordings, buses
                    )
                except PartMissing as error:
                    verdicts.append(missing(device.name, section, error))
                    continue
                opened.callback(parts[section].close)
                if section in SCREENS:
                    hands.watch(parts[section])
            verdicts += _device(station, device, parts, hands)
    return verdicts


def _device(station: Station, device: Device, parts: dict[str, Any], hands: Hands) -> Iterator[Verdict]:
    """Each part that is there, one after another."""
    shows: dict[str, Callable[[], Iterator[Verdict]]] = {
        "screen": lambda: screen_shows(device, "screen", parts["screen"], hands),
        "sign": lambda: screen_shows(device, "sign", parts["sign"], hands),
        "printer": lambda: printer_shows(device, parts["printer"], hands),
        "buttons": lambda: lamps_and_buttons_show(device, parts.get("lamps"), parts["buttons"], hands),
        "lamps": lambda: lamps_and_buttons_show(device, parts["lamps"], None, hands),
        "keypad": lambda: keypad_shows(device, "keypad", hands),
        "scanner": lambda: scanner_shows(device, hands),
        "speaker": lambda: speaker_shows(device, parts["speaker"], hands),
        "supply": lambda: supply_shows(device, parts["supply"], hands),
        "strip": lambda: strip_shows(device, parts["strip"], hands),
    }
    for section in parts:
        if section == "lamps" and "buttons" in parts:
            continue  # shown together with the buttons
        yield from shows[section]()
    yield from link_shows(station, device, hands)
