"""hallside itself put on a machine, or a newer one beside it; a cut leaves the old release or the new.

`wheels`: a folder with the wheels of hallside and of everything it needs, and `SHA256SUMS` over them, as `sha256sum`
writes it. Each release is a virtual environment of its own; the units start through `current`.

Standard library alone: the first release is installed out of its own wheel, `PYTHONPATH=hallside-….whl python3 -m
provisioning.release wheels`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from provisioning.files import Refused
from provisioning.slot import SUMS, Slot, damage

WHEEL: Final = re.compile(r"hallside-([^-]+)-.*\.whl")
SECONDS: Final = 900.0  # on a Pi 3 with an old card
INTO: Final = Path("/opt/hallside")
Fill = Callable[[Path, Path], None]  # of these wheels into this folder


def environment(wheels: Path, folder: Path) -> None:
    """The environment, complete and able to start."""
    python = str(folder / "bin" / "python")
    run(sys.executable, "-m", "venv", str(folder))
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--quiet")
    every = sorted(str(path) for path in wheels.glob("*.whl"))
    run(*pip, "install", "--no-index", "--no-deps", *every)
    run(*pip, "check")
    run(str(folder / "bin" / "hallside"), "version")


def run(*command: str) -> None:
    """Refused with what it said, if it fails."""
    # What this process was started with is not what the release will have.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=SECONDS)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise Refused(f"not installed, nothing was changed: `{' '.join(command[:4])}` failed: {' '.join(said)}")


def install_release(wheels: Path, into: Path, fill: Fill = environment) -> Path:
    """Install it beside what is there, try it, and put it in force; where it is. Refused, with nothing changed.

    fill: makes a release of the wheels in a folder, and tries it.
    """
    version = _checked(wheels)
    slot = Slot(into)
    made = slot.fill(version, partial(fill, wheels))
    slot.switch(made)
    slot.sweep()
    return made


def _checked(wheels: Path) -> str:
    """hallside's version. Refused if a wheel is not what SHA256SUMS says, or is not named there."""
    if wrong := damage(wheels):
        raise Refused(f"{wheels} is not installed: {wrong}. Bring it over once more.")
    named = {line.partition("  ")[2] for line in (wheels / SUMS).read_text("utf-8").splitlines()}
    found = {path.name for path in wheels.glob("*.whl")}
    if found - named:
        raise Refused(f"{wheels} is not installed: {SUMS} does not name {', '.join(sorted(found - named))}.")
    versions = [match[1] for name in found if (match := WHEEL.fullmatch(name))]
    if len(versions) != 1:
        raise Refused(f"{wheels} must have exactly one wheel of hallside, and has {len(versions)}.")
    return versions[0]


def main(arguments: list[str]) -> int:
    """Before there is a `hallside` to say it with. 0; 1 refused; 64 it is to be said otherwise."""
    if len(arguments) not in (1, 2):
        print("use: python3 -m provisioning.release WHEELS [INTO]", file=sys.stderr)
        return 64
    try:
        print(f"in force: {install_release(Path(arguments[0]), Path(arguments[1]) if arguments[1:] else INTO)}")
    except (Refused, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
