"""Accidents to a config: values replaced by odd ones, lines lost, doubled or cut."""

from __future__ import annotations

import random
import re

ODD = [
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "nan",
    "1979-05-27",
    "07:32:00",
    '""',
    '"x"',
    "-1",
    "true",
    "1e400",
    "[1, [2]]",
    "{ zh = [] }",
    '"\\u0000"',
    "99999999999999999999",
    "[[1]]",
    '{ driver = "serial" }',
    '["a", 1]',
    "''' '''",
]
VALUE = re.compile(r"(?m)(?<== ).+$")


def spoil(text: str, dice: random.Random) -> str:
    """One to four values replaced by odd ones, or lines lost, doubled or cut."""
    for _ in range(dice.randint(1, 4)):
        lines = text.split("\n")
        at = dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[dice.randrange(len(lines))])
            case 2:
                lines[at] = lines[at][: dice.randint(0, len(lines[at]))]
            case _:
                lines[at] = VALUE.sub(lambda _: dice.choice(ODD), lines[at])
        text = "\n".join(lines)
    return text
