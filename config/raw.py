"""Raw config data, read without believing its kinds: what is of the wrong kind is passed over, the schema says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.lines import Path as Keys

Raw = Mapping[str, object]


def rows(raw: Raw, table: str) -> Iterator[tuple[Keys, Raw]]:
    """The tables of an array of tables with their paths; whatever is not one is passed over."""
    found = raw.get(table)
    for index, row in enumerate(found if isinstance(found, list | tuple) else ()):
        if isinstance(row, dict):
            yield (table, index), row


def twice(raw: Raw, table: str, key: str) -> Iterator[tuple[Keys, str]]:
    """Where a row of this table has a text that an earlier one has already, and the text."""
    seen: set[str] = set()
    for path, row in rows(raw, table):
        for value in words(row, key):
            if value and value in seen:
                yield (*path, key), value
            seen.add(value)


def words(row: Raw, key: str) -> list[str]:
    """The texts of a list, or the one text, of this key."""
    value = row.get(key)
    many = value if isinstance(value, list | tuple) else (value,)
    return [v for v in many if isinstance(v, str)]


def word(row: Raw, key: str) -> str:
    """The text of this key, or ""."""
    value = row.get(key)
    return value if isinstance(value, str) else ""
