"""Which part of a page is its article: reports in pages that no rule about names of classes would take apart."""

import documents
import pages
import pytest
from conftest import EXAMPLES
from pages import NAVIGATION, RELATED, cells, footer, links, said

from gilint import Linter
from gilint.errors import InputError


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False)


@pytest.fixture(scope="module")
def sample(linter):
    """The clean report and its blocks."""
    report = linter.read(EXAMPLES / "clean-2024.txt")
    return report, documents.blocks(report)


def line(block):
    return f"<p>{block.text}</p>"


def html(blocks, write=line, write_table=pages.table):
    return pages.body(blocks, write, write_table)


def whole(body, title=""):
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def without(kind, blocks):
    return [block for block in blocks if block.kind != kind]


def assert_reads_as(linter, page, report, *, signed=True):
    read = linter.read(page.encode(), "report.html")
    assert said(read) == [one for one in said(report) if signed or one[0] != "signoff"]
    assert cells(read) == cells(report)


TITLE = "平澜县市场监督管理局2024年政府信息公开工作年度报告"
FOOT = "<p>主办：平澜县人民政府办公室</p><p>版权所有 平澜县人民政府 京ICP备05000000号</p><p>2025年3月1日</p>"
TEASER = '<div class="c3"><h3>今日要闻</h3><p>县委书记调研水利工程，强调抓实防汛工作。</p><a href="x">详情</a></div>'


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda text: text + "<hr>" + FOOT, id="a foot in the same box as the text"),
        pytest.param(
            lambda text: f"<div id=zoom>{text}<p>上一篇：<a href=a>通知</a></p><p>附件：<a href=b>报告</a></p></div>",
            id="links below the text",
        ),
        pytest.param(
            lambda text: f"<div>{text}<p>责任编辑：张三</p><p>扫一扫在手机打开当前页</p></div>",
            id="the page's own lines below the text",
        ),
        pytest.param(
            lambda text: f"<div><div class=a1>{text}</div>{TEASER}</div>{footer()}",
            id="sentences beside the text",
        ),
        pytest.param(
            lambda text: f"<div>{TEASER}<div>{links(RELATED, 'div')}</div><div><h1>{TITLE}</h1>{text}</div></div>",
            id="sentences before the text",
        ),
        pytest.param(
            lambda text: f"<div>{text}</div><div class=x1><h4>网友评论</h4><p>写得很详细，希望继续努力。</p></div>",
            id="comments below the text",
        ),
        pytest.param(
            lambda text: f"<div>{text}</div><div>本站使用 Cookie，继续浏览即表示同意。<button>同意</button></div>",
            id="a bar about cookies",
        ),
        pytest.param(
            lambda text: (
                f"<form><div id=top>{links(NAVIGATION)}</div><span id=lblContent>{text}</span></form>{footer()}"
            ),
            id="a form around everything",
        ),
        pytest.param(
            lambda text: (
                f"<header><h1>平澜县人民政府</h1><nav>{links(NAVIGATION, 'span')}</nav></header><main>"
                f"<article><header><h2>{TITLE}</h2><time>2025-01-23</time></header><div>{text}</div><footer>责任编辑：张三</footer></article>"
                f"<aside><p>我县召开会议。会议指出，各部门要狠抓落实。</p></aside></main><footer>{footer()}</footer>"
            ),
            id="elements that say what they are",
        ),
        pytest.param(lambda text: f'<a href="/"><div>首页</div>{text}', id="a link that was never closed"),
        pytest.param(lambda text: f'<a name="top">{text}', id="an anchor that was never closed"),
        pytest.param(
            lambda text: f"<div class=pc>{text}</div><div class=wap>{text}</div>{footer()}", id="a second copy"
        ),
        pytest.param(
            lambda text: (
                f"<table><tr><td width=200>{links(RELATED, 'p')}</td><td>{text}</td></tr></table>"
                f"<table><tr><td align=center>{FOOT}</td></tr></table>"
            ),
            id="tables that shape the page",
        ),
        pytest.param(
            lambda text: f"<marquee>欢迎访问平澜县人民政府网站。</marquee>{text}<center>Copyright 2025</center>",
            id="a marquee",
        ),
    ],
)
def test_what_stands_around_the_text_is_left_out(linter, sample, build, signed):
    report, blocks = sample
    text = html(blocks if signed else without("right", blocks))
    assert_reads_as(linter, whole(build(text), TITLE), report, signed=signed)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda block: f"{block.text}<br>\n", id="lines in the body"),
        pytest.param(lambda block: f"<pre>{block.text}</pre>", id="preformatted lines"),
        pytest.param(lambda block: f"<ul style='list-style:none'><li>{block.text}</li></ul>", id="items of lists"),
        pytest.param(
            lambda block: f"<div><span>{block.text[:9]}</span><a href=/>{block.text[9:15]}</a>{block.text[15:]}</div>",
            id="links in the text",
        ),
        pytest.param(
            lambda block: f"<p>{''.join(f'<span>{character}</span>' for character in block.text)}</p>",
            id="an element a character",
        ),
    ],
)
def test_lines_of_any_kind_are_text(linter, sample, write):
    report, blocks = sample
    assert_reads_as(linter, whole(html(blocks, write) + footer(), TITLE), report)


def test_a_report_in_one_preformatted_element_is_read_with_its_tables(linter, sample):
    report, blocks = sample
    text = "\n".join(
        block.text
        if block.kind != "table"
        else "\n".join(" | ".join(slot.text for slot in row) + " |" for row in block.rows)
        for block in blocks
    )
    assert_reads_as(
        linter, whole(f"<div>{links(NAVIGATION, 'span')}</div><pre>\n{text}\n</pre>{footer()}", TITLE), report
    )


def test_an_article_may_stand_in_several_boxes(linter, sample):
    report, blocks = sample
    starts = [at for at, block in enumerate(blocks) if block.text[1:2] == "、" and block.kind == "heading"]
    parts = [blocks[start:end] for start, end in zip([0, *starts], [*starts, len(blocks)], strict=True)]
    boxes = "".join(f"<div class=x{number}>{html(part)}</div>" for number, part in enumerate(parts))
    assert_reads_as(linter, whole(f"<div>{links(NAVIGATION)}</div><div>{boxes}</div>{footer()}", TITLE), report)


def test_a_sign_off_may_stand_in_a_box_of_its_own(linter, sample):
    report, blocks = sample
    signature = "".join(f'<div class="right">{block.text}</div>' for block in blocks if block.kind == "right")
    page = f'<div class="text">{html(without("right", blocks))}</div><div class="right">{signature}</div>{footer()}'
    assert_reads_as(linter, whole(page, TITLE), report)


def test_a_sign_off_may_carry_the_names_of_a_part_of_the_page(linter, sample):
    report, blocks = sample
    signature = "".join(f'<div class="right date">{block.text}</div>' for block in blocks if block.kind == "right")
    assert_reads_as(linter, whole(f"<div>{html(without('right', blocks))}{signature}</div>{footer()}", TITLE), report)


def test_a_report_without_any_heading_or_table_is_found_by_its_sentences(linter, sample):
    """Its headings lost their numbers and its tables are pictures, and the page has sentences of its own."""
    _report, blocks = sample
    bare = [documents.Block(block.kind, block.text.lstrip("一二三四五六（）、")) for block in without("table", blocks)]
    page = f"<div><div class=a1>{html(bare)}</div>{TEASER}</div><div>建议使用1024×768分辨率浏览本网站。</div>"
    read = linter.read(whole(page, TITLE).encode(), "report.html")
    expected = linter.read(documents.write_text(bare), "report.txt")
    assert said(read) == said(expected)


# --- the title --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (f"<h1>{TITLE}</h1>", "平澜县人民政府"),
        (f"<h1>{TITLE[:10]}<br>{TITLE[10:]}</h1>", "平澜县人民政府"),
        (f"<div class=k>{TITLE}</div><div>2025-01-20 10:00　来源：本站　浏览次数：20</div>", "平澜县人民政府"),
        (f"<h1>平澜县人民政府</h1><p class=bt>{TITLE}</p>", f"平澜县人民政府-{TITLE}"),
        (f"<h2>平澜县市场监督管理局</h2><h3>信息公开</h3><h1>{TITLE}</h1>", f"{TITLE}_年报_平澜县人民政府"),
        (f"<div>首页 &gt; {TITLE}</div><div>{TITLE}</div>", TITLE),
        (f"<div>{TITLE}</div>", ""),
    ],
)
def test_a_title_above_the_text_is_the_title_of_the_report(linter, sample, above, title):
    report, blocks = sample
    page = f"<div>{links(NAVIGATION)}</div><div>{above}</div><div class=con>{html(without('title', blocks))}</div>"
    assert_reads_as(linter, whole(page, title), report)


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{TITLE}</h1>",
        "<h1>2024年平澜县市场监督管理局政府信息公开年度报告</h1>",
        f"<div>{TITLE}</div><p>来源：本站</p>",
    ],
)
def test_a_title_that_stands_there_twice_is_read_once(linter, sample, above):
    report, blocks = sample
    assert_reads_as(linter, whole(f"<div>{above}<div>{html(blocks)}</div></div>", "平澜县人民政府"), report)


def test_a_title_in_two_lines_below_that_of_the_page_is_the_title(linter, sample):
    report, blocks = sample
    parts = [documents.Block("title", TITLE[:10]), documents.Block("title", TITLE[10:]), *without("title", blocks)]
    assert_reads_as(linter, whole(f"<h1>{TITLE}</h1><div>{html(parts)}</div>", TITLE), report)


def test_a_title_in_the_head_alone_tells_whose_report_it_is(linter, sample):
    report, blocks = sample
    page = whole(f"<h1>平澜县人民政府</h1><div>{html(without('title', blocks))}</div>", f"{TITLE}_平澜县人民政府")
    read = linter.read(page.encode(), "report.html")
    assert (read.title, read.issuer, read.year) == (None, report.issuer, report.year)
    assert said(read) == [one for one in said(report) if one[0] != "title"]


# --- nothing to read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><noscript>请启用脚本，否则本页不能正常显示，请启用后再次打开本页。</noscript>',
        f"<ul>{links(NAVIGATION)}</ul><div>加载中……</div>{footer()}",
        "<p>正在加载数据，请您耐心等待片刻。</p>",
        '<img src="report.jpg" width=900>',
        "",
    ],
)
def test_a_page_without_an_article_is_refused_with_a_way_out(linter, body):
    with pytest.raises(InputError) as error:
        linter.read(whole(body, TITLE).encode(), "report.html")
    assert error.value.code == "no-text"
    assert "另存" in error.value.advice["zh"]
    assert "save" in error.value.advice["en"]


def test_a_page_of_frames_is_refused_with_a_way_out(linter):
    page = (
        f"<html><head><title>{TITLE}</title></head><frameset cols=20%,*><frame src=a.htm><frame src=b.htm></frameset>"
    )
    with pytest.raises(InputError) as error:
        linter.read(page.encode(), "report.html")
    assert error.value.code == "no-text"
