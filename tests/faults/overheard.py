"""What came out of a hall, and what of it stands where it must not; the rules are those of canaries.py."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

PIN: Final = "73951846"
PEOPLE: Final = (("1001", "司马青鸾", 4, "综合受理"), ("1002", "上官雪鹭", 5, "综合受理"))
STAFF_NAMES: Final = tuple(name for _, name, _, _ in PEOPLE)
UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
ENCODINGS: Final = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Canary:
    """One person made up for one place. where: what they were put into."""

    where: str
    number: int

    @property
    def words(self) -> tuple[str, str, str]:
        """Identity number, phone, name: each stands nowhere by chance."""
        return f"44010619900307{self.number:04d}", f"1381357{self.number:04d}", f"欧阳翠{chr(0x4E00 + self.number)}"

    @property
    def text(self) -> str:
        """All of it, as it may stand in a code or a field."""
        return " ".join(self.words)


@dataclass(slots=True)
class Out:
    """What came out of a morning. said: (place, text or bytes), everything. shared: what staff and public hear and see,

    without the identities of messages, which nobody can read anything from.
    """

    said: list[tuple[str, str | bytes]] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    canaries: list[Canary] = field(default_factory=list)
    pins: list[str] = field(default_factory=lambda: [PIN])

    def share(self, texts: Iterable[str]) -> None:
        """Staff or public hear or see these."""
        self.shared += [UUID.sub("-", text) for text in texts]

    def canary(self, where: str) -> Canary:
        """Somebody who has not been anywhere yet."""
        self.canaries.append(Canary(where, len(self.canaries)))
        return self.canaries[-1]


class Ear(logging.Handler):
    """Every line of every log, with what an exception says."""

    def __init__(self, out: Out) -> None:
        super().__init__(logging.DEBUG)
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        self._out.said.append(("log", self.format(record)))


@contextmanager
def listening(out: Out) -> Iterator[None]:
    """While it lasts, whatever is logged is heard."""
    ear, root = Ear(out), logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [ear]
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def leaks(out: Out) -> list[str]:
    """What stands where it must not."""
    citizens = {word: canary.where for canary in out.canaries for word in canary.words}
    words = dict.fromkeys(citizens, "") | dict.fromkeys(out.pins, "/ask$|view window")
    words |= dict.fromkeys(STAFF_NAMES, "view|page|message|journal")
    found: dict[str, None] = {}
    for encoding in ENCODINGS:
        every = re.compile(b"|".join(re.escape(word.encode(encoding)) for word in words))
        for place, said in out.said:
            for hit in every.findall(said if isinstance(said, bytes) else said.encode(encoding, "replace")):
                word = hit.decode(encoding)
                if not (words[word] and re.search(words[word], place)):
                    found[f"{word}, put into {citizens.get(word, 'the staff list')}, stands in: {place}"] = None
    return list(found)


def told(one: Out, other: Out) -> str:
    """The first thing by which staff or public could tell one morning's ratings from the other's; "" if none."""
    for a, b in zip(one.shared, other.shared, strict=False):
        if a != b:
            return f"{a[:300]} | {b[:300]}"
    return "" if len(one.shared) == len(other.shared) else "more is said or shown in one of them"
