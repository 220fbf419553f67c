"""What the head of a page says of it."""

from __future__ import annotations

from gilint.late import late
from gilint.readers.html.tree import elements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.readers.html.tree import Element

# Names by which portals and page standards give a value, the more exact first.
NAMES = {
    "title": ("articletitle", "og:title", "dc.title", "title"),
    "published": (
        *("pubdate", "publishdate", "publish_date", "publishtime", "firstpublishedtime", "article:published_time"),
        *("datepublished", "dc.date", "dcterms.issued", "dc.date.issued", "og:release_date", "date"),
    ),
    "source": ("contentsource", "docsource", "article:source", "source"),
    "author": ("author", "article:author", "dc.creator"),
    "url": ("og:url", "url"),
}
PARTS = late(r"\s*(?:[_|｜»>–—]|-{1,2})+\s*")
YEAR = late(r"(?<!\d)20\d\d(?!\d)")


def metadata(root: Element) -> tuple[dict[str, str], list[str]]:
    """What a page says of itself (title, published, source, author, url), and all titles that it gives itself."""
    named: dict[str, str] = {}
    page_title = address = ""
    for element in elements(root, "meta", "title", "link"):
        if element.tag == "meta":
            name = element.attr("name") or element.attr("property") or element.attr("itemprop")
            value = element.attr("content")
            if name and value and not value.isspace():
                named.setdefault(name.strip().lower(), value.strip())
        elif element.tag == "title":
            page_title = page_title or " ".join(element.text.split())
        elif (element.attr("rel") or "").lower() == "canonical":
            address = address or (element.attr("href") or "").strip()
    found = {key: _first(named, names) for key, names in NAMES.items()}
    titles = [title for title in (found["title"], *title_parts(page_title)) if title]
    found["title"] = found["title"] or (titles[0] if titles else "")
    found["url"] = address or found["url"]
    return {key: value for key, value in found.items() if value}, titles


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if name in named), "")


def title_parts(title: str) -> list[str]:
    """The titles that a page's title is joined of, that of the article first: it tells a year, or is the longest."""
    parts = [part for part in PARTS.split(title) if part]
    return sorted(parts, key=lambda part: (YEAR.search(part) is None, -len(part)))
