"""S11: a day of 600 visitors and 12 windows, every device of the hall, lived by `hallside simulate`; and 30 such days.

The whole command counts, its start and its summary included: the time it computes, for it waits for nothing and others
at work on the machine are not its. Its yardstick is itself: a day alone, and a day among many.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import tomli_w

from tests.bench.figures import Figure, Figures, percentile, rounded, under_one_head, verdict
from tests.bench.report import ROOT
from tests.bench.rig import BenchFailed

MOST_SECONDS: Final = 6.0
MOST_GROWTH: Final = 1.2  # of a day among many over one alone: what "linear" may differ by
DAYS: Final = 30
QUICK_DAYS: Final = 1  # a night alone is more than a quick look
WINDOWS: Final = tuple(range(1, 13))
PLACES: Final = 6  # windows of the example hall
VISITORS_A_MINUTE: Final = 600 / 540
SHARES: Final = {"social": 4, "medical": 3, "business": 2, "tax": 2, "estate": 1}


def furnish(folder: Path) -> None:
    """The example hall twice, always open: windows 7 to 12 beside 1 to 6, each with its desk and its person."""
    with as_file(files("config") / "examples") as example:
        shutil.copytree(example, folder)
    hall = (folder / "hall.toml").read_text("utf-8")
    hall = re.sub(r"(?m)^sessions = .*$", "sessions = []\nalways_open = true", hall)
    twice = "\n".join(_six_more(window) for window in re.findall(r"\[\[window\]\]\n(?:.+\n)+", hall))
    (folder / "hall.toml").write_text(f"{hall}\n{twice}", "utf-8")
    for n in WINDOWS[:PLACES]:
        desk = (folder / f"desk-{n}.toml").read_text("utf-8")
        (folder / f"desk-{n + PLACES}.toml").write_text(_six_more(desk), "utf-8")
    staff = "".join(f'\n[[staff]]\nnumber = "{_staff(n)}"\nname = "{n}"\nstars = 4\nwindows = [{n}]\n' for n in WINDOWS)
    (folder / "staff.toml").write_text(staff, "utf-8")


def scenario(folder: Path, visitors: int) -> Path:
    """A day on which about so many come: 600 in nine hours, fewer in fewer."""
    minutes = 30 + round(visitors / VISITORS_A_MINUTE)
    ends = f"{8 + minutes // 60:02d}:{minutes % 60:02d}"
    come = {"from": "08:30", "to": ends, "per_hour": VISITORS_A_MINUTE * 60, "services": SHARES}
    clerks = [{"staff": _staff(n), "window": n, "from": "08:20", "to": ends, "minutes": 6} for n in WINDOWS]
    said = {"title": f"{visitors} visitors", "start": "2026-11-23T08:15", "ends": ends, "hall": "hall"}
    path = folder / "day.toml"
    path.write_text(tomli_w.dumps({**said, "arrivals": [come], "clerk": clerks}), "utf-8")
    return path


def lived(path: Path, days: int = 1) -> tuple[float, int]:
    """Seconds that the command computed, and how many came. BenchFailed if it was no ordinary day."""
    before = _children()
    done = subprocess.run(
        [sys.executable, "-m", "device", "simulate", str(path), "--json", "--days", str(days)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    took = _children() - before
    if done.returncode:
        raise BenchFailed(f"hallside simulate: {done.stdout}{done.stderr}")
    told = json.loads(done.stdout)
    if told["issued"] < told["came"] * 0.9 or told["unsent"] or told["served"] + told["missed"] < told["issued"] * 0.9:
        raise BenchFailed(f"the simulated day is no ordinary day: {told}")
    return took, told["came"]


def measure(rounds: int, visitors: int, tell: Callable[[str], None]) -> Figures:
    """So many times one day; then many days at once. rounds 1: a quick look, without them."""
    days = DAYS if rounds > 1 else QUICK_DAYS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        furnish(folder / "hall")
        day = scenario(folder, visitors)
        alone = []
        for n in range(rounds):
            took, came = lived(day)
            alone.append(took)
            tell(f"S11 round {n + 1} of {rounds}: {came} visitors in {took:.1f} s")
        many = lived(day, days)[0] if days > 1 else took
    return figures(alone, came, days, many)


def figures(alone: list[float], came: int, days: int, many: float) -> Figures:
    """S11: the day, of which the slowest counts, and the days."""
    one, among = max(alone), many / days
    usual = percentile(alone, 50)
    said = f"{came} visitors, {len(WINDOWS)} windows: {rounded(one):g} s, {verdict(one, MOST_SECONDS, 's')}"
    spread = (min(alone) / among, one / among)
    day = Figure(one, "s", among, f"<= {MOST_SECONDS:g} s", one <= MOST_SECONDS, spread, said)
    growth = among / usual
    told = f"{days} days took {rounded(many):g} s, {rounded(growth):g} x as long a day as one alone"
    grown = Figure(among, "s", usual, f"<= {MOST_GROWTH:g} x", growth <= MOST_GROWTH, (growth, growth), told)
    parts = {"S11.day": day, "S11.days": grown}
    most = {"S11.day": MOST_SECONDS, "S11.days": MOST_GROWTH * usual}
    limit = f"a day <= {MOST_SECONDS:g} s, linear to {DAYS} days"
    return under_one_head("S11", parts, most, limit, f"{said}. {told}.")


def _children() -> float:
    """Seconds on a core of all programmes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _six_more(text: str) -> str:
    return re.sub(
        r"(number = |window-|evaluator-|desk-)(\d)", lambda found: f"{found[1]}{int(found[2]) + PLACES}", text
    )


def _staff(window: int) -> str:
    return f"{3000 + window}"
