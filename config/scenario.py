"""A scenario file: one hall's day to be simulated, with its people and what befalls it.

```toml
title = "Power cut at 10:40"
start = "2026-11-23T08:20"          # a day of the hall's calendar, hall time
ends = "18:30"

[[arrivals]]
from = "08:30"
to = "11:30"
per_hour = 40
services = { social = 3, medical = 1 }   # shares

[[clerk]]
staff = "1001"
window = 1
from = "08:25"
to = "17:30"

[[event]]
at = "10:40"
do = "power-off"
what = "all"
```

`like = "ordinary-day.toml"` takes whatever is not written here from another scenario beside it.

Errors are those of every config file: all at once, each with its line and a mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from config.errors import ConfigError, ConfigErrors, Finding, did_you_mean
from config.hall_rules import Language
from config.load import validate
from config.part import Strict
from config.raw import rows, word
from config.shapes import Clockface, LocalTime, Name, StaffNumber
from config.source import Source, placed, read

Share = Annotated[float, Field(ge=0, le=1)]
Do = Literal[
    "power-off", "power-on", "line-down", "line-up", "broker-off", "broker-on", "fault", "mend", "clock", "hand-over",
    "new-card",
]  # fmt: skip
DOES: Final[dict[str, tuple[str, ...]]] = {  # what each needs besides `at`
    "power-off": ("what",), "power-on": ("what",), "line-down": ("what",), "line-up": ("what",), "broker-off": (),
    "broker-on": (), "fault": ("what", "name"), "mend": ("what",), "clock": ("seconds",), "hand-over": ("what", "to"),
    "new-card": ("what",),
}  # fmt: skip


class Arrivals(Strict):
    """Citizens who come at random, so many an hour on the average. kiosk: "" is the nearest that works."""

    begins: Annotated[Clockface, Field(alias="from")]
    ends: Annotated[Clockface, Field(alias="to")]
    per_hour: Annotated[float, Field(gt=0, le=2000)]
    services: Annotated[dict[Name, Annotated[float, Field(gt=0, le=1000)]], Field(min_length=1, max_length=64)]
    kiosk: Name | None = None
    lang: Language | None = None
    klass: Name | None = None  # a priority class, told at the kiosk


class Clerk(Strict):
    """One person at one window. minutes: their usual service; spread: its coefficient of variation.

    no_show: share of calls that nobody answers; rates: share of citizens who press a button, 5 most often.
    """

    staff: StaffNumber
    window: Annotated[int, Field(ge=1, le=999)]
    begins: Annotated[Clockface, Field(alias="from")]
    ends: Annotated[Clockface, Field(alias="to")]
    minutes: Annotated[float, Field(gt=0, le=120)] = 5.0
    spread: Annotated[float, Field(ge=0, le=2)] = 0.5
    no_show: Share = 0.05
    rates: Share = 0.8
    levels: Annotated[tuple[Annotated[float, Field(ge=0, le=1000)], ...], Field(min_length=5, max_length=5)] = (
        1, 1, 2, 6, 20,
    )  # fmt: skip  # shares of levels 1 to 5


class Event(Strict):
    """Something that befalls the hall. what: a device, a station, or `all`; name: the fault; seconds: of the clock."""

    at: Clockface
    do: Do
    what: Name | None = None
    name: Name | None = None
    to: StaffNumber | None = None
    seconds: Annotated[int, Field(ge=-31_536_000, le=31_536_000)] | None = None


class Expect(Strict):
    """What the book must say at the end; left out: anything. Shares are of tickets issued."""

    issued: tuple[int, int] | None = None
    served: tuple[int, int] | None = None
    missed: tuple[int, int] | None = None
    left: int | None = None
    by_block: tuple[int, int] | None = None  # numbers given by kiosks alone
    unprinted: tuple[int, int] | None = None
    overtime_minutes: tuple[int, int] | None = None
    faults: tuple[int, int] | None = None
    people: tuple[int, int] | None = None  # who served
    power_cuts: int | None = None
    vouchers: tuple[int, int] | None = None  # given to who was waiting when the power went
    vouchers_used: tuple[int, int] | None = None


class Scenario(Strict):
    """One scenario. hall: a folder of station files ("" is the example hall); set: tables of its hall.toml replaced."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    like: Annotated[str, Field(max_length=400)] = ""
    start: LocalTime
    ends: Clockface
    days: Annotated[int, Field(ge=1, le=366)] = 1
    seed: Annotated[int, Field(ge=0, le=2**32)] = 1
    hall: Annotated[str, Field(max_length=400)] = ""
    set: dict[str, Any] = Field(default_factory=dict)
    set_staff: dict[str, Any] = Field(default_factory=dict)  # tables added to its staff.toml: roster, absence
    arrivals: Annotated[tuple[Arrivals, ...], Field(max_length=200)] = ()
    clerks: Annotated[tuple[Clerk, ...], Field(alias="clerk", max_length=200)] = ()
    events: Annotated[tuple[Event, ...], Field(alias="event", max_length=500)] = ()
    expect: Expect = Expect()


def load_scenario(path: Path) -> Scenario:
    """The scenario in this file. Raises ConfigErrors with all that is wrong, each with its line."""
    layers = layers_of(path)
    raw = {key: value for layer in layers for key, value in layer.raw.items()}
    scenario, wrong = validate(Scenario, raw, layers[-1].file.parent)
    errors = placed([*wrong, *_cross(raw)], layers)
    if errors or scenario is None:
        raise ConfigErrors(errors)
    return scenario


def layers_of(path: Path) -> tuple[Source, ...]:
    """The files this scenario stands in: another that it is like, if it is, and its own. ConfigErrors."""
    source = _read(path.absolute())
    like = source.raw.get("like")
    return (_read(source.file.parent / like), source) if isinstance(like, str) and like else (source,)


def _read(file: Path) -> Source:
    errors: list[ConfigError] = []
    source = read(file, errors)
    if source is None:  # without an error it has a name that no file can have, with a NUL
        raise ConfigErrors(errors or [ConfigError(file, None, "", "is no file's name", "Correct the path.")])
    return source


def _cross(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """What one value says of another."""
    for table in ("arrivals", "clerk"):
        for at, row in rows(raw, table):
            if word(row, "from") and word(row, "to") and word(row, "from") >= word(row, "to"):
                yield Finding((*at, "to"), f'is not after from = "{word(row, "from")}"', "Exchange or correct them.")
    for at, row in rows(raw, "event"):
        needs = DOES.get(word(row, "do"))
        for key in needs or ():
            if key not in row:
                yield Finding(at, f'do = "{word(row, "do")}" needs {key}', f"Add {key} = ….")
        extra = [key for key in row if key not in ("at", "do", *(needs or ())) and needs is not None]
        for key in extra:
            known = ("at", "do", *(needs or ()))
            yield Finding((*at, key), f'means nothing for do = "{word(row, "do")}"', did_you_mean(key, known))
