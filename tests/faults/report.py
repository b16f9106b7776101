"""What `make faults` leaves: results.json for machines, a table for people on the terminal and in docs/faults.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from device.moment import HALL_TIME
from tests.bench.report import ROOT, commit, machine
from tests.bench.report import write as write_results
from tests.faults.kinds import PROMISES, Outcome, Planted

RESULTS: Final = Path(__file__).with_name("results.json")
PAGE: Final = ROOT / "docs" / "faults.md"
HEAD: Final = """\
# What was broken, and what it did

`make faults` breaks hallside in every way promised and counts what was lost or counted twice; `make faults FULL=1` does
it in the promised sizes. It writes this page and `tests/faults/results.json`. What each line tries, and on what it
stands, is in [tests/faults](../tests/faults/README.md). A line "not run" shows nothing.
"""


def before(path: Path = RESULTS) -> dict[str, Any]:
    """What earlier runs left, {} if nothing."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def merged(
    old: Mapping[str, Any], outcomes: Mapping[str, Outcome], planted: Planted | None, *, full: bool
) -> dict[str, Any]:
    """All of results.json. A promise not run this time keeps what was found last, with its own date and commit.

    A quick run that found nothing does not take the place of a full one.
    """
    head = {"commit": commit(), "date": datetime.now(HALL_TIME).isoformat(timespec="seconds"), "machine": machine()}
    said = {"size": "full" if full else "quick", "commit": head["commit"], "date": head["date"]}
    promises = dict(old.get("promises", {}))
    for name, outcome in outcomes.items():
        if full or not outcome.kept or promises.get(name, {}).get("size") != "full":
            promises[name] = asdict(outcome) | said
    names = [promise.name for promise in PROMISES]
    found = {**head, "promises": {name: promises[name] for name in names if name in promises}}
    if planted is not None:
        found["planted"] = asdict(planted) | said
    elif "planted" in old:
        found["planted"] = old["planted"]
    return found


def write(found: Mapping[str, Any], results: Path = RESULTS, page: Path = PAGE) -> None:
    """Both files, each whole or not at all."""
    write_results(dict(found), results)
    partly = page.with_suffix(".part")
    partly.write_text(f"{HEAD}\n{table(found)}\n\n{_where(found)}\n", "utf-8")
    partly.replace(page)


def table(found: Mapping[str, Any]) -> str:
    """A Markdown table, aligned so that it also reads on a terminal, and below it the reasons."""
    promises = found["promises"]
    rows: list[tuple[str, ...]] = [
        ("", "promise", "tried", "lost", "doubled", "failed", "seed", "size, day"),
        ("---",) * 8,
    ]
    for promise in PROMISES:
        entry = promises.get(promise.name)
        counts = (
            [f"{entry[key]:,}" for key in ("tried", "lost", "doubled", "failed")]
            if entry
            else ["not run", "-", "-", "-"]
        )
        last = (str(entry["seed"]), f"{entry['size']}, {entry['date'][:10]}") if entry else ("-", "-")
        rows.append((promise.name, promise.what, *counts, *last))
    widths = [max(len(row[k]) for row in rows) for k in range(8)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    whys = [f"- **{name}** {entry['why']} `{entry['command']}`" for name, entry in promises.items()]
    return "\n".join([*lines, "", _planted(found.get("planted")), *([""] if whys else []), *whys])


def _planted(entry: Mapping[str, Any] | None) -> str:
    if entry is None:
        return "Planted faults: not run."
    missed = f" Missed: {', '.join(entry['missed'])}." if entry["missed"] else ""
    return f"Planted faults: {entry['caught']} of {entry['planted']} caught.{missed} `{entry['command']}`"


def _where(found: Mapping[str, Any]) -> str:
    return f"Last run {found['date']}, commit {found['commit'][:12]}, on {found['machine']}."
