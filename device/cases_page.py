"""The supervisor's list as a page to print and put in a drawer that locks. Nothing comes from a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

KINDS: Final = {"bad-rating": "差评", "complaint": "投诉", "report": "举报", "suggestion": "建议"}
STATES: Final = {
    "open": "待交办 open", "assigned": "已交办 assigned", "verified": "已核实 verified",
    "unfounded": "不属实 unfounded", "rectified": "已整改 rectified", "fed-back": "已反馈 fed back",
}  # fmt: skip
HEADS: Final = (
    "编号 case", "登记 opened", "类别 kind", "渠道 channel", "窗口 window", "人员 staff", "业务 service", "事由 about",
    "状态 state", "承办 with", "期限 due", "回复 answered",
)  # fmt: skip
HEAD: Final = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;margin:1.5em;color:#222}}table{{border-collapse:collapse;width:100%}}
td,th{{padding:.3em .5em;border:1px solid #999;text-align:left;font-size:.9em}}.late{{font-weight:bold}}
@page{{size:A4 landscape;margin:12mm}}</style><h1>{title}</h1>
<p>仅供监督人员使用，不得交给被评价人 For the supervisor alone; not to be shown to whoever was rated.</p>
"""


def page(cases: Sequence[Mapping[str, Any]], counts: Mapping[str, int], hall: str) -> str:
    """One HTML file."""
    title = escape(f"{hall} 差评投诉台账 Bad ratings and complaints")
    done = counts["known"] - counts["open"]
    told = (
        f"<p>未办结 open {counts['open']}，逾期 overdue {counts['overdue']}，办结 done {done}/{counts['known']}，"
        f"实名回复 named answered {counts['named_answered']}/{counts['named']}</p>"
    )
    head = "".join(f"<th>{name}" for name in HEADS)
    return HEAD.format(title=title) + told + f"<table><tr>{head}{''.join(map(_row, cases))}</table></html>\n"


def _row(case: Mapping[str, Any]) -> str:
    kind = KINDS[case["kind"]] + (f" {case['level']}" if case["level"] else "")
    answered = (case["answered"][:16] or "—") if case["named"] else "匿名 anonymous"
    cells = (
        case["id"][-8:], case["opened"][:16], kind, f"{case['channel']} {case['ref']}", case["window"] or "—",
        case["staff"] or "—", case["service"] or "—", case["about"], STATES[case["state"]], case["to"] or "—",
        case["due"], answered,
    )  # fmt: skip
    late = ' class="late"' if case["overdue"] else ""
    return f"<tr{late}>" + "".join(f"<td>{escape(str(cell))}" for cell in cells)
