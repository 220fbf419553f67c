"""The words of a total, in the languages of gilint."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 5

_CHINESE = {
    "is-parent": "就是上级报告本身，未计入",
    "other-form": "格式是 {own}，不是 {wanted}，未计入",
    "other-year": "是 {own} 年的报告，不是 {wanted} 年，未计入",
    "repeated": "与 {path} 是同一份报告，只计一次",
    "same-organ": "与 {path} 是同一单位，但数字不同；两份都计入了，请核对",
    "organ-of-parent": "与上级报告同名；已计入，请核对",
    "no-year": "未识别年份，已计入",
    "left-out": "{where}相差的正是{members}的数字（{count} 格）：上级报告可能漏计",
    "counted-twice": "{where}多出的正是{members}的数字（{count} 格）：上级报告可能重复计入",
    "mostly": "；这些格中另有 {count} 格还有别的差异",
    "alike": "；数字相同的还有{others}",
    "member-slip": "{members}自己的表不平；照下面改，它的表平了，总数也对上：{changes}",
    "parent-slip": "上级报告自己的表不平；照下面改，它的表平了，与各成员之和也一致：{changes}",
    "slip-alone": "{members}自己的表不平；照下面改，其余的差异就清楚了：{changes}",
    "or-slip": "；也可能是{others}",
    "missing-member": "上级报告多出的 {count} 格彼此勾稽，像是整份报告的数字：可能少列了成员",
    "missing-unread": "上级报告多出的 {count} 格可能就是没能计入的成员：{members}",
    "amount": "{count} 格都相差 {amount}，彼此勾稽：一笔数在明细和总计中一起多计或少计，单看数字说不出是哪个成员",
    "figure": "可能写错了一个数：{changes}",
    "figures-many": "能解释这一格的成员太多，单看数字说不出是哪个",
    "unexplained": "单看数字说不出原因（{count} 格）",
    "one-change": "{member} {cell} {before} → {after}",
    "parent": "上级报告",
    "blank": "空白",
    "in-table": "“{table}”表中，",
    "list": "、",
    "clauses": "；",
    "or": "，或 ",
    "more-names": "等 {count} 个",
    "cell": "“{row}”×“{column}”",
}

_ENGLISH = {
    "is-parent": "is the parent report itself; not added",
    "other-form": "follows the form {own}, not {wanted}; not added",
    "other-year": "is the report of {own}, not of {wanted}; not added",
    "repeated": "is the same report as {path}; counted once",
    "same-organ": "is of the same organ as {path}, with other figures; both were added, look into it",
    "organ-of-parent": "has the name of the parent's organ; added, look into it",
    "no-year": "its year was not recognised; added",
    "left-out": "{where}the differences are exactly the figures of {members} ({count} cells): the parent may lack them",
    "counted-twice": "{where}what is too much are exactly the figures of {members} ({count} cells): the parent may"
    " count them twice",
    "mostly": "; {count} of these cells differ by something else besides",
    "alike": "; the same figures are those of {others}",
    "member-slip": "{members} does not tie out by itself; with this change it does, and so does the total: {changes}",
    "parent-slip": "the parent does not tie out by itself; with this change it does, and equals its members: {changes}",
    "slip-alone": "{members} does not tie out by itself; with this change the other differences are clear: {changes}",
    "or-slip": "; or it is {others}",
    "missing-member": "what the parent has more ({count} cells) ties out like a report of its own: members may"
    " be missing from the list",
    "missing-unread": "what the parent has more ({count} cells) may be what could not be added: {members}",
    "amount": "{count} cells that depend on each other are all off by {amount}: one amount is counted too often or not"
    " at all, in the details and in the totals; the figures do not tell of which member",
    "figure": "this figure may be mistyped: {changes}",
    "figures-many": "too many members could explain this cell; the figures do not tell which",
    "unexplained": "the figures do not tell why ({count} cells)",
    "one-change": "{member} {cell} {before} → {after}",
    "parent": "the parent",
    "blank": "blank",
    "in-table": "in the table “{table}” ",
    "list": ", ",
    "clauses": "; ",
    "or": ", or ",
    "more-names": " and others, {count} in all",
    "cell": "“{row}” × “{column}”",
}


def say(lang: str, key: str, **values: object) -> str:
    return (_CHINESE if lang == "zh" else _ENGLISH)[key].format(**values)


def listed(lang: str, names: Iterable[str]) -> str:
    """Names in a row, the first few of many."""
    names = tuple(names)
    shown = say(lang, "list").join(names[:SHOWN])
    return shown if len(names) <= SHOWN else shown + say(lang, "more-names", count=len(names))
