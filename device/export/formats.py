"""An export's files: CSV, JSON, Parquet; and the page that documents their fields."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from io import StringIO
from pathlib import Path
from typing import Final, Literal

from device.export.rows import TABLES, Row, fields

Format = Literal["csv", "json", "parquet"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "json", "parquet")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class FormatMissing(Exception):
    """This format needs a package that is not installed; the message says how to get it."""


def write(folder: Path, name: str, rows: Sequence[Row], form: Format) -> Path:
    """One table as one file in this folder. OSError, FormatMissing."""
    path = folder / f"{name}.{form}"
    match form:
        case "csv":
            path.write_text(as_csv(name, rows), "utf-8-sig", newline="")  # the mark: or spreadsheets guess at Chinese
        case "json":
            path.write_text(as_json(name, rows), "utf-8")
        case "parquet":
            _write_parquet(path, name, rows)
    return path


def as_csv(name: str, rows: Iterable[Row]) -> str:
    """RFC 4180, with a heading. What a spreadsheet would take for a formula is kept a text."""
    out = StringIO()
    said = csv.writer(out, lineterminator="\r\n")
    said.writerow(field.name for field in fields(TABLES[name]))
    said.writerows([_cell(value) for value in astuple(row)] for row in rows)
    return out.getvalue()


def as_json(name: str, rows: Iterable[Row]) -> str:
    """An array of objects, one a line."""
    names = [field.name for field in fields(TABLES[name])]
    lines = [json.dumps(dict(zip(names, astuple(row), strict=True)), ensure_ascii=False) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value).lower() if isinstance(value, bool) else value


def _write_parquet(path: Path, name: str, rows: Sequence[Row]) -> None:
    try:
        import pyarrow  # 40 MB, wanted by few
        from pyarrow import parquet
    except ImportError as missing:
        raise FormatMissing("Parquet needs pyarrow: pip install 'hallside[parquet]'; or say --format csv") from missing
    kinds = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "yes-no": pyarrow.bool_(),
    }
    columns = fields(TABLES[name])
    schema = pyarrow.schema([pyarrow.field(c.name, kinds[c.kind], nullable=c.empty) for c in columns])
    values: Mapping[str, list[object]] = {c.name: [getattr(row, c.name) for row in rows] for c in columns}
    parquet.write_table(pyarrow.table(values, schema=schema), path)


def handbook() -> str:
    """docs/export.md: every table and field."""
    lines = [
        "# What `hallside export` gives out",
        "",
        "Generated from `rows.py`, `log_rows.py` and `case_rows.py` in `device/export`; a test keeps it fresh (R216).",
        "",
        "`--day`, `--week`, `--month` and `--quarter` choose the business days (R050, R158). The same book always",
        "gives the same rows. No table names a citizen, nor a person but by staff number, so that a survey by others",
        "may have them (R067).",
        "",
    ]
    for name, table in TABLES.items():
        lines += [
            f"## {name}",
            "",
            " ".join((table.__doc__ or "").split()),
            "",
            "| field | kind | says |",
            "|---|---|---|",
        ]
        lines += [f"| `{f.name}` | {f.kind}{', may be empty' if f.empty else ''} | {f.says} |" for f in fields(table)]
        lines.append("")
    return "\n".join(lines)
