"""A page as a document: what it says of itself, what in it cannot be read, and what is refused."""

import pytest
from html_pieces import AFTER, BEFORE, document, page

from gilint import Linter
from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.html import read
from gilint.readers.html.page import MOST_TAGS
from gilint.reporters.notes import note_text

TITLE = "平澜县水务局2024年年度报告"


def metadata(head):
    return dict(document("", head).metadata)


# --- metadata ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"<title>{TITLE}</title>", TITLE),
        (f"<title>\n  {TITLE}\n</title>", TITLE),
        (f"<title>{TITLE}_年报_平澜县人民政府门户网站</title>", TITLE),
        (f"<title>平澜县人民政府门户网站 - 平澜县人民政府办公室 - {TITLE}</title>", TITLE),
        (f"<title>平澜县人民政府门户网站|{TITLE}</title>", TITLE),
        ("<title>平澜县水务局年度报告-平澜县</title>", "平澜县水务局年度报告"),
        (f'<title>平澜县</title><meta name="ArticleTitle" content="{TITLE}">', TITLE),
        (f'<META NAME="articletitle" CONTENT=" {TITLE} "><title>别的</title>', TITLE),
        (f'<title>平澜县</title><meta property="og:title" content="{TITLE}">', TITLE),
        (f'<title>{TITLE}</title><meta name="ArticleTitle" content=" ">', TITLE),
        ("", None),
    ],
)
def test_the_title_is_that_of_the_article(head, expected):
    assert metadata(head).get("title") == expected


@pytest.mark.parametrize(
    "name", ["PubDate", "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "DC.date"]
)
def test_the_date_of_publication_is_as_the_page_has_it(name):
    assert metadata(f'<meta name="{name}" content="2025-01-23 16:20">')["published"] == "2025-01-23 16:20"


def test_the_date_of_the_article_comes_before_others():
    head = '<meta name="date" content="2025-02-02"><meta name="PubDate" content="2025-01-23">'
    assert metadata(head)["published"] == "2025-01-23"


def test_source_author_and_address_are_kept():
    head = (
        '<meta name="ContentSource" content="平澜县水务局"><meta name="author" content="张三">'
        '<meta property="og:url" content="http://b/1.html"><link rel="canonical" href="http://a/1.html">'
    )
    assert metadata(head) == {"source": "平澜县水务局", "author": "张三", "url": "http://a/1.html"}


# --- what cannot be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        '<p><img src="table3.jpg"></p>',
        '<p><img src="/uploads/1.png" width="800" height="600"></p>',
        "<table><tr><td>甲</td><td>乙<img src=t.png></td></tr></table>",
        f'<img src="data:image/png;base64,{"A/" * 5000}">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/uploads/1.png">',
    ],
)
def test_a_picture_in_the_text_may_be_a_table(piece):
    found = document(piece)
    assert found.keeps_tables is None
    assert [(note.kind, note.count) for note in found.notes] == [("pictures", 1)]
    column = page("").decode().index("</p>") + 5 + piece.index("<img")
    assert found.notes[0].origin.span(0, 0).column == column


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/images/icon_doc.gif">',
        '<img src="a.png" width="16" height="16">',
        '<img src="a.png" height=1>',
        '<img src="/sys/spacer.gif">',
        '<img src="/x/filetype/pdf.png" width="20px">',
        '<img src="logo.png">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_ornaments_are_no_pictures(picture):
    found = document(f"<p>{picture}附件</p>")
    assert (found.keeps_tables, found.notes) == (True, ())


def test_pictures_outside_of_the_text_do_not_count():
    foot = '<img src="b.jpg"><iframe src="foot.htm"></iframe>'
    page = f'<img src="a.jpg"><div class=x><p>{BEFORE}</p><p>{AFTER}</p></div>{foot}'
    found = read(page.encode(), "page.html", DEFAULT)
    assert (found.keeps_tables, found.notes) == (True, ())


@pytest.mark.parametrize(
    "element", ['<iframe src="report.pdf"></iframe>', "<object data=a></object>", "<canvas></canvas>"]
)
def test_what_is_embedded_in_the_text_is_told(element):
    found = document(element)
    assert (found.keeps_tables, [(note.kind, note.count) for note in found.notes]) == (None, [("embedded-objects", 1)])


def test_a_frame_that_only_counts_visits_is_none():
    assert document('<iframe src="hits" width=1 height=1></iframe>').notes == ()


def test_notes_are_told_in_words():
    (note,) = document("<img src=a.jpg><img src=b.jpg>").notes
    assert note_text(note, "zh") == "含 2 张图片，图中的文字和表格未检查"


def test_a_page_without_its_tables_cannot_be_blamed_for_them():
    """They may be on the pictures: the rule that misses them cannot be checked."""
    linter = Linter(config=False)
    sections = (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    )
    text = "".join(f"<p>{number}、{title}</p><p>见下。</p>" for number, title in zip("一二三四", sections, strict=True))
    more = "<p>五、存在的主要问题及改进情况</p><p>监测月报公布偏晚。</p><p>六、其他需要报告的事项</p><p>无。</p>"
    title = "<h1>平澜县水务局2024年政府信息公开工作年度报告</h1>"

    def outcome(picture):
        page = f"{title}{text}{picture}{more}<p>平澜县水务局</p><p>2025年1月16日</p>"
        result = linter.lint(page.encode(), "report.html")
        missing = next(rule.id for rule in linter.rules if rule.name == "missing-table")
        return str(result.outcomes[missing])

    assert (outcome(""), outcome("<img src=t.jpg>")) == ("failed", "could_not_check")


# --- what is refused --------------------------------------------------------------------------------------------------


def test_more_tags_than_any_report_has_are_refused():
    with pytest.raises(InputError) as error:
        read(b"<p>" * (MOST_TAGS + 1), "page.html", DEFAULT)
    assert error.value.code == "too-large"
    assert str(MOST_TAGS) in error.value.message["zh"]


def test_more_lines_than_any_report_has_are_refused():
    with pytest.raises(InputError) as error:
        document("\n" * (DEFAULT.lines + 1))
    assert error.value.code == "too-large"
    assert "lines" in error.value.advice["zh"]


@pytest.mark.parametrize("start", ["<div>", "<span>", "<b>", "<ul><li>", "<a href=x>", "<p><i>"])
def test_depth_is_no_obstacle(start):
    """Nothing is read by calling a function in itself."""
    found = read((start * 50_000 + f"{BEFORE}<p>{AFTER}").encode(), "page.html", DEFAULT)
    assert found.blocks[-1].text == AFTER
