"""Lines for journald."""

from __future__ import annotations

import logging

from device.logs import _Line


def record(level: int, text: str) -> logging.LogRecord:
    return logging.LogRecord("device.x", level, __file__, 1, text, None, None)


def test_in_a_terminal_a_line_begins_with_its_level() -> None:
    assert _Line(journald=False).format(record(logging.WARNING, "paper is low")) == "WARNING paper is low"


def test_for_journald_every_line_of_a_record_carries_its_priority() -> None:
    assert _Line(journald=True).format(record(logging.ERROR, "one\ntwo")) == "<3>one\n<3>two"
