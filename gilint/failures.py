"""Inputs that cannot be judged: the errors that say so, and the results that are made of them."""

from __future__ import annotations

from gilint.errors import InputError, PluginError
from gilint.model import Failure, Outcome, Report, Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.waivers import WaiverFile

BROKEN = ("internal", "plugin")
"""Codes of failures that are not the input's."""
SIGNS = {"error": 1, "warning": 2, "info": 4}
UNREAD, BROKE = 8, 16
"""Bits of what a result comes to: its findings by severity, an input that could not be judged, something that broke."""


def failed(error: InputError, lang: str) -> Result:
    """The result of an input that could not be judged."""
    outcomes: dict[str, Outcome] = {}
    return Result(error.path, None, (), outcomes, Failure(error.code, error.message[lang], error.advice[lang]))


def gist_of(result: Result) -> int:
    """What a result comes to, as bits: all that an exit code depends on."""
    if result.error is not None:
        return BROKE if result.error.code in BROKEN else UNREAD
    gist = 0
    for severity in {finding.severity for finding in result.findings}:
        gist |= SIGNS[severity]
    return gist | BROKE if any(outcome.status == "broke" for outcome in result.outcomes.values()) else gist


def broken(name: str, error: Exception) -> InputError:
    """An input over which gilint or a plugin broke."""
    from gilint.causes import cause

    if isinstance(error, PluginError):
        code, message = "plugin", {"zh": f"插件出错：{error}", "en": f"a plugin broke: {error}"}
        advice = {"zh": "请停用或更新这个插件", "en": "do without the plugin, or update it"}
    else:
        code, message = "internal", {"zh": f"内部错误：{cause(error)}", "en": f"internal error: {cause(error)}"}
        advice = {"zh": "这是 gilint 的缺陷，请报告", "en": "this is a defect of gilint: please report it"}
    return InputError(code, name, message, advice)


def other_kind(previous: Report, wanted: str) -> InputError:
    pack = previous.form.family.pack
    return InputError(
        "other-kind",
        previous.source.name,
        {"zh": f"不是同一类报告（{pack}，应为 {wanted}）", "en": f"a report of another kind ({pack}, not {wanted})"},
        {"zh": "请给出同一类报告", "en": "give one of the same kind"},
    )


def no_rules(report: Report) -> InputError:
    pack = report.form.family.pack
    return InputError(
        "no-rules",
        report.source.name,
        {"zh": f"选中的规则都不用于这类报告（{pack}）", "en": f"no selected rule is for this kind of report ({pack})"},
        {"zh": "请检查 select、ignore 与规则包", "en": "check select, ignore and the packs of rules"},
    )


def invalid_waivers(file: WaiverFile) -> InputError:
    return InputError(
        "invalid-waivers",
        file.path,
        {"zh": f"豁免文件有误，其中的豁免都没有生效：\n{file.mistakes}", "en": f"nothing is waived:\n{file.mistakes}"},
        {"zh": "请照提示修改；格式见 docs/waivers.md", "en": "mend what is named; the format is in docs/waivers.md"},
    )
