"""What shows that an element is a part of the page and not of its article: its tag, its role, its class or its id."""

from __future__ import annotations

import re

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.readers.html.tree import Element

TAGS = ("nav", "footer", "aside", "menu", "search", "dialog")
ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu")
# Parts of class and id, and whole words of them: what they name is a part of the page …
NAMED = (
    *("foot", "copyright", "breadcrumb", "crumbs", "share", "nav", "sidebar", "related", "recommend", "tuijian"),
    *("cookie", "qrcode", "paginat", "friendlink", "yqlj", "popup", "modal", "toolbar", "jiathis", "hotnews", "dqwz"),
    *("weizhi", "xgxx", "xgwz", "xgyd", "xgnr", "wuzhangai"),
)
WORDS = frozenset(("ewm", "pager", "paging", "comments", "hits", "wza"))
EXCEPT = ("footnote",)
# … or, where it stands above the text and has no sentences, it probably is.
NAMED_ABOVE = (
    *("head", "logo", "banner", "menu", "search", "login", "print", "fontsize", "position", "location", "current"),
    *("info", "tool", "source", "laiyuan", "meta", "counter", "click", "weather", "calendar", "hidden", "topbar"),
)
WORDS_ABOVE = frozenset(("top", "path", "links", "side", "left", "time", "date", "ly", "hide", "lang", "tips", "font"))
FOOT = late(r"ICP[备證证]|©|Copyright|版权所有|版权声明|网站标识码|网安备|\bCookies?\b", re.IGNORECASE)
FOOT_LINE = late(
    r"[主承协]办(?:单位)?[：:]|技术支持[：:]|维护(?:单位)?[：:]|网站地图|联系我们|更新(?:时间|日期)[：:]|责任编辑[：:]"
    r"|扫一扫|分享到|打印本|关闭窗口|[上下]一[篇条][：:]|返回顶部|相关(?:文档|文章|新闻|阅读|链接|信息|推荐)[\s：:]*\Z"
)
LONGEST_FOOT = 500


def is_chrome(element: Element) -> bool:
    """Whether an element is a part of the page wherever it stands."""
    if element.tag in TAGS or element.attr("role") in ROLES:
        return True
    names = names_of(element)
    if not names:
        return False
    named = any(part in names for part in NAMED) and not any(part in names for part in EXCEPT)
    return named or not WORDS.isdisjoint(_words(names))


def is_above(element: Element) -> bool:
    """Whether an element that stands above the text is a part of the page."""
    names = names_of(element)
    return any(part in names for part in NAMED_ABOVE) or not WORDS_ABOVE.isdisjoint(_words(names))


def names_of(element: Element) -> str:
    """Class and id of an element, in small letters; empty when it has none."""
    return f"{element.attr('class') or ''} {element.attr('id') or ''}".strip().lower()


def _words(names: str) -> list[str]:
    return names.replace("-", " ").replace("_", " ").split()


def is_foot(text: str, sentence: bool) -> bool:
    """Whether a line is one of those at the foot of a page; a ``sentence`` may speak of such things."""
    if len(text) > LONGEST_FOOT:
        return False
    return FOOT.search(text) is not None or (not sentence and FOOT_LINE.search(text) is not None)
