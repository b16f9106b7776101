"""`hallside demo`: one citizen goes all the way by themselves, told line by line, and every step is checked."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from device.ctrl_c import all_ends_as_one
from device.demo_senses import Senses, StepFailed
from device.demo_story import Story
from device.demo_watch import Watcher
from device.demo_words import language, word
from device.hall_folder import make_folder
from device.launch import running_hall
from device.version import hallside_version
from drivers.protocols import PartMissing

EXIT_FAILED: Final = 1
HALL: Final = "demo"  # its own place on whatever broker is used
OURS: Final = ("events.jsonl", "summary.json", "tickets", "screens", "voice", "lamps")
TIDY_SECONDS: Final = 2.0


def register(parser: ArgumentParser) -> None:
    """`hallside demo`."""
    parser.description = __doc__
    parser.epilog = "exit: 0 every step was seen on the wire and in the coordinator's book, 1 the step that was not"
    parser.add_argument("--once", action="store_true", help="one citizen (without it: one after another until Ctrl-C)")
    parser.add_argument("--broker", type=_address, metavar="HOST:PORT", help="a broker that runs already")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep what was seen, printed, shown and said here")
    parser.add_argument("--chaos", action="store_true", help="kill -9 broker, coordinator and kiosk on the way")
    parser.add_argument("--lang", choices=("zh", "en"), default=language(), help="language of the telling")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    with ExitStack() as stack:
        stack.enter_context(all_ends_as_one())
        try:
            out = args.out.absolute() if args.out else None
            if out:
                make_folder("--out", out)
            else:
                out = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hallside-demo-")))
            _clear(out)
        except PartMissing as missing:
            print(f"hallside demo: {missing}", file=sys.stderr)
            return EXIT_FAILED
        try:
            summary = tell_story(out, args.lang, broker=args.broker, chaos=args.chaos, once=args.once)
        except (PartMissing, KeyboardInterrupt) as end:
            step, why = ("open", str(end)) if isinstance(end, PartMissing) else ("demo", word(args.lang, "stopped"))
            _say("     " + word(args.lang, "failed", step=step, why=why))
            summary = {"ok": False, "failed": {"step": step, "why": why}, "hallside": hallside_version()}
        (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", "utf-8")
        if args.out:
            _say(word(args.lang, "kept", out=args.out))
    return 0 if summary["ok"] else EXIT_FAILED


def tell_story(out: Path, lang: str, *, broker: tuple[str, int] | None, chaos: bool, once: bool) -> dict[str, Any]:
    """The demo itself; what summary.json says. Raises PartMissing if the hall does not come up."""
    failed: StepFailed | None = None
    with ExitStack() as stack:
        watchers: list[Watcher] = []

        def watch(host: str, port: int) -> None:
            watchers.append(stack.enter_context(Watcher(host, port, HALL, out / "events.jsonl")))
            if not watchers[0].listening(TIDY_SECONDS):
                raise PartMissing("broker", f"{host}:{port} lets nobody listen", "Look at its access rules")

        with running_hall(_note, broker=broker, recordings=out, hall=HALL, before=watch) as running:
            story = Story(Senses(running, watchers[0], out), lang, _say)
            told = False
            try:
                story.opening()
                story.citizen(chaos=chaos)
                story.account()
                told = True
                while not once:
                    story.citizen()
            except StepFailed as why:
                failed = why
            except KeyboardInterrupt:
                if not told:  # afterwards the person at the machine has seen enough
                    failed = StepFailed(story.senses.now, word(lang, "stopped"))
        if broker:
            watchers[0].forget_retained(TIDY_SECONDS)
        summary = _summary(story, failed)
    _say("     " + (word(lang, "failed", step=failed.step, why=failed.why) if failed else word(lang, "ok")))
    return summary


def _summary(story: Story, failed: StepFailed | None) -> dict[str, Any]:
    running = story.senses.running
    return {
        "ok": failed is None,
        "failed": {"step": failed.step, "why": failed.why} if failed else None,
        "hallside": hallside_version(),
        "broker": {"kind": running.broker or "given", "host": running.host, "port": running.port},
        "killed": story.killed,
        "tickets": story.tickets,
        "messages": len(story.senses.watcher.heard),
        "steps": [asdict(step) for step in story.steps],
    }


def _clear(out: Path) -> None:
    """What an earlier demo left here; nothing else."""
    for name in OURS:
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ArgumentTypeError(f"{text!r} is not HOST:PORT, like 127.0.0.1:1883")
    return host.strip("[]"), int(port)


def _note(line: str) -> None:
    print(f"     {line}", flush=True)


def _say(line: str) -> None:
    print(line, flush=True)
