"""`hallside`: one word says what to do, and only that word's code is loaded, for `hallside run` starts a device."""

from __future__ import annotations

import os
import re
import select
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from io import TextIOWrapper
from typing import Any, Final, NoReturn

from device.exits import EXIT_INTERRUPTED, EXIT_UNHEARD, EXIT_USAGE

GROUP: Final = "hallside.commands"  # other rooms' words: entry points `word = "module:register"`

Register = Callable[[ArgumentParser], None]

# word -> (module with `register(parser)`, what it does)
COMMANDS: Final = {
    "run": ("device.app", "run one station, the way systemd starts it"),
    "hall": ("device.hall_command", "start a whole hall on this machine, everything simulated"),
    "demo": ("device.demo", "one citizen goes all the way, told line by line and checked"),
    "sim": ("device.sim", "be the hands at the running hall's simulated parts"),
    "check": ("device.check", "say whether config and parts are sound; change nothing"),
    "simulate": ("device.simulate.command", "live a hall's day from a scenario file, in seconds"),
    "selftest": ("device.selftest", "ask every part to show itself"),
    "paper": ("device.paper_command", "say that a new roll of paper is in"),
    "print": ("device.print_command", "print a form or slip, or look at it"),
    "export": ("device.export.command", "give out what happened, as tables and a page"),
    "cases": ("device.cases_command", "work through bad ratings and complaints (the supervisor)"),
    "requests": ("device.requests_command", "what was registered for later, and whom to call back"),
    "vouchers": ("device.vouchers_command", "list and print who may come earlier after a power cut"),
    "attendance": ("device.attendance_command", "read the events of the attendance system"),
    "voice": ("device.voice_bank", "make every clip that the hall's voice can need"),
    "quiet": ("device.quiet_command", "say whether now is the time to update or restart, and if not, when"),
    "verify": ("device.verify_command", "say whether a book or a journal was changed anywhere"),
    "rescue": ("device.rescue_command", "put what a dead device's card holds into the book"),
    "broker": ("device.broker_command", "run the embedded broker, for trying things out"),
    "version": ("device.version", "say which hallside this is"),
}
OTHERS: Final = {"provision": "write what each machine needs (config, unit, keys, rules, PINs); put it in force"}


class Parser(ArgumentParser):
    """Mistakes on the command line get one line: what is off and what to say instead."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        self.exit(EXIT_USAGE, f"{self.prog}: {message}.{self._meant(message)} Say: {usage}\n")

    def _meant(self, message: str) -> str:
        """`unrecognized arguments: --confg x` -> ` Did you mean --config?`"""
        options = [option for action in self._actions for option in action.option_strings]
        for word in re.findall(r"--?[a-z-]+", message) if "unrecognized" in message else ():
            for near in get_close_matches(word, options, n=1):
                return f" Did you mean {near}?"
        return ""


def main(argv: Sequence[str] | None = None) -> int:
    """The whole command line; returns the process's exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0 if words else EXIT_USAGE
    word = {"--version": "version"}.get(words[0], words[0])
    register = find(word)
    if register is None:
        known = [*COMMANDS, *others()]
        near = get_close_matches(word, known, n=1)
        hint = f"Did you mean `hallside {near[0]}`?" if near else f"Known: {', '.join(known)}."
        print(f"hallside: there is no {word!r}. {hint}", file=sys.stderr)
        return EXIT_USAGE
    parser = Parser(prog=f"hallside {word}")
    register(parser)
    args: Namespace = parser.parse_args(words[1:])
    act: Callable[[Namespace], int] = args.act
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a character must not end a hall
    try:
        status = act(args)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        if _heard():
            raise
        return EXIT_UNHEARD


def _heard() -> bool:
    """Whether somebody still reads our words; after `| head` nobody does."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    if not poll.poll(0):
        return True
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain at the very end
    return False


def overview() -> str:
    """What `hallside --help` says."""
    lines = ["usage: hallside WORD ...", "", "The devices of a public service hall.", ""]
    known = {word: what for word, (_, what) in COMMANDS.items()} | others()
    lines += [f"  {word:<10} {what}" for word, what in known.items()]
    return "\n".join([*lines, "", "`hallside WORD --help` says more."])


def others() -> dict[str, str]:
    """Words that other rooms of this distribution bring."""
    return {point.name: OTHERS.get(point.name, f"({point.module})") for point in entry_points(group=GROUP)}


def find(word: str) -> Register | None:
    """What fills this word's parser; None for a word that nobody knows."""
    if word in COMMANDS:
        register: Register = import_module(COMMANDS[word][0]).register
        return register
    for point in entry_points(group=GROUP, name=word):
        found: Register = point.load()
        return found
    return None
