"""The page in a real browser: read by keyboard and screen reader, on a phone and on paper, without a network.

They need Chromium and playwright, and are skipped where these are missing; with ``GILINT_BROWSER=required`` that is a
failure, as in CI.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import EXAMPLES, Done

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = os.environ.get("GILINT_BROWSER") == "required"

if REQUIRED:
    import axe_playwright_python.sync_playwright as axe
    import playwright.sync_api as playwright
else:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    playwright = pytest.importorskip("playwright.sync_api")

PHONE, DESKTOP = {"width": 375, "height": 800}, {"width": 1280, "height": 900}
ACCOUNTS = "accounts-2023-slip.txt"


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as engine:
        path = CHROMIUM or engine.chromium.executable_path
        if not Path(path).exists():
            assert not REQUIRED, "no Chromium is installed"
            pytest.skip("no Chromium is installed")
        # The pages are our own, and a container has no room for the sandbox.
        browser = engine.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, tmp_path: Path, run: Callable[..., Done]) -> Iterator[Callable[..., "playwright.Page"]]:
    """A page of gilint, open in a window; whatever it complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(*names: str, lang: str = "zh", **window: object) -> "playwright.Page":
        target = tmp_path / "page.html"
        files = [EXAMPLES / name for name in names]
        run("check", "--no-config", "--lang", lang, "-f", f"html={target}", "--force", *files)
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **window})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url[:5] != "file:" else None)
        page.goto(target.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def violations(page: "playwright.Page") -> list[str]:
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


# --- everybody can read it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("names", "lang"),
    [
        (("miyun-2024.txt",), "zh"),
        (("miyun-2024.txt",), "en"),
        (("clean-2024.txt",), "zh"),
        (("miyun-2024.txt", "clean-2024.txt", ACCOUNTS), "zh"),
    ],
    ids=["findings", "english", "clean", "several"],
)
def test_axe_finds_nothing_to_object_to(opened, names, lang, viewport, scheme) -> None:
    page = opened(*names, lang=lang, viewport=viewport, color_scheme=scheme)
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")
    assert violations(page) == []


def test_axe_finds_nothing_to_object_to_when_findings_are_filtered(opened) -> None:
    page = opened("miyun-2024.txt")
    page.get_by_role("checkbox", name="警告").uncheck()
    assert violations(page) == []


@pytest.mark.parametrize("names", [("miyun-2024.txt",), ("miyun-2024.txt", ACCOUNTS)])
def test_a_phone_never_scrolls_sideways(opened, names) -> None:
    page = opened(*names, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_wide_table_scrolls_in_a_box_that_the_keyboard_reaches(opened) -> None:
    page = opened("miyun-2024.txt", viewport=PHONE)
    wide = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth)"
        ".map(one => one.tabIndex)"
    )
    assert wide
    assert set(wide) == {0}


def test_a_card_stands_beside_its_words_on_a_desktop_and_below_them_on_a_phone(opened) -> None:
    def places(viewport):
        page = opened("miyun-2024.txt", viewport=viewport)
        mark = page.locator("mark", has_text="可能组织了").bounding_box()
        card = page.locator(".card[data-rules~=C504]").bounding_box()
        return mark, card

    mark, card = places(DESKTOP)
    assert card["x"] > mark["x"] + mark["width"]
    mark, card = places(PHONE)
    assert card["y"] > mark["y"]
    assert card["x"] < 40


# --- keyboard ---------------------------------------------------------------------------------------------------------


def test_the_first_key_leads_past_everything_to_the_report(opened) -> None:
    page = opened("miyun-2024.txt")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_number_in_the_text_leads_to_its_card_and_back(opened) -> None:
    page = opened("miyun-2024.txt")
    reference = page.locator("mark", has_text="可能组织了").locator("xpath=following::a[1]")
    reference.focus()
    page.keyboard.press("Enter")
    card = page.locator(".card[data-rules~=C504]")
    assert page.url.endswith("#" + card.get_attribute("id"))
    back = card.locator("a.back").first
    back.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(back.get_attribute("href"))


# --- the script -------------------------------------------------------------------------------------------------------


def shown(page: "playwright.Page") -> int:
    return page.locator(".card:visible").count()


def test_severities_and_rules_filter_the_cards_and_say_how_many_findings_are_left(opened) -> None:
    page = opened("miyun-2024.txt")
    assert shown(page) == 26
    page.get_by_role("checkbox", name="警告").uncheck()
    page.get_by_role("checkbox", name="提示").uncheck()
    # Seven errors, the two of T301 on one card.
    assert shown(page) == 6
    assert page.get_by_role("status").inner_text() == "显示 7 项，共 27 项"
    page.locator("select[name=rule]").select_option("L109")
    assert shown(page) == 3


def test_without_a_script_everything_can_be_read(opened) -> None:
    page = opened("miyun-2024.txt", java_script_enabled=False)
    assert shown(page) == 26
    assert page.locator("form.filters").is_hidden()


def test_the_index_sorts_by_a_click_and_says_so(opened) -> None:
    page = opened("clean-2024.txt", "miyun-2024.txt")
    page.get_by_role("button", name="错误").click()
    heads = page.locator("table.sortable thead th[aria-sort=descending]")
    assert heads.count() == 1
    assert "miyun" in page.locator("table.sortable tbody tr").first.inner_text()
    page.get_by_role("button", name="错误").click()
    assert "clean" in page.locator("table.sortable tbody tr").first.inner_text()


# --- paper ------------------------------------------------------------------------------------------------------------


def test_on_paper_there_are_all_findings_and_no_controls(opened, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = opened("miyun-2024.txt")
    page.emulate_media(media="print")
    assert page.locator("form.filters").is_hidden()
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pdfium.PdfDocument(tmp_path / "page.pdf")
    printed = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    document.close()
    for words in ("可能组织了", "C504", "7 + 0 ≠ 8 + 0"):
        assert "".join(words.split()) in "".join(printed.split())
