"""Why a document cannot be judged: the errors that the recogniser raises."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import Family, FormSection
    from gilint.recognise.grids import GridRow


def not_a_report(path: str, families: Sequence[Family]) -> InputError:
    names = "".join(f"“{family.name}”" for family in families)
    return InputError(
        "not-a-report",
        path,
        {
            "zh": f"不是{names}：没有这样的标题和各部分",
            "en": "no report of a known kind: neither its title nor its sections were found",
        },
        {"zh": "请确认文件内容完整、没有拿错文件", "en": "check that this is the right file and that it is complete"},
    )


def unsupported_year(path: str, year: int, earliest: int) -> InputError:
    return InputError(
        "unsupported-year",
        path,
        {
            "zh": f"这是{year}年度的报告，早于现有格式（{earliest}年起）",
            "en": f"a report of {year}, before the forms known here ({earliest} on)",
        },
        {"zh": f"请检查{earliest}年及以后的报告", "en": f"check reports of {earliest} or later"},
    )


def truncated(path: str, blocks: Sequence[Paragraph | GridRow], lost: Sequence[FormSection]) -> InputError:
    names = "、".join(section.title for section in lost)
    ends = [block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()]
    end = ends[-1]
    last = end if isinstance(end, Paragraph) else end.paragraph()
    place = last.origin.span(len(last.text), len(last.text))
    zh = f"内容到 {place.describe('zh')} 为止，"
    en = f"the text ends at {place.describe('en')}"
    if lost:
        zh += f"其后缺少：{names}，也没有落款"
        en += f"; missing behind it: {len(lost)} sections and the sign-off"
    else:
        zh += "最后一句没有写完，也没有落款"
        en += ", within a sentence and without a sign-off"
    return InputError(
        "truncated",
        path,
        {"zh": zh, "en": en},
        {"zh": "文件可能被截断，请换上完整的文件再检查", "en": "the file seems to be cut off: check the complete file"},
    )
