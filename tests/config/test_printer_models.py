"""A hall's own models of printers: a file beside the station's, every mistake in it told like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.load import load
from device.press import paper_for
from drivers.printer_profiles import Profile, check_model, load_profiles, mistakes
from drivers.protocols import PartMissing
from screens.document import Cut, Document, Line
from tests.config import site as hall
from tests.config.site import KIOSK, spoilt, write

OURS = """\
[counter-76]
says = "76 mm, GB 2312, no QR codes"
paper_mm = 76
dots = 512
columns = 42
charset = "gb2312"
native_qr = false
"""
PRINTER = '[device.printer]\ndriver = "simulated"\n'
NAMED = (PRINTER, f'{PRINTER}model = "counter-76"\nprofiles = "ours.toml"\n')


def counter(folder: Path, models: str) -> Path:
    """The station's file beside a file of models."""
    (folder / "ours.toml").write_text(models, "utf-8")
    return write(folder, station=spoilt(KIOSK, NAMED))


def test_a_file_adds_a_model_without_code(tmp_path: Path) -> None:
    (device,) = load(counter(tmp_path, OURS)).devices
    assert device.printer is not None
    assert device.printer.options()["profiles"] == tmp_path / "ours.toml"
    assert check_model("counter-76", tmp_path / "ours.toml").columns == 42
    job = paper_for(device.printer)(Document("", (Line("社会保险"), Line("龍"), Cut())))
    assert "社会保险".encode("gb18030") in job
    assert b"\x1dv0" in job, "GB 2312 has no traditional characters: drawn"


def test_what_the_file_says_decides_the_stations_hash(tmp_path: Path) -> None:
    first = load(counter(tmp_path, OURS)).hash
    assert load(counter(tmp_path, OURS.replace("512", "504"))).hash != first


def test_every_mistake_in_the_file_is_told_with_its_line_and_what_was_meant(tmp_path: Path) -> None:
    wrong = OURS.replace("columns = 42", "colums = 42").replace('"gb2312"', '"gb"').replace("512", "9999")
    told = hall.mistakes(counter(tmp_path, wrong))
    assert [(error.file.name, error.line, error.keys) for error in told] == [
        ("ours.toml", 1, "counter-76.columns"),
        ("ours.toml", 4, "counter-76.dots"),
        ("ours.toml", 5, "counter-76.colums"),
        ("ours.toml", 6, "counter-76.charset"),
    ]
    assert "Did you mean 'columns'?" in str(told[2])


def test_more_columns_than_dots_can_show_are_refused(tmp_path: Path) -> None:
    (error,) = hall.mistakes(counter(tmp_path, OURS.replace("columns = 42", "columns = 100")))
    assert "100 columns do not fit on 512 dots" in str(error)


def test_a_model_nobody_knows_is_told_with_the_nearest(tmp_path: Path) -> None:
    (error,) = hall.mistakes(counter(tmp_path, OURS.replace("counter-76", "counter-77")))
    assert (error.file.name, error.keys) == ("station.toml", "device[0].printer.model")
    assert "Did you mean 'counter-77'?" in str(error)


def test_a_file_that_is_not_there_is_one_mistake(tmp_path: Path) -> None:
    (error,) = hall.mistakes(write(tmp_path, station=spoilt(KIOSK, NAMED)))
    assert error.file.name == "ours.toml"
    assert "cannot be read" in str(error)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("x = 1", "x: must be a table, as [x]"),
        ("[x]\npaper_mm = 80\ndots = 576", "x.columns: is missing"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 48\ndpi = 1", "x.dpi: must be a number from 100 to 600"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 48\nasb = 1", "x.asb: must be true or false"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 48\nsays = 1", "x.says: must be text"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 48\ncutters = true", "Did you mean 'cutter'?"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 48\ncharset = 'gb2313'", "Did you mean 'gb2312'?"),
        ("[x]\npaper_mm = 80\ndots = 576\ncolumns = 106", "x.columns: 106 columns do not fit on 576 dots"),
        ("[x", "ours.toml"),
    ],
)
def test_a_tool_without_a_config_is_told_too(tmp_path: Path, table: str, wrong: str) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(table, "utf-8")
    with pytest.raises(PartMissing, match=r"ours\.toml") as missing:
        load_profiles(file)
    assert wrong in str(missing.value)


def test_a_sound_table_has_no_mistakes() -> None:
    said: dict[str, Any] = {"paper_mm": 80, "dots": 576, "columns": 48, "roll_metres": 50.5}
    assert mistakes("x", said) == []
    assert Profile(**said).roll_metres == 50.5
