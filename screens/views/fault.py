"""The page any device can show."""

from __future__ import annotations

from dataclasses import dataclass

from screens.views.words import Clockface


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """This device cannot do its work; who was called, and what people should do (R037, R150, R190).

    second: the language beside Chinese.
    """

    device: str
    code: str
    clock: Clockface
    second: str = "en"
