"""Which phrases the program asks for: read from the source, so that no phrase is missing and none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What a hole in an f-string may stand for: numbers, and the words of the types the views and messages are made of.
TYPES = (*(ROOT / "screens/views").glob("*.py"), *(ROOT / "device/contract/messages").glob("*.py"))


@dataclass(slots=True)
class Asked:
    """Whole keys, and keys with holes together with what may fill them."""

    keys: set[str] = field(default_factory=set)
    holed: list[tuple[re.Pattern[str], frozenset[str]]] = field(default_factory=list)

    def asks(self, key: str) -> bool:
        """Whether some place in the source can ask for this key."""
        return key in self.keys or any(
            (found := pattern.fullmatch(key)) and all(part.isdigit() or part in fills for part in found.groups())
            for pattern, fills in self.holed
        )


@cache
def asked_for() -> Asked:
    """Every literal and every f-string of screens and device that could be a key."""
    types = frozenset().union(*(_literals(ast.parse(path.read_text("utf-8"))) for path in TYPES))
    asked = Asked()
    for path in [*(ROOT / "screens").rglob("*.py"), *(ROOT / "device").rglob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        own = frozenset(_literals(tree))
        asked.keys |= own
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                asked.holed.append((_pattern(node), own | types))
    return asked


def _literals(node: ast.AST) -> Iterator[str]:
    """Whole strings; the constant parts of f-strings are not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _literals(child)


def _pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([a-z0-9_]+)" for part in node.values]
    return re.compile("".join(parts)) if parts and isinstance(node.values[0], ast.Constant) else re.compile(r"(?!)")
