"""The words around a total, in the languages of gilint."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gilint.model import Failure

_CHINESE = {
    "year": "{year} 年",
    "unknown": "年份未识别",
    "parent": "上级报告",
    "members": "成员",
    "differences": "差异",
    "coverage": "成员 {count} 份，已计入 {added} 份",
    "passed_over": "，{count} 份不计",
    "could_not": "，{count} 份没能计入",
    "error": "{message} [{code}]",
    "advice": "建议：{advice}",
    "own": "自己的表不平（{rules}）：{text}",
    "summed": "{title}：{count} 份之和",
    "compared": "{title}：上级报告 → 成员之和",
    "legend": "[7 → 8] 上级报告的数与成员之和",
    "legend_unread": "? 有成员的这一格没有读出",
    "cell": "“{row}”×“{column}”：上级报告 {parent}，成员之和 {sum}，相差 {difference}",
    "blank": "空白",
    "undecided": "{count} 格无法判断，{members}没有读出：{where}",
    "place": "“{row}”×“{column}”",
    "blanks": "成员的空白格按 0 计，共 {count} 格",
    "no_members": "没有可相加的成员",
    "no_cells": "这种格式没有可相加的表",
    "no_comparison": "没有可比较的上级报告，只列出成员之和",
    "ties": "{cells} 格都等于 {added} 份之和",
    "ties_partly": "能判断的 {cells} 格都等于 {added} 份之和",
    "differ": "{count} 格与 {added} 份之和不一致",
    "cells": "格",
    "sum": "成员之和",
    "difference": "相差",
    "status": "状态",
    "path": "文件",
    "reason": "原因",
    "added": "已计入",
    "repeated": "重复，不计",
    "is_parent": "上级报告本身，不计",
    "other-year": "年度不同，未计",
    "other-form": "格式不同，未计",
    "unreadable": "无法读取",
    "colon": "：",
    "list": "、",
}

_ENGLISH = {
    "year": "{year}",
    "unknown": "year unknown",
    "parent": "parent",
    "members": "members",
    "differences": "differences",
    "coverage": "members: {count}, added: {added}",
    "passed_over": ", passed over: {count}",
    "could_not": ", could not be added: {count}",
    "error": "{message} [{code}]",
    "advice": "advice: {advice}",
    "own": "does not tie out by itself ({rules}): {text}",
    "summed": "{title}: sum of {count}",
    "compared": "{title}: parent → sum of members",
    "legend": "[7 → 8] figure of the parent and sum of the members",
    "legend_unread": "? not read in some member",
    "cell": "“{row}” × “{column}”: parent {parent}, sum {sum}, difference {difference}",
    "blank": "blank",
    "undecided": "cells that cannot be decided: {count}; not read in {members}: {where}",
    "place": "“{row}” × “{column}”",
    "blanks": "blank cells of members read as 0: {count}",
    "no_members": "there is no member to add",
    "no_cells": "this form has no tables to add up",
    "no_comparison": "no parent to compare with: the sums alone",
    "ties": "all {cells} cells equal the sum of {added} members",
    "ties_partly": "all {cells} cells that can be decided equal the sum of {added} members",
    "differ": "{count} cells differ from the sum of {added} members",
    "cells": "cell",
    "sum": "sum of members",
    "difference": "difference",
    "status": "status",
    "path": "file",
    "reason": "reason",
    "added": "added",
    "repeated": "repeated, passed over",
    "is_parent": "the parent itself, passed over",
    "other-year": "another year, not added",
    "other-form": "another form, not added",
    "unreadable": "unreadable",
    "colon": ": ",
    "list": ", ",
}


def words(lang: str) -> Mapping[str, str]:
    return _CHINESE if lang == "zh" else _ENGLISH


def status_word(said: Mapping[str, str], status: str) -> str:
    return said["is_parent" if status == "parent" else status]


def failure_text(said: Mapping[str, str], failure: Failure) -> str:
    return said["error"].format(message=failure.message, code=failure.code)
