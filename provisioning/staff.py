"""Staff entries: a number, a name, and a PIN that nobody but its owner ever sees."""

from __future__ import annotations

import json
import re
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.errors import ConfigErrors
from config.load import check_staff
from device.hall.pins import SALT_MIN, make_pin, weak
from provisioning.files import File, Refused, write

MADE_DIGITS: Final = 8
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Who is entered. windows: where they may sit; empty: everywhere."""

    number: str
    name: str
    duty: str = ""
    stars: int = 0
    windows: tuple[int, ...] = ()


def asked_pin(ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    """A good PIN, typed twice the same; Refused after three tries. `ask` shows a prompt and echoes nothing typed."""
    for _ in range(TRIES):
        pin = ask("PIN: ")
        reason = weak(pin)
        if not reason and ask("PIN once more: ") != pin:
            reason = "the two are not the same"
        if not reason:
            return pin
        say(reason)
    raise Refused("no PIN was set. Start again, or let one be made with --make-pin.")


def made_pin() -> str:
    """Eight digits nobody could guess, to be told to the person once."""
    while weak(pin := "".join(secrets.choice("0123456789") for _ in range(MADE_DIGITS))):
        pass
    return pin


def enter(staff: Path, person: Person, pin: str, hall: Path | None = None) -> str:
    """Add this person to staff.toml, or give the person who is there this PIN; says which. Raises Refused.

    The rest of the file, comments included, stays as it is. hall: against which the windows are checked.
    """
    text = (
        staff.read_text("utf-8") if staff.exists() else "# The people of the hall. Belongs to the coordinator alone.\n"
    )
    stored = make_pin(pin, secrets.token_bytes(SALT_MIN))
    known = [row.get("number") for row in _rows(staff, text)]
    if person.number in known:
        text, did = _with_pin(text, known.index(person.number), stored), "has a new PIN"
    else:
        if not person.name:
            raise Refused(f"nobody has the number {person.number}. Add --name to enter a new person.")
        text, did = text.rstrip("\n") + "\n" + _entry(person, stored), "was entered"
    try:
        check_staff(text, staff, hall)
    except ConfigErrors as errors:
        raise Refused("\n".join(map(str, errors.errors))) from errors
    write(staff, File(text, secret=True))
    return f"{person.number} {did} in {staff}"


def _rows(staff: Path, text: str) -> list[dict[str, object]]:
    try:
        rows = tomllib.loads(text).get("staff", [])
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{staff}: is not TOML: {error}. Correct it first.") from error
    return [row for row in rows if isinstance(row, dict)]


def _entry(person: Person, stored: str) -> str:
    values: dict[str, object] = {"number": person.number, "name": person.name, "stars": person.stars}
    values |= {"duty": person.duty, "windows": list(person.windows), "pin": stored}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["", "[[staff]]", *lines, ""])


def _with_pin(text: str, index: int, stored: str) -> str:
    """The text with the pin of the index-th [[staff]] table set."""
    heads = [match.start() for match in re.finditer(r"(?m)^\s*\[\[\s*staff\s*\]\]", text)]
    begin, end = heads[index], heads[index + 1] if index + 1 < len(heads) else len(text)
    entry, line = text[begin:end], f'pin = "{stored}"'
    if re.search(r"(?m)^\s*pin\s*=.*$", entry):
        entry = re.sub(r"(?m)^\s*pin\s*=.*$", line, entry, count=1)
    else:
        head, _, rest = entry.partition("]]")
        entry = f"{head}]]\n{line}{rest}"
    return text[:begin] + entry + text[end:]
