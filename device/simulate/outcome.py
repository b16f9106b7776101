"""What a simulated day came to: its numbers beside what the scenario expects, and its traces as files."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from config.scenario import Expect
from device.contract.messages import PowerLost, VoucherMoved, VouchersGiven
from device.export.command import Source, export, tables
from device.export.rows import TABLES, OvertimeRow, Row, TicketRow, rows_of
from device.simulate.day import Simulation
from drivers.book_sqlite import SqliteBook
from screens.document import Line, Pair, Qr, Rule

AFTER = "9999-12-31"  # every day of a simulation is over


@dataclass(frozen=True, slots=True)
class Outcome:
    """The book in numbers. unexpected: what the scenario said otherwise, one sentence each."""

    title: str
    seed: int
    came: int
    issued: int
    served: int
    missed: int
    released: int
    left: int  # tickets nobody settled
    by_block: int
    unprinted: int
    overtime_minutes: int
    faults: int
    people: int
    power_cuts: int
    vouchers: int
    vouchers_used: int
    ratings: int
    unsent: int
    wait_median: float  # minutes
    wait_most: float
    happened: tuple[str, ...]
    unexpected: tuple[str, ...]

    @classmethod
    def of(cls, simulation: Simulation) -> Outcome:
        """Of a simulation that has been lived."""
        rows = everything(simulation)
        tickets = rows_of(rows, TicketRow)
        states = defaultdict[str, int](int)
        for ticket in tickets:
            states[ticket.state] += 1
        waits = [t.wait_seconds / 60 for t in tickets if t.wait_seconds is not None]
        overtime = [row.seconds for row in rows_of(rows, OvertimeRow)]
        numbers = {
            "issued": len(tickets),
            "served": states["served"],
            "missed": states["missed"],
            "left": len(tickets) - states["served"] - states["missed"] - states["released"],
            "by_block": sum(t.source == "block" for t in tickets),
            "unprinted": sum(t.paper != "printed" for t in tickets),
            "overtime_minutes": round(sum(overtime) / 60),
            "faults": len(rows["faults"]),
            **_power(simulation),
            "people": len({t.staff for t in tickets if t.state == "served"}),
        }
        return cls(
            title=simulation.scenario.title, seed=simulation.scenario.seed, came=simulation.citizens.told["came"],
            released=states["released"], ratings=simulation.told()["rating.given"], unsent=simulation.hall.unsent(),
            wait_median=round(median(waits), 1) if waits else 0.0, wait_most=round(max(waits, default=0.0), 1),
            happened=tuple(simulation.happenings.log),
            unexpected=tuple(_unexpected(simulation.scenario.expect, numbers, simulation.hall.unsent())), **numbers,
        )  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """As summary.json has it."""
        return asdict(self)

    def lines(self) -> list[str]:
        """For people."""
        numbers = f"{self.came} came, {self.issued} got a number, {self.by_block} of them from a kiosk's own block"
        ends = f"{self.served} served by {self.people}, {self.missed} missed, {self.released} gave up, {self.left} left"
        rest = f"{self.ratings} ratings, {self.overtime_minutes} min of overtime, {self.faults} faults"
        cuts = f"{self.power_cuts} power cuts, {self.vouchers} vouchers given, {self.vouchers_used} used"
        waits = f"waits: median {self.wait_median} min, longest {self.wait_most} min; {self.unprinted} without paper"
        said = (*self.happened, numbers, ends, rest, *([cuts] if self.power_cuts else []), waits)
        told = [f"{self.title} (seed {self.seed})", *(f"  {line}" for line in said)]
        return [*told, *(f"UNEXPECTED: {one}" for one in self.unexpected)]


def everything(simulation: Simulation) -> dict[str, list[Row]]:
    """All tables over all days."""
    found = tables(iter(simulation.hall.entries()), Source(Path()))
    return found.between("", AFTER, AFTER)


def _power(simulation: Simulation) -> dict[str, int]:
    """Power cuts on record, and what became of the vouchers given for them."""
    records = simulation.hall.records("power.lost", "vouchers.given", "voucher.moved")
    return {
        "power_cuts": sum(isinstance(record, PowerLost) for record in records),
        "vouchers": sum(len(record.vouchers) for record in records if isinstance(record, VouchersGiven)),
        "vouchers_used": sum(isinstance(record, VoucherMoved) and record.state == "used" for record in records),
    }


def _unexpected(expect: Expect, numbers: dict[str, int], unsent: int) -> list[str]:
    said = []
    for name in type(expect).model_fields:
        wanted, have = getattr(expect, name), numbers[name]
        if wanted is None:
            continue
        low, high = wanted if isinstance(wanted, tuple) else (wanted, wanted)
        if not low <= have <= high:
            said.append(f"{name} is {have}, expected {low}" + (f" to {high}" if high != low else ""))
    if unsent:
        said.append(f"{unsent} records wait for their receipt in devices that have power")
    return said


def write(simulation: Simulation, outcome: Outcome, out: Path) -> None:
    """Everything a person or a program may want to look at. OSError."""
    out.mkdir(parents=True, exist_ok=True)
    _book(simulation, out / "book.db")
    found = tables(iter(simulation.hall.entries()), Source(Path()))
    export(found, simulation.days, AFTER, out / "export", "csv", list(TABLES), outcome.title)
    with (out / "events.jsonl").open("w", encoding="utf-8") as events:
        events.writelines(json.dumps(said, ensure_ascii=False) + "\n" for said in simulation.heard)
    _papers(simulation, out / "tickets")
    _voices(simulation, out / "voice")
    (out / "summary.json").write_text(json.dumps(outcome.summary(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _book(simulation: Simulation, path: Path) -> None:
    for old in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        old.unlink(missing_ok=True)
    book = SqliteBook(path)
    book.enter(simulation.hall.book.rows)
    book.close()


def _papers(simulation: Simulation, folder: Path) -> None:
    for device, printer in simulation.printers():
        (folder / device).mkdir(parents=True, exist_ok=True)
        for number, sheet in zip(count(1), printer.sheets, strict=False):
            text = "\n".join(_as_text(block) for block in sheet.blocks)
            (folder / device / f"{number}.txt").write_text(text.strip() + "\n", "utf-8")


def _as_text(block: object) -> str:
    match block:
        case Line(text=text):
            return text
        case Pair(left=left, right=right):
            return f"{left}  {right}"
        case Qr(text=text):
            return f"[QR {text}]"
        case Rule():
            return "-" * 32
        case _:
            return ""


def _voices(simulation: Simulation, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for device, speaker in simulation.speakers():
        lines = [
            json.dumps({"id": said.id, "phrases": [[p.lang, p.text] for p in said.phrases]}, ensure_ascii=False)
            for said in speaker.said
        ]
        (folder / f"{device}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
