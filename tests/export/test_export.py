"""`hallside export` from a real book: three formats, documented fields, a page; mistakes told with the mend."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import parquet

from device.cli import main
from device.contract.codec import encode
from device.export.formats import as_csv, handbook
from device.export.rows import TABLES, TicketRow, fields
from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow
from tests.export.records import DAY, MORNING, rated

ROWS = Path(__file__).parents[1] / "requirements.tsv"
DOCS = Path(__file__).parents[2] / "docs" / "export.md"
JOURNAL = "01940000-0000-7000-8000-00000000beef"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.db"
    kept, last = SqliteBook(path), dict[str, int]()
    for envelope, record in [*MORNING, *rated(5, 1, 0)]:
        seq = last[envelope.device] = last.get(envelope.device, 0) + 1
        payload = encode(replace(envelope, seq=seq, journal=JOURNAL), record)
        kept.enter([BookRow(envelope.device, JOURNAL, seq, envelope.id, DAY, payload)])
    kept.close()
    return path


def exported(book: Path, out: Path, *words: str) -> int:
    return main(["export", "--book", str(book), "--day", DAY, "--out", str(out), *words])


@pytest.mark.req("R216", "R118")
def test_csv_json_and_parquet_say_the_same(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("csv", "json", "parquet"):
        assert exported(book, tmp_path / form, "--format", form) == 0
    assert "tickets.csv  1 rows" in capsys.readouterr().out
    for name in TABLES:
        as_objects = json.loads((tmp_path / "json" / f"{name}.json").read_text("utf-8"))
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            as_lines = list(csv.DictReader(file))
        as_columns = parquet.read_table(tmp_path / "parquet" / f"{name}.parquet").to_pylist()
        assert as_columns == as_objects, name
        plain = [
            {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in o.items()}
            for o in as_objects
        ]
        assert as_lines == plain, name


@pytest.mark.req("R051")
def test_the_same_book_gives_the_same_files(book: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert exported(book, tmp_path / out) == 0
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@pytest.mark.req("R158")
def test_a_day_has_a_page_with_plots_that_loads_nothing_from_anywhere(book: Path, tmp_path: Path) -> None:
    exported(book, tmp_path)
    page = (tmp_path / "summary.html").read_text("utf-8")
    assert page.count("<svg") == 4
    assert "<script" not in page
    assert "//" not in page.replace("http://www.w3.org/", "")
    assert "1001" not in page, "nobody is named beside the hall's ratings"


@pytest.mark.req("R046", "R051", "R158")
def test_weeks_months_and_quarters_reach_over_all_their_days(book: Path, tmp_path: Path) -> None:
    for words in (["--week", "2026-11-17"], ["--month", "2026-11"], ["--quarter", "2026-Q4"]):
        assert main(["export", "--book", str(book), *words, "--format", "json", "--out", str(tmp_path / words[1])]) == 0
        assert len(json.loads((tmp_path / words[1] / "tickets.json").read_text("utf-8"))) == 1
    assert (
        main(["export", "--book", str(book), "--month", "2026-10", "--format", "json", "--out", str(tmp_path / "e")])
        == 0
    )
    assert json.loads((tmp_path / "e" / "tickets.json").read_text("utf-8")) == []


def test_only_the_tables_asked_for_are_written(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(book, tmp_path / "out", "--table", "staff", "--table", "overtime", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == {"staff.csv": 2, "overtime.csv": 1, "summary.html": 1}


def test_a_book_that_is_not_there_and_a_month_that_is_none_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--book", str(tmp_path / "no.db")]) == 69
    assert "there is no book at" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["export", "--book", str(tmp_path / "no.db"), "--month", "2026-13"])
    assert ended.value.code == 64
    assert "'2026-13' is not in the calendar; write it like 2026-11." in capsys.readouterr().err
    (tmp_path / "bad.db").write_bytes(b"not a book" * 100)
    assert main(["export", "--book", str(tmp_path / "bad.db")]) == 69
    assert "bad.db" in capsys.readouterr().err


def test_nothing_in_a_csv_is_a_formula() -> None:
    line = as_csv("tickets", [TicketRow(DAY, "=1+1", "@x")]).splitlines()[1]
    assert line.startswith(f"{DAY},'=1+1,'@x")


AREAS = frozenset(
    ("queue", "priority", "appointment", "hours", "closing", "overtime", "pause", "substitution", "identity", "timing",
     "load", "call", "records", "power", "evaluation", "stats")
)  # fmt: skip


def test_every_office_row_about_the_halls_figures_names_the_export_that_shows_it() -> None:
    lines = [line.split("\t") for line in ROWS.read_text("utf-8").splitlines()[1:]]
    office = {row for row, area, scope, *_ in lines if scope == "office" and area in AREAS}
    assert len(office) > 5
    assert office <= set(re.findall(r"R\d{3}", handbook()))


@pytest.mark.req("R216")
def test_every_field_is_documented_and_the_page_of_them_is_fresh() -> None:
    assert all(field.says for table in TABLES.values() for field in fields(table))
    assert DOCS.read_text("utf-8") == handbook(), "run: hallside export --fields > docs/export.md"
