"""The chips and pins that the panel's tests put under the drivers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from tests.drivers.panel import fake_rpigpio, gpio_kernel
from tests.drivers.panel.fake_rpigpio import FakeGpio
from tests.drivers.panel.gpio_kernel import Kernel
from tests.drivers.panel.rigs import Ear


@pytest.fixture
def kernel(tmp_path: Path, mocker: MockerFixture) -> Kernel:
    kernel = Kernel(tmp_path)
    gpio_kernel.install(kernel, mocker)
    return kernel


@pytest.fixture
def rpigpio(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGpio]:
    gpio = FakeGpio()
    fake_rpigpio.install(gpio, monkeypatch)
    yield gpio
    gpio.end()
    assert gpio.complaints == []


@pytest.fixture
def ear() -> Ear:
    return Ear()
