"""The generated side of the contract is what the code says, today."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from device.contract.channels import CHANNELS, acl_lines
from device.contract.codec import BODIES, decode
from device.contract.examples import EXAMPLES, HALL
from device.contract.generate import FILES, FOLDER, main, stale, write
from device.contract.rules import RULES, Rule
from device.contract.shape import members


def page() -> str:
    return (FOLDER / "CONTRACT.md").read_text("utf-8")


def test_the_generated_files_are_fresh() -> None:
    assert stale() == [], "run python -m device.contract.generate"


def test_a_changed_file_and_a_missing_one_are_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    assert main(["--check", "--folder", str(tmp_path)]) == 0
    (tmp_path / "schema.json").write_text("{}")
    (tmp_path / "CONTRACT.md").unlink()
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "stale: schema.json, CONTRACT.md; run python -m device.contract.generate\n"
    assert main(["--folder", str(tmp_path)]) == 0
    assert stale(tmp_path) == []


def test_a_changed_rule_makes_all_files_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {**RULES, BODIES["paper.low"]: Rule("it is white", bool)}
    monkeypatch.setattr("device.contract.schemas.RULES", rules)
    monkeypatch.setattr("device.contract.handbook.RULES", rules)
    assert stale() == list(FILES)


def test_there_is_one_example_of_every_message() -> None:
    assert sorted(example.body.type for example in EXAMPLES) == sorted(BODIES)


def test_the_page_for_people_tells_every_message_with_every_field() -> None:
    chapters = dict(re.findall(r"^#### `([^`]+)`\n(.*?)(?=^#|\Z)", page(), re.MULTILINE | re.DOTALL))
    assert set(chapters) == set(BODIES)
    for word, kind in BODIES.items():
        assert re.findall(r"^\| `(\w+)` \|", chapters[word], re.MULTILINE) == [m.name for m in members(kind)]


def test_every_example_on_the_page_is_a_message_on_its_topic() -> None:
    shown = re.findall(r"^On `([^`]+)`:\n\n```json\n(.+)\n```$", page(), re.MULTILINE)
    assert len(shown) == len(BODIES)
    for topic, payload in shown:
        decode(topic, payload.encode())


def test_the_page_has_every_channel_and_the_brokers_rules() -> None:
    assert all(line in page() for line in acl_lines(HALL))
    for channel in CHANNELS:
        assert re.search(rf"^### On `hallside/1/{{hall}}/.*{channel.name}", page(), re.MULTILINE)


def test_no_blank_in_the_page_was_left_unfilled() -> None:
    assert not re.search(r"\$[a-z]", page())


def test_the_machines_files_are_plain_json() -> None:
    for name in ("asyncapi.json", "schema.json"):
        assert isinstance(json.loads((FOLDER / name).read_text("utf-8")), dict)
