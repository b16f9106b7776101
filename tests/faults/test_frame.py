"""The frame of `make faults`: what was not run is said, what was found is kept, what broke down has failed."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.faults.__main__ import main, suite, tried
from tests.faults.kinds import PROMISES, Outcome, Planted
from tests.faults.report import before, merged, table, write

FINE = Outcome(100, 0, 0, 0, 7, "python -m tests.faults N1", "A hundred tries.")
LOST = Outcome(100, 1, 0, 0, 7, "python -m tests.faults N1", "One is gone.")


def broken(full: bool, seed: int | None) -> Outcome:
    raise ZeroDivisionError


def test_a_promise_without_a_suite_is_listed_as_not_run() -> None:
    said = table(merged({}, {"N1": FINE}, None, full=False)).splitlines()
    assert len(said) >= len(PROMISES) + 2
    assert "not run" not in said[2]
    assert all("not run" in line for line in said[3 : 2 + len(PROMISES)])
    assert "Planted faults: not run." in said
    assert suite("no_such_suite") is None


def test_a_suite_that_tried_nothing_kept_nothing() -> None:
    assert FINE.kept
    assert not LOST.kept
    assert not Outcome(0, 0, 0, 0, 0, "").kept
    assert not Outcome(5, 0, 1, 0, 0, "").kept
    assert not Outcome(5, 0, 0, 1, 0, "").kept


def test_a_suite_that_breaks_down_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    module = ModuleType("broken")
    module.run = broken  # type: ignore[attr-defined]  # a module made here
    outcome = tried(PROMISES[0], module, full=True, seed=3)
    assert not outcome.kept
    assert (outcome.failed, outcome.seed, outcome.command) == (1, 3, "python -m tests.faults N1 --full")
    assert "ZeroDivisionError" in outcome.why
    assert "N1: 0 tried" in capsys.readouterr().err


def test_what_was_not_run_this_time_stays_with_its_own_day() -> None:
    old = merged({}, {"N1": FINE, "N2": FINE}, Planted(15, 15, (), "planted"), full=True)
    old["promises"]["N2"]["date"] = "2026-01-01T00:00:00+08:00"
    new = merged(old, {"N1": FINE}, None, full=True)
    assert new["promises"]["N2"]["date"].startswith("2026-01-01")
    assert new["planted"] == old["planted"]


def test_a_quick_run_replaces_a_full_one_only_when_it_found_something() -> None:
    old = merged({}, {"N1": FINE}, None, full=True)
    assert merged(old, {"N1": FINE}, None, full=False)["promises"]["N1"]["size"] == "full"
    found = merged(old, {"N1": LOST}, None, full=False)["promises"]["N1"]
    assert (found["size"], found["lost"]) == ("quick", 1)


def test_results_have_the_shape_that_is_promised(tmp_path: Path) -> None:
    results, page = tmp_path / "results.json", tmp_path / "faults.md"
    write(merged(before(results), {"N1": FINE}, Planted(15, 14, ("utc-day",), "x"), full=True), results, page)
    found = json.loads(results.read_text("utf-8"))
    assert found.keys() == {"commit", "date", "machine", "promises", "planted"}
    assert {"tried", "lost", "doubled", "failed", "seed", "command"} <= found["promises"]["N1"].keys()
    assert (found["planted"]["planted"], found["planted"]["caught"]) == (15, 14)
    assert before(results) == found
    assert "14 of 15 caught. Missed: utc-day." in page.read_text("utf-8")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["faults.md", "results.json"]


def test_a_name_that_is_no_promise_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["N99"])
    assert "N99: there is N1, N2" in capsys.readouterr().err
