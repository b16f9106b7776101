"""One broker of each kind for all tests of links, and a rig on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.drivers.link.rigs import MemoryRig, PahoRig, Rig
from tests.helpers.broker import Broker, run_embedded, run_mosquitto


@pytest.fixture(scope="session")
def shared_mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with run_mosquitto(tmp_path_factory.mktemp("mosquitto")) as broker:
        yield broker


@pytest.fixture(scope="session")
def shared_embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with run_embedded(tmp_path_factory.mktemp("embedded")) as broker:
        yield broker


@pytest.fixture(params=["mosquitto", "embedded", "memory"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    makers: dict[str, Callable[[], Rig]] = {
        "mosquitto": lambda: PahoRig(request.getfixturevalue("shared_mosquitto").port),
        "embedded": lambda: PahoRig(request.getfixturevalue("shared_embedded").port),
        "memory": MemoryRig,
    }
    made = makers[request.param]()
    yield made
    made.close()
