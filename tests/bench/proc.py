"""What Linux says of a process: time on a core, context switches, resident memory. All of its threads together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """Since a process began. at: monotonic seconds. cpu: seconds on a core. switches: voluntary and not."""

    at: float
    cpu: float
    switches: int

    def since(self, before: Usage) -> tuple[float, float]:
        """Percent of one core, and context switches a second, between two readings."""
        seconds = self.at - before.at
        return 100 * (self.cpu - before.cpu) / seconds, (self.switches - before.switches) / seconds


def usage(pid: int) -> Usage:
    """Now. /proc/PID/stat counts in ticks of 10 ms, a whole idle minute of ours; schedstat counts nanoseconds."""
    cpu, switches = 0, 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        cpu += int((task / "schedstat").read_text().split()[0])
        status = fields(task / "status")
        switches += int(status["voluntary_ctxt_switches"]) + int(status["nonvoluntary_ctxt_switches"])
    return Usage(time.monotonic(), cpu / 1e9, switches)


def usages(pids: Sequence[int]) -> list[Usage]:
    """Of each, in this order."""
    return [usage(pid) for pid in pids]


def resident_mb(pid: int) -> float:
    """VmRSS in megabytes (10^6 bytes), with what it shares with other processes."""
    kilobytes, unit = fields(Path(f"/proc/{pid}/status"))["VmRSS"].split()
    if unit != "kB":
        raise ValueError(f"VmRSS in {unit}")
    return int(kilobytes) * 1024 / 1e6


def fields(path: Path) -> dict[str, str]:
    """`name: value` lines."""
    pairs = (line.partition(":") for line in path.read_text().splitlines())
    return {name: value.strip() for name, _, value in pairs}
