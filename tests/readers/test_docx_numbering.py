"""List numbers and heading levels: computed as Word does, from the numbering, the styles and the paragraphs."""

import re

import docx_pieces as pieces
import pytest
from docx_pieces import opened, paragraph, run, texts

from gilint.readers.docx.excerpt import excerpt
from gilint.readers.docx.numbers import written


def level(depth, form="decimal", text=None, *, start=1, gap="nothing", more=""):
    text = f"%{depth + 1}." if text is None else text
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def scheme(key, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def number(key, of, overrides=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def override(depth, start=None, replaced=""):
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{depth}">{begin}{replaced}</w:lvlOverride>'


def item(depth=0, key=1, content="项", style=None):
    depth_given = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    key_given = "" if key is None else f'<w:numId w:val="{key}"/>'
    return paragraph(content, f"<w:numPr>{depth_given}{key_given}</w:numPr>", style)


def labels(body, numbering, styles=None):
    """What stands before 项 in each paragraph."""
    return [text.removesuffix("项") for text in texts(body, numbering=numbering, styles=styles)]


CHINESE = scheme(
    0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2), level(3, text="（%4）")
)


def test_levels_count_each_for_themselves_and_begin_anew_below_a_higher_one():
    depths = (0, 1, 1, 2, 2, 1, 2, 0, 1, 3)
    body = "".join(item(depth) for depth in depths)
    wanted = ["一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）", "（1）"]
    assert labels(body, CHINESE + number(1, 0)) == wanted


def test_the_number_is_text_without_a_place_of_its_own():
    blocks = opened(item(content="总体情况"), numbering=CHINESE + number(1, 0)).blocks
    assert blocks[0].text == "一、总体情况"
    spans = [blocks[0].origin.span(*at) for at in ((0, 2), (2, 6), (0, 6), (4, 5))]
    assert [(span.start, span.end) for span in spans] == [(0, 0), (0, 4), (0, 4), (2, 3)]


def test_unnumbered_paragraphs_between_items_do_not_disturb_the_count():
    assert labels(item() + paragraph("文") + item(), CHINESE + number(1, 0)) == ["一、", "文", "二、"]


def test_an_empty_item_has_its_number_too():
    assert texts(item(content="") + item(content="乙"), numbering=CHINESE + number(1, 0)) == ["一、", "二、乙"]


def test_items_in_tables_count_with_the_others():
    body = item() + pieces.table(pieces.row(pieces.cell(item()), "0"), pieces.row(pieces.cell(item() + item()), "0"))
    blocks = opened(body + item(), numbering=CHINESE + number(1, 0)).blocks
    assert [row[0].text for row in blocks[1].rows] == ["二、项", "三、项\n四、项"]
    assert blocks[2].text == "五、项"
    cell = blocks[1].rows[1][0]
    places = [(span["start"], span["end"]) for span in pieces.spans(cell.origin, cell.text)]
    # 三、项↵四、项: the numbers stand where their paragraphs begin.
    assert places == [(0, 0), (0, 0), (0, 1), (1, 2), (2, 2), (2, 2), (2, 3)]


def test_lists_of_one_scheme_share_its_counters():
    numbering = scheme(0, level(0)) + scheme(1, level(0)) + number(1, 0) + number(2, 0) + number(3, 1)
    assert labels(item(key=1) + item(key=2) + item(key=3) + item(key=1), numbering) == ["1.", "2.", "1.", "3."]


def test_a_list_that_overrides_its_start_begins_anew_once():
    numbering = scheme(0, level(0)) + number(1, 0) + number(2, 0, override(0, 1)) + number(3, 0, override(0, 7))
    body = item(key=1) + item(key=1) + item(key=2) + item(key=2) + item(key=3) + item(key=2) + item(key=1)
    assert labels(body, numbering) == ["1.", "2.", "1.", "2.", "7.", "8.", "9."]


def test_a_level_that_begins_anew_takes_the_start_of_its_list():
    numbering = scheme(0, level(0), level(1)) + number(1, 0, override(1, 4))
    assert labels(item(0) + item(1) + item(0) + item(1), numbering) == ["1.", "4.", "2.", "4."]


def test_a_list_may_replace_a_level():
    replaced = override(0, replaced=level(0, "upperRoman", "%1:"))
    numbering = scheme(0, level(0)) + number(1, 0) + number(2, 0, replaced)
    assert labels(item(key=1) + item(key=2) + item(key=1), numbering) == ["1.", "II:", "3."]


def test_start_values_and_starts_left_out():
    no_start = '<w:lvl w:ilvl="1"><w:lvlText w:val="%2)"/><w:suff w:val="nothing"/></w:lvl>'
    numbering = scheme(0, level(0, start=5), no_start) + number(1, 0)
    assert labels(item(0) + item(0) + item(1) + item(1), numbering) == ["5.", "6.", "0)", "1)"]


@pytest.mark.parametrize(
    ("restart", "wanted"),
    [("", ["1.", "1.", "1.", "1."]), (0, ["1.", "2.", "3.", "4."]), (1, ["1.", "2.", "3.", "1."])],
    ids=["below any", "never", "below the first"],
)
def test_what_makes_a_level_begin_anew_can_be_said(restart, wanted):
    more = "" if restart == "" else f'<w:lvlRestart w:val="{restart}"/>'
    numbering = scheme(0, level(0), level(1), level(2, more=more)) + number(1, 0)
    found = labels("".join(item(depth) for depth in (0, 1, 2, 1, 2, 1, 2, 0, 2)), numbering)
    assert [found[at] for at in (2, 4, 6, 8)] == wanted


def test_a_level_that_was_passed_over_counts_as_one_item():
    numbering = scheme(0, level(0), level(1, text="%1.%2")) + number(1, 0)
    assert labels(item(1) + item(1) + item(0) + item(1), numbering) == ["1.1", "1.2", "2.", "2.1"]
    # It is that of the scheme, wherever a list begins.
    numbering = scheme(0, level(0, start=3), level(1, text="%1.%2")) + number(1, 0, override(0, 7))
    assert labels(item(1) + item(0), numbering) == ["3.1", "7."]


def test_labels_of_several_levels_and_in_legal_style():
    levels = (
        level(0, "chineseCounting", "%1"),
        level(1, "upperLetter", "%1.%2"),
        level(2, "lowerRoman", "%1.%2.%3", more="<w:isLgl/>"),
    )
    assert labels(item(0) + item(1) + item(2) + item(2), scheme(0, *levels) + number(1, 0)) == [
        "一",
        "一.A",
        "1.1.1",
        "1.1.2",
    ]


def test_a_label_does_not_look_at_levels_below_its_own():
    levels = (level(0, text="%1-%2-%9)"), level(1))
    assert labels(item(1) + item(0), scheme(0, *levels) + number(1, 0)) == ["1.", "2--)"]


def test_a_level_without_numbers_leaves_nothing_in_the_labels_below():
    levels = (level(0), level(1, "bullet", "•"), level(2, text="%1%2%3)"), level(3, "none", "附"))
    assert labels(item(0) + item(1) + item(2) + item(3), scheme(0, *levels) + number(1, 0)) == ["1.", "", "11)", "附"]


@pytest.mark.parametrize(
    ("text", "gap", "wanted"),
    [
        ("%1、", "tab", "一、项"),
        ("%1、", "space", "一、 项"),
        ("（%1）", "tab", "（一）项"),
        ("%1.", "tab", "一. 项"),
        ("%1.", "nothing", "一.项"),
        ("%1", "tab", "一 项"),
        ("", "tab", "项"),
    ],
)
def test_the_gap_behind_a_label(text, gap, wanted):
    numbering = scheme(0, level(0, "chineseCounting", text, gap=gap)) + number(1, 0)
    assert texts(item(), numbering=numbering) == [wanted]


def test_a_gap_that_is_not_given_is_a_tab():
    plain = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    assert texts(item(), numbering=scheme(0, plain) + number(1, 0)) == ["1. 项"]


def test_the_list_0_is_none():
    styles = pieces.NORMAL + style("L", "<w:numPr><w:numId w:val='1'/></w:numPr>")
    body = item(style="L", key=None, depth=None) + item(style="L", key=0) + item(style="L", key=None, depth=None)
    assert labels(body, CHINESE + number(1, 0), styles) == ["一、", "", "二、"]


@pytest.mark.parametrize("broken", [item(99), item(-1), item(key=77), item(key="x"), item(depth="x", key=9)])
def test_a_level_or_list_that_is_not_there_gives_no_number(broken):
    assert labels(item() + broken + item(), CHINESE + number(1, 0) + number(9, 5)) == ["一、", "", "二、"]


def test_without_numbering_there_are_no_numbers():
    assert texts(item(content="甲")) == ["甲"]


# --- by styles --------------------------------------------------------------------------------------------------------


def style(key, properties="", *, base=None, name=None, kind="paragraph"):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name or key}"/>{based}{inside}</w:style>'


def outline(depth):
    return f'<w:outlineLvl w:val="{depth}"/>'


def listed(key=None, depth=None):
    return item(depth, key, "").removeprefix("<w:p><w:pPr>").removesuffix("</w:pPr></w:p>")


def test_headings_are_numbered_by_their_styles():
    levels = "".join(
        level(depth, "chineseCounting", text, more=f'<w:pStyle w:val="H{depth + 1}"/>')
        for depth, text in enumerate(("%1、", "（%2）"))
    )
    styles = pieces.NORMAL + style("H1", listed(1) + outline(0)) + style("H2", listed(1) + outline(1))
    body = paragraph("项", style="H1") + paragraph("项", style="H2") + paragraph("项", style="H1")
    blocks = opened(body, numbering=scheme(0, levels) + number(1, 0), styles=styles).blocks
    assert [(block.text, block.level) for block in blocks] == [("一、项", 1), ("（一）项", 2), ("二、项", 1)]


def test_a_style_gives_its_level_where_the_list_names_no_style():
    styles = pieces.NORMAL + style("A", listed(1)) + style("B", listed(depth=1), base="A") + style("C", base="B")
    body = "".join(paragraph("项", style=key) for key in "ABCA")
    assert labels(body, CHINESE + number(1, 0), styles) == ["一、", "（一）", "（二）", "二、"]


def test_a_style_based_on_one_that_stands_for_a_level_stands_for_it_too():
    levels = level(0) + level(1, more='<w:pStyle w:val="B"/>')
    styles = pieces.NORMAL + style("B", listed(1)) + style("D", base="B")
    assert labels(paragraph("项", style="D"), scheme(0, levels) + number(1, 0), styles) == ["1."]
    assert labels(item(0) + paragraph("项", style="D"), scheme(0, levels) + number(1, 0), styles) == ["1.", "1."]


def test_the_paragraph_overrules_its_style():
    styles = pieces.NORMAL + style("A", listed(1))
    numbering = CHINESE + scheme(1, level(0)) + number(1, 0) + number(2, 1)
    body = paragraph("项", style="A") + item(0, 2, style="A") + item(1, None, style="A")
    assert labels(body, numbering, styles) == ["一、", "1.", "（一）"]


def test_a_list_that_refers_to_a_style_of_lists_has_its_levels():
    styles = pieces.NORMAL + style("S", listed(1), kind="numbering")
    linked = scheme(0, level(0, "chineseCounting", "%1、"), more='<w:styleLink w:val="S"/>')
    link = scheme(1, more='<w:numStyleLink w:val="S"/>')
    assert labels(item(key=1) + item(key=2), linked + link + number(1, 0) + number(2, 1), styles) == ["一、", "二、"]
    # The scheme says itself whose it is.
    assert labels(item(key=2), linked + link + number(2, 1)) == ["一、"]


def test_references_in_a_circle_end():
    styles = pieces.NORMAL + style("S", listed(1), kind="numbering") + style("A", base="B") + style("B", base="A")
    link = scheme(0, more='<w:numStyleLink w:val="S"/>') + number(1, 0)
    assert labels(item() + paragraph("项", style="A"), link, styles) == ["", ""]


# --- heading levels ---------------------------------------------------------------------------------------------------


def levels_of(body, **parts):
    return [block.level for block in opened(body, **parts).blocks]


def test_heading_levels_come_from_styles_and_paragraphs():
    styles = pieces.NORMAL + style("1", outline(0)) + style("X", base="1") + style("Off", outline(9), base="1")
    body = paragraph("甲", style="1") + paragraph("乙", style="X") + paragraph("丙", style="Off")
    body += paragraph("丁", outline(2), style="1") + paragraph("戊", outline(9), style="1") + paragraph("己")
    body += paragraph("庚", outline(1)) + paragraph("辛", style="Missing")
    assert levels_of(body, styles=styles) == [1, 1, 0, 3, 0, 0, 2, 0]


def test_built_in_headings_are_known_by_name():
    styles = pieces.NORMAL + style("a3", name="heading 2") + style("a4", name="标题 3") + style("T", name="Title")
    body = "".join(paragraph("甲", style=key) for key in ("a3", "a4", "T"))
    assert levels_of(body, styles=styles) == [2, 3, 0]


def test_without_styles_their_ids_tell():
    assert levels_of(paragraph("甲", style="Heading1") + paragraph("乙", style="Normal")) == [1, 0]


def test_only_the_styles_in_use_are_looked_at_and_all_the_same():
    """Most files bring hundreds of styles; those that are not needed are cut out before anything is read."""
    filling = "".join(style(f"S{count}", outline(3), name=f"Style {count}") for count in range(400))
    empty = '<w:style w:type="paragraph" w:styleId="Empty"/>'
    used = style("A", base="Mid") + empty + style("Mid", base="Base") + style("B&amp;C", base="Base")
    styles = pieces.NORMAL.replace("</w:style>", f"<w:pPr>{outline(4)}</w:pPr></w:style>") + filling + used
    styles += style("Base", outline(1)) + style("List", kind="numbering")
    body = "".join(paragraph("甲", style=key) for key in ("A", None, "S7", "Empty"))
    assert levels_of(body, styles=styles) == [2, 5, 4, 0]
    # An id that is written otherwise there than here is found none the less.
    assert levels_of(body + paragraph("丁", style="B&amp;C"), styles=styles) == [2, 5, 4, 0, 2]
    assert levels_of(body, styles=styles + f"<!-- {style('A', outline(5))} -->") == [2, 5, 4, 0]

    whole = f"<w:styles {pieces.NAMESPACES}>{styles}</w:styles>".encode()
    cut = excerpt(whole, {"A", "S7"})
    assert re.findall(rb'w:styleId="(.*?)"', cut) == [b"Normal", b"S7", b"A", b"Mid", b"Base", b"List"]
    assert excerpt(whole, {"Missing"}) == whole


# --- forms of numbers -------------------------------------------------------------------------------------------------

# After ISO/IEC 29500-1, 17.18.59, and the notes of Microsoft on it.
FORMS = {
    "decimal": "1 2 9 10 11 20 27 100 105",
    "decimalZero": "01 02 09 10 11 20 27 100 105",
    "decimalFullWidth": "１ ２ ９ １０ １１ ２０ ２７ １００ １０５",
    "decimalEnclosedCircle": "① ② ⑨ ⑩ ⑪ ⑳ 27 100 105",
    "decimalEnclosedCircleChinese": "① ② ⑨ ⑩ ⑪ ⑳ 27 100 105",
    "decimalEnclosedFullstop": "⒈ ⒉ ⒐ ⒑ ⒒ ⒛ 27 100 105",
    "decimalEnclosedParen": "⑴ ⑵ ⑼ ⑽ ⑾ ⒇ 27 100 105",
    "ideographEnclosedCircle": "㈠ ㈡ ㈨ ㈩ 11 20 27 100 105",
    "chineseCounting": "一 二 九 十 十一 二十 二十七 一○○ 一○五",
    "taiwaneseCounting": "一 二 九 十 十一 二十 二十七 一○○ 一○五",
    "chineseCountingThousand": "一 二 九 十 十一 二十 二十七 一百 一百零五",
    "taiwaneseCountingThousand": "一 二 九 十 十一 二十 二十七 一百 一百零五",
    "japaneseCounting": "一 二 九 十 十一 二十 二十七 百 百五",
    "ideographDigital": "一 二 九 一〇 一一 二〇 二七 一〇〇 一〇五",
    "chineseLegalSimplified": "壹 贰 玖 壹拾 壹拾壹 贰拾 贰拾柒 壹佰 壹佰零伍",
    "ideographLegalTraditional": "壹 貳 玖 壹拾 壹拾壹 貳拾 貳拾柒 壹佰 壹佰零伍",
    "ideographTraditional": "甲 乙 壬 癸 11 20 27 100 105",
    "ideographZodiac": "子 丑 申 酉 戌 20 27 100 105",
    "upperLetter": "A B I J K T AA VVVV AAAAA",
    "lowerLetter": "a b i j k t aa vvvv aaaaa",
    "upperRoman": "I II IX X XI XX XXVII C CV",
    "lowerRoman": "i ii ix x xi xx xxvii c cv",
    "something of tomorrow": "1 2 9 10 11 20 27 100 105",
}


@pytest.mark.parametrize("form", FORMS)
def test_numbers_in_the_forms_of_word(form):
    assert [written(value, form) for value in (1, 2, 9, 10, 11, 20, 27, 100, 105)] == FORMS[form].split()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", [0, -1, 10**9, 10**40, 800])
def test_no_number_is_too_odd_for_a_form(form, value):
    assert 0 < len(written(value, form)) <= 60


def test_marks_and_nothing_are_no_numbers():
    assert [written(3, form) for form in ("bullet", "none")] == ["", ""]


def test_a_form_of_newer_versions_is_read_by_what_older_ones_print():
    newer = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{newer}<w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl>'
    assert labels(item() + item(), scheme(0, custom) + number(1, 0)) == ["01", "02"]


def test_text_of_a_numbered_paragraph_with_lines_and_runs():
    body = item(content=run("甲") + "<w:r><w:br/></w:r>" + run("乙丙"))
    blocks = opened(body, numbering=CHINESE + number(1, 0)).blocks
    assert [block.text for block in blocks] == ["一、甲", "乙丙"]
    assert [block.origin.span(0, len(block.text)).as_dict() for block in blocks] == [
        {"kind": "docx", "paragraph": 1, "start": 0, "end": 1},
        {"kind": "docx", "paragraph": 1, "start": 2, "end": 4},
    ]
