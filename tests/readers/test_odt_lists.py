"""List numbers of OpenDocument; the expected ones are those that LibreOffice prints."""

import pytest
from odt_pieces import cell, h, p, read_odt, row, seen, table

LEVEL = (
    '<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-prefix="{prefix}" '
    'style:num-suffix="{suffix}" text:display-levels="{shown}" {more}><style:list-level-properties>'
    '<style:list-level-label-alignment text:label-followed-by="{gap}"/></style:list-level-properties>'
    "</text:list-level-style-number>"
)
CHINESE = "一, 二, 三, ..."


def level(number, form="1", suffix=".", prefix="", shown=1, gap="listtab", more=""):
    return LEVEL.format(level=number, form=form, prefix=prefix, suffix=suffix, shown=shown, gap=gap, more=more)


def style(*levels, name="L1"):
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


OFFICIAL = style(level(1, CHINESE, "、"), level(2, CHINESE, "）", "（"), level(3), level(4, "1", "）", "（"))


def items(*contents, attributes="", name="L1"):
    """A list of items; each is text, or XML of all that stands in it."""
    inside = "".join(
        content
        if content.startswith(("<text:list-item", "<text:list-header"))
        else f"<text:list-item>{content if content.startswith('<') else p(content)}</text:list-item>"
        for content in contents
    )
    named = f'text:style-name="{name}"' if name else ""
    return f"<text:list {named} {attributes}>{inside}</text:list>"


def inner(*contents):
    return items(*contents, name="")


def item(content, attributes):
    return f"<text:list-item {attributes}>{p(content)}</text:list-item>"


def test_numbers_of_several_levels():
    body = items(
        p("总体情况") + inner(p("公开") + inner("第一点", "第二点"), "申请"),
        p("问题") + inner("不足"),
    )
    assert seen(body, automatic=OFFICIAL) == [
        "一、总体情况",
        "（一）公开",
        "1. 第一点",
        "2. 第二点",
        "（二）申请",
        "二、问题",
        "（一）不足",
    ]


def test_a_list_goes_on_behind_other_paragraphs():
    body = items("甲") + p("正文") + items("乙", attributes='text:continue-numbering="true"') + items("丙")
    assert seen(body, automatic=OFFICIAL) == ["一、甲", "正文", "二、乙", "一、丙"]


def test_a_list_goes_on_by_its_id():
    body = (
        items("甲", attributes='xml:id="a"')
        + items("子", attributes='xml:id="b"')
        + items("乙", attributes='text:continue-list="a" xml:id="c"')
        + items("丙", attributes='text:continue-list="c"')
        + items("丑", attributes='text:continue-list="b"')
        + items("丁", attributes='text:continue-list="nowhere"')
    )
    assert seen(body, automatic=OFFICIAL) == ["一、甲", "一、子", "二、乙", "三、丙", "二、丑", "一、丁"]


def test_an_item_that_holds_only_a_list_is_none():
    body = items(p("甲") + inner("一点")) + items(inner("二点"), "乙", attributes='text:continue-numbering="true"')
    assert seen(body, automatic=OFFICIAL) == ["一、甲", "（一）一点", "（二）二点", "二、乙"]


def test_only_the_first_paragraph_of_an_item_has_its_number():
    assert seen(items(p("甲") + p("续"), "乙"), automatic=OFFICIAL) == ["一、甲", "续", "二、乙"]


def test_a_header_of_a_list_has_no_number():
    body = items(f"<text:list-header>{p('题')}</text:list-header>", "甲")
    assert seen(body, automatic=OFFICIAL) == ["题", "一、甲"]


def test_an_item_may_begin_anew_and_in_another_style():
    other = style(level(1, "A", ")"), name="L2")
    body = items("甲", item("乙", 'text:start-value="5"'), item("丙", 'text:style-override="L2"'), "丁")
    assert seen(body, automatic=OFFICIAL + other) == ["一、甲", "五、乙", "F) 丙", "七、丁"]


def test_a_level_may_begin_at_another_number():
    late = style(level(1, more='text:start-value="3"'))
    assert seen(items("甲", "乙"), automatic=late) == ["3. 甲", "4. 乙"]


def test_numbers_of_levels_above_may_be_shown():
    shown = style(level(1), level(2, shown=2), level(3, shown=3, suffix=""))
    body = items(p("甲") + inner(p("乙") + inner("丙", "丁")))
    assert seen(body, automatic=shown) == ["1. 甲", "1.1. 乙", "1.1.1 丙", "1.1.2 丁"]


def test_a_level_that_was_passed_over_counts_as_one():
    shown = style(level(1, CHINESE, "、"), level(2, shown=2))
    assert seen(items(inner("甲")), automatic=shown) == ["一.1. 甲"]


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [
        ("%1%、", ["一、甲", "一、（一）乙"]),
        ("第%1%章", ["第一章甲", "一、（一）乙"]),
        ("（%1%）", ["（一）甲", "一、（一）乙"]),
    ],
)
def test_newer_versions_give_the_label_as_a_pattern(pattern, labels):
    given = style(
        level(1, CHINESE, "x", more=f'loext:num-list-format="{pattern}"'),
        level(2, CHINESE, "y", more='loext:num-list-format="%1%、（%2%）"'),
    )
    # A tab behind 第一章 is a space, as no sign of punctuation sets it off.
    found = [text.replace("章 ", "章") for text in seen(items(p("甲") + inner("乙")), automatic=given)]
    assert found == labels


def test_a_level_above_without_numbers_leaves_no_point():
    given = style(level(1, "", ""), level(2, more='style:num-list-format="%1%.%2%."'))
    assert seen(items(p("甲") + inner("乙")), automatic=given) == ["甲", "1. 乙"]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("1", "1 2 3"),
        ("a", "a b c"),
        ("A", "A B C"),
        ("i", "i ii iii"),
        ("I", "I II III"),
        (CHINESE, "一 二 三"),
        ("壹, 贰, 叁, ...", "壹 贰 叁"),
        ("甲, 乙, 丙, ...", "甲 乙 丙"),
        ("子, 丑, 寅, ...", "子 丑 寅"),
        ("①, ②, ③, ...", "① ② ③"),
        ("１, ２, ３, ...", "１ ２ ３"),
        ("01, 02, 03, ...", "01 02 03"),
        ("unknown", "1 2 3"),
    ],
)
def test_formats_of_numbers(form, labels):
    numbered = style(level(1, form, "", gap="nothing"))
    assert " ".join(seen(items("", "", ""), automatic=numbered)) == labels


def test_bullets_are_no_numbers():
    bullet = '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    assert seen(items("甲", "乙"), automatic=style(bullet)) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("gap", "suffix", "label"),
    [
        ("listtab", "、", "一、甲"),
        ("listtab", ".", "一. 甲"),
        ("listtab", "", "一 甲"),
        ("space", "、", "一、 甲"),
        ("nothing", ".", "一.甲"),
    ],
)
def test_the_gap_behind_a_number(gap, suffix, label):
    assert seen(items("甲"), automatic=style(level(1, CHINESE, suffix, gap=gap))) == [label]


OUTLINE = (
    '<text:outline-style style:name="Outline">'
    + "".join(
        f'<text:outline-level-style text:level="{number}" style:num-format="{CHINESE}" style:num-suffix="、"/>'
        for number in (1, 2)
    )
    + "</text:outline-style>"
)


def test_headings_have_the_numbers_of_the_outline():
    body = h("甲") + h("乙", 2) + p("正文") + h("丙", 2) + h("丁") + h("戊", 2) + h("己", 3)
    assert seen(body, styles=OUTLINE) == ["一、甲", "一、乙", "正文", "二、丙", "二、丁", "一、戊", "己"]


def test_headings_may_begin_anew_or_have_no_number():
    restart = 'text:restart-numbering="true" text:start-value="7"'
    off = '<style:style style:name="P1" style:family="paragraph" style:list-style-name=""/>'
    body = (
        h("甲")
        + h("乙", 1, restart)
        + h("丙", 1, 'text:is-list-header="true"')
        + h("丁", 1, 'text:style-name="P1"')
        + h("戊")
    )
    assert seen(body, styles=OUTLINE, automatic=off) == ["一、甲", "七、乙", "丙", "丁", "八、戊"]


def test_a_heading_in_a_list_has_the_number_of_the_list():
    body = items(h("甲"), h("乙"))
    assert seen(body, styles=OUTLINE, automatic=style(level(1, "1", ")"))) == ["1) 甲", "2) 乙"]


def test_a_numbered_paragraph_in_no_list():
    numbered = (
        '<text:numbered-paragraph text:list-id="a" text:level="{}" text:style-name="L1">{}</text:numbered-paragraph>'
    )
    body = numbered.format(1, p("甲")) + numbered.format(2, p("乙")) + numbered.format(1, p("丙"))
    assert seen(body, automatic=OFFICIAL) == ["一、甲", "（一）乙", "二、丙"]


def test_a_number_takes_up_no_place_in_the_paragraph():
    block = read_odt(items("总体情况"), automatic=OFFICIAL).blocks[0]
    assert block.text == "一、总体情况"
    assert block.origin.span(2, 4).as_dict() == {"kind": "odt", "paragraph": 1, "start": 0, "end": 2}
    assert block.origin.span(0, 3).as_dict() == {"kind": "odt", "paragraph": 1, "start": 0, "end": 1}


def test_numbers_in_cells():
    document = read_odt(table(row(cell(items("甲", "乙"), p("丙")), "1")), automatic=OFFICIAL)
    first = document.blocks[0].rows[0][0]
    assert first.text == "一、甲\n二、乙\n丙"
    spans = [first.origin.span(at, at + 1) for at in (2, 6, 8)]
    assert [(span.start, span.end) for span in spans] == [(0, 1), (2, 3), (4, 5)]


def test_a_list_without_a_style_has_no_numbers():
    assert seen(items("甲", name="")) == ["甲"]
