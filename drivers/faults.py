"""Faults of simulated parts, by name: what was asked for is one of them, or the refusal says which there are."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def known_fault(part: str, name: object, known: Collection[str]) -> str:
    """The name, if the part has such a fault. ValueError with all of them, and the nearest."""
    if isinstance(name, str) and name in known:
        return name
    if name is None:
        raise ValueError(f"which fault? A {part} has {', '.join(sorted(known))}")
    near = get_close_matches(str(name), known, n=1)
    hint = f". Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"a {part} has no fault {name!r}; it has {', '.join(sorted(known))}{hint}")
