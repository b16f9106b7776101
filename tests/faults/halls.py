"""Halls for thousands of schedules: laid once, few numbers so that they run out, nothing done twice that is pure."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from unittest.mock import patch

from config.hall import Numbers
from device.contract import codec
from device.hall import pins
from drivers import link_memory
from tests.helpers.table import Laid, lay

ONLINE_LAST: Final = 24
BLOCK: Final = 8
DAYS: Final = 2  # of a hall that asks every hour for the numbers of the coming days
SEEN: Final = 20_000  # messages and topics that are remembered: more than one schedule has
PIN: Final = "402917"


@cache
def the_hall(*stations: str, windows: tuple[int, ...] = (3, 4), apart: tuple[int, ...] = (), few: bool = True) -> Laid:
    """The demo's hall with two kiosks and few numbers; only these stations have power, or all."""
    with cheap(), tempfile.TemporaryDirectory() as folder, patch("device.demo_hall.fresh_pin", lambda: PIN):
        laid = lay(Path(folder), windows=windows, kiosks=2, apart=apart)
    if not few:
        return laid
    numbers = Numbers(online_last=ONLINE_LAST, block=BLOCK, days=DAYS)
    configs = {
        name: replace(config, hall=config.hall.model_copy(update={"numbers": numbers}))
        for name, config in laid.configs.items()
        if not stations or name in stations
    }
    return Laid(configs, laid.pins)


@contextmanager
def cheap() -> Iterator[None]:
    """What is the same at every call is worked out once: reading a message, matching a topic. PINs cost nothing."""
    read, matches = lru_cache(SEEN)(codec.read), lru_cache(SEEN)(link_memory.matches)
    with (
        patch.object(pins, "N", 2),
        patch.object(pins, "R", 1),
        patch.object(codec, "read", read),
        patch("device.ledger.read_again", lru_cache(SEEN)(codec.read_again)),
        patch.object(link_memory, "matches", matches),
    ):
        yield
