"""Everything that reads what came from outside, each with sound examples to be damaged and what must hold after.

`read` takes damaged bytes. It may refuse them in the one way its parser is documented to, and nothing else.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from device.contract.channels import parse
from device.contract.codec import Malformed, decode, encode, masked
from device.contract.examples import EXAMPLES
from drivers.escpos_status import Ear, decode_asb, decode_port_status, decode_status
from drivers.events import Scanned
from drivers.frame_splitter import Splitter
from drivers.frame_template import Template
from drivers.frames import FRAMES
from drivers.keypad_callpad import NAMES, pressed
from drivers.keypad_keys import EVENT, KEYS, Keyboard
from drivers.scanner_ear import SerialEar, WedgeEar
from drivers.scanner_text import LONGEST
from drivers.strip_modbus import ModbusAnswers, write
from tests.faults import parsers_files as files
from tests.faults.mutate import damaged, must, spoilt

Read = Callable[[bytes], None]
PRINTER_CODES: Final = frozenset({"", "broken", "cutter", "cover-open", "paper-out", "overheated", "offline"})


@dataclass(frozen=True)
class Parser:
    """share: of all damaged inputs. make: one of them."""

    name: str
    share: float
    make: Callable[[random.Random], bytes]
    read: Read


# --- the wire ------------------------------------------------------------------------------------------------


@cache
def payloads() -> tuple[bytes, ...]:
    """One sound message of each kind."""
    return tuple(example.payload for example in EXAMPLES)


@cache
def messages() -> tuple[dict[str, Any], ...]:
    """The same as JSON objects."""
    return tuple(json.loads(payload) for payload in payloads())


@cache
def topics() -> tuple[str, ...]:
    """Where they are said."""
    return tuple(dict.fromkeys(example.topic for example in EXAMPLES))


def a_message(dice: random.Random) -> bytes:
    """A topic, a line feed, a payload: as one input. Mostly the topic is where such a message belongs."""
    n = dice.randrange(len(EXAMPLES))
    topic = EXAMPLES[n].topic if dice.random() < 0.7 else dice.choice(topics())
    payload = spoilt(dice, messages()) if dice.random() < 0.6 else damaged(dice, payloads())
    if dice.random() < 0.15:
        topic = damaged(dice, [topic.encode()]).decode("utf-8", "replace").replace("\n", "")
    return topic.encode() + b"\n" + payload


def _message(data: bytes) -> None:
    where, _, payload = data.partition(b"\n")
    topic = where.decode()
    try:
        envelope, body = decode(topic, payload)
    except Malformed as malformed:
        must(len(malformed.why) < 300, "a refusal is short")
        if len(payload) % 8 == 0:
            masked(payload)
        return
    must(parse(topic), "a message was taken from a topic that is none")
    must(decode(topic, encode(envelope, body)) == (envelope, body), "what was taken cannot be said again")


# --- lines ---------------------------------------------------------------------------------------------------

_STATUS: Final = (
    b"\x16\x12\x12\x12",
    b"\x12",
    b"\x16\x3a\x12\x72",
    b"\x18\x00\x00\x00\x0f",
    b"\x37\x25\x00",
    b"\x11\x13",
)


def a_printer_reply(dice: random.Random) -> bytes:
    """Answers to DLE EOT, GS r, GS a and DLE DC4."""
    return damaged(dice, _STATUS) + damaged(dice, _STATUS)


def _printer(data: bytes) -> None:
    ear = Ear()
    for at in range(0, len(data), 3):
        ear.hear(data[at : at + 3])
    must(len(ear.status) <= len(data), "more answers than bytes")
    reports = [decode_status(*ear.status[k : k + 4]) for k in range(0, len(ear.status) - 3, 4)]
    reports += [decode_asb(*ear.unasked)] if ear.unasked else []
    reports += [report for byte in data[:4] if (report := decode_port_status(byte))]
    for report in reports:
        must(report.code in PRINTER_CODES and {*report.also} <= PRINTER_CODES, f"{report} is nothing a device says")
        must(report.ready == (report.code == ""), "ready and not ready")
    ear.forget()


@cache
def _frames() -> tuple[tuple[Template, bytes], ...]:
    templates = [Template.parse(row.template) for row in FRAMES.values()]
    return tuple((template, template.encode(addr=3, func=0x0C, seq=1, data=b"123456")) for template in templates)


def a_frame(dice: random.Random) -> bytes:
    """One of the known frames; its row's number first."""
    n = dice.randrange(len(_frames()))
    return bytes([n]) + damaged(dice, [frame for _, frame in _frames()])


def _frame(data: bytes) -> None:
    template, sound = _frames()[data[0]]
    splitter = Splitter(template)
    frames = []
    for at in range(1, len(data), 7):
        frames += splitter.feed(data[at : at + 7])
        must(splitter.waiting <= template.most, "it remembers more than a frame")
    frames += splitter.flush()
    must(not splitter.waiting, "silence ends nothing")
    for frame in frames:
        must(frame.raw in data, "a frame that nobody sent")
        if frame.data and frame.data[-1] in NAMES:
            must(all(len(key) == 1 or key.isalnum() for key in pressed(frame.data)), "a key that is none")
    must([found.raw for found in splitter.feed(sound)] == [sound], "after the noise a sound frame is not heard")


def an_answer(dice: random.Random) -> bytes:
    """What a Modbus sign says back."""
    return damaged(dice, [write(1, 2, 3), write(7, 0, 500), b"\x01\x86\x02\xc3\xa1"])


def _answer(data: bytes) -> None:
    ear = Splitter(ModbusAnswers())
    frames = [frame for at in range(0, len(data), 5) for frame in ear.feed(data[at : at + 5])] + ear.flush()
    must(not ear.waiting, "silence ends nothing")
    must(all(frame.raw in data for frame in frames), "an answer that nobody gave")


_CODES: Final = (
    b"hallside:longjiang:20261123-A012\r", "hallside:longjiang:20261123-A012\t李\n".encode("gb18030"),
    b"]Q3https://example.org/x?y=1\r\n", b"\x02A012\x03\r", b"500101199001011234\r", b"\xef\xbb\xbfA012\r",
)  # fmt: skip


def a_code(dice: random.Random) -> bytes:
    """What a scanner sends on a serial line."""
    return b"".join(damaged(dice, _CODES) for _ in range(dice.choice((1, 1, 3))))


def _code(data: bytes) -> None:
    heard: list[object] = []
    clock = iter(range(10**9))
    ear = SerialEar(heard.append, "scanner", "return", lambda: next(clock) * 0.05)
    for at in range(0, len(data), 11):
        ear.hear(data[at : at + 11])
    ear.silence()
    _codes(heard)


_TYPED: Final = tuple(
    b"".join(EVENT.pack(0, 0, kind, code, value) for kind, code, value in ((1, key, 1), (1, key, 0), (0, 0, 0)))
    for key in (2, 3, 28, 30, 42, 57, 96, 111, 300)
)


def keys(dice: random.Random) -> bytes:
    """Records of /dev/input."""
    return b"".join(damaged(dice, _TYPED) if dice.random() < 0.4 else dice.choice(_TYPED) for _ in range(3))


def _typed(data: bytes) -> None:
    board = Keyboard()
    names = [name for at in range(0, len(data), 50) for name in board.read(data[at : at + 50])]
    must({*names} <= KEYS, f"keys that are none: {names}")
    heard: list[object] = []
    clock = iter(range(10**9))
    WedgeEar(heard.append, "scanner", "return", lambda: next(clock) * 0.05).hear(data)
    _codes(heard)


def _codes(heard: Sequence[object]) -> None:
    for event in heard:
        if isinstance(event, Scanned):
            must(len(event.text) <= LONGEST and (event.text == "" or event.text.isprintable()), "an unreadable code")


PARSERS: Final = (
    Parser("message", 0.5475, a_message, _message),
    Parser("printer", 0.15, a_printer_reply, _printer),
    Parser("frame", 0.1, a_frame, _frame),
    Parser("modbus", 0.05, an_answer, _answer),
    Parser("scanner", 0.06, a_code, _code),
    Parser("keys", 0.06, keys, _typed),
    Parser("template", 0.0275, files.a_template, files.read_template),
    Parser("config", 0.0025, files.a_config, files.read_config),
    Parser("scenario", 0.001, files.a_day, files.read_day),
    Parser("bundle", 0.0002, files.a_bundle, files.read_bundle),
    Parser("release", 0.0013, files.sums, files.read_sums),
)
