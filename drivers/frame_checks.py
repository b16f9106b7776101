"""The checksums of frames on serial lines. Pure; each takes the bytes it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import xor
from typing import Final


def sum8(data: bytes) -> int:
    """The sum of all bytes, its lowest byte."""
    return sum(data) & 0xFF


def xor8(data: bytes) -> int:
    """All bytes exclusive-or."""
    return reduce(xor, data, 0)


def ccitt16(data: bytes) -> int:
    """CRC-16/XMODEM: polynomial 0x1021, begun with 0, bits as they come."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def modbus16(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial 0x8005 backwards, begun with 0xFFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


# name in a template -> how it is reckoned, its bytes, their order
CHECKS: Final[dict[str, tuple[Callable[[bytes], int], int, str]]] = {
    "sum8": (sum8, 1, "big"), "xor8": (xor8, 1, "big"), "ccitt16": (ccitt16, 2, "big"),
    "modbus16": (modbus16, 2, "little"),
}  # fmt: skip
