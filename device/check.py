"""`hallside check`: is the config sound, and are the parts there? Opens every part and changes nothing.

Nothing is printed, said, lit, shown or published; no journal is made. Only the printer is asked how it is.
"""

from __future__ import annotations

import json as jsonlib
import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final, TextIO

from config.errors import ConfigErrors
from config.load import load
from config.parts import Part
from config.schema import Device, Station
from device.exits import EXIT_CONFIG, EXIT_MISSING
from device.verdict import Verdict, as_json, fault, fine, missing, told, worst
from drivers.bus import Buses
from drivers.events import HardwareEvent, PartFailed, PrinterReport
from drivers.link_tls import TlsFiles
from drivers.protocols import Bench, PartMissing, Place, Post
from drivers.registry import make

PRINTER_SECONDS: Final = 3.0  # until a printer must have said how it is
BROKER_SECONDS: Final = 3.0
SQLITE: Final = b"SQLite format 3\0"  # how a database begins; an empty file is one too
SOON_BYTES: Final = 256 * 2**20  # weeks of a busy hall's book
NOW_BYTES: Final = 16 * 2**20  # SQLite's log alone may have a quarter of it
SCREENS: Final = frozenset({"screen", "sign"})
TAKEN: Final = "A station that is running holds its parts: stop it first (systemctl stop hallside-...)."


def register(parser: ArgumentParser) -> None:
    """`hallside check`."""
    parser.description = "Say whether config and parts are sound; change nothing."
    parser.epilog = "exit: 0 all is there, 69 a part is missing, 78 the config has mistakes"
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's config")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.set_defaults(act=lambda args: check(args.config, sys.stdout, json=args.json))


def check(path: Path, out: TextIO, *, json: bool = False) -> int:
    """Look at one station and tell it to `out`. 0 sound; 69 a part is missing; 78 mistakes in the config."""
    try:
        station = load(path)
    except ConfigErrors as errors:
        tell_mistakes(errors, out, json=json)
        return EXIT_CONFIG
    verdicts = [disk(station), *look(station), *_parts(station), *(line(station, device) for device in station.devices)]
    if json:
        print(as_json(verdicts, config=str(path), hash=station.hash), file=out)
    else:
        print(f"{path}: the config is sound, {station.hash[:12]}", told(verdicts), sep="\n", file=out)
        tell_taken(verdicts, out)
    return EXIT_MISSING if worst(verdicts) == "NOW" else 0


def tell_mistakes(errors: ConfigErrors, out: TextIO, *, json: bool) -> None:
    """Every mistake of the config, as lines or as JSON."""
    if json:
        rows = [asdict(error) | {"file": str(error.file)} for error in errors.errors]
        print(jsonlib.dumps({"verdict": "NOW", "mistakes": rows}, ensure_ascii=False, indent=1), file=out)
    else:
        print(errors, file=out)


def tell_taken(verdicts: Sequence[Verdict], out: TextIO) -> None:
    """The usual reason why a part that worked yesterday cannot be opened now."""
    if any(verdict.code == "missing" and verdict.part not in {"disk", "link"} for verdict in verdicts):
        print(TAKEN, file=out)


def open_part(
    device: str,
    section: str,
    part: Part,
    post: Post,
    bench: Bench | None,
    recordings: Path | None,
    buses: Buses | None = None,
) -> Any:
    """One part of a device, running. PartMissing, also when its driver's package is not installed."""
    place = Place(device, section, bench, recordings, buses)
    kind = "screen" if section in SCREENS else section
    try:
        return make(kind, part.driver, post, place, **part.options())
    except ImportError as error:
        tried = f"the {part.driver} driver needs the Python package {error.name}"
        raise PartMissing(section, tried, "Install it, or choose another driver") from error


def look(station: Station) -> list[Verdict]:
    """Whether the hall's theme can be used: its colours can be read, its first font is there (R007)."""
    path = station.hall.hall.theme
    if path is None or not any(SCREENS & device.parts().keys() for device in station.devices):
        return []
    from screens.theme import ThemeFault, load_theme

    try:
        theme = load_theme(path)
    except (ThemeFault, OSError) as wrong:
        return [
            Verdict(
                "", "theme", "NOW", str(wrong), "missing", "Mend the hall's theme file, or leave it out.", "technician"
            )
        ]
    return [fine("", "theme", f"{theme.name}, {theme.hash[:12]}")]


def disk(station: Station) -> Verdict:
    """Whether journal and book can be kept; looked at, not tried."""
    folder = station.data
    while not folder.exists():
        folder = folder.parent
    writable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    files = [file for file in station.data.glob("*.db*") if not os.access(file, os.R_OK | os.W_OK)]
    if not writable or files:
        path = files[0] if files else folder
        mend = "Give it to the user the station runs as, or correct `data`."
        return Verdict("", "disk", "NOW", f"{path} cannot be written", "missing", mend, "technician")
    for file in station.data.glob("*.db"):
        with file.open("rb") as opened:
            if opened.read(len(SQLITE)) not in (SQLITE, b""):
                return fault("", "disk", "damaged", f"{file} is no database")
    free = shutil.disk_usage(folder).free
    if free < SOON_BYTES:
        what = f"{folder} has room for {free // 2**20} MB more"
        return fault("", "disk", "disk-full", what, "NOW" if free < NOW_BYTES else "SOON")
    return fine("", "disk", f"{station.data} can be written")


def line(station: Station, device: Device) -> Verdict:
    """Whether the device's certificate is there and somebody listens at the broker's port. Away is not missing: the
    device works on without it."""
    broker = station.hall.broker
    where = f"{broker.host}:{broker.port}"
    try:
        if broker.tls is not None:
            files = broker.tls.of(device.name)
            TlsFiles(str(files.ca), str(files.cert), str(files.key), files.key_password).context()
    except PartMissing as error:
        return missing(device.name, "link", error)
    try:
        socket.create_connection((broker.host, broker.port), timeout=BROKER_SECONDS).close()
    except OSError as error:
        code = "name-unknown" if isinstance(error, socket.gaierror) else "unreachable"
        code = "refused" if isinstance(error, ConnectionRefusedError) else code
        return fault(device.name, "link", code, f"{where}: {error.strerror or error}", "SOON")
    return fine(device.name, "link", f"{where} listens")


def _parts(station: Station) -> list[Verdict]:
    """All parts at once, as `run` opens them, so that two that are in each other's way show too."""
    verdicts: list[Verdict] = []
    heard: SimpleQueue[tuple[str, HardwareEvent]] = SimpleQueue()
    printers: list[tuple[str, str]] = []
    failed: dict[tuple[str, str], PartFailed] = {}
    buses = Buses()
    with ExitStack() as opened:
        for device in station.devices:
            for section, part in device.parts().items():
                try:
                    found = open_part(device.name, section, part, _post(device.name, heard, failed), None, None, buses)
                except PartMissing as error:
                    verdicts.append(missing(device.name, section, error))
                    continue
                opened.callback(found.close)
                if section == "printer":
                    printers.append((device.name, part.driver))
                elif begun := failed.get((device.name, section)):  # open, and yet not well: a speaker without a card
                    verdicts.append(fault(device.name, section, begun.code, begun.detail))
                else:
                    verdicts.append(fine(device.name, section, part.driver))
        verdicts += _printers(printers, heard)
    return verdicts


def _post(
    device: str, heard: SimpleQueue[tuple[str, HardwareEvent]], failed: dict[tuple[str, str], PartFailed]
) -> Post:
    def post(event: HardwareEvent) -> None:
        if isinstance(event, PartFailed):
            failed[device, event.part] = event
        heard.put((device, event))

    return post


def _printers(printers: list[tuple[str, str]], heard: SimpleQueue[tuple[str, HardwareEvent]]) -> list[Verdict]:
    """What each printer says of itself when it is asked."""
    reports: dict[str, PrinterReport] = {}
    until = monotonic() + PRINTER_SECONDS
    while len(reports) < len(printers):
        try:
            device, event = heard.get(timeout=max(until - monotonic(), 0.0))
        except Empty:
            break
        if isinstance(event, PrinterReport):
            reports[device] = event
    return [printer_verdict(device, driver, reports.get(device)) for device, driver in printers]


def printer_verdict(device: str, driver: str, report: PrinterReport | None) -> Verdict:
    """Open is not the same as well. A printer that never answers may be one that cannot: it is to be looked at soon."""
    if report is None or report.code == "silent":
        return fault(device, "printer", "silent", f"{driver}: open, but the printer says nothing", "SOON")
    if not report.ready:
        says = ", ".join((report.code, *report.also))
        return fault(device, "printer", report.code, f"{driver}: the printer says {says}", "SOON")
    if report.low:
        return fault(device, "printer", "paper-low", f"{driver}: little paper is left", "SOON")
    return fine(device, "printer", f"{driver}: the printer says it is ready")
