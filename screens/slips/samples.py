"""One sample of every template's facts, for the gallery, the tests and whoever writes a facts file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from screens.document import Document
from screens.slips.acceptance import AcceptanceFacts
from screens.slips.catalogue import TEMPLATES
from screens.slips.commitment import CommitmentFacts
from screens.slips.consult import ConsultFacts
from screens.slips.notice import NoticeFacts
from screens.slips.promise import PromiseFacts
from screens.slips.refusal import RefusalFacts
from screens.slips.selftest import SelftestFacts
from screens.slips.shapes import Office
from screens.slips.supplement import Needed, SupplementFacts
from screens.slips.unserved import UnservedFacts, Waiting
from screens.slips.voucher import VoucherFacts
from screens.ticket import TicketFacts
from screens.views import Bilingual, Clockface

OFFICE: Final = Office(
    hall="龙江县政务服务中心", department="县人力资源和社会保障局", window="3", officer="王晓明（1001）",
    phone="0455-1234567", complaint_phone="12345", issued=date(2026, 11, 21),
)  # fmt: skip
CASE: Final = "LJ20261121-000123"
ITEM: Final = "企业职工基本养老保险关系转移接续"
RECEIVED: Final = date(2026, 11, 21)
DUE: Final = date(2026, 12, 12)
MATERIALS: Final = ("身份证原件及复印件 1份", "基本养老保险关系转移接续申请表 1份", "参保缴费凭证 1份")

SAMPLES: Final[dict[str, Any]] = {
    "ticket": TicketFacts(
        Bilingual("龙江县政务服务中心", "Longjiang Government Service Centre"), "A012",
        Bilingual("社会保险", "Social Insurance"),
        Bilingual("一楼东区 1-3 号窗口", "Ground floor east, windows 1-3"), 5, 40,
        Clockface("2026-11-21 09:30", trusted=True), "zh", "12345", 3, "hallside:longjiang:20261121-A012",
    ),
    "acceptance": AcceptanceFacts(
        OFFICE, CASE, "张丽", "139 0000 0000", ITEM, MATERIALS, RECEIVED, 15, "王晓明（1001）", "window", DUE,
        pickup_window="8", qr=f"https://longjiang.example/case/{CASE}",
    ),
    "refusal": RefusalFacts(
        OFFICE, CASE, "张丽", "139 0000 0000", ITEM, RECEIVED, "not_ours",
        "您的社会保险关系在外县，转移接续由参保地经办机构受理。", "青冈县社会保险事业中心，电话 0455-7654321",
    ),
    "supplement": SupplementFacts(
        OFFICE, CASE, "张丽", "139 0000 0000", ITEM, RECEIVED,
        (
            Needed("身份证复印件", incomplete=True, nonconforming=False, how="正反面各一份，A4纸"),
            Needed("基本养老保险关系转移接续申请表", incomplete=False, nonconforming=True, how="第2页需本人签名"),
            Needed("参保缴费凭证", incomplete=True, nonconforming=False),
        ),
        5, "超期未补正的，申请自动退回，可重新提交，不影响再次办理。",
    ),
    "consult": ConsultFacts(
        OFFICE, ITEM, ("已在新参保地建立养老保险关系", "未达到法定退休年龄"), MATERIALS,
        ("窗口或网上提出申请", "经办机构审核", "转出地办理", "转入地确认并告知结果"), 15,
        guide="https://longjiang.example/guide/pension-transfer",
    ),
    "promise": PromiseFacts(OFFICE, CASE, "张丽", ITEM, RECEIVED, 15, DUE),
    "commitment": CommitmentFacts(
        OFFICE, "张丽", "139 0000 0000", "食品经营许可证核发",
        ("具有与经营的食品品种、数量相适应的场所", "具有保证食品安全的规章制度"),
        ("已知晓全部告知内容", "已符合办理条件，所提交材料真实"), "作出不实承诺的，依法撤销许可，并记入信用记录。",
    ),
    "notice": NoticeFacts(
        "龙江县政务服务中心", "power", "2026年11月21日 10:40", "", "网上办事大厅或市政务服务中心", "0455-1234567"
    ),
    "voucher": VoucherFacts(
        "龙江县政务服务中心", "A012", "社会保险", RECEIVED, "power", "V-20261121-A012-7K3Q", date(2026, 12, 21), "12345"
    ),
    "unserved": UnservedFacts(
        "龙江县政务服务中心", "power", "2026-11-21 10:40",
        (
            Waiting("社会保险", tuple(f"A{n:03}" for n in range(12, 31))),
            Waiting("户籍与身份证", ("C007", "C008", "C601")),
            Waiting("不动产登记", ()),
        ),
    ),
    "selftest": SelftestFacts("kiosk-1", "serial", "0.1.0"),
}  # fmt: skip


def papers() -> dict[str, Document]:
    """Every template's sample as a document; the ticket in each language, and as a reprint."""
    facts = SAMPLES["ticket"]
    tickets = {
        "ticket-zh": facts,
        "ticket-en": replace(facts, lang="en"),
        "ticket-reprint": replace(facts, reprint=True),
    }
    documents = {name: TEMPLATES["ticket"].compose(ticket) for name, ticket in tickets.items()}
    return documents | {name: TEMPLATES[name].compose(said) for name, said in SAMPLES.items() if name != "ticket"}
