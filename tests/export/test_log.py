"""The evening's papers: the service log, the hand-over list, the event log, the pay claim, the catalogue."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from device.cli import main
from device.contract.messages import (
    Envelope,
    ItemRegistered,
    ItemServed,
    OvertimeWorked,
    Record,
    TicketCalled,
    TicketMissed,
    TicketServed,
    TicketTransferred,
)
from device.export.log_rows import ClaimRow
from drivers.book_sqlite import SqliteBook
from tests.config.example_hall import copy
from tests.export.records import DAY, MORNING, NEXT, TICKET, rated, rows, said, tables, uuid

OTHER = "20261120-A002"
VISIT = [
    said(20, "09:00:00", TicketCalled(TICKET, "social", 3, "1001", "system"), "coordinator"),
    said(21, "09:05:00", ItemRegistered(TICKET, "social", 3, "1001", "2301-2026-118204")),
    said(22, "09:10:00", ItemServed(TICKET, "social", 3, "1001", f"{DAY}T09:01:00+08:00", "tax")),
    said(23, "09:12:00", ItemRegistered(TICKET, "tax", 3, "1001", "2301-2026-118205")),
    said(24, "09:20:00", TicketServed(TICKET, "tax", 3, "1001", f"{DAY}T09:10:00+08:00", over="complex")),
    said(25, "09:21:00", TicketCalled(OTHER, "social", 3, "1001", "system"), "coordinator"),
    said(26, "09:22:00", TicketMissed(OTHER, 3, "1001")),
    said(27, "09:30:00", TicketCalled("20261120-A003", "social", 4, "1002", "system"), "coordinator"),
    said(28, "09:33:00", TicketTransferred("20261120-A003", 4, "1002", "tax"), "window-4"),
]


@pytest.mark.req("R073")
def test_the_service_log_has_what_every_window_did_of_every_service() -> None:
    found = {(row["window"], row["service"]): row for row in rows(VISIT, "log")}
    assert set(found) == {(3, "social"), (3, "tax"), (4, "social")}
    social, tax = found[3, "social"], found[3, "tax"]
    assert (social["served"], social["visits"], social["missed"], social["service_seconds"]) == (1, 0, 1, 540.0)
    assert (tax["served"], tax["visits"], tax["over_limit"], tax["service_seconds"]) == (1, 1, 1, 600.0)
    assert (found[4, "social"]["served"], found[4, "social"]["transferred"]) == (0, 1)
    assert all(row["day"] == DAY for row in found.values())


@pytest.mark.req("R237", "R133")
def test_the_hand_over_list_has_every_case_number_with_its_ticket_window_and_person() -> None:
    columns = ("case", "ticket", "service", "window", "staff")
    assert [tuple(row[name] for name in columns) for row in rows(VISIT, "handover")] == [
        ("2301-2026-118204", TICKET, "social", 3, "1001"),
        ("2301-2026-118205", TICKET, "tax", 3, "1001"),
    ]


@pytest.mark.req("R139")
def test_the_event_log_has_each_step_of_a_ticket_in_the_books_order_and_no_rating() -> None:
    events = rows([*MORNING, *rated(1, 5, 0)], "events")
    mine = [row["event"] for row in events if row["ticket"] == TICKET and row["device"] != "coordinator"]
    assert mine[:5] == ["ticket.issued", "ticket.print_failed", "ticket.printed", "ticket.called", "ticket.started"]
    assert [row["record"] for row in events][:2] == [uuid(1), uuid(2)]
    assert not [row for row in events if str(row["event"]).startswith(("rating", "case", "alarm"))]


def worked(n: int, day: str, seconds: int, **more: Any) -> tuple[Envelope, Record]:
    at = f"{day}T18:00:00+08:00"
    made = OvertimeWorked("1001", 3, TICKET, at, at, seconds, uuid(n), **more)
    return Envelope(uuid(n), at, "synced", "coordinator"), made


@pytest.mark.req("R100", "R247")
def test_overtime_adds_up_to_a_claim_by_month_and_kind_of_day_with_what_nobody_approved() -> None:
    made = [
        worked(1, "2026-11-20", 600),
        worked(2, "2026-11-23", 300),
        worked(3, "2026-11-22", 1200, kind="weekend", approved_by="1009"),
        worked(4, "2026-11-29", 60, kind="weekend"),
        worked(5, "2026-12-01", 90),
    ]
    assert tables(made).between("2026-11-01", "2026-11-30", "2026-12-02")["claims"] == [
        ClaimRow("2026-11", "1001", "weekend", "人社局", 2, 1260.0, 60.0),
        ClaimRow("2026-11", "1001", "workday", "人社局", 2, 900.0, 0.0),
    ]
    whole = tables(made).between("2026-11-01", "2026-12-31", NEXT)
    assert sum(asdict(row)["seconds"] for row in whole["claims"]) == sum(
        asdict(r)["seconds"] for r in whole["overtime"]
    )


@pytest.mark.req("R288")
def test_the_catalogue_has_code_name_level_and_type_of_every_service(tmp_path: Path) -> None:
    station = copy(tmp_path, 1)["coordinator"]
    data = load(station).data
    data.mkdir(parents=True, exist_ok=True)
    SqliteBook(data / "book.db").close()
    out = tmp_path / "out"
    assert main(["export", "--config", str(station), "--table", "services", "--out", str(out), "--day", DAY]) == 0
    with (tmp_path / "out" / "services.csv").open(encoding="utf-8-sig", newline="") as file:
        (social,) = [row for row in csv.DictReader(file) if row["service"] == "social"]
    assert (social["name"], social["code"], social["level"], social["kind"]) == (
        "社会保险",
        "000114001000",
        "市级",
        "公共服务",
    )
