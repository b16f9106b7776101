"""Every template by name: the shape of its facts, and how they become a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from screens import ticket
from screens.document import Document
from screens.slips import (
    acceptance,
    commitment,
    consult,
    notice,
    promise,
    refusal,
    selftest,
    supplement,
    unserved,
    voucher,
)


@dataclass(frozen=True, slots=True)
class Template:
    """facts: a dataclass; compose: from one of them to its paper; says: what it is, for people."""

    facts: type
    compose: Callable[[Any], Document]
    says: str


TEMPLATES: Final = {
    "ticket": Template(ticket.TicketFacts, ticket.compose, "号票 a ticket, or its reprint"),
    "acceptance": Template(acceptance.AcceptanceFacts, acceptance.compose, "受理通知书 (form E), two copies"),
    "refusal": Template(refusal.RefusalFacts, refusal.compose, "不予受理通知书 (form F), two copies"),
    "supplement": Template(supplement.SupplementFacts, supplement.compose, "一次性告知书 (form G), two copies"),
    "consult": Template(consult.ConsultFacts, consult.compose, "一次性咨询告知单"),
    "promise": Template(promise.PromiseFacts, promise.compose, "承诺办结通知单"),
    "commitment": Template(commitment.CommitmentFacts, commitment.compose, "告知承诺书, two copies"),
    "voucher": Template(voucher.VoucherFacts, voucher.compose, "优先办理凭证 after a power cut"),
    "unserved": Template(unserved.UnservedFacts, unserved.compose, "未办理号码登记表 by service"),
    "notice": Template(notice.NoticeFacts, notice.compose, "公告 to put on the door when the hall cannot go on"),
    "selftest": Template(selftest.SelftestFacts, selftest.compose, "自检 the self test's page"),
}
