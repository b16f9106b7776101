"""The ESC/POS pen: what its bytes put on paper, read back by an independent reader."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.press import press_of
from drivers.escpos_bytes import EscposPen, module_dots
from drivers.printer_profiles import PROFILES, Profile
from screens.document import Align, Document, Line, Pair, write
from screens.raster import for_printer
from screens.ticket import compose
from tests.bench.ticket import figures, measure
from tests.drivers.printer.reading import Paper, Row, read
from tests.screens.paper.facts import facts

WIDE, NARROW = PROFILES["generic-80"], PROFILES["generic-58"]


def job(document: Document, profile: Profile = WIDE) -> bytes:
    pen = EscposPen(profile)
    write(for_printer(document, press_of(profile)).document.blocks, pen)
    return pen.bytes()


def line(text: str) -> Paper:
    pen = EscposPen(WIDE)
    pen.line(text, 1, "left", bold=False)
    return read(pen.bytes())


def pair(left: str, right: str, profile: Profile = WIDE) -> list[Row]:
    return read(job(Document("", (Pair(left, right),)), profile)).rows


@pytest.mark.req("R008", "R027", "R057", "R060", "R148", "R165", "R267")
@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80 mm", "58 mm"])
def test_a_ticket_reads_back_as_what_the_citizen_needs(profile: Profile) -> None:
    paper = read(job(compose(facts()), profile))
    number = next(row for row in paper.rows if row.text == "A012")
    assert (number.wide, number.high, number.align, number.bold) == (4, 4, 1, True)
    place = next(row for row in paper.rows if row.text == "一楼A区")
    assert (place.wide, place.bold) == (2, True)
    text = paper.text.replace("\n", "")
    for told in (
        "龙江政务服务中心",
        "社会保险",
        "叫号后请到",
        "注意叫号",
        "叫号3次未到即为过号",
        "投诉电话 12345",
        "09:30",
    ):
        assert told in text
    assert [(code.text, code.level, code.align) for code in paper.codes] == [(facts().qr, "M", 1)]
    assert paper.cuts == 1
    assert all(row.columns <= profile.columns for row in paper.rows)


@pytest.mark.req("R059")
def test_a_ticket_in_english_has_both_languages() -> None:
    text = read(job(compose(facts(lang="en")))).text
    for told in (
        "社会保险",
        "Social insurance",
        "一楼A区",
        "Floor 1, zone A",
        "叫号后请到 When called, go to",
        "about 40 min",
    ):
        assert told in text


@pytest.mark.parametrize(("different", "limit"), [({}, 600), ({"lang": "en"}, 900), ({"reprint": True}, 700)])
def test_a_ticket_takes_few_bytes_and_is_on_the_wire_within_half_a_second(different: Any, limit: int) -> None:
    size = len(job(compose(facts(**different))))
    assert size <= limit
    assert size * 10 / 19200 <= 0.5  # 8N1: ten bits a byte


def test_every_ticket_keeps_what_is_promised_of_its_bytes() -> None:
    found = measure(1, 1, lambda _: None)
    assert [name for name, figure in found.items() if not figure.passed] == []
    assert all(figure.yardstick >= 40 * figure.value for figure in found.values())


def test_a_ticket_that_weighs_too_much_misses_the_promise() -> None:
    assert figures({"S5": (900, 36_000)})["S5"].passed
    for sizes in ((901, 90_000), (900, 35_999)):
        assert not figures({"S5": sizes, "S5.other": (10, 10_000)})["S5"].passed


def test_the_commands_of_a_qr_code_are_those_that_python_escpos_sends() -> None:
    from escpos.printer import Dummy

    theirs = Dummy()
    theirs.qr("20261121-A012", ec=1, size=9, model=2, native=True)
    pen = EscposPen(WIDE)
    pen.qr("20261121-A012", 22)
    assert pen.bytes().endswith(theirs.output)


@pytest.mark.parametrize(("millimetres", "least"), [(22, 22), (30, 30)])
@pytest.mark.parametrize("text", ["A012", "20261121-A012", "hallside:longjiang:20261121-A012", "业务" * 30])
def test_a_qr_code_is_as_wide_as_asked_however_the_printer_packs_it(text: str, millimetres: int, least: int) -> None:
    segno = pytest.importorskip("segno")
    dots = module_dots(text, millimetres, WIDE)
    for packed in (segno.make(text, error="m", micro=False, boost_error=False), segno.make(text.encode(), error="m",
                   micro=False, boost_error=False, mode="byte")):  # fmt: skip
        assert least <= len(packed.matrix) * dots / WIDE.dots_per_mm
        assert len(packed.matrix) * dots <= WIDE.dots


def test_a_qr_code_never_gets_wider_than_the_paper() -> None:
    assert module_dots("x" * 300, 200, NARROW) * (17 + 4 * 13) <= NARROW.dots


def test_a_text_too_long_for_a_qr_code_is_refused() -> None:
    with pytest.raises(ValueError, match="2331"):
        EscposPen(WIDE).qr("x" * 2332, 22)


def test_paper_without_a_knife_is_fed_to_the_bar() -> None:
    paper = read(job(compose(facts()), PROFILES["generic-58-tear"]))
    assert (paper.cuts, paper.feeds[-1]) == (0, 4)


def test_a_pair_stands_on_one_line_with_its_ends_at_the_edges() -> None:
    (row,) = pair("前面等候", "5人")
    assert (row.text[:4], row.text[-2:], row.columns) == ("前面等候", "5人", 48)


def test_a_pair_that_does_not_fit_has_its_right_end_below() -> None:
    rows = pair("取号时间和地点以及其他事项", "2026-11-21 09:30", NARROW)
    assert [(row.text, row.align) for row in rows] == [
        ("取号时间和地点以及其他事项", 0),
        ("2026-11-21 09:30", 2),
    ]


def test_the_yuan_sign_prints_as_one() -> None:
    assert line("工本费 ¥10").text == "工本费 ￥10"


@pytest.mark.parametrize(
    ("text", "printed"),
    [("馨𬱖", "馨〓"), ("👍好", "〓好"), ("Müller ñ", "Müller n"), ("é", "é"), ("a\u200db\ufe0f", "ab"), ("™", "TM")],
)
def test_a_character_the_printer_lacks_is_seen_as_such_and_never_garbage(text: str, printed: str) -> None:
    assert line(text).text == printed


def test_a_text_cannot_carry_a_command() -> None:
    assert line("A\x1b@\x10\x04\x01\x1dV\x00\nB").text.split() == ["A", "@", "V", "B"]


GBK = st.text(st.characters(codec="gbk"))  # what is in no printer is drawn, and tested there


@given(GBK, st.integers(1, 4), st.sampled_from(["left", "center", "right"]), st.sampled_from([WIDE, NARROW]))
def test_any_text_prints_within_the_paper_and_in_characters_the_printer_has(
    text: str, scale: int, align: Align, profile: Profile
) -> None:
    rows = read(job(Document("", (Line(text, scale, align),)), profile)).rows
    assert rows
    assert all(row.columns <= profile.columns and row.wide == scale for row in rows)


@given(GBK, GBK)
def test_any_pair_prints_within_the_paper(left: str, right: str) -> None:
    assert all(row.columns <= NARROW.columns for row in pair(left, right, NARROW))


def test_a_pair_that_nobody_set_is_refused() -> None:
    with pytest.raises(ValueError, match="must be set"):
        write((Pair("前面等候", "5人"),), EscposPen(WIDE))
