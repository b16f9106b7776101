"""What must agree in the hall's rules of queue, load and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from config.cross_calendar import when
from config.errors import Finding, did_you_mean
from config.raw import Raw, rows, word, words


def _table(raw: Raw, name: str) -> Raw:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _queue(raw: Raw) -> Iterator[Finding]:
    seen: set[str] = set()
    classes = _table(raw, "queue").get("class")
    for index, row in enumerate(classes if isinstance(classes, list | tuple) else ()):
        name = word(row, "id") if isinstance(row, dict) else ""
        if name in seen:
            yield Finding(("queue", "class", index, "id"), f"'{name}' stands here twice", "Take one out.")
        if name == "appointment":
            yield Finding(
                ("queue", "class", index, "id"), "appointments are a class of their own", "Name it otherwise."
            )
        seen.add(name)
    reserve, last = _table(raw, "queue").get("reserve"), _table(raw, "numbers").get("online_last")
    if isinstance(reserve, int) and isinstance(last, int) and reserve >= last:
        what = f"{reserve} of {last} online numbers kept for priority leave none for others"
        yield Finding(("queue", "reserve"), what, "Make it smaller.")


def _load(raw: Raw) -> Iterator[Finding]:
    long, short = _table(raw, "load").get("long"), _table(raw, "load").get("short")
    if isinstance(long, int) and isinstance(short, int) and short >= long:
        what = f"a queue that is long at {long} cannot be short again at {short}"
        yield Finding(("load", "short"), what, "Make it smaller than `long`, so that the alarm does not flap.")


def _also_exist(raw: Raw) -> Iterator[Finding]:
    known = [name for _, row in rows(raw, "service") for name in words(row, "id")]
    for path, row in rows(raw, "window"):
        for index, service in enumerate(words(row, "also") if "also" in row else ()):
            if service not in known:
                mend = did_you_mean(service, known, "Write a [[service]] with this id.")
                yield Finding((*path, "also", index), f"no service is called '{service}'", mend)


def _voice(raw: Raw) -> Iterator[Finding]:
    """A zone is of windows that are there; a class that nobody has needs no clear voice, but may be misspelt."""
    windows = [number for _, row in rows(raw, "window") if isinstance(number := row.get("number"), int)]
    for path, row in rows(raw, "board"):
        zone = row.get("windows")
        for index, window in enumerate(zone if isinstance(zone, list | tuple) else ()):
            if isinstance(window, int) and window not in windows:
                have = ", ".join(map(str, sorted(windows)))
                yield Finding((*path, "windows", index), f"there is no window {window}", f"Known: {have}.")
    classes = _table(raw, "queue").get("class")
    known = [word(row, "id") for row in (classes if isinstance(classes, list | tuple) else ()) if isinstance(row, dict)]
    for index, name in enumerate(words(_table(raw, "voice"), "clear_for")):
        mend = did_you_mean(name, known)
        if name not in known and mend.startswith("Did"):
            yield Finding(("voice", "clear_for", index), f"no class is called '{name}'", mend)


RULE_CHECKS: tuple[Callable[[Raw], Iterator[Finding]], ...] = (_queue, _load, _also_exist, _voice)


def roster_findings(raw: Raw, hall: Raw) -> Iterator[Finding]:
    """Substitutes, rosters and absences name people who exist; somebody stands in at a window of one (R120)."""
    people = list(dict.fromkeys(number for _, row in rows(raw, "staff") for number in words(row, "number")))
    yield from _known_people(raw, people)
    for path, row in rows(raw, "staff"):
        if word(row, "substitute") and word(row, "substitute") == word(row, "number"):
            yield Finding((*path, "substitute"), "nobody stands in for themselves", "Name somebody else.")
    windows = {number for _, row in rows(hall, "window") if isinstance(number := row.get("number"), int)}
    for path, row in rows(raw, "roster"):
        if windows and isinstance(row.get("window"), int) and row["window"] not in windows:
            yield Finding((*path, "window"), f"there is no window {row['window']}", "Name a window of this hall.")
    yield from _cards(raw, people)
    yield from _absences(raw)


def _known_people(raw: Raw, people: Sequence[str]) -> Iterator[Finding]:
    for table, keys in (("staff", ("substitute",)), ("roster", ("staff",)),
                        ("absence", ("staff", "substitute", "approved_by"))):  # fmt: skip
        for path, row in rows(raw, table):
            for key in keys:
                name = word(row, key)
                if name and name not in people:
                    yield Finding((*path, key), f"nobody has the staff number {name}", did_you_mean(name, people))


def _cards(raw: Raw, people: Sequence[str]) -> Iterator[Finding]:
    cards: set[str] = set()
    for path, row in rows(raw, "staff"):
        card = word(row, "card")
        if card and (card in cards or card in people):
            yield Finding((*path, "card"), "this card or number is already somebody's", "Give each card once.")
        cards.add(card)


def _absences(raw: Raw) -> Iterator[Finding]:
    expected: dict[int, set[str]] = {}
    for _, row in rows(raw, "roster"):
        if isinstance(window := row.get("window"), int):
            expected.setdefault(window, set()).add(word(row, "staff"))
    away = [(word(row, "staff"), when(word(row, "begins")), when(word(row, "ends"))) for _, row in rows(raw, "absence")]
    for path, row in rows(raw, "absence"):
        begins, ends, substitute = when(word(row, "begins")), when(word(row, "ends")), word(row, "substitute")
        if begins and ends and begins >= ends:
            yield Finding((*path, "ends"), "it ends before it begins", "Correct one of the two.")
            continue
        alone = [window for window, people in expected.items() if people == {word(row, "staff")}]
        if not substitute and alone:
            what = f"window {alone[0]} has nobody else: who stands in?"
            yield Finding((*path, "substitute"), what, "Name a substitute.")
        if (
            begins
            and ends
            and any(
                who == substitute and since and until and since < ends and begins < until for who, since, until in away
            )
        ):
            yield Finding((*path, "substitute"), f"{substitute} is away then too", "Name somebody else.")
