"""Verdicts as people and programs read them."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import drivers
from device.contract.messages import SelftestDone
from device.verdict import MENDS, as_json, fault, fine, told, worst
from drivers.scanner_ear import WHY
from drivers.speaker_simulated import FAULTS

OK, SOON, NOW = (
    fine("kiosk-1", "screen", "shown"),
    fault("kiosk-1", "printer", "paper-low", "little is left", "SOON"),
    fault("评价器", "buttons", "not-pressed", "button 5"),
)


def test_the_worst_part_speaks_for_the_whole() -> None:
    assert [worst(v) for v in ([], [OK], [OK, SOON], [NOW, OK, SOON])] == ["OK", "OK", "SOON", "NOW"]


def test_lines_stand_in_columns_also_with_chinese_names_and_end_with_the_mend() -> None:
    assert told([OK, SOON, NOW]).splitlines() == [
        "kiosk-1  screen   OK    shown",
        "kiosk-1  printer  SOON  little is left",
        "                        paper-low: Keep a new roll of paper at hand. (staff)",
        "评价器   buttons  NOW   button 5",
        f"                        not-pressed: {MENDS['not-pressed'][1]} (technician)",
    ]


def test_json_carries_the_same_and_the_record_of_a_self_test_can_hold_it() -> None:
    said = json.loads(as_json([OK, NOW], hash="ab"))
    assert (said["verdict"], said["hash"]) == ("NOW", "ab")
    assert [row["code"] for row in said["parts"]] == ["", "not-pressed"]
    record = SelftestDone(worst([OK, SOON]), tuple(map(str, (OK, SOON))))
    assert record.parts == ("screen OK", "printer SOON paper-low")


def test_a_code_nobody_foresaw_goes_to_the_technician() -> None:
    verdict = fault("kiosk-1", "printer", "on-fire", "hot")
    assert (verdict.word, verdict.mender) == ("NOW", "technician")
    assert "on-fire" in verdict.mend


def test_every_code_a_scanner_or_a_voice_can_say_has_its_mend() -> None:
    said = {*WHY, *FAULTS.values(), "card-lost", "clip-damaged", "no-voice", "voice-failed"}
    assert said <= set(MENDS)


def test_every_code_a_printer_or_a_voice_can_say_has_its_mend() -> None:
    """The codes stand as texts in the drivers; a new one there must not reach staff as a bare word."""
    told_by_drivers = {"paper-out", "cover-open", "cutter", "overheated", "offline", "unplugged", "silent"}
    source = "".join(p.read_text("utf-8") for p in Path(drivers.__path__[0]).glob("*.py"))
    words = {node.value for node in ast.walk(ast.parse(source, "drivers")) if isinstance(node, ast.Constant)}
    assert told_by_drivers <= words, "the drivers call it otherwise now"
    assert told_by_drivers <= set(MENDS)
