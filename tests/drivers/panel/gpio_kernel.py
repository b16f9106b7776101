"""A kernel with GPIO chips, for libgpiod's own classes to be used on where there is no chip.

Stands in for `gpiod.Chip` and `gpiod.is_gpiochip_device`; settings, infos, edges and errors are the library's own.
Lines behave as gpiolib-cdev's do (uAPI v2): one owner a line, EBUSY for the next; edges are logical (`active_low`
turns them); a line with a debounce period tells a state only when its wire was quiet for so long, and one without
tells every edge; a full event buffer drops the oldest; the request's fd is readable while events wait and hangs up
when the chip goes, and every call on it then fails with ENODEV.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from errno import EACCES, EBUSY, ENODEV, ENOENT
from pathlib import Path
from threading import Lock
from typing import Any

import gpiod
from gpiod import _ext
from gpiod.line import Bias, Direction, Edge, Value

LABEL = "pinctrl-bcm2711"
BOUNCES = (0.0003, 0.0008, 0.0002, 0.0015)  # seconds


class Line:
    """One wire: high or low, and who has it."""

    def __init__(self, offset: int) -> None:
        self.offset, self.high, self.consumer = offset, False, ""
        self.request: Request | None = None
        self.settings = gpiod.LineSettings()
        self.told = False  # the logical state last told
        self.seqno = 0

    @property
    def used(self) -> bool:
        return bool(self.consumer)

    def logical(self) -> bool:
        return self.high != self.settings.active_low

    def info(self) -> gpiod.LineInfo:
        settings = _ext.DIRECTION_INPUT, self.settings.active_low, _ext.BIAS_UNKNOWN, _ext.DRIVE_PUSH_PULL
        edges = _ext.EDGE_NONE, _ext.CLOCK_MONOTONIC, False, 0
        return gpiod.LineInfo(self.offset, f"GPIO{self.offset}", self.used, self.consumer, *settings, *edges)


@dataclass
class Device:
    """One chip and its file."""

    label: str
    path: Path
    lines: list[Line]
    readable: bool = True
    gone: bool = False
    driven: set[int] = field(default_factory=set)  # lines somebody outside holds, against which a pull does nothing

    def check(self) -> None:
        if self.gone:
            raise OSError(ENODEV, os.strerror(ENODEV))


class Request:
    """What `gpiod.LineRequest` is."""

    def __init__(self, device: Device, lines: list[Line]) -> None:
        self._device, self._taken = device, lines
        self._lock = Lock()
        self._events: deque[gpiod.EdgeEvent] = deque(maxlen=16 * len(lines))
        self.fd, self._write = os.pipe()
        self.seqno, self.released = 0, False

    @property
    def offsets(self) -> list[int]:
        return [line.offset for line in self._taken]

    def get_values(self, lines: Iterable[int] | None = None) -> list[Value]:
        self._check()
        offsets = self.offsets if lines is None else lines
        return [Value(int(self._device.lines[offset].told)) for offset in offsets]

    def set_values(self, values: dict[int, Value]) -> None:
        self._check()
        if not set(values) <= set(self.offsets):
            raise ValueError("a line that was not requested")
        for offset, value in values.items():
            line = self._device.lines[offset]
            line.high = bool(value.value) != line.settings.active_low

    def read_edge_events(self, max_events: int | None = None) -> list[gpiod.EdgeEvent]:
        self._check()
        os.read(self.fd, 1)  # blocks while nothing waits, as the real one
        with self._lock:
            some = min(len(self._events), max_events or len(self._events))
            events = [self._events.popleft() for _ in range(some)]
            if self._events:
                os.write(self._write, b"!")
        return events

    def release(self) -> None:
        if not self.released:
            self.released = True
            for line in self._taken:
                line.request, line.consumer = None, ""
            os.close(self.fd)
            self.hang_up()

    def tell(self, line: Line, at: float) -> None:
        """An edge, as seen by the kernel at `at`."""
        line.told = line.logical()
        wanted = (Edge.RISING, Edge.BOTH) if line.told else (Edge.FALLING, Edge.BOTH)
        if line.settings.edge_detection not in wanted:
            return
        line.seqno, self.seqno = line.seqno + 1, self.seqno + 1
        kind = _ext.EDGE_EVENT_TYPE_RISING if line.told else _ext.EDGE_EVENT_TYPE_FALLING
        event = gpiod.EdgeEvent(kind, int(at * 1e9), line.offset, self.seqno, line.seqno)
        with self._lock:
            if not self._events:
                os.write(self._write, b"!")
            self._events.append(event)

    def hang_up(self) -> None:
        with self._lock:
            write, self._write = self._write, -1
        if write >= 0:
            os.close(write)

    def _check(self) -> None:
        if self.released:
            raise gpiod.RequestReleasedError
        self._device.check()


class Chip:
    """What `gpiod.Chip` is; a context manager."""

    def __init__(self, device: Device) -> None:
        self._device = device

    def __enter__(self) -> Chip:
        return self

    def __exit__(self, *fault: object) -> None: ...

    def get_info(self) -> gpiod.ChipInfo:
        self._device.check()
        return gpiod.ChipInfo(self._device.path.name, self._device.label, len(self._device.lines))

    def get_line_info(self, line: int) -> gpiod.LineInfo:
        self._device.check()
        return self._device.lines[line].info()

    def request_lines(
        self,
        config: dict[tuple[int, ...], gpiod.LineSettings],
        consumer: str | None = None,
        event_buffer_size: int | None = None,
        output_values: dict[int, Value] | None = None,
    ) -> Request:
        assert event_buffer_size is None, "this kernel knows only what the drivers ask for"
        assert output_values is None
        self._device.check()
        [(offsets, settings)] = config.items()
        lines = [self._device.lines[offset] for offset in offsets]
        if len(set(offsets)) < len(offsets):
            raise ValueError("line must be configured exactly once")
        if any(line.used for line in lines):
            raise OSError(EBUSY, os.strerror(EBUSY))
        request = Request(self._device, lines)
        for line in lines:
            line.settings, line.request, line.consumer = settings, request, (consumer or "?")[:31]
            if settings.direction is Direction.OUTPUT:
                line.high = bool(settings.output_value.value) != settings.active_low
            elif settings.bias is not Bias.AS_IS and line.offset not in self._device.driven:
                line.high = settings.bias is Bias.PULL_UP
            line.told = line.logical()
        return request


@dataclass
class Kernel:
    """All chips, and the hands on the wires. `dev`: the folder in /dev's place."""

    dev: Path
    devices: list[Device] = field(default_factory=list)

    def plug(self, label: str = LABEL, lines: int = 58, name: str | None = None) -> Device:
        path = self.dev / (name or f"gpiochip{len(self.devices)}")
        path.touch()
        device = Device(label, path, [Line(offset) for offset in range(lines)])
        self.devices.append(device)
        return device

    def unplug(self, device: Device) -> None:
        device.gone = True
        device.path.unlink()
        self.devices.remove(device)
        for request in {line.request for line in device.lines if line.request is not None}:
            request.hang_up()

    def open(self, path: str) -> Chip:
        for device in self.devices:
            if str(device.path) == path:
                if not device.readable:
                    raise PermissionError(EACCES, os.strerror(EACCES))
                return Chip(device)
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT))

    def is_chip(self, path: str) -> bool:
        return any(str(device.path) == path for device in self.devices)

    def drive(self, device: Device, offset: int, high: bool, bounces: Sequence[float] = BOUNCES) -> None:
        """Somebody connects the wire to 3.3 V or ground; the contact bounces first, then rests."""
        self._wave(device.lines[offset], high, bounces)
        device.driven.add(offset)

    def let_go(self, device: Device, offset: int, bounces: Sequence[float] = BOUNCES) -> None:
        """Nobody holds the wire any more: its pull decides."""
        device.driven.discard(offset)
        self._wave(device.lines[offset], device.lines[offset].settings.bias is Bias.PULL_UP, bounces)

    def _wave(self, line: Line, high: bool, bounces: Sequence[float]) -> None:
        at, period = time.monotonic(), line.settings.debounce_period.total_seconds()
        for quiet in (*bounces, float("inf")):
            line.high = high if quiet == float("inf") else not line.high
            if line.request is not None and quiet >= period and line.logical() != line.told:
                line.request.tell(line, at + period)
            at += quiet


def install(kernel: Kernel, mocker: Any) -> None:
    """Put this kernel under the drivers, at the seam to libgpiod."""
    mocker.patch("drivers.lines_gpiod.DEV", kernel.dev)
    mocker.patch("gpiod.Chip", kernel.open)
    mocker.patch("gpiod.is_gpiochip_device", kernel.is_chip)
