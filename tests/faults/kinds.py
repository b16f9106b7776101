"""What a promise of reliability comes down to: how much was tried, and what of it was lost, doubled or went wrong."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise, tried. command: runs exactly this again. why: what was tried and found, one or two sentences.

    lost, doubled: facts. failed: tries that went wrong in any other way. seed: 0 where nothing is random.
    """

    tried: int
    lost: int
    doubled: int
    failed: int
    seed: int
    command: str
    why: str = ""

    @property
    def kept(self) -> bool:
        """Something was tried and nothing found; a suite that tried nothing has shown nothing."""
        return self.tried > 0 and not (self.lost or self.doubled or self.failed)


@dataclass(frozen=True, slots=True)
class Planted:
    """Deliberate defects put in one at a time, and how many the suites caught. missed: the names of the others."""

    planted: int
    caught: int
    missed: tuple[str, ...]
    command: str


class Suite(Protocol):
    """A module of tests/faults. full: the promised size, else one for every day. seed None: its own usual one.

    Says how it goes through `tell` below now and then; a minute of silence looks like a hang.
    """

    def run(self, full: bool, seed: int | None) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Promise:
    """name: as in the table of promises. module: of tests.faults, with `run` as Suite says."""

    name: str
    what: str
    module: str


PLANTED: Final = "planted"  # module with `run(full, seed) -> Planted`
PROMISES: Final = (
    Promise("N1", "power lost at any write: nothing acknowledged is lost or doubled", "power_cuts"),
    Promise("N2", "kill -9 of any process at a random moment: the same", "kills"),
    Promise("N3", "numbers are unique and rising, whatever clocks, cards and links do", "numbers"),
    Promise("N4", "every record reaches the coordinator's book exactly once", "outages"),
    Promise("N5", "paper and record say the same, whatever the printer does", "paper_faults"),
    Promise("N6", "malformed input stops no device and changes no state", "malformed"),
    Promise("N7", "a broken disk is said, nothing is promised, and work goes on once it is mended", "disk_faults"),
    Promise("N8", "unsent records are never overwritten; a filling journal says so at 80 %", "full_journal"),
    Promise("N9", "a rating goes to the person who was shown at the press", "right_person"),
    Promise("N10", "a config or software update cut anywhere boots the old or the new", "swaps"),
    Promise("N11", "a hung device is restarted within 25 s", "hangs"),
    Promise("N12", "false credentials get in nowhere", "credentials"),
    Promise("N13", "no personal data in logs, topics, tickets or on screens", "canaries"),
)


def tell(line: str) -> None:
    """A line about how it goes, for whoever waits."""
    print(line, file=sys.stderr, flush=True)
