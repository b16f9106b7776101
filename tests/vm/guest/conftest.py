"""The real parts of the guest, made once; each check's result is one line on the second serial port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.events import HardwareEvent
from tests.drivers.panel.rigs import Ear
from tests.drivers.printer import rigs
from tests.vm.guest import gadgets
from tests.vm.guest.card import plug_card
from tests.vm.guest.chip import Chip
from tests.vm.guest.gadgets import Plug
from tests.vm.guest.keys import Keys
from tests.vm.guest.lines import AcmLine, UsbPrinterLine
from tests.vm.guest.where import CROWDED, TOLD

rigs.PATIENCE = 20.0  # a deadline, never a wait: this machine is several times slower than the suites think


class PatientEar(Ear):
    """Waits as long."""

    def next(self, within: float = rigs.PATIENCE) -> HardwareEvent:
        return super().next(within)


def tell(line: str) -> None:
    with TOLD.open("w") as port:
        port.write(f"{line}\n")


def pytest_collection_finish(session: pytest.Session) -> None:
    for item in session.items:
        tell(f"plan {item.nodeid}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or not report.passed:
        word = "ok" if report.passed else "skipped" if report.skipped else "failed"
        tell(f"{word} {report.nodeid} {report.duration:.2f}")


@pytest.fixture(scope="session", autouse=True)
def crowd() -> None:
    """In the second start others were plugged in first."""
    gadgets.modprobe("gpio-sim")
    gadgets.modprobe("dummy_hcd", f"num={gadgets.SOCKETS}")
    gadgets.modprobe("libcomposite")
    if CROWDED:
        gadgets.modprobe("snd-dummy")
        Chip.make("other", "pinctrl-other", 8)
        Plug(gadgets.keyboard("otherkeys", "Logi", "Keyboard"))
        Plug(gadgets.serial("otherport", "FTDI", "Adapter", "X9"))
        Plug(gadgets.printer("otherpaper", "Laser", "Office", "L7"))


@pytest.fixture(scope="session")
def chip(crowd: None) -> Chip:
    chip = Chip.make("header", "pinctrl-bcm2711", 58)
    tell(f"seen GPIO chip pinctrl-bcm2711 is {chip.path}")
    return chip


@pytest.fixture
def ear() -> Ear:
    return PatientEar()


@pytest.fixture(scope="session")
def usblp_line(crowd: None) -> Iterator[UsbPrinterLine]:
    plug = Plug(gadgets.printer("paper", "HALLSIDE", "Ticket Printer", "T1"))
    line = UsbPrinterLine(plug)
    tell(f"seen USB printer {line.identity} is {line.name}")
    yield line
    line.close()


@pytest.fixture(scope="session")
def acm_line(crowd: None) -> Iterator[AcmLine]:
    line = AcmLine(Plug(gadgets.serial("port", "Prolific Technology Inc.", "USB-Serial Controller", "")))
    tell(f"seen {line.name} is {line.name.resolve()}")
    yield line
    line.close()


@pytest.fixture(scope="session")
def keys(crowd: None) -> Iterator[Keys]:
    keys = Keys(Plug(gadgets.keyboard("keys", "SIGMACHIP", "USB Keyboard")))
    tell(f"seen {keys.name} is {keys.name.resolve()}")
    yield keys
    keys.close()


@pytest.fixture(scope="session")
def card(crowd: None) -> None:
    plug_card()
    (number,) = (line.split()[0] for line in Path("/proc/asound/cards").read_text().splitlines() if "[Loopback" in line)
    tell(f"seen sound card Loopback is card{number}")
