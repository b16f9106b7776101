"""The shipped scenarios are lived as they stand, and the book says afterwards what each expects."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from device.cli import main
from device.simulate.command import shipped, simulate

SCENARIOS = shipped()
SHORT = "hand-over"
ARRIVALS = '[[arrivals]]\nfrom = "08:30"\nto = "08:50"\nper_hour = 40\n'
HEAD = 'title = "x"\nstart = "2026-11-23T08:15"\nends = "09:00"\n'


def test_ten_scenarios_are_shipped() -> None:
    assert len(SCENARIOS) == 10


@pytest.mark.timeout(120)
@pytest.mark.req("R036", "R076", "R178", "R282", "R287")
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_ends_in_the_book_it_expects(name: str) -> None:
    outcome = simulate(SCENARIOS[name])
    assert outcome.unexpected == ()
    assert outcome.issued == outcome.served + outcome.missed + outcome.released
    assert outcome.unsent == 0


@pytest.mark.timeout(120)
def test_a_day_leaves_its_traces_and_the_same_seed_leaves_the_same(tmp_path: Path) -> None:
    one = simulate(SCENARIOS[SHORT], tmp_path / "one")
    again = simulate(SCENARIOS[SHORT], tmp_path / "two")
    other = simulate(SCENARIOS[SHORT], seed=99)
    assert one == again != other
    for name in ("events.jsonl", "summary.json", "export/tickets.csv", "voice/board-1.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    with (tmp_path / "one" / "export" / "tickets.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == one.issued
    papers = list((tmp_path / "one" / "tickets").glob("*/*.txt"))
    assert len(papers) == one.issued
    wire = [json.loads(line) for line in (tmp_path / "one" / "events.jsonl").read_text("utf-8").splitlines()]
    assert sum(said["payload"].get("type") == "ticket.issued" for said in wire) >= one.issued
    assert "pin-of-" not in (tmp_path / "one" / "events.jsonl").read_text("utf-8")
    assert (
        main(["export", "--book", str(tmp_path / "one" / "book.db"), "--day", "2026-11-23", "--out", str(tmp_path)])
        == 0
    )
    assert (tmp_path / "tickets.csv").read_bytes() == (tmp_path / "one" / "export" / "tickets.csv").read_bytes()


def test_a_book_that_is_not_as_expected_is_told_and_the_exit_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "quiet.toml"
    file.write_text(
        HEAD + "[expect]\nissued = [3, 4]\nfaults = [1, 1]\n",
        "utf-8",
    )
    assert main(["simulate", str(file)]) == 1
    told = capsys.readouterr().out
    assert "UNEXPECTED: issued is 0, expected 3 to 4" in told
    assert "UNEXPECTED: faults is 0, expected 1" in told


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('title = "x"\nstart = "2026-11-23T08:15"\nends = "25:00"\n', 3, "time of day"),
        (HEAD + '[[event]]\nat = "08:20"\ndo = "power-of"\n', 6, "power-of"),
        (HEAD + '[[event]]\nat = "08:20"\ndo = "fault"\nwhat = "kiosk-1"\n', 4, "needs name"),
        (HEAD + '[[clerk]]\nstaff = "1001"\nwindow = 1\nfrom = "09:00"\nto = "08:30"\n', 8, "not after"),
        (HEAD + "arivals = []\n", 4, "arrivals"),
        ('title = "x"\nstart = \n', 2, "not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_scenario_names_its_line(
    text: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, "utf-8")
    assert main(["simulate", str(file)]) == 78
    told = capsys.readouterr().err
    assert f"wrong.toml:{line}:" in told
    assert said in told


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ('[[event]]\nat = "08:20"\ndo = "power-off"\nwhat = "kiosk-9"\n', 7, "no device 'kiosk-9'. Did you"),
        ('[[event]]\nat = "08:20"\ndo = "fault"\nwhat = "kiosk-1"\nname = "paper-oat"\n', 8, "mean 'paper-out'"),
        ('[[event]]\nat = "08:20"\ndo = "hand-over"\nwhat = "window-1"\nto = "1002"\n', 7, "nobody is at window-1"),
        ('[[clerk]]\nstaff = "1001"\nwindow = 99\nfrom = "08:20"\nto = "08:25"\n', 6, "no window 99"),
        ('[[clerk]]\nstaff = "4711"\nwindow = 1\nfrom = "08:20"\nto = "08:25"\n', 5, "no such person '4711'"),
        (ARRIVALS + "services = { socail = 1 }\n", 8, "no service 'socail'. Did you mean 'social'"),
        (ARRIVALS + 'services = { social = 1 }\nkiosk = "kiosk-7"\n', 9, "no kiosk 'kiosk-7'"),
        (ARRIVALS + 'services = { social = 1 }\nklass = "vip"\n', 9, "no priority class 'vip'"),
        (ARRIVALS + 'services = { social = 1 }\nlang = "mn"\n', 9, "no language 'mn'"),
    ],
)  # fmt: skip
def test_what_this_hall_does_not_have_is_told_with_its_line_before_anything_is_lived(
    table: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "off.toml").write_text(HEAD + table, "utf-8")
    assert main(["simulate", str(tmp_path / "off.toml")]) == 78
    told = capsys.readouterr().err
    assert f"off.toml:{line}:" in told
    assert said in told


def test_citizens_with_a_priority_class_say_so_at_the_kiosk(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(
        HEAD.replace("09:00", "10:00") + ARRIVALS + 'services = { social = 1 }\nklass = "elderly"\n', "utf-8"
    )
    outcome = simulate(tmp_path / "old.toml", tmp_path / "out")
    with (tmp_path / "out" / "export" / "tickets.csv").open(encoding="utf-8-sig") as file:
        classes = [row["klass"] for row in csv.DictReader(file)]
    assert len(classes) == outcome.issued > 5
    assert set(classes) == {"elderly"}


def test_scenarios_are_named_and_a_misspelt_one_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--list"]) == 0
    assert "power-cut" in capsys.readouterr().out
    assert main(["simulate", "surje"]) == 64
    assert "Did you mean 'surge'?" in capsys.readouterr().err
