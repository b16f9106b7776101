"""One broker of each kind for all tests of links, and a rig on each."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.link_paho import PahoLink
from drivers.protocols import Post
from tests.drivers.link.rigs import Connect, Inbox, MemoryRig, PahoRig, Rig
from tests.drivers.link.scripted import ScriptedBroker
from tests.helpers.broker import Broker, run_embedded, run_mosquitto
from tests.helpers.broker import mosquitto as mosquitto


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


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Makes links that try again at once, and closes them."""
    links: list[PahoLink] = []

    def made(port: int, post: Post | None = None, **options: Any) -> tuple[PahoLink, Inbox]:
        inbox: Inbox = queue.SimpleQueue()
        name = options.setdefault("name", "kiosk-1")
        settings: dict[str, Any] = {"host": "127.0.0.1", "echo": f"t/{name}/echo", "subscriptions": [], "will": None}
        link = PahoLink(post or inbox.put, port=port, **(settings | {"retry": (0.05, 0.1)} | options))
        links.append(link)
        return link, inbox

    yield made
    for link in links:
        link.close()


@pytest.fixture
def scripted() -> Iterator[ScriptedBroker]:
    broker = ScriptedBroker()
    yield broker
    broker.close()
