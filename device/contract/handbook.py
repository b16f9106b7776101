"""CONTRACT.md: the whole agreement for a person who builds another hall system. The prose is `handbook.md`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template
from typing import Annotated, Final, get_origin

from device.contract import messages
from device.contract.asyncapi import address, kept, written_by
from device.contract.channels import CHANNELS, Channel, acl_lines
from device.contract.codec import BODIES, LIMIT, carried
from device.contract.examples import EXAMPLES, HALL
from device.contract.messages import Envelope
from device.contract.rules import RULES
from device.contract.schemas import definitions
from device.contract.shape import Bool, Int, Many, Maybe, Member, OneOf, Part, Shape, Str, members, shape_of

_MEANINGS: Final = {
    "Name": "a device, a service, a part, a reason, a fault's code",
    "Uuid": "a UUID in small letters; version 7 where the sender makes a new one",
    "Stamp": "an instant: RFC 3339 with a numeric offset, never `Z`",
    "Day": "a business day of the hall",
    "Series": "the letter before a ticket's three digits",
    "Number": "what is printed and called",
    "Ticket": "business day and number: unique for ever",
    "Staff": "a staff number",
    "Text": "plain text without control characters or line breaks",
    "Hash": "SHA-256 in hexadecimal, or nothing",
    "Lang": "a language: ISO 639",
    "Level": "5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意; 2 and 1 are bad ratings",
}
_WORDS: Final = {
    shape_of(hint): name
    for name, hint in vars(messages).items()
    if get_origin(hint) is Annotated and name.removeprefix("Maybe") in _MEANINGS
}


def text() -> str:
    """CONTRACT.md."""
    template = Template((Path(__file__).parent / "handbook.md").read_text(encoding="utf-8"))
    return template.substitute(
        limit=str(LIMIT),
        channels=_channels(),
        envelope=_fields([m for m in members(Envelope) if m.name != "v"]),
        words=_words(),
        parts="\n\n".join(_part(name) for name in definitions("") if name not in BODIES),
        messages="\n\n".join(_chapter(channel) for channel in CHANNELS),
        acl="\n".join(acl_lines(HALL)),
    )


def _channels() -> str:
    rows = ((f"`{address(c)}`", written_by(c), kept(c), c.what) for c in CHANNELS)
    return _table(("topic", "written by", "delivery", "what"), rows)


def _words() -> str:
    """The named values, without their `Maybe...` twins that may be empty too."""
    own = [(shape, name) for shape, name in _WORDS.items() if not name.startswith("Maybe")]
    rows = ((name, _matches(shape), _MEANINGS[name]) for shape, name in own)
    return _table(("word", "value", "meaning"), rows)


def _matches(shape: Shape) -> str:
    """What a named value looks like, without its name."""
    match shape:
        case Str(regex, None):
            return f"`{regex}`"
        case Str(_, most):
            return f"{most} characters at most"
        case Int(least, most):
            return f"whole number, {least} to {most}"
        case _:
            raise TypeError(f"a named value is a text or a whole number, not {shape}")


def _part(name: str) -> str:
    kind = getattr(messages, name)
    return f"**{name}.** {_sentences(kind)}\n\n{_fields(members(kind))}"


def _chapter(channel: Channel) -> str:
    head = f"### On `{address(channel)}`\n\n{channel.what} Written by {written_by(channel)}; {kept(channel)}."
    return "\n\n".join([head, *(_message(kind) for kind in channel.types)])


def _message(kind: type) -> str:
    example = next(each for each in EXAMPLES if type(each.body) is kind)
    body = json.loads(example.payload)
    own = {name: value for name, value in body.items() if name not in ("type", "v", *carried(kind))}
    fields = _fields(members(kind)) if own else "No fields of its own."
    whole = example.payload.decode()
    said = f"On `{example.topic}`:\n\n```json\n{whole}\n```"
    return f"#### `{example.body.type}`\n\n{_sentences(kind)}\n\n{fields}\n\n{said}"


def _sentences(kind: type) -> str:
    told = " ".join((kind.__doc__ or "").split())
    return f"{told} *As a whole: {RULES[kind].sentence}.*" if kind in RULES else told


def _fields(shown: Sequence[Member]) -> str:
    rows = ((f"`{m.name}`", _said(m.shape), "" if m.required else f"`{json.dumps(m.default)}`") for m in shown)
    return _table(("field", "value", "if it is not said"), rows)


def _said(shape: Shape) -> str:
    """A field's value in words."""
    if shape in _WORDS:
        name = _WORDS[shape]
        return f"{name.removeprefix('Maybe')} or empty" if name.startswith("Maybe") else name
    match shape:
        case Str(secret=secret):
            return f"text, {_matches(shape)}{'; never logged or recorded' * secret}"
        case Int():
            return _matches(shape)
        case Bool():
            return "true or false"
        case OneOf(words):
            return " / ".join(f"`{word}`" for word in words)
        case Many(item, most):
            return f"list of {_said(item)}, {most} at most"
        case Part(kind):
            return kind.__name__
        case Maybe(item):
            return f"{_said(item)} or null"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
