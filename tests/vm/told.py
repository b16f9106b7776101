"""What the guest tells over its second serial port, read back; and what is to be thought of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Told:
    """One start of the machine. checks: name -> (what became of it, seconds). seen: part -> the kernel's name of it."""

    planned: list[str] = field(default_factory=list)
    checks: dict[str, tuple[str, float]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    booted: float | None = None
    exit: int | None = None

    @classmethod
    def read(cls, lines: Iterable[str]) -> Told:
        """The lines, as many as came."""
        told = cls()
        for line in lines:
            match line.split():
                case ["plan", *name]:
                    told.planned.append(" ".join(name))
                case ["ok" | "failed" | "skipped" as became, *name, seconds]:
                    check = " ".join(name)
                    # Made ready, done, and cleared up are told each by itself if they fail: the first word counts.
                    if told.checks.get(check, ("ok", 0))[0] == "ok":
                        told.checks[check] = became, float(seconds)
                case ["seen", *part, "is", name]:
                    told.seen[" ".join(part)] = name
                case ["booted", seconds]:
                    told.booted = float(seconds)
                case ["exit", code]:
                    told.exit = int(code)
        return told

    def wrong(self, must: Iterable[str]) -> list[str]:
        """What stands against it, one line each; `must`: names of which each has to be in some check."""
        if self.booted is None:
            return ["it did not start"]
        became = {name: self.checks.get(name, ("never ended", 0.0))[0] for name in self.planned}
        faults = [f"{what}: {name}" for name, what in became.items() if what != "ok"]
        faults += [f"not there: {name}" for name in must if not any(name in check for check in self.planned)]
        if self.exit != 0:
            faults.append("it did not come to its end" if self.exit is None else f"pytest ended with {self.exit}")
        return faults


def moved(first: Told, second: Told) -> list[str]:
    """What is wrong with the second start's numbers: each part must have got another one, and be found all the same."""
    lost = [f"not seen in the second start: {part}" for part in first.seen if part not in second.seen]
    same = [part for part in first.seen if first.seen[part] == second.seen.get(part)]
    return lost + [f"{part} has the same number in both starts: {first.seen[part]}" for part in same]


def kernel_faults(console: Sequence[str]) -> list[str]:
    """Lines in which the kernel says that it broke."""
    return [
        line.strip() for line in console if any(word in line for word in ("BUG:", "Oops", "Kernel panic", "WARNING:"))
    ]
