"""A ruler that can be reckoned in the head: a Chinese character is as wide as its size, any other half of that."""

from __future__ import annotations


class PlainRuler:
    """Knows every character but those it was told it lacks."""

    def __init__(self, without: str = "") -> None:
        self._without = without

    def width(self, text: str, size: int, bold: bool) -> int:
        return sum(size if char >= "⺀" else size // 2 for char in text) + (2 if bold else 0)

    def lacks(self, text: str) -> str:
        return "".join(char for char in text if char in self._without)
