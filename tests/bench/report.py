"""What a run of the bench leaves: results.json for machines, a table for people."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from device.moment import HALL_TIME
from tests.bench.figures import Figures, rounded

RESULTS: Final = Path(__file__).with_name("results.json")
ROOT: Final = Path(__file__).parents[2]


def results(figures: Figures) -> dict[str, Any]:
    """All of a run, in the shape of results.json."""
    return {
        "commit": commit(),
        "date": datetime.now(HALL_TIME).isoformat(timespec="seconds"),
        "machine": machine(),
        "promises": {name: figure.as_json() for name, figure in figures.items()},
    }


def among(old: dict[str, Any], fresh: dict[str, Any]) -> dict[str, Any]:
    """An earlier whole run in which these promises were measured anew, each with its own commit, date and machine."""
    said = {key: fresh[key] for key in ("commit", "date", "machine")}
    anew = {name: entry | said for name, entry in fresh["promises"].items()}
    return {**old, "promises": dict(sorted((old["promises"] | anew).items()))}


def write(found: dict[str, Any], path: Path = RESULTS) -> None:
    """Whole or not at all."""
    partly = path.with_suffix(".part")
    partly.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    partly.replace(path)


def commit() -> str:
    """Which source was measured; `+` behind it when files of the devices were changed and not committed."""
    rooms = ("device", "drivers", "screens", "config")
    try:
        head = _git("rev-parse", "HEAD")
        return head + "+" * bool(_git("status", "--porcelain", "--", *rooms))
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def machine() -> str:
    """Processor, cores, kernel, Python, how busy the machine was, and whether the bench went before others there."""
    info = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in info if line.startswith(("model name", "Model"))), "")
    load, nice = os.getloadavg()[0], os.nice(0)
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {load:.1f} at the end{f', nice {nice}' if nice else ''}"
    )


def table(figures: Figures) -> str:
    """One line a figure, the reasons below."""
    rows = [("", "value", "yardstick", "ratio", "rounds", "promised")]
    for name, figure in figures.items():
        ratio = "-" if figure.ratio is None else f"{figure.ratio:g} x"
        low, high = (f"{rounded(end):g}" for end in figure.spread)
        mark = "kept" if figure.passed else "MISSED"
        rows.append(
            (
                name,
                f"{rounded(figure.value):g} {figure.unit}",
                f"{rounded(figure.yardstick):g}",
                ratio,
                f"{low} to {high}",
                f"{mark}: {figure.limit}" if figure.limit != "none" else "for information",
            )
        )
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    whys = [f"{name}: {figure.why}" for name, figure in figures.items() if "." not in name]
    return "\n".join([*lines, "", *whys])


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()
