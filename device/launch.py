"""A whole hall on this machine, each device its own process: for `make run`, the demo and tests."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from device.demo_hall import DemoHall, write_hall
from device.hall_folder import hall_folder
from device.ports import LOOPBACK, answers, free_port, listens
from device.processes import Processes, Tell
from device.sim import BENCHES
from drivers.protocols import PartMissing

BROKER: Final = "broker"
BROKER_SECONDS: Final = 5.0  # for ours to come up
GIVEN_SECONDS: Final = 1.0  # for one that is said to run already
READY_SECONDS: Final = 30.0  # a Pi under load; a hall on a desk machine needs about four
MOSQUITTO: Final = """\
listener {port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 20000
max_packet_size 16384
message_size_limit 8192
persistence false
log_dest stderr
log_type error
log_type warning
"""


@dataclass(frozen=True, slots=True)
class RunningHall:
    """What runs. broker: `mosquitto`, `embedded`, or "" when it is somebody else's."""

    hall: DemoHall
    processes: Processes
    host: str
    port: int
    broker: str

    @property
    def book(self) -> Path:
        """The coordinator's book."""
        return self.hall.folder / "data-coordinator" / "book.db"


@contextlib.contextmanager
def running_hall(
    tell: Tell,
    *,
    broker: tuple[str, int] | None = None,
    desktop: tuple[int, int] | None = None,
    recordings: Path | None = None,
    hall: str = "longjiang",
    before: Callable[[str, int], None] | None = None,
    embedded: bool = False,
) -> Iterator[RunningHall]:
    """Start a hall in a folder of its own and stop it on leaving; then nothing is left of it but the recordings.

    desktop: the pixels of the one on which its screens are windows; None: they are simulated.
    broker: one that runs already; else ours, Mosquitto where it is installed and not `embedded`. before: called with
    the broker's host and port before any device starts. Raises PartMissing if something does not come up.
    """
    with hall_folder() as folder, Processes(folder, tell) as processes:
        if broker:
            kind, (host, port) = "", broker
            if not answers(host, port, GIVEN_SECONDS):
                raise PartMissing(BROKER, f"nobody answers at {host}:{port}", "Start it, or leave out --broker")
        else:
            path = None if embedded else mosquitto()
            kind, host, port = "mosquitto" if path else "embedded", LOOPBACK, _start_broker(processes, folder, path)
        written = write_hall(folder, hall=hall, host=host, port=port, desktop=desktop, recordings=recordings)
        if before:
            before(host, port)
        benches = {device: str(path) for device, path in written.benches.items()}
        (folder / BENCHES).write_text(json.dumps(benches), "utf-8")
        for name, config in written.stations.items():
            processes.start(name, [sys.executable, "-m", "device", "run", "--config", str(config)])
        late = processes.wait_ready(list(written.stations), READY_SECONDS)
        if late:
            tried = f"it did not come up within {READY_SECONDS:g} s: {_said(processes, late)}"
            raise PartMissing("hall", tried, "Look at what they say; where they say nothing, the machine was too busy")
        yield RunningHall(written, processes, host, port, kind)


def _said(processes: Processes, names: Sequence[str]) -> str:
    """What these said last, each thing once."""
    said: dict[str, list[str]] = {}
    for name in names:
        said.setdefault(processes.last_line(name) or "nothing was said", []).append(name)
    return "; ".join(f"{', '.join(who)}: {what}" for what, who in said.items())


def mosquitto() -> str | None:
    """Where Mosquitto is installed; Debian keeps it out of a user's PATH."""
    return shutil.which(
        "mosquitto", path=os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
    )


def _start_broker(processes: Processes, folder: Path, path: str | None) -> int:
    """Our own broker; its port."""
    port = free_port()
    if path:
        conf = MOSQUITTO.format(port=port) + ("user root\n" if os.geteuid() == 0 else "")
        (folder / "mosquitto.conf").write_text(conf, "utf-8")
        command = [path, "-c", str(folder / "mosquitto.conf")]
    else:
        command = [sys.executable, "-m", "drivers.broker_embedded", "--host", LOOPBACK, "--port", str(port)]
    processes.start(BROKER, command, first=True)
    end = time.monotonic() + BROKER_SECONDS
    while not listens(processes.pid(BROKER), port):
        if time.monotonic() > end:
            said = processes.last_line(BROKER)
            raise PartMissing(BROKER, f"does not listen at port {port}: {said}", "Look at what it says")
        time.sleep(0.01)  # a port cannot be waited for, only looked at
    return port
