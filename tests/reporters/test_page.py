"""The report as a page: self-contained, safe whatever a report says, complete without a script."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from conftest import EXAMPLES, Done
from hypothesis import given
from hypothesis import strategies as st

from gilint.reporters.html.markup import Markup, element, text

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"


@pytest.fixture
def page(tmp_path: Path, run: Callable[..., Done]) -> Callable[..., lxml.html.HtmlElement]:
    """The page of some files, and how the command ended."""

    def page(*arguments: object) -> lxml.html.HtmlElement:
        target = tmp_path / "out.html"
        run("check", "--no-config", "-f", f"html={target}", "--force", *arguments)
        return lxml.html.fromstring(target.read_text(encoding="utf-8"))

    return page


def said(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# --- what it tells ----------------------------------------------------------------------------------------------------


def test_every_finding_has_a_card_or_shares_that_of_its_cause(page) -> None:
    found = page(EXAMPLES / "miyun-2024.txt")
    cards = found.find_class("card")
    # 27 findings, the two of T301 on one card.
    assert len(cards) == 26
    (cause,) = [card for card in cards if "T301" in card.get("data-rules")]
    for words in ("7 → 8", "1 → 0", "7 + 0 ≠ 8 + 0", "附件格式模板 表三表头注", "指纹"):
        assert words in said(cause)


def test_the_words_of_a_finding_are_marked_where_they_stand(page) -> None:
    marks = [said(mark) for mark in page(EXAMPLES / "miyun-2024.txt").iter("mark")]
    assert any(mark.startswith("可能组织了") for mark in marks)


def test_wrong_cells_are_marked_in_their_table_with_the_right_figure(page) -> None:
    cells = page(EXAMPLES / "miyun-2024.txt").find_class("wrong")
    assert [said(cell.find_class("change")[0]) for cell in cells if cell.find_class("change")] == ["7 → 8", "1 → 0"]


def test_every_link_leads_to_a_place_on_the_page(page) -> None:
    found = page(EXAMPLES / "miyun-2024.txt", EXAMPLES / "clean-2024.txt")
    ids = [one.get("id") for one in found.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = list(found.xpath("//a/@href"))
    assert links
    assert {href[1:] for href in links} <= set(ids)


def test_every_paragraph_of_the_report_stands_on_the_page(page) -> None:
    shown = said(page(EXAMPLES / "clean-2024.txt")).replace(" ", "")
    lines = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8").splitlines()
    prose = ["".join(line.split()) for line in lines if not set("|\t") & set(line)]
    assert len(prose) > 20
    assert [line for line in prose if line not in shown] == []


def test_a_clean_report_says_what_stands_behind_it(page) -> None:
    shown = said(page(EXAMPLES / "clean-2024.txt"))
    assert "✓ 没有发现问题" in shown
    assert re.search(r"通过 \d{3}", shown)
    assert "没有给出上年报告" in shown


def test_a_waived_finding_is_shown_with_its_reason(page, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "miyun-2024.txt", tmp_path)
    waivers = "waivers:\n  - {rule: L109, reason: 原文如此, approver: 张三}\n"
    (tmp_path / "gilint.waivers.yaml").write_text(waivers, encoding="utf-8")
    cards = page(tmp_path / "miyun-2024.txt").find_class("waived")
    assert ["原文如此" in said(card) and "张三" in said(card) for card in cards if "card" in card.classes] == [True] * 3


def test_a_file_that_cannot_be_judged_says_why_and_what_to_do(page, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    shown = said(page(tmp_path / "empty.txt"))
    assert "empty" in shown
    assert "无法检查" in shown
    assert "建议" in shown


def test_what_is_said_of_waivers_stands_on_the_page(page, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "clean-2024.txt", tmp_path)
    (tmp_path / "gilint.waivers.yaml").write_text("waivers:\n  - {rule: L109, reason: 已改}\n", encoding="utf-8")
    assert "WAIV01" in said(page(tmp_path / "clean-2024.txt"))


def test_the_page_of_many_reports_begins_with_their_totals(page, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    found = page(EXAMPLES / "miyun-2024.txt", EXAMPLES / "clean-2024.txt", tmp_path / "empty.txt")
    (table,) = found.find_class("sortable")
    assert len(table.xpath(".//tbody/tr")) == 3
    assert [said(cell) for cell in table.xpath(".//tfoot//td")][:3] == ["7", "16", "4"]
    assert len(found.find_class("report")) == 3


def test_a_folder_gets_a_page_a_report_and_an_index(tmp_path: Path, run: Callable[..., Done]) -> None:
    for name in ("a", "b", "pages"):
        (tmp_path / name).mkdir()
    for name in ("a", "b"):
        shutil.copy(EXAMPLES / "clean-2024.txt", tmp_path / name / "年报 #1.txt")
    run("check", "--no-config", tmp_path / "a", tmp_path / "b", "-f", f"html={tmp_path / 'pages'}")
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["index.html", "年报 #1.txt-2.html", "年报 #1.txt.html"]
    index = lxml.html.fromstring((tmp_path / "pages" / "index.html").read_text(encoding="utf-8"))
    links = index.xpath("//tbody//a/@href")
    assert [link.replace("%20", " ").replace("%23", "#") for link in links] == names[2:] + names[1:2] or len(links) == 2


@pytest.mark.parametrize(
    ("lang", "words", "other"), [("zh", "报告原文", "Report"), ("en", "could not check", "无法判断")]
)
def test_the_page_speaks_one_language(page, lang: str, words: str, other: str) -> None:
    found = page(EXAMPLES / "clean-2024.txt", "--lang", lang)
    assert found.get("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert words in said(found)
    assert other not in said(found)


def test_a_workbook_and_a_word_file_have_pages_too(page) -> None:
    shown = said(page(EXAMPLES / "miyun-2024.docx"))
    assert "7 → 8" in shown
    assert "表2第4行第3格" in shown.replace(" ", "")


# --- what it must not do ----------------------------------------------------------------------------------------------


def test_the_page_loads_nothing(page) -> None:
    found = page(EXAMPLES / "miyun-2024.txt")
    assert found.xpath("//link | //img | //iframe | //object | //@src") == []
    assert not [href for href in found.xpath("//@href") if not href.startswith("#")]
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_no_element_has_a_style_or_a_handler_of_its_own(page) -> None:
    found = page(EXAMPLES / "miyun-2024.txt")
    assert found.xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_what_a_report_says_is_never_markup(page, tmp_path: Path) -> None:
    text = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
    report = tmp_path / "x.txt"
    report.write_text(
        text.replace("可能组织了", f"可能组织了{ATTACK}").replace("密云区商务局", f"密云{ATTACK}商务局"), "utf-8"
    )
    found = page(report)
    assert len(found.xpath("//script")) == 1
    assert found.xpath("//img") == []
    assert ATTACK.split("<img")[0] in said(found)


def test_the_name_of_a_file_is_never_markup(page, tmp_path: Path) -> None:
    report = tmp_path / "<b>x' onclick=alert(1) \".txt"
    shutil.copy(EXAMPLES / "clean-2024.txt", report)
    found = page(report, EXAMPLES / "clean-2024.txt")
    assert "<b>x' onclick=alert(1) \".txt" in said(found)
    assert found.xpath("//@onclick") == []


def test_the_page_is_the_same_every_time(tmp_path: Path, run: Callable[..., Done]) -> None:
    for name in ("a", "b"):
        run("check", "--no-config", EXAMPLES / "miyun-2024.txt", "-f", f"html={tmp_path / name}.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@given(st.text())
def test_any_text_is_text_on_the_page(value: str) -> None:
    made = element("p", value, title=value)
    assert lxml.html.fromstring(made).xpath("count(//*)") <= 3
    assert len(re.findall("[<>]", made)) == 4


@given(st.text())
def test_text_that_is_markup_already_is_escaped_only_once(value: str) -> None:
    once = text(value)
    assert isinstance(once, Markup)
    assert element("b", once) == f"<b>{once}</b>"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x1b", "\u200b"])
def test_what_cannot_be_seen_is_shown(sign: str) -> None:
    assert sign not in text(f"甲{sign}乙")
    assert len(text(f"甲{sign}乙")) > 2
