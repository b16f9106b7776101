"""A small hall as config files: for `make run`, the demo and the tests. Everything is simulated, or drawn in windows.

What it writes is sound config like any other hall's; nothing else in the programme knows that it is a demonstration.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from device.hall.pins import make_pin, weak
from device.tiles import Tile, tiles

HALL: Final = """\
[hall]
id = "{hall}"
name = {{ zh = "龙江县政务服务中心", en = "Longjiang Public Service Hall" }}
languages = ["zh", "en"]
sessions = []
always_open = true

[broker]
host = "{host}"
port = {port}

[[service]]
id = "social"
name = {{ zh = "社会保险", en = "Social insurance" }}
series = "A"
minutes = 8

[[service]]
id = "household"
name = {{ zh = "户籍办理", en = "Household registration" }}
series = "B"
minutes = 12

[[service]]
id = "permits"
name = {{ zh = "证照办理", en = "Permits and licences" }}
series = "C"
minutes = 15
"""

WINDOW: Final = """
[[window]]
number = {n}
place = {{ zh = "一楼大厅", en = "Ground floor" }}
services = {services}
device = "window-{n}"
evaluator = "evaluator-{n}"
"""

PLACED: Final = """
[[{kind}]]
device = "{kind}-{n}"
place = {{ zh = "{zh}", en = "{en}" }}
"""

STAFF: Final = """\
[[staff]]
number = "{number}"
name = "{name}"
stars = {stars}
duty = "{duty}"
pin = "{pin}"

"""

STATION: Final = """\
hall = "hall.toml"
data = "{data}"
clock = "trusted"
"""

BENCH: Final = """\
bench = "{name}.sock"
"""

DEVICE: Final = """
[[device]]
name = "{name}"
role = "{role}"
"""

SIMULATED: Final = """
[device.{section}]
driver = "simulated"
"""

SCREEN: Final = """
[device.{section}]
driver = "{driver}"
width_mm = {mm[0]}
height_mm = {mm[1]}
width = {px[0]}
height = {px[1]}
"""

WINDOWED: Final = """\
fullscreen = false
x = {tile.x}
y = {tile.y}
"""

PEOPLE: Final = (("1001", "王芳", 4, "综合受理"), ("1002", "李明", 5, "综合受理"))
SERVICES: Final = ('["social", "household"]', '["social", "permits"]')
# The real size of the glass, and its pixels: a 15.6" kiosk, a 55" board, 7" panels on the desk, a bar above it.
GLASS: Final = {
    ("kiosk", "screen"): ((344, 194), (1920, 1080)),
    ("board", "screen"): ((1210, 680), (1920, 1080)),
    ("window", "screen"): ((154, 86), (1024, 600)),
    ("window", "sign"): ((360, 113), (1280, 400)),
    ("evaluator", "screen"): ((154, 86), (1024, 600)),
}
PARTS: Final = {
    "kiosk": ("printer", "scanner"),
    "board": ("speaker",),
    "window": (),
    "evaluator": ("buttons", "lamps"),
    "coordinator": (),
}


Placed = dict[tuple[str, str], Tile]  # device, section


@dataclass(frozen=True, slots=True)
class DemoHall:
    """Where the files are. stations: name -> config file, in the order to start. pins: staff number -> PIN.

    benches: device -> the socket at which its simulated parts are worked.
    """

    id: str
    folder: Path
    stations: dict[str, Path]
    pins: dict[str, str]
    benches: dict[str, Path]


def write_hall(
    folder: Path,
    *,
    hall: str = "longjiang",
    host: str = "127.0.0.1",
    port: int = 1883,
    windows: Sequence[int] = (3, 4),
    kiosks: int = 1,
    desks: bool = False,
    desktop: tuple[int, int] | None = None,
    recordings: Path | None = None,
) -> DemoHall:
    """Write the files of a hall. desks: window and evaluator share a station, as on one Pi; else a process each.

    desktop: its pixels; the screens are windows there. None: they are simulated. PINs are fresh at every call.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pins = {number: fresh_pin() for number, *_ in PEOPLE}
    (folder / "hall.toml").write_text(_hall(hall, host, port, windows, kiosks), "utf-8")
    staff = (
        STAFF.format(number=n, name=name, stars=stars, duty=duty, pin=make_pin(pins[n], secrets.token_bytes(16)))
        for n, name, stars, duty in PEOPLE
    )
    (folder / "staff.toml").write_text("".join(staff), "utf-8")
    (folder / "staff.toml").chmod(0o600)
    stations: dict[str, Path] = {}
    benches: dict[str, Path] = {}
    placed = _placed(desktop, windows, kiosks) if desktop else None
    for name, devices in _plan(windows, kiosks, desks):
        stations[name] = _station(folder, name, devices, placed, recordings)
        benches |= {device: folder / f"{name}.sock" for device, role in devices if _simulated(role, bool(desktop))}
    return DemoHall(hall, folder, stations, pins, benches)


def fresh_pin() -> str:
    """Six digits that nobody would try first."""
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if not weak(pin):
            return pin


def _plan(windows: Sequence[int], kiosks: int, desks: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Station name -> its devices with their roles."""
    plan = [("coordinator", [("coordinator", "coordinator")])]
    plan += [(f"kiosk-{k}", [(f"kiosk-{k}", "kiosk")]) for k in range(1, kiosks + 1)]
    plan += [("board-1", [("board-1", "board")])]
    for n in windows:
        window, evaluator = (f"window-{n}", "window"), (f"evaluator-{n}", "evaluator")
        plan += [(f"desk-{n}", [window, evaluator])] if desks else [(window[0], [window]), (evaluator[0], [evaluator])]
    return plan


def _hall(hall: str, host: str, port: int, windows: Sequence[int], kiosks: int) -> str:
    parts = [HALL.format(hall=hall, host=host, port=port)]
    parts += [WINDOW.format(n=n, services=SERVICES[k % len(SERVICES)]) for k, n in enumerate(windows)]
    parts += [PLACED.format(kind="kiosk", n=n, zh="正门", en="Main entrance") for n in range(1, kiosks + 1)]
    parts += [PLACED.format(kind="board", n=1, zh="等候区", en="Waiting area")]
    return "".join(parts)


def _placed(desktop: tuple[int, int], windows: Sequence[int], kiosks: int) -> Placed:
    """Where each screen's window stands."""
    public = [(f"kiosk-{k}", "screen") for k in range(1, kiosks + 1)] + [("board-1", "screen")]
    desks = [[(f"window-{n}", "sign"), (f"window-{n}", "screen"), (f"evaluator-{n}", "screen")] for n in windows]
    columns = [public, *desks]
    glass = [[GLASS[device.partition("-")[0], section][1] for device, section in column] for column in columns]
    return dict(zip(chain(*columns), chain(*tiles(desktop, glass)), strict=True))


def _station(
    folder: Path, name: str, devices: Sequence[tuple[str, str]], placed: Placed | None, recordings: Path | None
) -> Path:
    drawn = placed is not None
    text = STATION.format(data=f"data-{name}")
    if name == "coordinator":
        text += 'staff = "staff.toml"\n'
    if any(_simulated(role, drawn) for _, role in devices):
        text += BENCH.format(name=name)
    if recordings:
        text += f'recordings = "{recordings}"\n'
    for device, role in devices:
        text += DEVICE.format(name=device, role=role)
        for (kind, section), (mm, px) in GLASS.items():
            if kind == role:
                text += _screen(section, mm, px, placed[device, section] if placed else None)
        text += "".join(SIMULATED.format(section=section) for section in PARTS[role])
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def _simulated(role: str, drawn: bool) -> bool:
    """Whether such a device has a part to be worked at a bench."""
    return bool(PARTS[role]) or (role != "coordinator" and not drawn)


def _screen(section: str, mm: tuple[int, int], px: tuple[int, int], tile: Tile | None) -> str:
    if tile is None:
        return SCREEN.format(section=section, driver="simulated", mm=mm, px=px)
    shown = SCREEN.format(section=section, driver="pygame", mm=mm, px=(tile.width, tile.height))
    return shown + WINDOWED.format(tile=tile)
