"""A small sound hall as files, to be spoilt by the tests one mistake at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError, ConfigErrors
from config.load import load

HALL = """\
[hall]
id = "longjiang"
name = { zh = "龙江政务大厅", en = "Longjiang Hall" }
languages = ["zh", "en"]
sessions = [["08:30", "12:00"], ["13:30", "17:30"]]

[broker]
host = "127.0.0.1"

[[service]]
id = "social"
name = { zh = "社会保险", en = "Social insurance" }
series = "A"
minutes = 8

[[service]]
id = "permits"
name = { zh = "证照办理", en = "Permits" }
series = "B"
minutes = 12

[[window]]
number = 1
place = { zh = "一楼东侧", en = "Ground floor, east" }
services = ["social"]
device = "window-1"
evaluator = "evaluator-1"

[[window]]
number = 2
place = { zh = "一楼东侧", en = "Ground floor, east" }
services = ["social", "permits"]
device = "window-2"
evaluator = "evaluator-2"

[[kiosk]]
device = "kiosk-1"
place = { zh = "正门", en = "Main door" }

[[board]]
device = "board-1"
place = { zh = "等候区", en = "Waiting area" }
"""

KIOSK = """\
hall = "hall.toml"
data = "var"
bench = "bench.sock"

[[device]]
name = "kiosk-1"
role = "kiosk"
[device.screen]
driver = "simulated"
width_mm = 344
height_mm = 194
[device.printer]
driver = "simulated"
[device.speaker]
driver = "simulated"
"""

DESK = """\
hall = "hall.toml"
data = "var"

[[device]]
name = "window-1"
role = "window"
[device.screen]
driver = "pygame"
width_mm = 344
height_mm = 194
[device.sign]
driver = "pygame"
width_mm = 600
height_mm = 150
display = 1

[[device]]
name = "evaluator-1"
role = "evaluator"
[device.buttons]
driver = "gpiod"
chip = "pinctrl-bcm2711"
lines = [5, 6, 13, 19, 26]
[device.lamps]
driver = "gpiod"
chip = "pinctrl-bcm2711"
lines = [16, 17, 20, 21, 22]
"""

COORDINATOR = """\
hall = "hall.toml"
staff = "staff.toml"
data = "var"

[[device]]
name = "coordinator"
role = "coordinator"
"""

STAFF = """\
[[staff]]
number = "1001"
name = "王小明"
stars = 4
duty = "综合受理"
windows = [1]

[[staff]]
number = "1002"
name = "李华"
"""


def spoilt(text: str, *changes: tuple[str, str]) -> str:
    """The text with each change made; a change that changes nothing is the test's own mistake."""
    for old, new in changes:
        if old not in text:
            raise AssertionError(f"nothing to spoil: {old!r} is not there")
        text = text.replace(old, new, 1)
    return text


def write(folder: Path, **texts: str) -> Path:
    """hall.toml, staff.toml and station.toml (`station=` is given) in this folder; the station's path."""
    files = {"hall": HALL, "staff": STAFF, "station": KIOSK} | texts
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder / "station.toml"


def mistakes(path: Path, environ: dict[str, str] | None = None) -> tuple[ConfigError, ...]:
    """What is wrong with this station."""
    with pytest.raises(ConfigErrors) as caught:
        load(path, environ or {})
    return caught.value.errors


def only(path: Path, environ: dict[str, str] | None = None) -> tuple[str, str, str, str]:
    """(file, key, what, mend) of the one mistake there is."""
    (error,) = mistakes(path, environ)
    return error.file.name, error.keys, error.what, error.mend
