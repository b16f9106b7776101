"""Lines of a GPIO chip through libgpiod: the chip by its label, what is wrong in words a technician can act on.

A chip's number changes with the kernel (the Pi 5's header was gpiochip4, then gpiochip0), its label does not. Lines are
numbered alike on every Pi's header, so `chip = "pi"` lets one config serve them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from errno import EBUSY
from pathlib import Path
from typing import Final

import gpiod

from drivers.lines import LineBusy
from drivers.protocols import PartMissing, Place

Chips = str | Sequence[str]  # a label, a path, or the labels of which one machine has one

DEV = Path("/dev")
PI: Final = ("pinctrl-bcm2711", "pinctrl-bcm2835", "pinctrl-rp1")  # the header's chip on a Pi 4, on a Pi 3, on a Pi 5
GROUP: Final = "Add the service's user to the group `gpio`"


def request(place: Place, chip: Chips, lines: Iterable[int], settings: gpiod.LineSettings) -> gpiod.LineRequest:
    """These lines, ours alone until released. PartMissing: no such chip or line, a line in use, no permission."""
    wanted = list(lines)
    path = find_chip(place.part, chip)
    try:
        with gpiod.Chip(path) as found:
            strange = [line for line in wanted if not 0 <= line < found.get_info().num_lines]
            if strange:
                there = f"{shown(chip)} ({path}) has {found.get_info().num_lines} lines, numbered from 0"
                raise PartMissing(place.part, f"no line {_list(strange)}: {there}", "Correct `lines` in its config")
            return _request(place, found, wanted, settings)
    except OSError as fault:
        raise PartMissing(place.part, f"GPIO chip {path}: {fault.strerror}", GROUP) from fault


def find_chip(part: str, chip: Chips) -> str:
    """The device file of the chip with this label; a path stands for itself. PartMissing lists the chips there are."""
    if isinstance(chip, str) and chip.startswith("/"):
        if Path(chip).exists() and gpiod.is_gpiochip_device(chip):
            return chip
        raise PartMissing(part, f"{chip} is not a GPIO chip; {_there(_labels())}", "Correct `chip` in its config")
    wanted = PI if chip == "pi" else (chip,) if isinstance(chip, str) else tuple(chip)
    labels = _labels()
    paths = [path for path, label in labels.items() if label in wanted]
    if len(paths) == 1:
        return paths[0]
    if paths:
        tried = f"{len(paths)} GPIO chips are labelled {shown(chip)}: {_list(paths)}"
        raise PartMissing(part, tried, "Name the right one by its path in `chip`")
    tried = f"no GPIO chip is labelled {shown(chip)}; {_there(labels)}"
    raise PartMissing(part, tried, "Correct `chip` in its config")


def shown(chip: Chips) -> str:
    """As people read it: 'a' or 'b'."""
    wanted = PI if chip == "pi" else (chip,) if isinstance(chip, str) else chip
    return " or ".join(map(repr, wanted))


def _request(place: Place, chip: gpiod.Chip, lines: list[int], settings: gpiod.LineSettings) -> gpiod.LineRequest:
    try:
        return chip.request_lines({tuple(lines): settings}, consumer=f"{place.device} {place.part}")
    except OSError as fault:
        if fault.errno != EBUSY:
            raise
        infos = [chip.get_line_info(line) for line in lines]
        raise LineBusy(place.part, {info.offset: info.consumer for info in infos if info.used}) from fault


def _labels() -> dict[str, str]:
    """path -> label of every chip; what cannot be opened says why in the label's place."""
    labels = {}
    for path in sorted(DEV.glob("gpiochip*")):
        try:
            with gpiod.Chip(str(path)) as chip:
                labels[str(path)] = chip.get_info().label
        except OSError as fault:
            labels[str(path)] = f"({fault.strerror})"
    return labels


def _there(labels: dict[str, str]) -> str:
    return f"there is {_list(f'{label} at {path}' for path, label in labels.items())}" if labels else "there is none"


def _list(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))
