"""`hallside cases`: the supervisor's protected list of bad ratings and complaints, worked through step by step.

  hallside cases list --config coordinator.toml --as 9001
  hallside cases assign 3f0a91fa --to 1003 --config … --as 9001
  hallside cases verify | rectify | feed-back | answer | call-back | remind | recheck CASE --note "what was done"
  hallside cases open --kind complaint --channel phone --window 3 --about "…" --config … --as 9001
  hallside cases import hotline.csv --config … --as 9001      items of the 12345 hotline, each once
  hallside cases watch --config … --as 9001                   rings within seconds of a bad rating

A case is named by the end of its id, as the list shows it. Nothing of this list is ever said to a window.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from device.cases_page import page
from device.contract.messages.cases import CaseKind, Channel, Source
from device.hotline_file import FileWrong, read_items
from device.office_client import EPILOG, Desk, Refused, office

SHORT: Final = 8  # characters of an id's end
LOOK_SECONDS: Final = 0.5
STEPS: Final[Mapping[str, tuple[str, str]]] = {  # word -> step, help
    "assign": ("assigned", "say who looks into it"),
    "verify": ("verified", "it was so"),
    "dismiss": ("unfounded", "it was not so; the note says why"),
    "rectify": ("rectified", "it was put right"),
    "feed-back": ("fed-back", "the citizen, or whoever sent it, was told"),
    "answer": ("answered", "whoever gave their name has an answer"),
    "call-back": ("called-back", "the citizen was called back"),
    "remind": ("reminded", "whoever has it was reminded"),
    "recheck": ("rechecked", "it was looked at again and is well; --again: it is not"),
}


def register(parser: ArgumentParser) -> None:
    """`hallside cases`."""
    parser.description, parser.epilog = __doc__, EPILOG
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")

    def word(name: str, says: str, act: Callable[[Namespace, Desk], int]) -> ArgumentParser:
        found = words.add_parser(name, help=says, description=says)
        office(found, act)
        return found

    listed = word("list", "what is open, the first due first", _list)
    listed.add_argument("--all", action="store_true", help="what is done too")
    listed.add_argument("--html", type=Path, metavar="FILE", help="write it as a page to print")
    watch = word("watch", "say every new case as it comes, until Ctrl-C", _watch)
    watch.add_argument("--once", action="store_true", help="end after the first")
    for name, (_, says) in STEPS.items():
        step = word(name, says, _move)
        step.add_argument("case", help="the end of its id")
        step.add_argument("--to", default="", metavar="NUMBER", help="to whom it is assigned")
        step.add_argument("--note", default="", help="what was found, done or said; no citizen's name")
        if name == "recheck":
            step.add_argument("--again", action="store_true", help="it is not well: the case begins anew")
    _facts(word("open", "register a complaint, report or suggestion", _open))
    imported = word("import", "items of the hotline, from a CSV file (docs/cases.md)", _import)
    imported.add_argument("file", type=Path, metavar="FILE")


def _facts(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", choices=[k for k in get_args(CaseKind) if k != "bad-rating"], default="complaint")
    parser.add_argument("--channel", choices=get_args(Channel), required=True, help="by which way it came")
    parser.add_argument("--source", choices=get_args(Source), default="citizen", help="who says so")
    parser.add_argument("--ref", default="", help="its number where it came from")
    parser.add_argument("--window", type=int, default=0)
    parser.add_argument("--staff", dest="about_staff", default="", help="whom it is about, by number")
    parser.add_argument("--service", default="")
    parser.add_argument("--named", action="store_true", help="somebody gave their name and is owed an answer")
    parser.add_argument("--about", default="", help="in your words; no citizen's name")
    parser.add_argument("--due", default="", metavar="DAY", help="the sender's own last day")


# --- words ---------------------------------------------------------------------------------------------------


def _list(args: Namespace, desk: Desk) -> int:
    said = desk.ask("cases.list", {"every": args.all})
    if args.html:
        try:
            args.html.write_text(page(said["cases"], said["counts"], desk.station.hall.hall.name.zh), "utf-8")
        except OSError as error:
            raise Refused(f"{args.html}: {error.strerror}") from None
        print(args.html)
        return 0
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    for case in said["cases"]:
        print(line(case))
    print(totals(said["counts"]))
    return 0


def _move(args: Namespace, desk: Desk) -> int:
    step = "again" if getattr(args, "again", False) else STEPS[args.word][0]
    order = {"case": args.case, "step": step, "to": args.to, "note": args.note}
    return _told(args, desk.ask("cases.move", order))


def _open(args: Namespace, desk: Desk) -> int:
    facts = {
        "kind": args.kind, "source": args.source, "channel": args.channel, "ref": args.ref, "named": args.named,
        "service": args.service, "window": args.window, "staff": args.about_staff, "about": args.about,
    }  # fmt: skip
    said = desk.ask("cases.open", {"facts": facts, "due": args.due})
    print(json.dumps(said) if args.json else f"{said['case'][-SHORT:]} due {said['due']}")
    return 0


def _import(args: Namespace, desk: Desk) -> int:
    try:
        items = read_items(args.file)
    except FileWrong as wrong:
        raise Refused(f"nothing was imported\n{wrong}") from None
    new, known = 0, 0
    for item in items:
        try:
            desk.ask("cases.open", item)
            new += 1
        except Refused as refused:
            if "already" not in str(refused):
                raise
            known += 1
    print(json.dumps({"new": new, "known": known}) if args.json else f"{new} new, {known} were on the list already")
    return 0


def _watch(args: Namespace, desk: Desk, wait: Callable[[float], None] = time.sleep) -> int:
    known: set[str] | None = None
    while True:
        cases = desk.ask("cases.list")["cases"]
        fresh = [case for case in cases if known is not None and case["id"] not in known]
        for case in fresh:
            print(f"\a{json.dumps(case, ensure_ascii=False) if args.json else line(case)}", flush=True)
        if fresh and args.once:
            return 0
        if known is None:
            print(f"{len(cases)} open; watching", file=sys.stderr, flush=True)
        known = {case["id"] for case in cases}
        wait(LOOK_SECONDS)


def _told(args: Namespace, said: Mapping[str, Any]) -> int:
    print(json.dumps(said["case"], ensure_ascii=False) if args.json else line(said["case"]))
    return 0


# --- lines ---------------------------------------------------------------------------------------------------


def line(case: Mapping[str, Any]) -> str:
    """A case in one line."""
    what = f"{case['kind']}{' level ' + str(case['level']) if case['level'] else ''}"
    where = f"window {case['window'] or '-'} staff {case['staff'] or '-'}"
    left = "done" if case["done"] else f"{case['days']} working days left" if case["days"] >= 0 else "OVERDUE"
    to = f" -> {case['to']}" if case["to"] else ""
    named = " named" + (", answered" if case["answered"] else ", no answer yet") if case["named"] else ""
    return f"{case['id'][-SHORT:]}  {case['opened'][:16]}  {what:<20} {where:<24} {case['state']}{to}, {left}{named}"


def totals(counts: Mapping[str, int]) -> str:
    """What the standards want at nought, or at 100 % (R261, R262)."""
    done = counts["known"] - counts["open"]
    return (
        f"open {counts['open']}, overdue {counts['overdue']}; done {_share(done, counts['known'])}, "
        f"named answered {_share(counts['named_answered'], counts['named'])}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part // whole} %)" if whole else "0/0 (100 %)"
