"""The process that is cut: a release and a station's bundle put in force and taken back, by the product's own code.

`python -m tests.faults.swap_writer FOLDER [PLANTED]` does the steps below `FOLDER/root` once and says into
`FOLDER/marks` when one begins and ends. `... FOLDER kills TIMES SEED` does them in children that are killed at random
moments, and tells after each what the machine would start from.

The release is one of a dozen files instead of a virtual environment: what is cut is how it is put in force.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from config.errors import ConfigErrors
from config.load import load
from provisioning import install as installing
from provisioning import slot
from provisioning.device import Wish, provision_device
from provisioning.examples import FOLDER as EXAMPLES
from provisioning.release import install_release
from provisioning.slot import BEFORE, Slot, damage
from tests.provisioning.wheels import tiny_wheels

NAME: Final = "kiosk-2"
READ: Final = (
    f"etc/hallside/{NAME}.toml",
    f"etc/systemd/system/hallside-{NAME}.service",
    f"etc/hallside/tls/{NAME}.key",
    f"etc/sysusers.d/hallside-{NAME}.conf",
)
CONFIG: Final = READ[0]
OPT: Final = "opt/hallside"
SLOTS: Final = {"release": OPT, "config": f"etc/hallside/{NAME}.d"}
VERSIONS: Final = ("1.0", "1.1")


def prepare(folder: Path) -> None:
    """Two bundles and two releases to change between; the first of each in force."""
    for n, version in enumerate(VERSIONS):
        tiny_wheels(folder / f"wheels-{version}", version)
        sets = (f"screen.width_mm={344 + n}", "scanner.driver=serial", f"scanner.port=/dev/ttyACM{n}")
        like = EXAMPLES / f"{NAME}.toml"
        wish = Wish((NAME,), EXAMPLES / "hall.toml", folder / f"out-{version}", like=like, sets=sets[: 1 + 2 * n])
        provision_device(wish)
        key = wish.folder / READ[2]
        key.parent.mkdir()
        key.write_text(f"key {version}")
    put(folder, "release", "1.0")
    put(folder, "config", "1.0")


def stand_in(wheels: Path, folder: Path) -> None:
    """A release of few files in place of a virtual environment."""
    (folder / "bin").mkdir()
    (folder / "lib").mkdir()
    for n in range(8):
        (folder / "lib" / f"module{n}").write_bytes(f"{wheels.name} {n} ".encode() * 150 * n)
    (folder / "bin" / "hallside").write_text(wheels.name)
    (folder / "bin" / "python").symlink_to("/usr/bin/python3")


def put(folder: Path, kind: str, version: str) -> None:
    """Put one of them in force."""
    root = folder / "root"
    if kind == "release":
        install_release(folder / f"wheels-{version}", root / OPT, stand_in)
    else:
        installing.install(folder / f"out-{version}" / NAME, root)


def steps(folder: Path, say: Callable[[Mapping[str, str]], None]) -> None:
    """Everything that changes what a machine starts from."""
    for kind in SLOTS:
        say({"kind": kind, "to": "1.1"})
        put(folder, kind, "1.1")
        say({"kind": kind, "is": "1.1"})
        say({"kind": kind, "to": "1.0"})
        put(folder, kind, "1.0")
        say({"kind": kind, "is": "1.0"})
        say({"kind": kind, "to": "1.1"})
        Slot(folder / "root" / SLOTS[kind]).back()
        say({"kind": kind, "is": "1.1"})


def boots(folder: Path, root: Path) -> dict[str, str]:
    """Which version of each kind a machine with this disk starts from: "" for neither, or a mixture."""
    return {"release": _release(root / OPT), "config": _config(folder, root)}


def _release(into: Path) -> str:
    made = Slot(into).current
    if made is None or damage(made, last=BEFORE):
        return ""
    return (made / "bin" / "hallside").read_text().removeprefix("wheels-")


def _config(folder: Path, root: Path) -> str:
    try:
        found = [load(root / CONFIG, {}).hash, *((root / path).read_text() for path in READ)]
    except (ConfigErrors, OSError, UnicodeDecodeError):
        return ""
    for version in VERSIONS:
        bundle = folder / f"out-{version}" / NAME
        if found == [load(bundle / CONFIG, {}).hash, *((bundle / path).read_text() for path in READ)]:
            return version
    return ""


def kills(folder: Path, times: int, seed: int) -> None:
    """One line of JSON for each child: how far it said to have come, and what the machine would start from then."""
    dice = random.Random(seed)
    whole = _child(folder, None)
    for _ in range(times):
        _child(folder, dice.uniform(0, whole * 1.1))
        said = [json.loads(line) for line in (folder / "said").read_text().splitlines()]
        print(json.dumps({"said": said, "boots": boots(folder, folder / "root")}), flush=True)


def _child(folder: Path, seconds: float | None) -> float:
    """The steps in a process that is killed after so long; how long it lived."""
    said, begun = folder / "said", time.monotonic()
    said.write_text("")
    child = os.fork()
    if child == 0:
        with said.open("w") as out:
            steps(folder, lambda words: print(json.dumps(words), file=out, flush=True))
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)  # the moment itself is what is tried
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - begun


PLANTED: Final[dict[str, tuple[str, object]]] = {
    "rename-without-sync": ("_sync_all", lambda _: None),
    "link-without-folder-sync": ("sync_folder", lambda _: None),
}


def main(words: list[str]) -> None:
    """As above."""
    folder = Path(words[0])
    if words[1:2] == ["kills"]:
        kills(folder, int(words[2]), int(words[3]))
        return
    for name in words[1:]:
        setattr(slot, *PLANTED[name])
    to = os.open(folder / "marks", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def say(words: Mapping[str, str]) -> None:
        os.write(to, json.dumps(words).encode())

    steps(folder, say)


if __name__ == "__main__":
    main(sys.argv[1:])
