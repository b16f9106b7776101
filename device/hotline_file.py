"""Items that other channels send on, as the 12345 hotline does, from a CSV file to the supervisor's list (R265).

Columns, the first line names them: ref, kind, channel, source, named, window, staff, service, about, due. Only `ref`
must be there: by its number an item comes only once. No column holds a citizen's name or number, and one that would is
refused with all others nobody knows.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from device.contract.codec import Malformed, shaped
from device.hall.orders import OpenCase

MOST_BYTES: Final = 4 * 1024 * 1024
MOST_MISTAKES: Final = 20
DEFAULTS: Final[Mapping[str, str]] = {
    "ref": "", "kind": "complaint", "channel": "hotline", "source": "citizen", "named": "no", "window": "0",
    "staff": "", "service": "", "about": "", "due": "",
}  # fmt: skip
YES: Final = {"yes": True, "no": False, "是": True, "否": False, "": False}


class FileWrong(Exception):
    """Everything that is wrong with the file, a line each; no value is quoted."""


def read_items(path: Path) -> list[dict[str, Any]]:
    """Orders to open cases, in the file's order. FileWrong."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileWrong(f"{path}: is larger than {MOST_BYTES // 1024 // 1024} MB")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise FileWrong(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise FileWrong(f"{path}: is not UTF-8; save it as CSV UTF-8") from None
    rows = csv.DictReader(text.splitlines())
    names = rows.fieldnames or []
    strange = [name for name in names if name not in DEFAULTS]
    if "ref" not in names or strange:
        raise FileWrong(f"{path}: the first line names the columns, ref among them, of {', '.join(DEFAULTS)}")
    items, mistakes = [], []
    for n, row in enumerate(rows, 2):
        try:
            items.append(_item({name: row.get(name) or value for name, value in DEFAULTS.items()}))
        except (Malformed, ValueError) as wrong:
            mistakes.append(f"{path}:{n}: {wrong}")
    if mistakes:
        raise FileWrong("\n".join(mistakes[:MOST_MISTAKES]))
    return items


def _item(row: Mapping[str, str]) -> dict[str, Any]:
    if not row["ref"]:
        raise ValueError("ref is missing")
    if row["named"] not in YES:
        raise ValueError("named is yes or no")
    if not row["window"].isdecimal():
        raise ValueError("window is a number")
    facts = {name: row[name] for name in ("ref", "kind", "channel", "source", "staff", "service", "about")}
    order = {"facts": {**facts, "named": YES[row["named"]], "window": int(row["window"])}, "due": row["due"]}
    shaped(OpenCase, order)
    return order
