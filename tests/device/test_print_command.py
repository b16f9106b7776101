"""`hallside print`: a slip from its facts, on paper or as a picture; every mistake at once, quoting no value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pygame
import pytest
from jsonschema import Draft202012Validator

from device.cli import main
from device.slip_facts import FactsWrong, facts_of, sample, schema
from screens.slips.catalogue import TEMPLATES
from screens.slips.samples import SAMPLES
from tests.device.stations import KIOSK, station

SECRETS = ("张丽", "139 0000 0000")


def said(template: str, **different: Any) -> bytes:
    """The sample's facts as JSON, with these fields different; None leaves a field out."""
    facts = {**json.loads(sample(template)), **different}
    return json.dumps({key: value for key, value in facts.items() if value is not None}).encode()


def wrong(template: str, data: bytes) -> list[str]:
    with pytest.raises(FactsWrong) as found:
        facts_of(template, data, "f.json")
    return list(found.value.mistakes)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_sample_is_read_back_as_it_was_and_fits_its_schema(template: str) -> None:
    assert facts_of(template, sample(template), "f.json") == SAMPLES[template]
    Draft202012Validator.check_schema(schema(template))
    Draft202012Validator(schema(template)).validate(json.loads(sample(template)))
    assert not Draft202012Validator(schema(template)).is_valid({**json.loads(sample(template)), "more": 1})


def test_every_mistake_is_told_at_once_with_its_path_and_what_was_meant() -> None:
    needed = [{"material": "身份证", "incomplet": True, "nonconforming": "yes"}]
    assert sorted(wrong("supplement", said("supplement", needed=needed, case=None, caze="1", received="soon"))) == [
        "f.json: case: is missing",
        "f.json: caze: there is no such field. Did you mean 'case'?",
        "f.json: needed[0].incomplet: there is no such field. Did you mean 'incomplete'?",
        "f.json: needed[0].incomplete: is missing",
        "f.json: needed[0].nonconforming: must be true or false",
        'f.json: received: is not a date: write it as "2026-11-21"',
    ]


def test_only_a_field_too_many_is_a_mistake_too() -> None:
    assert wrong("voucher", said("voucher", zzz="张丽")) == [
        "f.json: zzz: there is no such field. Known: " + ", ".join(sorted(json.loads(sample("voucher")))) + "."
    ]


@pytest.mark.parametrize(
    ("different", "mistake"),
    [
        ({"applicant": "张丽" * 51}, "applicant: must have at most 100 characters"),
        ({"delivery": "pigeon"}, "delivery: must be 'window' or 'post'"),
        ({"materials": ["x"] * 41}, "materials: must have at most 40 entries, has more"),
        ({"deadline_days": "15"}, "deadline_days: must be a whole number"),
        ({"deadline_days": -1}, "deadline_days: must be at least 0"),
    ],
)
def test_what_is_out_of_bounds_is_named(different: dict[str, object], mistake: str) -> None:
    assert wrong("acceptance", said("acceptance", **different)) == [f"f.json: {mistake}"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"1", b'"x"', b"\xff", b'{"hall": NaN}', b"[" * 5000])
def test_what_is_no_facts_at_all_is_refused(data: bytes) -> None:
    assert len(wrong("voucher", data)) == 1


def test_no_mistake_quotes_what_is_said_of_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(said("acceptance", contact=["139 0000 0000"], applicant={"name": "张丽"}, item=None))
    assert main(["print", "acceptance", "--facts", str(file), "--png", str(tmp_path / "p.png")]) == 65
    told = capsys.readouterr()
    assert "contact" in told.err
    assert not [secret for secret in SECRETS if secret in told.err + told.out]
    assert not (tmp_path / "p.png").exists()


def test_a_file_larger_than_any_slip_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(b" " * 70_000)
    assert main(["print", "voucher", "--facts", str(file), "--png", str(tmp_path / "p.png")]) == 65
    assert "larger than 64 KB" in capsys.readouterr().err
    assert main(["print", "voucher", "--facts", str(tmp_path / "none"), "--png", str(tmp_path / "p.png")]) == 65
    assert "cannot be read" in capsys.readouterr().err


def test_a_code_too_long_to_be_broken_off_in_safely_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(said("ticket", qr="x" * 571))
    assert main(["print", "ticket", "--facts", str(file), "--png", str(tmp_path / "p.png")]) == 65
    assert "longer than 570 bytes" in capsys.readouterr().err


def test_a_slip_is_looked_at_before_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, png = tmp_path / "f.json", tmp_path / "p.png"
    assert main(["print", "voucher", "--sample"]) == 0
    file.write_text(capsys.readouterr().out, "utf-8")
    assert main(["print", "voucher", "--facts", str(file), "--png", str(png), "--model", "generic-58"]) == 0
    assert pygame.image.load(png).get_width() == round(58 * 203 / 25.4)
    assert main(["print", "voucher", "--facts", str(file), "--png", str(png), "--model", "generik-58"]) == 64
    assert "Did you mean 'generic-58'?" in capsys.readouterr().err
    assert main(["print", "voucher", "--facts", str(file)]) == 64


def test_a_sample_is_looked_at_and_never_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    png = tmp_path / "p.png"
    assert main(["print", "acceptance", "--sample", "--png", str(png)]) == 0
    assert pygame.image.load(png).get_width() == round(80 * 203 / 25.4)
    config = station(tmp_path, KIOSK)
    assert main(["print", "ticket", "--sample", "--config", str(config)]) == 64  # nobody waits with that number
    assert "--sample" in capsys.readouterr().err


def test_a_slip_comes_out_of_the_stations_printer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = station(tmp_path, KIOSK)
    file = tmp_path / "f.json"
    file.write_bytes(sample("acceptance"))
    assert main(["print", "acceptance", "--facts", str(file), "--config", str(config)]) == 0
    told = capsys.readouterr()
    assert "printed, and said so" in told.out
    assert not [secret for secret in SECRETS if secret in told.out + told.err]
