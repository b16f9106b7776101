"""Bad ratings, complaints and attendance in the export: every step's time, and never whom it was about."""

from __future__ import annotations

from typing import Any, cast

import pytest

from device.contract.messages import (
    AttendanceNoted,
    CaseFacts,
    CaseMoved,
    CaseOpened,
    Envelope,
    HelpAsked,
    RatingTagged,
    Record,
)
from device.contract.messages.cases import Step
from device.export.case_rows import CaseRow
from device.export.page import page
from device.export.rows import fields
from device.export.tables import Tables
from tests.roles.stage import uid

DAY = "2026-11-23"
FACTS = CaseFacts(
    "bad-rating", "citizen", "evaluator", uid(9), level=1, ticket="20261123-A007", service="social", window=3,
    staff="1001", device="evaluator-3",
)  # fmt: skip
CASE = uid(1)


def said(n: int, at: str, record: Record, device: str = "coordinator") -> tuple[Envelope, Record]:
    return Envelope(uid(n), f"{at}:00.000+08:00", "synced", device, seq=n), record


def moved(n: int, at: str, step: str, **also: str) -> tuple[Envelope, Record]:
    return said(n, at, CaseMoved(CASE, cast("Step", step), "9001", **also))


def exported(*records: tuple[Envelope, Record]) -> dict[str, list[Any]]:
    found = Tables(lambda at: at[:10])
    for envelope, record in records:
        found.add(envelope, record)
    return cast("dict[str, list[Any]]", found.between("2026-01-01", "2026-12-31", "2026-12-31"))


OPENED = said(1, f"{DAY}T09:31", CaseOpened(FACTS, "2026-11-30"))


@pytest.mark.req("R034", "R035", "R138", "R141", "R257", "R261", "R263", "R264", "R069", "R140")
def test_a_case_is_one_row_with_the_time_of_each_step_and_whether_it_was_in_time() -> None:
    (row,) = exported(
        OPENED,
        moved(2, "2026-11-23T10:00", "assigned", to="1002"),
        moved(3, "2026-11-24T10:00", "reminded"),
        moved(4, "2026-11-25T10:00", "verified"),
        moved(5, "2026-11-25T11:00", "called-back", note="x"),
        moved(6, "2026-11-26T10:00", "rectified", note="x"),
        moved(7, "2026-11-27T10:00", "fed-back", note="x"),
        moved(8, "2026-12-07T10:00", "rechecked", note="x"),
    )["cases"]
    assert (row.kind, row.source, row.channel, row.due) == ("bad-rating", "citizen", "evaluator", "2026-11-30")
    times = [row.opened, row.assigned, row.verified, row.called_back, row.rectified, row.fed_back, row.rechecked]
    assert [at[:10] for at in times] == [
        "2026-11-23", "2026-11-23", "2026-11-25", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-07"
    ]  # fmt: skip
    assert (row.state, row.done, row.in_time, row.reminded, row.founded) == ("fed-back", True, True, 1, True)


@pytest.mark.req("R210", "R219")
def test_a_suggestion_is_a_row_with_the_minute_at_which_it_was_handed_on() -> None:
    opened = said(1, f"{DAY}T09:00", CaseOpened(CaseFacts("suggestion", "citizen", "desk"), "2026-12-07"))
    (row,) = exported(opened, moved(2, f"{DAY}T09:20", "assigned", to="1002"))["cases"]
    assert (row.kind, row.channel, row.opened, row.due) == (
        "suggestion",
        "desk",
        f"{DAY}T09:00:00.000+08:00",
        "2026-12-07",
    )
    assert row.assigned == f"{DAY}T09:20:00.000+08:00"


@pytest.mark.req("R262", "R265")
def test_a_named_item_of_the_hotline_is_done_only_when_it_was_answered_and_the_page_says_how_many_were() -> None:
    item = CaseOpened(CaseFacts("complaint", "citizen", "hotline", ref="W-7", named=True), "2026-11-25")
    records = [
        said(1, f"{DAY}T09:00", item),
        moved(2, f"{DAY}T10:00", "assigned", to="1002"),
        moved(3, f"{DAY}T11:00", "unfounded", note="x"),
    ]
    (row,) = exported(*records)["cases"]
    assert (row.ref, row.channel, row.done, row.in_time) == ("W-7", "hotline", False, None)
    assert "0/1 (0 %)" in page(DAY, exported(*records))
    answered = [*records, moved(4, "2026-11-26T09:00", "answered", note="by phone")]
    (row,) = exported(*answered)["cases"]
    assert (row.done, row.in_time) == (True, False)
    assert "1/1 (100 %)" in page(DAY, exported(*answered))


@pytest.mark.req("R140")
def test_neither_on_its_day_nor_by_the_minute_of_a_step_does_an_export_tell_who_was_rated_badly() -> None:
    found = Tables(lambda at: at[:10])
    complaint = CaseOpened(CaseFacts("complaint", "citizen", "hotline", ref="W-7"), "2026-11-25")
    for envelope, record in (
        OPENED, moved(2, f"{DAY}T09:32", "assigned", to="1002"), moved(3, f"{DAY}T09:40", "verified"),
        said(4, f"{DAY}T09:41", complaint), said(5, f"{DAY}T09:31", RatingTagged(uid(9), 3, ("rules",)), "evaluator-3"),
    ):  # fmt: skip
        found.add(envelope, record)
    tables = cast("dict[str, list[Any]]", found.between(DAY, DAY, DAY))
    assert [row.kind for row in tables["cases"]] == ["complaint"]
    assert {row.device for row in tables["patrol"]} == {"coordinator"}, "that something was touched is not counted"
    (bad,) = [row for row in found.between(DAY, DAY, "2026-11-24")["cases"] if getattr(row, "kind", "") == "bad-rating"]
    assert isinstance(bad, CaseRow)
    assert (bad.opened, bad.assigned, bad.verified) == (DAY, DAY, DAY)


def test_a_case_that_begins_anew_is_open_again() -> None:
    (row,) = exported(
        OPENED,
        moved(2, f"{DAY}T10:00", "assigned", to="1002"),
        moved(3, f"{DAY}T11:00", "unfounded", note="x"),
        moved(4, "2026-12-01T11:00", "again", note="x", due="2026-12-08"),
    )["cases"]
    assert (row.state, row.done, row.again, row.due, row.verified) == ("open", False, 1, "2026-12-08", None)


@pytest.mark.req("R140")
def test_no_field_of_a_case_says_whom_it_was_about_and_no_event_beside_it_does() -> None:
    names = {field.name for field in fields(CaseRow)}
    assert not names & {"staff", "window", "ticket", "service", "level", "device", "about", "to", "tags"}
    complaint = said(2, f"{DAY}T09:40", HelpAsked("complaint"), "evaluator-3")
    tables = exported(OPENED, complaint, said(3, f"{DAY}T09:41", HelpAsked(), "kiosk-1"))
    told = repr([tables[name] for name in tables if name not in ("cases", "patrol")])
    assert "case." not in told
    assert "evaluator-3" not in told
    assert {row.device: row.help_asked for row in tables["patrol"]} == {
        "coordinator": 0,
        "evaluator-3": 0,
        "kiosk-1": 1,
    }


@pytest.mark.req("R114")
def test_an_attendance_event_is_one_row_however_often_it_was_imported() -> None:
    noted = AttendanceNoted("1001", DAY, "morning-in", f"{DAY}T08:21:07+08:00")
    rows = exported(said(1, f"{DAY}T18:00", noted), said(2, f"{DAY}T18:05", noted))["attendance"]
    assert [(row.staff, row.event, row.noted[11:16]) for row in rows] == [("1001", "morning-in", "08:21")]
