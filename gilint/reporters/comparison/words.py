"""The words of a comparison, in the languages of gilint."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_CHINESE = {
    "reports": "报告",
    "figures": "历年数字",
    "since": "较 {year}",
    "jump": "* 成倍增减",
    "sections": "与前一份重复",
    "of": "{length} 字中 {repeated} 字",
    "carried": "结转：上年“{last}” → 今年“{now}”",
    "zero": "其余 {count} 列两年均为 0",
    "continued": "衔接",
    "passages": "两年相同的段落：{section}",
    "nothing": "没有可以比较的两份报告",
    "no_findings": "没有发现问题",
    "undecided": "无法判断 {count} 条",
    "comma": "，",
    "no_rules": "没有与上年核对的规则",
    "unknown_year": "年份未识别",
    "unknown_issuer": "单位未识别",
    "not_read": "无法读取：{message}",
}

_ENGLISH = {
    "reports": "reports",
    "figures": "figures",
    "since": "since {year}",
    "jump": "* out of scale",
    "sections": "as in the one before",
    "of": "{repeated} of {length} characters",
    "carried": "carried over: last year's “{last}” → “{now}”",
    "zero": "{count} more columns are 0 in both years",
    "continued": "follows",
    "passages": "the same in both years: {section}",
    "nothing": "there are no two reports to compare",
    "no_findings": "nothing found",
    "undecided": "rules that could not check: {count}",
    "comma": ", ",
    "no_rules": "there is no rule that compares with last year",
    "unknown_year": "unknown year",
    "unknown_issuer": "unknown issuer",
    "not_read": "could not be read: {message}",
}


def words(lang: str) -> Mapping[str, str]:
    return _CHINESE if lang == "zh" else _ENGLISH
