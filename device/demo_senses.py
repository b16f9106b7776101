"""The demo's hands and eyes: hands at the benches of simulated parts, eyes on the wire, the book and the recordings.

Nothing here reaches into a device. What is not seen in time is a step that failed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from device.demo_watch import Said, Watcher
from device.launch import RunningHall
from device.sim import NotUnderstood, ask
from drivers.bench import BenchSilent
from drivers.book_sqlite import read_book
from drivers.escpos_text import encode

SECONDS: Final = 20.0  # for anything to be seen; a step takes well under one where nothing is killed
LOOK_SECONDS: Final = 0.02  # between two looks at a screen; the parts have no way to call us


class StepFailed(Exception):
    """A step that was not seen: which, and what was missing."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step, self.why = step, why


@dataclass
class Senses:
    """A hall, eyes on its wire, and the folder where its parts record what they did. now: the step being taken."""

    running: RunningHall
    watcher: Watcher
    out: Path
    now: str = field(default="", init=False)

    # --- hands -----------------------------------------------------------------------------------------------

    def hands(self, device: str, *words: str) -> dict[str, Any]:
        """Do what the words say (`device.sim`); what the part answered."""
        try:
            return ask(self.running.hall.folder, device, words)
        except (NotUnderstood, BenchSilent) as why:
            raise StepFailed(self.now, f"{device} {words[0]}: {why}") from why

    def touch(self, device: str, key: str) -> None:
        """A finger waits for its key to be on the screen."""
        self.until(f"{device}'s key {key}", lambda: key in self.hands(device, "look")["targets"])
        self.hands(device, "tap", key)

    def ready(self, name: str) -> None:
        """Wait until a process that was killed is there again."""
        if self.running.processes.wait_ready([name], SECONDS):
            raise StepFailed(f"kill {name}", "it did not come back")

    # --- eyes ------------------------------------------------------------------------------------------------

    def here(self) -> int:
        """How much was heard so far."""
        return len(self.watcher.heard)

    def fresh(self, where: str, true_of: Callable[[dict[str, Any]], bool]) -> None:
        """Said by this hall, not kept by the broker from an earlier one."""
        self.see(where, lambda s: s.where == where and not s.retained and true_of(s.payload))

    def see(self, what: str, true_of: Callable[[Said], bool], since: int = 0) -> Said:
        """The first message of which this is true, from number `since` on."""
        said = self.watcher.wait(true_of, SECONDS, since)
        if said is None:
            raise StepFailed(self.now, f"{what} was not seen on the wire within {SECONDS:g} s")
        return said

    def record(self, device: str, kind: str, since: int, **fields: object) -> Said:
        """A record on the wire, its receipt, and its one row in the book. One that was sent again is not news."""
        where = f"{device}/record"
        old = {s.payload["id"] for s in self.watcher.heard[:since] if s.where == where}
        said = self.see(
            f"{device}'s {kind}",
            lambda s: (
                s.where == where
                and s.type == kind
                and s.payload["id"] not in old
                and fields.items() <= s.payload.items()
            ),
            since,
        )
        self.receipted(said)
        self.booked(kind, lambda r: r["id"] == said.payload["id"])
        return said

    def receipted(self, record: Said) -> None:
        """The coordinator's receipt covers it."""
        device, journal, seq = (record.payload[key] for key in ("device", "journal", "seq"))
        self.see(
            f"a receipt for {device}'s {record.type}",
            lambda s: s.where == f"{device}/receipt" and s.payload["journal"] == journal and s.payload["upto"] >= seq,
        )

    def booked(self, kind: str, true_of: Callable[[dict[str, Any]], bool]) -> None:
        """Exactly one such record stands in the book."""
        rows = (json.loads(row.payload) for row in read_book(self.running.book))
        count = sum(1 for row in rows if row["type"] == kind and true_of(row))
        if count != 1:
            raise StepFailed(self.now, f"{kind} stands {count} times in the coordinator's book")

    def truth(self, state: str, since: int, true_of: Callable[[dict[str, Any]], Any]) -> None:
        """The coordinator says this of window 3."""
        self.see(
            f"hall/window/3 {state}",
            lambda s: s.where == "hall/window/3" and s.payload["state"] == state and bool(true_of(s.payload)),
            since,
        )

    def looks(self, device: str, part: str, view: str) -> None:
        """Wait until the part shows a view of this kind."""
        self.until(f"{device} shows {view}", lambda: str(self.hands(device, "look", part)["view"]).startswith(view))

    def paper(self, device: str, number: str) -> Path:
        """The one file of the bytes that reached the printer's port with this number on them."""
        folder = self.out / "tickets" / device
        found: list[Path] = []

        def look() -> bool:
            found[:] = [file for file in folder.glob("*.bin") if encode(number) in file.read_bytes()]
            return bool(found)

        self.until(f"a ticket with {number} at the printer's port", look)
        if len(found) != 1:
            raise StepFailed(self.now, f"{number} was printed {len(found)} times")
        return found[0]

    def voice(self, device: str, call: str) -> str:
        """What was spoken for this call, once."""
        file = self.out / "voice" / f"{device}.jsonl"
        lines: list[dict[str, Any]] = []

        def heard() -> bool:
            lines[:] = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
            return any(line["id"] == call and line["outcome"] == "said" for line in lines)

        self.until("the announcement", heard)
        said = [line for line in lines if line["id"] == call]
        if len(said) != 1:
            raise StepFailed(self.now, f"the call was spoken {len(said)} times")
        return " / ".join(phrase["text"] for phrase in said[0]["phrases"])

    def until(self, what: str, true: Callable[[], bool]) -> None:
        """Look until it is true."""
        end = time.monotonic() + SECONDS
        while not true():
            if time.monotonic() > end:
                raise StepFailed(self.now, f"{what} was not seen within {SECONDS:g} s")
            time.sleep(LOOK_SECONDS)  # a picture, a ticket or a file cannot be waited for, only looked at
