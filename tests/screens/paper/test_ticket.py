"""What the ticket says, and what it leaves unsaid."""

from __future__ import annotations

from string import Formatter

import pytest

from screens.document import Cut, Line, Pair, Qr
from screens.ticket import compose, void, words
from screens.views import Bilingual, Clockface
from tests.screens.paper.facts import facts
from tests.screens.paper.texts import said


@pytest.mark.req("R057", "R148", "R165", "R267")
def test_a_ticket_says_who_where_when_and_what_to_do() -> None:
    assert said(compose(facts())).split("\n") == [
        "龙江政务服务中心",
        "您的号码",
        "A012",
        "社会保险",
        "叫号后请到",
        "一楼A区",
        "前面等候",
        "5人",
        "预计等候",
        "约40分钟",
        "取号时间",
        "2026-11-21 09:30",
        "请到休息区稍坐，注意叫号。",
        "叫号3次未到即为过号；过号后请到任一窗口说明，重新排队，无需重新取号。",
        "投诉电话 12345",
    ]


@pytest.mark.req("R242")
def test_a_ticket_says_what_most_waits_do_not_exceed_where_that_is_more_than_the_usual_wait() -> None:
    assert "一般不超过\n55分钟" in said(compose(facts(most=55)))
    assert "Rarely over\n55 min" in said(compose(facts(most=55, lang="en")))
    for unknown in (facts(), facts(most=40), facts(minutes=None, most=55)):
        assert "一般不超过" not in said(compose(unknown))


def test_the_document_is_named_after_the_number_and_ends_with_a_cut() -> None:
    document = compose(facts())
    assert document.name == "A012"
    assert document.blocks[-1] == Cut()


@pytest.mark.req("R008", "R027")
def test_the_place_stands_large_on_the_ticket() -> None:
    assert Line("一楼A区", 2, "center", bold=True) in compose(facts()).blocks


def test_a_place_nobody_knows_is_not_asked_for() -> None:
    assert "叫号后请到" not in said(compose(facts(place=Bilingual(""))))


def test_what_is_not_known_is_left_out() -> None:
    text = said(compose(facts(ahead=None, minutes=None)))
    assert "等候" not in text


def test_nobody_ahead_is_a_fact_and_is_printed() -> None:
    assert Pair("前面等候", "0人") in compose(facts(ahead=0)).blocks


@pytest.mark.req("R056")
def test_an_untrusted_clock_prints_no_time() -> None:
    text = said(compose(facts(issued=Clockface("1970-01-01 08:00", trusted=False))))
    assert "1970" not in text
    assert "时钟未校准" in text


def test_a_hall_without_a_complaint_phone_prints_no_line_for_it() -> None:
    assert "投诉" not in said(compose(facts(complaint_phone="")))


def test_a_ticket_without_a_code_has_none() -> None:
    assert not [block for block in compose(facts(qr="")).blocks if isinstance(block, Qr)]


@pytest.mark.req("R059")
def test_another_language_follows_the_chinese_and_replaces_none_of_it() -> None:
    chinese, both = compose(facts()), said(compose(facts(lang="en")))
    for text in ("龙江政务服务中心", "社会保险", "一楼A区", "请到休息区稍坐，注意叫号。"):
        assert text in said(chinese)
        assert text in both
    for text in ("Longjiang Government Service Centre", "Social insurance", "Floor 1, zone A", "about 40 min"):
        assert text in both


def test_a_word_of_the_halls_that_has_no_english_stands_alone() -> None:
    blocks = compose(facts(lang="en", service=Bilingual("社会保险"))).blocks
    assert Line("社会保险", 2, "center") in blocks
    assert not any(isinstance(block, Line) and not block.text for block in blocks)


def test_a_language_without_words_gets_the_chinese_ticket() -> None:
    assert compose(facts(lang="bo")) == compose(facts())


@pytest.mark.req("R277")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reprint_says_so_first_and_large_and_is_else_the_same_ticket(lang: str) -> None:
    first, again = compose(facts(lang=lang)), compose(facts(lang=lang, reprint=True))
    assert again.blocks[0] == Line("重印 REPRINT", 2, "center", bold=True)
    assert "同一号码" in said(again)
    assert "重印" not in said(first)
    assert "REPRINT" not in said(first)
    assert again.blocks[-len(first.blocks) :] == first.blocks


def test_a_voided_paper_says_so_in_every_language_and_is_cut() -> None:
    document = void()
    assert said(document).split("\n") == ["以上内容作废", "VOID ABOVE"]
    assert document.blocks[-1] == Cut()


def test_every_language_has_the_same_words_with_the_same_blanks() -> None:
    def blanks(phrase: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(phrase)} - {None}

    source = {key: blanks(phrase) for key, phrase in words()["zh"].items()}
    for lang, phrases in words().items():
        assert {key: blanks(phrase) for key, phrase in phrases.items()} == source, lang


@pytest.mark.req("R041")
@pytest.mark.parametrize(
    ("days", "zh", "en"), [(0, "即办件", "at once"), (5, "承诺5个工作日", "within 5 working days")]
)
def test_a_ticket_says_whether_the_matter_is_settled_at_once_or_by_when(days: int, zh: str, en: str) -> None:
    assert f"办理时限\n{zh}" in said(compose(facts(promise=days)))
    assert f"办理时限 Result\n{en}" in said(compose(facts(promise=days, lang="en")))
    assert "办理时限" not in said(compose(facts()))
