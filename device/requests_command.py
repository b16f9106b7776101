"""`hallside requests`: what kiosks registered instead of refusing it, and whom to call back (R066, R160, R245, R279).

  hallside requests list --config coordinator.toml --as 9002
  hallside requests close 731905 --config coordinator.toml --as 9002      settled; the phone number is deleted

A phone number is there only where whoever gave it agreed to be called back, and until the day that is shown.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from device.office_client import EPILOG, Desk, office


def register(parser: ArgumentParser) -> None:
    """`hallside requests`."""
    parser.description, parser.epilog = __doc__, EPILOG
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    listed = words.add_parser("list", help="every open request")
    closed = words.add_parser("close", help="one is settled, by its code")
    closed.add_argument("code", metavar="731905")
    office(listed, _list)
    office(closed, _close)


def _list(args: Namespace, desk: Desk) -> int:
    said = desk.ask("requests.list")
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    for one in said["requests"]:
        back = f"call {one['contact']}, kept until {one['until']}" if one["contact"] else "no number: comes or calls"
        helped = f"  by guide {one['guide']}" if one["guide"] else ""
        print(f"{one['code']}  {one['at'][:16]}  {one['kind']:<10} {one['service']:<12} {one['lang']}  {back}{helped}")
    return 0


def _close(args: Namespace, desk: Desk) -> int:
    desk.ask("requests.close", {"code": args.code})
    print(f"{args.code} is settled; no number is kept for it")
    return 0
