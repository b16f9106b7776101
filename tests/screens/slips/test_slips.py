"""Forms and slips: the fields the service standards ask for, two copies where two are asked, nothing about people in
what a log could carry."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import pytest

from screens.document import Cut, Document, Line, Qr
from screens.gallery import main
from screens.slips.acceptance import AcceptanceFacts
from screens.slips.catalogue import TEMPLATES
from screens.slips.samples import CASE, ITEM, MATERIALS, OFFICE, SAMPLES, papers
from screens.slips.shapes import words
from screens.slips.supplement import Needed
from screens.slips.unserved import Waiting
from tests.screens.paper.texts import said
from tests.screens.test_phrases import offences

TWO_COPIES = ("acceptance", "refusal", "supplement", "commitment")
PERSONAL = ("applicant", "contact", "address")


def paper(template: str, **different: Any) -> Document:
    """The sample's paper, with these facts different."""
    return TEMPLATES[template].compose(replace(SAMPLES[template], **different))


def codes(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Qr)]


def pieces(document: Document) -> list[Document]:
    """What is between the cuts."""
    ends = [n for n, block in enumerate(document.blocks) if block == Cut()]
    return [Document("", document.blocks[a + 1 : b]) for a, b in pairwise([-1, *ends])]


@pytest.mark.req("R134", "R161", "R211", "R213", "R229", "R269", "R275", "R276")
def test_form_e_says_what_was_taken_when_it_is_done_and_where_the_result_is() -> None:
    text = said(paper("acceptance"))
    for told in (
        "受理通知书",
        f"办件流水号：{CASE}",
        "申请人：张丽",
        "联系电话：139 0000 0000",
        f"事项名称：{ITEM}",
        "收件日期：2026年11月21日",
        *MATERIALS,
        "承诺办结时限：自受理之日起15个工作日",
        "承诺办结日期：2026年12月12日",
        "■ 现场领取  □ 政务专递邮寄",
        "领取窗口编号：8",
        "收件人：王晓明（1001）",
        "受理部门：县人力资源和社会保障局",
        "咨询电话：0455-1234567",
        "监督投诉电话：12345",
        "申请人签名：",
        "经办人签名：",
        "龙江县政务服务中心（盖章）",
    ):
        assert told in text, told
    assert codes(paper("acceptance")) == [f"https://longjiang.example/case/{CASE}"] * 2


@pytest.mark.req("R269", "R276")
def test_a_result_that_is_sent_has_an_address_and_no_window() -> None:
    text = said(paper("acceptance", delivery="post", address="龙江县站前街 1 号"))
    assert "□ 现场领取  ■ 政务专递邮寄" in text
    assert "邮寄地址：龙江县站前街 1 号" in text
    assert "领取窗口编号" not in text


def test_what_is_done_at_once_promises_no_days() -> None:
    text = said(paper("acceptance", deadline_days=0, due=None))
    assert "承诺办结时限：当场办结" in text
    assert "工作日" not in text


@pytest.mark.req("R135", "R162", "R211", "R230")
@pytest.mark.parametrize(
    ("grounds", "ticked"), [("not_needed", "依法不需要办理"), ("not_ours", "不属于本部门职权范围"), ("other", "其他")]
)
def test_form_f_gives_ground_reason_and_remedy(grounds: str, ticked: str) -> None:
    text = said(pieces(paper("refusal", grounds=grounds))[0])
    assert [line.endswith(ticked) for line in text.split("\n") if line.startswith("■")] == [True]
    assert text.count("□") == 2
    for told in ("不予受理通知书", "具体理由", SAMPLES["refusal"].reason, "可向下列部门申请：青冈县", "行政复议"):
        assert told in text, told


@pytest.mark.req("R040", "R136", "R164", "R182", "R231", "R278")
def test_form_g_names_every_missing_material_with_its_own_two_boxes_the_time_and_what_comes_after() -> None:
    text = said(pieces(paper("supplement"))[0])
    lines = text.split("\n")
    for n, (needed, boxes) in enumerate(
        zip(
            SAMPLES["supplement"].needed,
            ("■ 材料不齐全  □ 不符合法定形式", "□ 材料不齐全  ■ 不符合法定形式", "■ 材料不齐全  □ 不符合法定形式"),
            strict=True,
        ),
        1,
    ):
        at = lines.index(f"{n}. {needed.material}")
        assert lines[at + 1] == boxes
        assert not needed.how or lines[at + 2] == f"补正要求：{needed.how}"
    for told in ("一次性告知书", "补正时限：自收到本告知书之日起5个工作日内", "超期处理办法：超期未补正的"):
        assert told in text, told


@pytest.mark.req("R039", "R239")
def test_the_consult_notice_has_conditions_materials_procedure_promised_time_and_the_guides_code() -> None:
    document = paper("consult")
    text = said(document)
    facts = SAMPLES["consult"]
    for told in ("告知单", *facts.conditions, *facts.materials, *facts.procedure, "承诺时限：15个工作日", "不收费"):
        assert told in text, told
    assert codes(document) == [facts.guide]


@pytest.mark.req("R161", "R163")
def test_the_promise_names_its_last_day() -> None:
    text = said(paper("promise"))
    for told in ("承诺办结通知单", CASE, "承诺办结时限：15个工作日", "承诺办结日期：2026年12月12日", "12345"):
        assert told in text, told


@pytest.mark.req("R249")
def test_the_pledge_has_what_was_told_what_is_pledged_and_what_a_false_pledge_costs() -> None:
    text = said(paper("commitment"))
    facts = SAMPLES["commitment"]
    for told in ("告知承诺书", *facts.told, *facts.pledged, facts.consequence, "申请人签名："):
        assert any(told in line for line in text.split("\n")), told


@pytest.mark.req("R284")
def test_the_notice_for_the_door_says_why_since_when_and_that_nobody_is_forgotten() -> None:
    text = said(paper("notice"))
    for told in ("停电", "2026年11月21日 10:40", "恢复时间另行公告", "已登记", "优先办理一次", "网上办事大厅"):
        assert told in text
    assert "已登记" not in said(paper("notice", registered=False))
    assert "预计恢复：14:00" in said(paper("notice", until="14:00"))


@pytest.mark.req("R285")
def test_the_voucher_has_the_old_number_large_and_a_code_worth_one_visit() -> None:
    document = paper("voucher")
    assert Line("A012", 4, "center", bold=True) in document.blocks
    assert codes(document) == [SAMPLES["voucher"].code]
    for told in ("停电", "优先办理一次", "限用一次", "社会保险", "2026年12月21日"):
        assert told in said(document), told


@pytest.mark.req("R038", "R285")
def test_the_list_has_every_waiting_number_under_its_service_in_order_and_the_total() -> None:
    text = said(paper("unserved"))
    for waiting in SAMPLES["unserved"].services[:2]:
        lines = text.split("\n")
        assert lines[lines.index(f"{waiting.service}（{len(waiting.numbers)}个）") + 1] == "  ".join(waiting.numbers)
    assert "社会保险（19个）" in text
    assert "不动产登记" not in text
    assert text.split("\n")[-3:-1] == ["合计", "22个"]


def test_a_list_of_nobody_says_so() -> None:
    text = said(paper("unserved", services=(Waiting("社会保险", ()),)))
    assert "没有未办理的号码" in text
    assert "合计" not in text


@pytest.mark.req("R277")
@pytest.mark.parametrize("template", TWO_COPIES)
def test_a_form_comes_twice_one_to_serve_and_one_to_file(template: str) -> None:
    served, filed = pieces(paper(template))
    assert served.blocks[0] == Line("送达联 APPLICANT'S COPY", align="right")
    assert filed.blocks[0] == Line("归档联 FILE COPY", align="right")
    assert served.blocks[1:] == filed.blocks[1:]
    assert "本文书一式二份，一份送达，一份归档。" in said(served)


@pytest.mark.req("R277")
@pytest.mark.parametrize("template", [name for name in TEMPLATES if name not in ("ticket", "selftest")])
def test_a_reprint_is_marked_on_every_piece_and_else_the_same(template: str) -> None:
    first, again = paper(template), paper(template, reprint=True)
    assert "重印" not in said(first)
    for piece, marked in zip(pieces(first), pieces(again), strict=True):
        assert Line("重印 COPY", 2, "center", bold=True) in marked.blocks
        assert len(marked.blocks) == len(piece.blocks) + 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_whoever_logs_the_facts_logs_nobodys_name_phone_or_address(template: str) -> None:
    facts = SAMPLES[template]
    kinds = {field.name: field.repr for field in fields(facts)}
    assert not [name for name in PERSONAL if kinds.get(name)]
    if isinstance(facts, AcceptanceFacts):
        told = repr(replace(facts, address="站前街"))
        assert not [secret for secret in ("张丽", "139 0000", "站前街") if secret in told]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_papers_name_is_its_templates_for_names_are_logged(template: str) -> None:
    assert TEMPLATES[template].compose(SAMPLES[template]).name == ("A012" if template == "ticket" else template)


def test_no_slip_sends_anyone_away() -> None:
    phrases = [("zh", f"{template}.{key}", text) for template, own in words().items() for key, text in own.items()]
    assert not offences([(lang, key, text) for lang, key, text in phrases if "_en" not in key])


def test_every_phrase_is_on_some_paper() -> None:
    everything = [*papers().values(), paper("acceptance", delivery="post", address="x", reprint=True)]
    everything += [paper("acceptance", deadline_days=0), paper("voucher", reason="fault")]
    everything += [paper("unserved", reason=reason, services=()) for reason in ("fault", "closing")]
    everything += [paper("notice", reason=reason) for reason in ("fault", "closing")]
    text = "\n".join(map(said, everything))
    for template, phrases in words().items():
        for key, phrase in phrases.items():
            parts = [part for part in phrase.replace("{", "\0{").replace("}", "\0").split("\0") if part[:1] != "{"]
            assert all(part in text for part in parts), f"{template}.{key}"


def test_the_longest_form_that_may_be_said_is_still_paper() -> None:
    needed = Needed("材" * 100, incomplete=True, nonconforming=True, how="要求" * 300)
    document = paper("supplement", needed=(needed,) * 40, office=replace(OFFICE, hall="龙" * 100))
    assert sum(isinstance(block, Cut) for block in document.blocks) == 2


def test_the_gallery_draws_any_paper(tmp_path: Any) -> None:
    assert main([str(tmp_path), "voucher", "ticket-reprint"]) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ticket-reprint.png", "voucher.png"]
