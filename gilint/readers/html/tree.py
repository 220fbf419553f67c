"""The one module that knows the library behind: a page as a tree, repaired as browsers repair it.

What the rest of the reader relies on: the nodes of ``descendants`` in the order of the source, each the same object
whenever it is asked for; ``tag`` and ``attr(name)`` of elements, their ``position`` (line from 1, column from 0, or
``None`` for one that the source leaves to be inferred), ``data`` of texts.
"""

from __future__ import annotations

import re

import turbohtml
from turbohtml import Element as Element
from turbohtml import Text as Text

from gilint.late import late
from gilint.readers.html.positions import UNSHOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node as Node

HIDDEN = late(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
LIST_NUMBER = late(r"mso-list\s*:\s*ignore", re.IGNORECASE)
KEEPS_LINES = late(r"(?<![\w-])white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
PROPERTIES = (
    ("display", "[style*=display]"),
    ("visibility", "[style*=visibility]"),
    ("mso-list", "[style*=mso-list]"),
    ("white-space", "[style*=white-space]"),
    # As editors in old browsers wrote them.
    ("DISPLAY", "[style*=DISPLAY]"),
)


def parse(source: str) -> Element:
    """The root element of a page; there is one whatever the source is."""
    root = turbohtml.parse(source).root
    assert root is not None
    return root


def unescape(reference: str) -> str:
    """What a character reference in a text stands for."""
    return turbohtml.unescape(reference)


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """The elements with one of these tags, in the order of the source."""
    return root.iter_elements(tags)


def styled(root: Element, source: str) -> dict[Element, str]:
    """Elements whose own style changes how they are read: ``hidden``, ``number`` (of a list, by Word), ``lines``."""
    found = dict.fromkeys(root.select("[hidden]"), "hidden")
    # To look at every style takes half as long as to parse the page, and most pages use none of these.
    used = [selector for name, selector in PROPERTIES if name in source]
    if used:
        for element in root.select(",".join(used)):
            style = element.attr("style") or ""
            if HIDDEN.search(style):
                found[element] = "hidden"
            elif LIST_NUMBER.search(style):
                found.setdefault(element, "number")
            elif KEEPS_LINES.search(style):
                found.setdefault(element, "lines")
    return found


def shown_length(element: Element) -> int:
    """Characters of text in an element, but for those of elements in which nothing is markup."""
    if element.tag in UNSHOWN:
        return 0
    return len(element.text) - sum([len(inner.text) for inner in element.iter_elements(UNSHOWN)])


def body_of(root: Element) -> Element | None:
    """The body of a page; ``None`` for one that only sets frames."""
    return root.find("body")
