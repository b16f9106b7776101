"""Damage, told by a seed: bytes and JSON made out of sound ones, mostly nearly right, sometimes right."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any, Final

ODD_BYTES: Final = (0x00, 0x0A, 0x0D, 0x10, 0x16, 0x1D, 0x22, 0x2F, 0x5C, 0x68, 0x7B, 0x7F, 0x80, 0xAA, 0xFF)
ODD_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 3, 4, 9, 600, 10**6, 2**63, -(2**63), 1e308, 0.5, "", " ", "A001", "A999", "Z000",
    "1001", "social", "nothing", "window-3", "coordinator", "\u0000", "\ud7ff", "\u202e", "\U0010ffff", "x" * 5000, [],
    [[]], {}, {"zh": ""}, "2026-11-23", "2026-02-30", "9999-12-31", "0001-01-01T00:00:00+00:00", "20261123-A001",
)  # fmt: skip
LONGEST: Final = 20_000


def damaged(dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds after one to four accidents."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(9):
            case 0 if data:
                data[at % len(data)] ^= 1 << dice.randrange(8)
            case 1 if data:
                data[at % len(data)] = dice.choice(ODD_BYTES)
            case 2 if data:
                data[at % len(data)] = dice.randrange(256)
            case 3:
                data[at:at] = dice.randbytes(dice.choice((1, 2, 8, 40)))
            case 4:
                del data[at : at + dice.choice((1, 1, 4, 30))]
            case 5:
                del data[at:]
            case 6:
                data[at:at] = data[at : at + dice.choice((1, 8, 60))]
            case 7:
                other = dice.choice(seeds)
                cut = dice.randrange(len(other) + 1)
                data[at:] = other[cut:]
            case _ if len(data) < LONGEST:
                data *= dice.choice((1, 1, 1, 2, 8))
    return bytes(data)


def spoilt(dice: random.Random, messages: Sequence[dict[str, Any]]) -> bytes:
    """A JSON message with one to three of its fields lost, doubled from another message, or odd."""
    said = dict(dice.choice(messages))
    for _ in range(dice.choice((1, 1, 2, 3))):
        key = dice.choice(list(said) or ["type"])
        match dice.randrange(5):
            case 0:
                said.pop(key, None)
            case 1:
                other = dice.choice(messages)
                said[key] = other.get(key, dice.choice(list(other.values())))
            case 2:
                value = said.get(key)
                said[key] = [value] * dice.choice((0, 1, 2, 300)) if dice.random() < 0.5 else {"": value}
            case 3:
                said[dice.choice(("seq", "journal", "to", "prev", "rev", "until", "person"))] = dice.choice(ODD_VALUES)
            case _:
                said[key] = dice.choice(ODD_VALUES)
    return json.dumps(said).encode()


def must(holds: object, what: str) -> None:
    """AssertionError with what does not hold."""
    if not holds:
        raise AssertionError(what)
