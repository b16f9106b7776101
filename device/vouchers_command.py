"""`hallside vouchers`: who was kept waiting by a power cut, and their one visit with priority on paper (R285).

  hallside vouchers list --config coordinator.toml --as 9002
  hallside vouchers print A012 --png a012.png --config … --as 9002        (or --on kiosk-1.toml, while it does not run)
  hallside vouchers register --png register.png --config … --as 9002      the numbers not served, by service (R284)

A voucher is good once, whoever prints it how often: what counts is its code.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from device.office_client import EPILOG, Desk, Refused, office
from device.print_command import draw, print_in
from device.roles.scans import voucher_text
from screens.document import Document
from screens.slips import unserved, voucher

FREE: Final = "free"


def register(parser: ArgumentParser) -> None:
    """`hallside vouchers`."""
    parser.description, parser.epilog = __doc__, EPILOG
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    listed = words.add_parser("list", help="every voucher and what became of it")
    printed = words.add_parser("print", help="one on paper, by its ticket's number")
    printed.add_argument("number", metavar="A012")
    printed.add_argument("--day", default="", help="of the ticket, where several days have that number")
    register_ = words.add_parser("register", help="the numbers that were not served, by service")
    office(listed, _list)
    office(printed, _print)
    office(register_, _register)
    for word in (printed, register_):
        word.add_argument("--png", type=Path, metavar="FILE", help="draw it into this file")
        word.add_argument("--model", default="generic-80", help="for --png: the model of printer (generic-80)")
        word.add_argument("--profiles", type=Path, metavar="FILE", help="for --png: a TOML file with more models")
        word.add_argument("--on", type=Path, metavar="FILE", help="print on this station's printer")
        word.add_argument("--device", metavar="NAME", help="for --on: which of the station's devices")


def _list(args: Namespace, desk: Desk) -> int:
    said = desk.ask("vouchers.list")
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    for one in said["vouchers"]:
        by = f" for {one['by'][9:]} on {one['by'][:8]}" if one["by"] else ""
        print(f"{one['day']} {one['number']}  {one['service']:<12} until {one['until']}  {one['state']}{by}")
    return 0


def _print(args: Namespace, desk: Desk) -> int:
    found = [one for one in desk.ask("vouchers.list", {"number": args.number})["vouchers"] if _of(one, args.day)]
    if len(found) != 1:
        days = ", ".join(one["day"] for one in found)
        raise Refused(f"there is no voucher for {args.number}" if not found else f"say --day, of {days}")
    (one,) = found
    if one["state"] != FREE:
        raise Refused(f"the voucher of {args.number} is worth nothing any more: {one['state']}")
    hall = desk.station.hall
    names = {service.id: service.name.zh for service in hall.services}
    facts = voucher.VoucherFacts(
        hall.hall.name.zh, one["number"], names.get(one["service"], "—"), date.fromisoformat(one["day"]), "power",
        voucher_text(hall.hall.id, one["code"]), date.fromisoformat(one["until"]), hall.hall.complaint_phone,
        digits=" ".join(one["code"][n : n + 4] for n in range(0, len(one["code"]), 4)),
    )  # fmt: skip
    return _out(args, voucher.compose(facts))


def _register(args: Namespace, desk: Desk) -> int:
    hall = desk.station.hall
    names = {service.id: service.name.zh for service in hall.services}
    return _out(args, unserved.compose(unserved_facts(desk.ask("vouchers.list")["vouchers"], names, hall.hall.name.zh)))


def unserved_facts(
    vouchers: Sequence[Mapping[str, Any]], names: Mapping[str, str], hall: str
) -> unserved.UnservedFacts:
    """The last day's numbers that are still not served, by service."""
    last = max((one["day"] for one in vouchers), default="")
    numbers: dict[str, list[str]] = defaultdict(list)
    for one in vouchers:
        if one["day"] == last and one["state"] == FREE:
            numbers[names.get(one["service"], "—")].append(one["number"])
    waiting = tuple(unserved.Waiting(name, tuple(sorted(found))) for name, found in sorted(numbers.items()))
    return unserved.UnservedFacts(hall, "power", last, waiting)


def _of(one: Mapping[str, Any], day: str) -> bool:
    return not day or one["day"] == day


def _out(args: Namespace, document: Document) -> int:
    if not (args.png or args.on):
        raise Refused("say --png FILE or --on FILE")
    drawn = draw(document, args) if args.png else 0
    return drawn or (print_in(document, args.on, args.device) if args.on else 0)
