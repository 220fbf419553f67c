"""Which blocks of a page are its article.

Nothing is left out that may be text of it: sentences, numbered headings and tables of numbers make the article, and the
smallest box around them all holds it. What goes is what shows by its element, its class or its links that it belongs to
the page, and what stands outside of that box.
"""

from __future__ import annotations

import re
from itertools import accumulate

from gilint.dates import find_dates
from gilint.late import late
from gilint.text import fold, similarity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.model import Grid
    from gilint.readers.html.blocks import Block, Box
    from gilint.readers.html.tree import Element

CHROME_TAGS = ("nav", "footer", "aside", "menu", "search", "dialog")
CHROME_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu")
# Words of class and id. What they name is never text of the article …
CHROME = late(
    r"foot(?!note)|copy-?right|bread-?crumb|crumbs?\b|share|nav(?:i|bar|igation|menu|list)?\b|\bnav|[a-z]nav|side-?bar"
    r"|relat(?:ed|ion)|recommend|comment(?:s|list|box)?\b|cookie|qr-?code|ewm\b|pag(?:er|ing|ination)\b|friend-?link"
    r"|\byqlj|pop-?up|modal|toolbar|bdshare|jiathis|hot-?(?:news|list)|dqwz|weizhi|\bwz\b|syq|xg(?:xx|wz|yd|nr)|hits\b",
    re.IGNORECASE,
)
# … or may be, where it holds sentences.
NEAR_CHROME = late(
    r"head(?!line)|\btop|bottom|logo|banner|menu|search|login|print|font-?size|\bzt?h\b|tool|position|location|current"
    r"|\bpath\b|\blinks?\b|side|\bleft|\bright|counter|click|info\b|meta\b|source|laiyuan|\btime\b|date\b|\bly\b|fbsj"
    r"|attach|fujian|\bfj\b|prev|next|hidden?\b|sr-only|d-none|float|lang|tips?\b|guide|weather|calendar|\bad[sv]?\b",
    re.IGNORECASE,
)
FOOT = late(r"ICP[备證证]|©|Copyright|版权所有|版权声明|网站标识码|网安备|主办(?:单位)?[：:]|承办(?:单位)?[：:]|技术支持[：:]|网站地图", re.I)
NUMBERED = late(r"[ \u3000\xa0]*(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
SENTENCE = "。"
SHORTEST_SENTENCE = 12
NUMBERS = 3
LINK_SHARE = 2
"""One character in so many of a list of links is in a link."""
