"""How a shared serial line is spoken on. Apart from the port itself, which needs pyserial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Parity = Literal["none", "even", "odd"]


@dataclass(frozen=True, slots=True)
class LineSettings:
    """8 data bits, one stop bit. port: its stable name, below /dev/serial/by-id or by-path."""

    port: str
    baud: int = 9600
    parity: Parity = "none"

    def __str__(self) -> str:
        return f"{self.baud} baud, parity {self.parity}"
