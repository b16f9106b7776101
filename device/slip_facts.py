"""A slip's facts from a JSON file: sound and whole, or every mistake at once with its path and what was meant.

No message quotes a value: facts name people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from config.errors import PLAIN, did_you_mean, dotted
from screens.document import Document, Qr
from screens.slips.catalogue import TEMPLATES
from screens.slips.samples import SAMPLES

MOST_BYTES: Final = 64 * 1024  # the longest form has half of it
MOST_MISTAKES: Final = 50
MOST_CODE: Final = 570  # bytes; 190 hanzi, the most that a form's own field takes
_NO_DATE: Final = 'is not a date: write it as "2026-11-21"'
_SAYS: Final = {
    **PLAIN,
    "missing": "is missing",
    "literal_error": "must be {expected}",
    "date_parsing": _NO_DATE,
    "date_from_datetime_parsing": _NO_DATE,
}


class FactsWrong(Exception):
    """Everything that is wrong with the facts, a line each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def read_facts(template: str, file: Path) -> Any:
    """The facts in this file, of the template's own class. FactsWrong names all that is wrong."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise FactsWrong([f"{file}: cannot be read: {error.strerror}"]) from None
    if len(data) > MOST_BYTES:
        raise FactsWrong([f"{file}: is larger than {MOST_BYTES // 1024} KB, no slip is so long"])
    return facts_of(template, data, str(file))


def facts_of(template: str, data: bytes, source: str) -> Any:
    """The same from JSON text. source: how messages name it."""
    kind = TEMPLATES[template].facts
    shape: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        raw = from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise FactsWrong([f"{source}: is not JSON: {error}"]) from None
    if not isinstance(raw, dict):
        raise FactsWrong([f"{source}: must be one JSON object"])
    strange = [f"{source}: {dotted(path)}: there is no such field. {hint}" for path, hint in _strange(kind, raw, ())]
    try:
        facts = shape.validate_json(data, strict=True)
    except ValidationError as error:
        wrong = (detail for detail in error.errors(include_url=False) if not _holds_something(detail))
        found = [f"{source}: {dotted(detail['loc'])}: {_plain(detail)}" for detail in wrong]
        raise FactsWrong((strange + found)[:MOST_MISTAKES]) from None
    if strange:
        raise FactsWrong(strange[:MOST_MISTAKES])
    return facts


def slip(template: str, facts: Any) -> Document:
    """The facts' paper. FactsWrong for a QR code that a printer might be cut off in and never recover from."""
    document = TEMPLATES[template].compose(facts)
    codes = [block.text for block in document.blocks if isinstance(block, Qr)]
    if any(len(text.encode()) > MOST_CODE for text in codes):
        raise FactsWrong([f"the QR code's text is longer than {MOST_CODE} bytes"])
    return document


def schema(template: str) -> dict[str, Any]:
    """JSON Schema of the template's facts."""
    said = TypeAdapter(TEMPLATES[template].facts).json_schema()
    for table in (said, *said.get("$defs", {}).values()):
        table["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **said, "title": template}


def sample(template: str) -> bytes:
    """Facts to begin with, as JSON."""
    shape: TypeAdapter[Any] = TypeAdapter(TEMPLATES[template].facts)
    return shape.dump_json(SAMPLES[template], indent=2)


def _holds_something(detail: Any) -> bool:
    """A list of entries that are themselves wrong is not short (pydantic counts only the sound ones)."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _plain(detail: Any) -> str:
    return str(_SAYS.get(detail["type"], detail["msg"])).format(**detail.get("ctx", {}))


def _strange(kind: object, raw: object, path: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Fields that the class has not, in all tables, and what was meant."""
    inner = next((found for found in _classes(kind)), None)
    if isinstance(raw, list):
        for n, entry in enumerate(raw):
            yield from _strange(kind, entry, (*path, n))
    elif isinstance(raw, dict) and inner is not None:
        hints = get_type_hints(inner)
        for key, value in raw.items():
            if key in hints:
                yield from _strange(hints[key], value, (*path, key))
            else:
                absent = [f.name for f in fields(inner) if f.name not in raw]
                yield (*path, key), did_you_mean(key, absent or hints)


def _classes(kind: object) -> Iterator[Any]:
    """The dataclasses in a type such as tuple[Needed, ...] or Office | None."""
    if is_dataclass(kind):
        yield kind
    elif get_origin(kind) in (tuple, Union, UnionType):
        for part in get_args(kind):
            yield from _classes(part)
