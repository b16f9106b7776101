"""`python -m tests.vm`, or `make vm`: the unmodified drivers on a real kernel, twice started.

The first start tries every part, the second finds the same parts by the same config although every number has moved.
0 only if every check of both was seen to be well.
"""

from __future__ import annotations

import ast
import json
import platform
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.vm.kernel import OUT, ROOT, Kernel, NoKernel, kernel
from tests.vm.told import Told, kernel_faults, moved

GUEST: Final = Path(__file__).parent / "guest"
BOTH: Final = "test_station.py"  # runs in both starts
SECONDS: Final = 480.0  # for one start, on a machine that has other things to do
LOOK_SECONDS: Final = 0.2
MEMORY: Final = 1024  # MB
HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Start:
    """One start of the machine: which checks, and what the guest is told on its kernel's command line."""

    name: str
    files: tuple[Path, ...]
    words: str

    def must(self) -> list[str]:
        """The checks that are written down here; those of the suites it borrows come on top."""
        trees = {file: ast.parse(file.read_text()) for file in self.files}
        return [
            f"{file.name}::{node.name}"
            for file, tree in trees.items()
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]


ALL: Final = tuple(sorted(GUEST.glob("test_*.py")))
STARTS: Final = (Start("first", ALL, ""), Start("second", (GUEST / BOTH,), "CROWD=1"))


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = ArgumentParser(prog="python -m tests.vm", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep what was seen in tests/vm, for the README")
    args = parser.parse_args(argv)
    began = time.monotonic()
    try:
        ready = kernel(lambda line: print(line, flush=True))
    except NoKernel as error:
        print(error, file=sys.stderr)
        return 1
    told = {start.name: run(ready, start) for start in STARTS}
    faults = {start.name: told[start.name].wrong(start.must()) + broken(start) for start in STARTS}
    faults["between"] = moved(told["first"], told["second"])
    seconds = time.monotonic() - began
    lines = [line for start in STARTS for line in report(start, told[start.name])]
    lines += [f"# WRONG ({where}): {fault}" for where, found in faults.items() for fault in found]
    checks = sum(len(one.checks) for one in told.values())
    well = sum(became == "ok" for one in told.values() for became, _ in one.checks.values())
    lines.append(f"# {well} of {checks} checks well, kernel {ready.version}, {seconds:.0f} s")
    print("\n".join(lines[-1 - sum(map(len, faults.values())) :]))
    if args.keep:
        keep(ready, told, lines, seconds)
    return int(any(faults.values()))


def run(ready: Kernel, start: Start) -> Told:
    """One start; its lines are printed as they come. Its console is in out/vm/console-<name>."""
    port, console = OUT / f"told-{start.name}", OUT / f"console-{start.name}"
    port.unlink(missing_ok=True)
    port.touch()
    print(f"# {start.name} start", flush=True)
    with subprocess.Popen(qemu(ready, start, port, console)) as machine:
        try:
            follow(machine, port)
        finally:
            machine.kill()
    return Told.read(port.read_text().splitlines())


def follow(machine: subprocess.Popen[bytes], port: Path) -> None:
    """Print what comes until the machine is off, or its time is over."""
    until = time.monotonic() + SECONDS
    half = ""
    with port.open() as lines:
        on = True
        while on and time.monotonic() < until:
            on = machine.poll() is None
            *whole, half = (half + lines.read()).splitlines(keepends=True) or [""]
            if half.endswith("\n"):
                whole, half = [*whole, half], ""
            print("".join(line for line in whole if not line.startswith("plan ")), end="", flush=True)
            with suppress(subprocess.TimeoutExpired):
                machine.wait(LOOK_SECONDS)  # what it said meanwhile is in a file, which can only be looked at


def qemu(ready: Kernel, start: Start, port: Path, console: Path) -> list[str]:
    """The command. No network, no disk; this machine's root, read only; two serial ports that write to files."""
    files = ",".join(str(file.relative_to(ROOT)) for file in start.files)
    words = f"HALLSIDE={ROOT} PYTHON={sys.executable} MODULES={ready.modules} CHECKS={files} {start.words}"
    return [
        *("qemu-system-x86_64", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"),
        *("-machine", "q35", "-accel", "tcg", "-cpu", "max", "-smp", "2", "-m", str(MEMORY)),
        *("-kernel", str(ready.image), "-initrd", str(ready.initrd)),
        *("-append", f"console=ttyS0 loglevel=4 panic=-1 {words}"),
        *("-serial", f"file:{console}", "-serial", f"file:{port}"),
        *("-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap"),
        *("-device", "virtio-9p-pci,fsdev=host,mount_tag=host"),
    ]


def broken(start: Start) -> list[str]:
    return kernel_faults((OUT / f"console-{start.name}").read_text(errors="replace").splitlines())


def report(start: Start, told: Told) -> list[str]:
    """What is kept of one start."""
    checks = [f"{became} {name.removeprefix('tests/vm/guest/')}" for name, (became, _) in told.checks.items()]
    seen = [f"seen {part} is {name}" for part, name in told.seen.items()]
    return [f"# {start.name} start, booted in {told.booted or 0:.0f} s", *seen, *checks]


def keep(ready: Kernel, told: dict[str, Told], lines: list[str], seconds: float) -> None:
    """results.json and output.txt, beside the README that names them."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    facts = {
        "commit": commit.stdout.strip(),
        "date": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, Linux {platform.release()}, Python {platform.python_version()}",
        "guest": f"Linux {ready.version} under QEMU (TCG)",
        "seconds": round(seconds),
        "starts": {
            name: {
                "booted": one.booted,
                "checks": len(one.checks),
                "well": sum(became == "ok" for became, _ in one.checks.values()),
                "seen": one.seen,
            }
            for name, one in told.items()
        },
    }
    (HERE / "results.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
    (HERE / "output.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
