"""A copy of the example hall that can run on one machine: its parts simulated, its broker's TLS real.

What differs from the files in config/examples, and nothing else: every driver section becomes a simulated one of the
same size, folders and the broker's address become local ones, and the hall is always open, so that a test at night
finds it so.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from config.schema import SECTIONS
from provisioning.examples import FOLDER
from tests.config.site import spoilt

STATIONS = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in {"hall", "staff"})
KEPT = {"width_mm", "height_mm", "model"}  # of a part: what it is, not how it is driven


def copy(folder: Path, port: int) -> dict[str, Path]:
    """Write it; station name -> its file. Certificates are expected in `<folder>/tls`."""
    hall = spoilt(
        (FOLDER / "hall.toml").read_text("utf-8"),
        ('"broker.longjiang.internal"', '"127.0.0.1"'),
        ("port = 8883", f"port = {port}"),
        ('sessions = [["08:30", "12:00"], ["13:30", "17:30"]]', "always_open = true"),
    )
    (folder / "hall.toml").write_text(hall.replace("/etc/hallside/tls", str(folder / "tls")), "utf-8")
    (folder / "staff.toml").write_text((FOLDER / "staff.toml").read_text("utf-8"), "utf-8")
    return {name: _station(folder, name) for name in STATIONS}


def devices() -> list[str]:
    """The names of all devices of the example hall."""
    files = (tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in STATIONS)
    return [device["name"] for file in files for device in file["device"]]


def _station(folder: Path, name: str) -> Path:
    raw = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    raw["data"] = raw["data"].replace("/var/lib/hallside", str(folder / "data"))
    if name != "coordinator":
        raw["bench"] = str(folder / f"{name}.sock")
        raw["recordings"] = str(folder / "recordings")
    lines = [f"{key} = {json.dumps(value)}" for key, value in raw.items() if key != "device"]
    for device in raw["device"]:
        lines += ["", "[[device]]", f'name = "{device["name"]}"', f'role = "{device["role"]}"']
        for section in (section for section in SECTIONS if section in device):
            lines += [
                f"[device.{section}]",
                *(f"{k} = {json.dumps(v)}" for k, v in _simulated(device[section]).items()),
            ]
    path = folder / f"{name}.toml"
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


def _simulated(part: dict[str, Any]) -> dict[str, Any]:
    simulated = {"driver": "simulated", **{key: part[key] for key in KEPT & set(part)}}
    if "width_mm" in part:  # a pixel a millimetre: large enough to be laid out, small enough for a test
        simulated |= {"width": part["width_mm"], "height": part["height_mm"]}
    return simulated
