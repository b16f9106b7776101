"""What a writer asked of the kernel, seen by strace, and whether each acknowledgement came after the sync it needs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CALLS = "openat,write,pwrite64,fsync,fdatasync,close,ftruncate"
_CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_OPENED = re.compile(r"^[^,]+, \"(?P<path>[^\"]*)\"")
_USED = re.compile(r"^\d+<(?P<path>[^>]*)>")


def traced(code: str, folder: Path) -> list[tuple[str, str, str]]:
    """Run Python code in a process of its own. Returns (call, file it concerns, arguments) in order."""
    log = folder / "trace.txt"
    command = ["strace", "-f", "-y", "-s", "64", "-e", f"trace={CALLS}", "-o", str(log), sys.executable, "-c", code]
    subprocess.run(command, check=True, capture_output=True, timeout=9)
    calls = []
    for line in log.read_text(errors="replace").splitlines():
        call = _CALL.match(line)
        if call and int(call["result"]) >= 0:
            path = (_OPENED if call["name"] == "openat" else _USED).match(call["arguments"])
            calls.append((call["name"], path["path"] if path else "", call["arguments"]))
    return calls


def unsynced_acknowledgements(calls: list[tuple[str, str, str]], folder: Path) -> list[str]:
    """The words written to standard output while something written or made in `folder` was not synced yet."""
    early, dirty, made = [], set(), set()
    for name, path, arguments in calls:
        inside = Path(path).parent == folder and not path.endswith(("-shm", "trace.txt"))
        if name == "openat" and inside and "O_CREAT" in arguments:
            made.add(path)
        elif name in ("write", "pwrite64", "ftruncate") and inside:
            dirty.add(path)
        elif name in ("fsync", "fdatasync"):
            dirty.discard(path)
            if Path(path) == folder:
                made.clear()
        elif name == "write" and arguments.startswith("1<") and (dirty or made):
            early.append(arguments)
    return early
