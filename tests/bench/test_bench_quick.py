"""The bench itself: every measurement runs, and its figures have the shape of results.json. No time is judged here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bench.__main__ import MEASUREMENTS, Measurement, run
from tests.bench.figures import Figure, Figures, Rounds, percentile, under_one_head
from tests.bench.kinds import KINDS
from tests.bench.report import among, results, table, write

LONG = ("S1", "S3", "S4", "S6", "S7", "S10")  # whole halls or waits; the others use the same rig
PRE_SHIFT_SECONDS = 60  # R272's target; how much less it is, results.json says

SHAPE = {
    "value": float,
    "unit": str,
    "yardstick": float,
    "ratio": float | None,
    "limit": str,
    "spread": list,
    "pass": bool,
    "why": str,
}


def check(entry: dict[str, object]) -> None:
    """AssertionError unless this is an entry below `promises`."""
    assert entry.keys() == SHAPE.keys()
    for name, kind in SHAPE.items():
        assert isinstance(entry[name], kind), f"{name}: {entry[name]!r}"
    spread = entry["spread"]
    assert isinstance(spread, list)
    assert [type(end) for end in spread] == [float, float]


@pytest.fixture(scope="module")
def found() -> Iterator[dict[str, Future[Figures]]]:
    """All at once, for that is quicker; as measurements they are worth nothing, so they may disturb one another."""
    with ThreadPoolExecutor(len(MEASUREMENTS)) as pool:
        yield {m.name: pool.submit(run, m, quick=True, tell=lambda _: None) for m in MEASUREMENTS if m.name not in LONG}


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    "measurement",
    [pytest.param(m, marks=[pytest.mark.long] if m.name in LONG else [], id=m.name) for m in MEASUREMENTS],
)
def test_a_measurement_runs_and_yields_its_ratio(measurement: Measurement, found: dict[str, Future[Figures]]) -> None:
    future = found.get(measurement.name)
    figures = future.result() if future else run(measurement, quick=True, tell=lambda _: None)
    entries = json.loads(json.dumps(results(figures)))["promises"]
    assert measurement.name in entries
    for entry in entries.values():
        check(entry)
        assert entry["value"] >= 0
        if entry["yardstick"] > 0:
            assert entry["ratio"] == pytest.approx(entry["value"] / entry["yardstick"], rel=0.02)
        else:
            assert measurement.name == "S6"  # only a process that does nothing may measure nothing
            assert entry["ratio"] is None


@pytest.mark.req("R272")
@pytest.mark.timeout(90)
def test_a_started_device_says_ready_with_the_pre_shift_window_to_spare(
    found: dict[str, Future[Figures]],
) -> None:
    """Of four kinds; one that does not say READY fails the measurement.

    The machine's own boot comes before it, and is not ours.
    """
    figures = found["S8"].result()
    assert {name for name in figures if name != "S8"} == {f"S8.{kind.partition('-')[0]}" for kind in KINDS}
    assert max(figure.value for figure in figures.values()) < PRE_SHIFT_SECONDS


def test_a_percentile_is_the_nearest_rank() -> None:
    samples = [float(n) for n in range(1, 101)]
    assert [percentile(samples, p) for p in (0, 1, 50, 99, 100)] == [1, 1, 50, 99, 100]
    assert percentile([7.0], 99) == 7
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 50)


def test_the_spread_is_the_lowest_and_the_highest_round() -> None:
    rounds = Rounds()
    for pairs in ([(2, 1), (4, 1), (9, 1)], [(6, 2), (6, 2), (6, 2)]):
        rounds.begin()
        for value, yardstick in pairs:
            rounds.add(value, yardstick)
    figure = rounds.figure(50, "ms", "<= 5 x", True, "")
    assert (figure.value, figure.yardstick, figure.ratio, figure.spread) == (6, 1, 6, (3, 4))


def test_a_promise_of_several_parts_is_missed_when_one_part_is() -> None:
    parts = {
        "S7.a": Figure(30, "MB", 20, "<= 45", True, (1.5, 1.5)),
        "S7.b": Figure(75, "MB", 25, "<= 70", False, (3, 3)),
        "S7.c": Figure(500, "MB", 25, "none", True, (20, 20)),
    }
    figures = under_one_head("S7", parts, {"S7.a": 45, "S7.b": 70}, "both", "because")
    assert (figures["S7"].value, figures["S7"].passed, figures["S7"].limit) == (75, False, "both")
    assert list(figures) == ["S7", *parts]
    assert "MISSED: both" in table(figures)
    assert "for information" in table(figures)


def test_results_are_written_whole(tmp_path: Path) -> None:
    figures = {"S1": Figure(1.2345, "ms", 0, "<= 3 x", True, (1, 2), "so")}
    path = tmp_path / "results.json"
    write(results(figures), path)
    found = json.loads(path.read_text("utf-8"))
    assert found.keys() == {"commit", "date", "machine", "promises"}
    check(found["promises"]["S1"])
    assert (found["promises"]["S1"]["value"], found["promises"]["S1"]["ratio"]) == (1.23, None)
    assert [file.name for file in tmp_path.iterdir()] == ["results.json"]


def test_the_check_of_the_shape_can_fail() -> None:
    entry = Figure(1, "ms", 1, "<= 3 x", True, (1, 2)).as_json()
    check(entry)
    for wrong in ({"value": "fast"}, {"spread": [1.0]}, {"pass": "yes"}, {"more": 1}):
        with pytest.raises(AssertionError):
            check(entry | wrong)


def test_what_is_measured_anew_takes_its_place_among_the_others_with_its_own_day() -> None:
    old = {"commit": "a", "date": "1", "machine": "m", "promises": {"S1": {"value": 1}, "S4": {"value": 4}}}
    fresh = {"commit": "b", "date": "2", "machine": "m", "promises": {"S4": {"value": 5}, "S2": {"value": 2}}}
    found = among(old, fresh)
    assert (found["commit"], found["promises"]["S1"]) == ("a", {"value": 1})
    assert found["promises"]["S4"] == {"value": 5, "commit": "b", "date": "2", "machine": "m"}
    assert list(found["promises"]) == ["S1", "S2", "S4"]
