"""`hallside sim DEVICE …`: be the hands at a running hall's simulated parts, in words people say.

kiosk-1 tap service:social          a finger on that key
window-3 type 1001 enter            keys, one after another; names are whole words
evaluator-3 press 5                 the button for 非常满意
kiosk-1 scan 'hallside:…:20261121-A012'   a ticket's code before the scanner
kiosk-1 fault printer paper-out     and `kiosk-1 mend printer`; `kiosk-1 fault printer` says which faults it has
kiosk-1 fault printer paper-out 120 not now, but 120 bytes into the next ticket
evaluator-3 fault buttons stuck 4   that button; `short 5 4`: wires that touch
evaluator-3 fault buttons busy      another program has a line; `mend` it also while the device refuses to start
board-1 look speaker                what it is doing, as JSON
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from device.exits import EXIT_REFUSED
from device.hall_folder import CURRENT, home, runs
from drivers.bench import BenchSilent, ask_bench, let_go

BENCHES: Final = "benches.json"  # in the hall's folder: device -> its bench's socket
TIMEOUT: Final = 5.0
KEYS: Final = ("enter", "backspace", "escape", "tab", "space", *(f"f{n}" for n in range(1, 13)))
ACTS: Final = ("tap", "touch", "type", "press", "scan", "fault", "mend", "look", "picture")


class NotUnderstood(ValueError):
    """What was said makes no request; the message says what to say."""


def request(device: str, words: Sequence[str]) -> dict[str, Any]:
    """`["tap", "service:social"]` as the bench takes it. NotUnderstood with the mend."""
    match list(words):
        case ["tap", key, *screen]:
            return {"device": device, "part": _screen(screen), "do": "tap", "key": key}
        case ["touch", x, y, *screen] if x.isdigit() and y.isdigit():
            return {"device": device, "part": _screen(screen), "do": "touch", "x": int(x), "y": int(y)}
        case ["type", *keys] if keys:
            return {"device": device, "part": "screen", "do": "type", "keys": _keys(keys)}
        case ["press", level] if level in tuple("12345"):
            return {"device": device, "part": "buttons", "do": "press", "level": int(level)}
        case ["fault", part]:  # without a name: the part's refusal says which there are
            return {"device": device, "part": part, "do": "fault"}
        case ["fault", part, name]:
            return {"device": device, "part": part, "do": "fault", "name": name}
        case ["fault", "buttons", name, *levels] if all(level in tuple("12345") for level in levels):
            which = {"level": int(levels[0])} if len(levels) == 1 else {"levels": [int(level) for level in levels]}
            return {"device": device, "part": "buttons", "do": "fault", "name": name, **which}
        case ["fault", part, name, after] if after.isdecimal():
            return {"device": device, "part": part, "do": "fault", "name": name, "after": int(after)}
        case ["scan", *text] if text:
            return {"device": device, "part": "scanner", "do": "scan", "text": " ".join(text)}
        case ["mend", part]:
            return {"device": device, "part": part, "do": "mend"}
        case ["mend", part, name]:
            return {"device": device, "part": part, "do": "mend", "name": name}
        case ["look" | "picture" as do, *part]:
            return {"device": device, "part": part[0] if part else "screen", "do": do}
    raise NotUnderstood(_mend(words))


def ask(folder: Path, device: str, words: Sequence[str]) -> dict[str, Any]:
    """Do it in the hall of this folder; what the part answered. NotUnderstood, BenchSilent."""
    benches: Mapping[str, str] = json.loads((folder / BENCHES).read_text("utf-8"))
    if device not in benches:
        near = get_close_matches(device, benches, n=1)
        raise NotUnderstood(
            f"no {device} here; there is {', '.join(benches)}" + (f". Did you mean {near[0]}?" if near else "")
        )
    bench = Path(benches[device])
    try:
        reply = ask_bench(bench, request(device, words), TIMEOUT)
    except BenchSilent:
        if list(words[:1]) == ["mend"] and let_go(bench, device, words[1]):
            return {"mended": words[1], "seen": "at its next start"}
        raise
    if not reply.get("ok"):
        raise NotUnderstood(str(reply.get("error", "refused")))
    return {key: value for key, value in reply.items() if key != "ok"}


def register(parser: ArgumentParser) -> None:
    """`hallside sim`."""
    parser.description = __doc__
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.add_argument(
        "--hall", type=Path, default=None, metavar="DIR", help="the hall's folder (default: the one that runs)"
    )
    parser.add_argument("device", help="kiosk-1, window-3, …")
    parser.add_argument(
        "words", nargs="+", metavar="word", help="tap KEY | type KEYS | press 1-5 | fault PART NAME | …"
    )
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    folder = args.hall or home() / CURRENT
    try:
        if not (folder / BENCHES).exists() or not runs(folder):
            print("hallside sim: no hall is running here. Start one with `make run`.", file=sys.stderr)
            return EXIT_REFUSED
        said = ask(folder, args.device, args.words)
    except PermissionError:
        print(f"hallside sim: the hall in {folder} is somebody else's. Ask them, or start one.", file=sys.stderr)
        return EXIT_REFUSED
    except (NotUnderstood, BenchSilent) as why:
        print(f"hallside sim: {why}", file=sys.stderr)
        return EXIT_REFUSED
    if said:
        print(json.dumps(said, ensure_ascii=False))
    return 0


def _screen(words: Sequence[str]) -> str:
    return "sign" if list(words) == ["sign"] else "screen"


def _keys(words: Sequence[str]) -> list[str]:
    return [key for word in words for key in ([word] if word in KEYS else word)]


def _mend(words: Sequence[str]) -> str:
    say = "tap KEY, type KEYS…, press 1-5, scan TEXT, fault PART NAME, mend PART, look [PART]"
    near = get_close_matches(words[0], ACTS, n=1) if words and words[0] not in ACTS else []
    return f"{' '.join(words)!r} is not understood" + (f"; did you mean {near[0]}?" if near else ".") + f" Say: {say}"
