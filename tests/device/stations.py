"""Stations as files, for what reads a whole config: every part simulated, worked through the bench."""

from __future__ import annotations

from pathlib import Path

from tests.config.site import HALL, spoilt, write

SCREEN = 'driver = "simulated"\nwidth_mm = 344\nheight_mm = 194\nwidth = 640\nheight = 360\n'

KIOSK = f"""\
hall = "hall.toml"
data = "var"
bench = "b.sock"
recordings = "recordings"
[[device]]
name = "kiosk-1"
role = "kiosk"
[device.screen]
{SCREEN}
[device.printer]
driver = "simulated"
[device.speaker]
driver = "simulated"
[device.scanner]
driver = "simulated"
"""

DESK = f"""\
hall = "hall.toml"
data = "var"
bench = "b.sock"
[[device]]
name = "window-1"
role = "window"
[device.screen]
{SCREEN}
[device.sign]
{SCREEN}
[device.keypad]
driver = "simulated"
[[device]]
name = "evaluator-1"
role = "evaluator"
[device.buttons]
driver = "simulated"
[device.lamps]
driver = "simulated"
"""


def station(folder: Path, text: str, *changes: tuple[str, str], port: int = 1, broker: str = "") -> Path:
    """The station's file. port: where the broker is (1: nobody listens there); broker: more lines of [broker]."""
    hall = spoilt(HALL, ('host = "127.0.0.1"', f'host = "127.0.0.1"\nport = {port}\n{broker}'))
    return write(folder, hall=hall, station=spoilt(text, *changes))
