"""`hallside print`: a form or slip on the station's printer, or as a picture to look at."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from device.exits import EXIT_CONFIG, EXIT_FACTS, EXIT_MISSING, EXIT_USAGE
from device.slip_facts import FactsWrong, facts_of, read_facts, sample, schema, slip
from device.verdict import Verdict, fault, fine, missing, told
from screens.document import Document
from screens.slips.catalogue import TEMPLATES

if TYPE_CHECKING:
    from config.parts import Paper
    from drivers.events import HardwareEvent

WANTED: Final = "say --facts FILE and --png FILE or --config FILE; or --sample, --sample --png FILE, --schema"
GRACE_SECONDS: Final = 3.0  # beyond the printer's own deadline, for its thread to say so


def register(parser: ArgumentParser) -> None:
    """`hallside print`."""
    parser.description = "Print a form or slip from its facts, or look at it first."
    parser.epilog = "\n".join(["templates:", *(f"  {name:<12} {each.says}" for name, each in TEMPLATES.items())])
    parser.epilog += "\n\nexit: 0 done, 65 the facts are wrong, 69 the printer did not print, 78 the config is wrong"
    parser.add_argument("template", choices=TEMPLATES, metavar="TEMPLATE", help="see below")
    parser.add_argument("--facts", type=Path, metavar="FILE", help="a JSON file with what the paper says")
    parser.add_argument("--sample", action="store_true", help="write facts to begin with; with --png, draw them")
    parser.add_argument("--schema", action="store_true", help="write the JSON Schema of the facts")
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw the paper into this file")
    parser.add_argument("--model", default="generic-80", help="for --png: the model of printer (generic-80)")
    parser.add_argument("--profiles", type=Path, metavar="FILE", help="for --png: a TOML file with more models")
    parser.add_argument("--config", type=Path, metavar="FILE", help="print on this station's printer")
    parser.add_argument("--device", metavar="NAME", help="for --config: which of the station's devices")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    if args.schema:
        print(json.dumps(schema(args.template), ensure_ascii=False, indent=1))
        return 0
    if args.sample and not (args.png or args.config):
        print(sample(args.template).decode())
        return 0
    if bool(args.facts) == args.sample or not (args.png or args.config) or (args.sample and args.config):
        print(f"hallside print: {WANTED}", file=sys.stderr)
        return EXIT_USAGE
    try:
        facts = facts_of(args.template, sample(args.template), "sample") if args.sample else None
        document = slip(args.template, facts or read_facts(args.template, args.facts))
    except FactsWrong as wrong:
        many = len(wrong.mistakes)
        print(f"{many} mistake{'s'[: many > 1]} in the facts; nothing was printed\n{wrong}", file=sys.stderr)
        return EXIT_FACTS
    drawn = draw(document, args) if args.png else 0
    return drawn or (print_in(document, args.config, args.device) if args.config else 0)


def draw(document: Document, args: Namespace) -> int:
    from device.press import press_of
    from drivers.printer_profiles import check_model
    from drivers.protocols import PartMissing
    from screens.paper_picture import png

    try:
        args.png.write_bytes(png(document, press=press_of(check_model(args.model, args.profiles))))
    except PartMissing as error:
        print(f"hallside print: {error}", file=sys.stderr)
        return EXIT_USAGE
    except OSError as error:
        print(f"hallside print: {args.png}: {error.strerror}", file=sys.stderr)
        return EXIT_MISSING
    print(args.png)
    return 0


def print_in(document: Document, config: Path, wanted: str | None) -> int:
    from config.errors import ConfigErrors
    from config.load import load

    try:
        station = load(config)
    except ConfigErrors as errors:
        print(errors, file=sys.stderr)
        return EXIT_CONFIG
    having = {device.name: device.printer for device in station.devices if device.printer is not None}
    if (wanted is not None and wanted not in having) or not having or (wanted is None and len(having) > 1):
        names = ", ".join(having) or "none"
        print(f"hallside print: which device? --device NAME; with a printer: {names}", file=sys.stderr)
        return EXIT_USAGE
    device = wanted or next(iter(having))
    verdict = print_on(device, having[device], station.recordings, document)
    print(told([verdict]))
    if verdict.code == "missing":
        from device.check import TAKEN

        print(TAKEN)
    return 0 if verdict.word == "OK" else EXIT_MISSING


def print_on(device: str, wanted: Paper, recordings: Path | None, document: Document) -> Verdict:
    """Print it and wait for the printer's word: printed, failed, or unknown. The station must not be running."""
    from device.check import open_part
    from device.press import paper_for
    from drivers.events import Printed, PrintFailed, PrintUnknown
    from drivers.protocols import PartMissing

    heard: SimpleQueue[HardwareEvent] = SimpleQueue()
    try:
        printer = open_part(device, "printer", wanted, heard.put, None, recordings)
    except PartMissing as error:
        return missing(device, "printer", error)
    job, until = str(uuid4()), monotonic() + wanted.deadline_seconds + GRACE_SECONDS
    with closing(printer):
        printer.print(job, paper_for(wanted)(document))
        while (left := until - monotonic()) > 0:
            try:
                event = heard.get(timeout=left)
            except Empty:
                break
            match event:
                case Printed(job=said) if said == job:
                    return fine(device, "printer", "printed, and said so")
                case PrintFailed(job=said, code=code) if said == job:
                    return fault(device, "printer", code, f"did not print: {code}")
                case PrintUnknown(job=said, code=code) if said == job:
                    what = "sent, but it did not say that it printed: look before printing again"
                    return fault(device, "printer", code, what, "SOON")
    return fault(device, "printer", "silent", "nothing was heard of the job")
