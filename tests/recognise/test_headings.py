import pytest
from grids import Book
from samples import KEYS, NUMERALS, PREAMBLE, TITLE, TITLES, example, linter, read, report, roles

STYLES = [
    "{title}",
    "{numeral}、{title}",
    "{numeral}.{title}",
    "{numeral}．{title}",
    "{numeral}，{title}",
    "{numeral} {title}",
    "{numeral}　{title}",
    "{numeral} 、{title}",
    "  {numeral}、 {title}  ",
    "\t{numeral}、{title}",
    "第{numeral}部分 {title}",
    "第{numeral}部分：{title}",
    "第{numeral}部分\n{title}",
    "## {numeral}、{title}",
    "**{numeral}、{title}**",
    "{numeral}、{title}：",
    "{numeral}、{title}。",
    "{digit}.{title}",
    "{digit}、{title}",
    "{wide}、{title}",
    "{ring}{title}",
    "（{numeral}）{title}",
    "{numeral}、政府信息公开{title}",
    "{numeral}、{title}。2024年，我局开展了相关工作。",
    "{numeral}、{title} 2024年，我局开展了相关工作。",
    "一、{title}",
]


@pytest.mark.parametrize("style", STYLES)
def test_a_section_is_known_however_its_heading_is_written(style):
    found = read(report(style))
    assert tuple(found.sections) == KEYS
    assert [section.heading.level for section in found.sections.values()] == [1] * 6


@pytest.mark.parametrize(
    "title",
    ["收到和处理政府信息公开申请的情况", "行政机关收到和处理政府信息公开申请情况", "收到及处理的政府信息公开申请情况"],
)
def test_a_section_is_known_by_a_title_that_nearly_fits(title):
    found = read(report().replace("收到和处理政府信息公开申请情况", title))
    assert found.sections["requests"].heading.title == title


def test_a_run_in_heading_ends_where_its_title_does():
    found = read(report("{numeral}、{title}。2024年，我局开展了相关工作。"))
    heading = found.sections["overview"].heading
    assert (heading.title, heading.at.text, heading.number) == ("总体情况", "一、总体情况", 1)
    assert [passage.text for passage in found.sections["disputes"].passages] == [
        "四、政府信息公开行政复议、行政诉讼情况。2024年，我局开展了相关工作。",
        "本部分没有变化。",
    ]


def test_a_run_in_heading_of_the_second_level_is_a_heading_and_its_line_is_prose():
    found = read(report())
    assert [(heading.level, heading.number, heading.title) for heading in found.sections["overview"].headings] == [
        (2, 1, "主动公开"),
        (2, 2, "依申请公开"),
    ]
    assert "（二）依申请公开。全年收到申请1件。" in roles(found)["prose"]


def test_passages_know_the_way_to_them():
    found = read(report(overview="（一）主动公开\n1.制度\n已建立制度。\n（二）依申请公开\n全年收到申请1件。"))
    trails = {passage.text: str(passage.address) for passage in found.passages}
    assert trails["已建立制度。"] == "一、总体情况 › （一）主动公开 › 1.制度"
    assert trails["全年收到申请1件。"] == "一、总体情况 › （二）依申请公开"
    assert (trails[PREAMBLE], trails["平澜县水务局"]) == ("引言", "落款")


def test_every_passage_has_its_role():
    found = roles(read(report(overview="总的来看有进步。")))
    assert found == {
        "title": [TITLE],
        "preamble": [PREAMBLE],
        "heading": [f"{numeral}、{title}" for numeral, title in zip(NUMERALS, TITLES, strict=True)],
        "prose": ["总的来看有进步。", *["本部分没有变化。"] * 4, "无。"],
        "signoff": ["平澜县水务局", "2025年1月16日"],
    }


def test_seven_aspects_are_headings_below_the_first_section():
    aspects = ("组织领导", "主动公开", "依申请公开", "政府信息管理", "平台建设", "教育培训", "监督保障")
    overview = "\n".join(
        f"（{numeral}）{name}\n已落实。" for numeral, name in zip("一二三四五六七", aspects, strict=True)
    )
    found = read(report(overview=overview))
    assert tuple(heading.title for heading in found.sections["overview"].headings) == aspects
    assert len(found.sections["overview"].passages) == 7


def test_items_below_the_last_section_belong_to_it():
    found = read(report(other="（一）贯彻落实政务公开年度工作要点情况\n已落实。\n（二）收取信息处理费情况\n未收取。"))
    section = found.sections["other"]
    assert [heading.title for heading in section.headings] == ["贯彻落实政务公开年度工作要点情况", "收取信息处理费情况"]
    assert [passage.text for passage in section.passages] == ["已落实。", "未收取。"]


def test_an_aspect_without_number_opens_no_section_of_a_similar_name():
    found = read(report("{title}", overview="主动公开情况\n我局公开信息12条。\n依申请公开情况\n收到1件。"))
    assert found.sections["disclosure"].heading.title == "主动公开政府信息情况"
    assert [heading.title for heading in found.sections["overview"].headings] == ["主动公开情况", "依申请公开情况"]


def test_below_parts_a_chinese_number_is_of_the_second_level():
    found = read(
        report("第{numeral}部分 {title}", overview="一、主动公开\n我局公开信息12条。\n二、依申请公开\n收到1件。")
    )
    assert [(heading.level, heading.title) for heading in found.sections["overview"].headings] == [
        (2, "主动公开"),
        (2, "依申请公开"),
    ]


def test_a_list_that_begins_at_one_again_stays_in_its_section():
    found = read(report(overview="一、建立制度\n已建立。\n二、加强培训\n已培训。"))
    assert [passage.text for passage in found.sections["overview"].passages] == ["已建立。", "已培训。"]


LISTED = [f"{numeral}、{title}" for numeral, title in zip(NUMERALS, TITLES, strict=True)]
CONTENTS = {
    "plain": LISTED,
    "without numbers": list(TITLES),
    "dots": [f"{line}…………{page}" for page, line in enumerate(LISTED, 1)],
    "points": [f"{line}......... {page}" for page, line in enumerate(LISTED, 1)],
    "gap": [f"{line}    {page}" for page, line in enumerate(LISTED, 1)],
    "with aspects": [part for line in LISTED for part in (f"{line}......1", "（一）制度建设......1")],
}


@pytest.mark.parametrize("listed", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("head", ["目录\n", "目　录\n", ""])
@pytest.mark.parametrize("preamble", [PREAMBLE, None])
def test_a_table_of_contents_is_no_part_of_the_report(listed, head, preamble):
    contents = head + "\n".join(listed)
    text = report(preamble=f"{contents}\n{preamble}" if preamble else contents)
    found = read(text)
    assert roles(found)["outside"] == contents.split("\n")
    assert [section.span.line for section in found.sections.values()] == [
        section.span.line + len(contents.split("\n")) - (0 if preamble else 1)
        for section in read(report()).sections.values()
    ]


def test_labels_of_tables_are_no_headings():
    found = read(example("miyun-2024"))
    titles = [heading.title for heading in found.headings]
    assert len(titles) == 24
    assert not [title for title in titles if "结转" in title or "予以公开" in title or "国家秘密" in title]


def test_a_column_left_of_a_broken_table_opens_no_section():
    found = read(report().replace("本部分没有变化。", "其他\n总计", 2).replace("六、其他需要报告的事项\n无。\n", ""))
    assert "other" not in found.sections


def test_an_indented_paragraph_is_prose():
    found = read(report(overview="\t我局主动公开政府信息12条。"))
    assert roles(found)["prose"][0] == "\t我局主动公开政府信息12条。"


# --- headings that a document declares --------------------------------------------------------------------------------


def declared(headings, text="没有变化。"):
    """A document with these headings, (text, level) each, and a line below each of them."""
    blocks = list(Book().text(TITLE, PREAMBLE).document().blocks)
    for heading, level in headings:
        blocks += [blocks[0].replace(text=heading, level=level), blocks[0].replace(text=text)]
    return linter().read(
        Book().document().replace(blocks=(*blocks, *Book().text("平澜县水务局", "2025年1月16日").blocks))
    )


def test_declared_headings_need_no_number():
    found = declared([(title, 1) for title in TITLES])
    assert tuple(found.sections) == KEYS
    assert [(section.heading.level, section.heading.number) for section in found.sections.values()] == [(1, 0)] * 6


def test_a_declared_heading_may_name_its_section_in_other_words():
    other = "收到和办理信息公开申请情况"
    found = declared([(other if key == "requests" else title, 1) for key, title in zip(KEYS, TITLES, strict=True)])
    assert tuple(found.sections) == KEYS
    assert found.sections["requests"].heading.title == other
    plain = read(report("{title}").replace("收到和处理政府信息公开申请情况", other))
    assert "requests" not in plain.sections


def test_declared_headings_below_a_section_stand_in_it():
    aspects = [("主动公开", 2), ("组织领导工作", 2)]
    found = declared([(TITLES[0], 1), *aspects, *((title, 1) for title in TITLES[1:])])
    assert [heading.title for heading in found.sections["overview"].headings] == ["主动公开", "组织领导工作"]


@pytest.mark.parametrize("sentence", ["三、四季度更新栏目的间隔分别为12天和9天。", "七、八月检查栏目2次。"])
def test_two_numbers_that_begin_a_sentence_are_no_heading(sentence):
    found = read(report().replace("本部分没有变化。", sentence, 1))
    assert [section.heading.number for section in found.sections.values()] == [1, 2, 3, 4, 5, 6]
    assert sentence.rstrip("。").partition("、")[2] not in [heading.title for heading in found.headings]


def test_a_heading_may_begin_with_the_next_number():
    """七、八项规定执行情况 does not end as a sentence does."""
    found = read(report().replace("本部分没有变化。", "七、八项规定执行情况\n全年没有变化。", 1))
    assert "八项规定执行情况" in [heading.title for heading in found.headings]
