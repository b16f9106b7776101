"""`hallside provision …`: the command line of this room. `register` is the entry point `hallside` finds it by."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from config.errors import ConfigErrors
from device.exits import EXIT_CONFIG, EXIT_REFUSED
from provisioning.broker import provision_broker, revoke_devices
from provisioning.ca import make_ca
from provisioning.device import Wish, next_steps, provision_device
from provisioning.files import Refused
from provisioning.install import install
from provisioning.release import INTO, install_release
from provisioning.slot import Slot
from provisioning.staff import Person, asked_pin, enter, made_pin


def register(parser: argparse.ArgumentParser) -> None:
    """The commands below `hallside provision`; each sets `act`: parsed arguments -> exit status."""
    parser.description = "Write what each machine of a hall needs, on the technician's own; on a Pi, put it in force."
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    _device(kinds.add_parser("device", help="config, sandboxed unit, certificates and the broker's rules of one Pi"))
    _broker(kinds.add_parser("broker", help="Mosquitto's config, access list and certificate"))
    _ca(kinds.add_parser("ca", help="a certificate authority for one hall"))
    _staff(kinds.add_parser("staff", help="a staff member and their PIN"))
    _revoke(kinds.add_parser("revoke", help="believe a device's certificates no more"))
    _install(kinds.add_parser("install", help="on the Pi: put a station's bundle in force, whole or not at all"))
    _release(kinds.add_parser("release", help="on the Pi: put a newer hallside in force, whole or not at all"))
    _back(kinds.add_parser("back", help="on the Pi: the bundle or release before this one again"))


def main(arguments: argparse.Namespace) -> int:
    """Do it. 0; 1 refused, with what to do instead; 78 the hall's file has mistakes."""
    command: Callable[[argparse.Namespace], None] = arguments.command
    try:
        command(arguments)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return EXIT_REFUSED
    except ConfigErrors as errors:
        print(errors, file=sys.stderr)
        return EXIT_CONFIG
    except OSError as error:
        print(f"{error}. Check the path and its rights.", file=sys.stderr)
        return EXIT_REFUSED
    return 0


def _common(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], None]) -> None:
    parser.add_argument("--force", action="store_true", help="replace files that are there with other content")
    parser.set_defaults(act=main, command=command)


def _device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="the device, or all devices of one desk")
    parser.add_argument("--role", default="", help="what it is; otherwise the hall's file says it")
    parser.add_argument("--hall", type=Path, required=True, metavar="FILE", help="the hall's hall.toml")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the bundle is written")
    parser.add_argument("--station", default="", metavar="NAME", help="the Pi's name; otherwise its first device's")
    parser.add_argument("--like", type=Path, metavar="FILE", help="a station's file whose parts it has too")
    parser.add_argument(
        "--set", dest="sets", action="append", default=[], metavar="[DEVICE.]SECTION.KEY=VALUE",
        help="one value of one part, e.g. --set printer.driver=usblp --set printer.path=/dev/usb/lp0",
    )  # fmt: skip
    parser.add_argument("--staff", type=Path, metavar="FILE", help="the coordinator's staff.toml")
    parser.add_argument("--ca", type=Path, metavar="DIR", help="the hall's authority, to make the certificates")
    _common(parser, _run_device)


def _run_device(arguments: argparse.Namespace) -> None:
    wish = Wish(
        names=tuple(arguments.names), hall=arguments.hall, out=arguments.out, role=arguments.role,
        station=arguments.station, like=arguments.like, sets=tuple(arguments.sets), staff=arguments.staff,
        ca=arguments.ca, force=arguments.force,
    )  # fmt: skip
    station, changed = provision_device(wish)
    _tell(changed)
    print("Next:")
    for number, step in enumerate(next_steps(station, wish), 1):
        print(f"  {number}. {step}")


def _broker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", type=Path, required=True, metavar="FILE", help="the hall's hall.toml")
    parser.add_argument("--ca", type=Path, required=True, metavar="DIR", help="the hall's authority")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files are written")
    _common(parser, _run_broker)


def _run_broker(arguments: argparse.Namespace) -> None:
    _tell(provision_broker(arguments.hall, arguments.ca, arguments.out, force=arguments.force))
    print("Next:")
    print(f"  1. On the broker's machine: sudo cp -r {arguments.out}/etc /")
    print("  2. sudo chown -R mosquitto /etc/mosquitto/hallside && sudo systemctl restart mosquitto")


def _ca(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", required=True, metavar="ID", help="the hall's id, to tell its authority from others")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where ca.crt and ca.key are written")
    _common(parser, _run_ca)


def _run_ca(arguments: argparse.Namespace) -> None:
    _tell(make_ca(arguments.out, arguments.hall, force=arguments.force))
    print(f"Next: keep {arguments.out}/ca.key off the hall's machines; whoever has it can make devices.")


def _staff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--staff", type=Path, required=True, metavar="FILE", help="the coordinator's staff.toml")
    parser.add_argument("--number", required=True, help="the staff number")
    parser.add_argument("--name", default="", help="the name citizens see; needed for somebody new")
    parser.add_argument("--duty", default="", help="what they do")
    parser.add_argument("--stars", type=int, default=0, help="0 to 5")
    parser.add_argument("--window", dest="windows", type=int, action="append", default=[], help="where (everywhere)")
    parser.add_argument("--hall", type=Path, metavar="FILE", help="check the windows against this hall.toml")
    parser.add_argument(
        "--make-pin", action="store_true", help="make a PIN and show it once, instead of asking for one"
    )
    parser.set_defaults(act=main, command=_run_staff)


def _run_staff(arguments: argparse.Namespace) -> None:
    person = Person(arguments.number, arguments.name, arguments.duty, arguments.stars, tuple(arguments.windows))
    pin = made_pin() if arguments.make_pin else asked_pin(_asked, print)
    print(enter(arguments.staff, person, pin, arguments.hall))
    if arguments.make_pin:
        print(f"PIN, shown this once: {pin}")


def _revoke(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="the device")
    parser.add_argument("--ca", type=Path, required=True, metavar="DIR", help="the hall's authority")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the broker's list is written")
    parser.set_defaults(act=main, command=_run_revoke)


def _run_revoke(arguments: argparse.Namespace) -> None:
    path = revoke_devices(arguments.ca, arguments.names, arguments.out)
    print(f"wrote {path}")
    print("Next:")
    print(f"  1. On the broker's machine: sudo cp {path} /{path.relative_to(arguments.out)}")
    print("  2. sudo systemctl restart mosquitto: whoever it no longer believes is put out at once")


def _install(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, help="a folder that `hallside provision device` wrote")
    parser.add_argument("--root", type=Path, default=Path("/"), metavar="DIR", help="another machine's disk")
    parser.set_defaults(act=main, command=_run_install)


def _run_install(arguments: argparse.Namespace) -> None:
    os.umask(0o022)  # the stations' user reads what root writes here; keys are kept from others by their own mode
    slot, changed = install(arguments.bundle, arguments.root)
    print(f"in force: {slot.current}" if changed else "everything is there already, nothing was changed")


def _release(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("wheels", type=Path, help="a folder of wheels with SHA256SUMS over them")
    parser.add_argument("--into", type=Path, default=INTO, metavar="DIR", help=f"{INTO} unless given")
    parser.set_defaults(act=main, command=_run_release)


def _run_release(arguments: argparse.Namespace) -> None:
    os.umask(0o022)
    print(f"in force: {install_release(arguments.wheels, arguments.into)}")
    print("Next:\n  1. sudo systemctl restart 'hallside-*'")


def _back(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help=f"{INTO}, or /etc/hallside/<station>.d")
    parser.set_defaults(act=main, command=_run_back)


def _run_back(arguments: argparse.Namespace) -> None:
    print(f"in force: {Slot(arguments.folder).back()}")
    print("Next:\n  1. sudo systemctl daemon-reload && sudo systemctl restart 'hallside-*'")


def _asked(prompt: str) -> str:
    """What is typed unseen. Refused where everybody could see it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise Refused("there is no terminal to type a PIN at unseen. Let one be made with --make-pin.") from error


def _tell(changed: list[Path]) -> None:
    for path in changed:
        print(f"wrote {path}")
    if not changed:
        print("everything is there already, nothing was changed")
