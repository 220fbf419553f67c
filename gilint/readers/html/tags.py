"""What the elements of a page are to a reader of its text; every other element is part of a line."""

from __future__ import annotations

PARAGRAPHS = ("p", "dt", "dd", "address", "legend", "figcaption", "summary", "hr", "tbody", "thead", "tfoot")
"""Elements that begin and end a line."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

BOXES = (
    *("div", "section", "article", "main", "nav", "header", "footer", "aside", "hgroup", "search", "form", "dl"),
    *("fieldset", "center", "blockquote", "figure", "details", "dialog"),
)
"""Elements that may hold the article, or what surrounds it."""

LISTS = ("ol", "ul", "menu", "dir")

LINES_KEPT = ("pre", "listing", "plaintext")
"""Elements in which the lines of the source are lines."""

UNSEEN = (
    *("script", "style", "noscript", "template", "head", "title", "meta", "link", "base", "xml", "noframes"),
    *("select", "option", "datalist", "button", "textarea", "input", "svg", "audio", "video", "map", "rt", "rp"),
    *("frameset", "progress", "meter"),
)
"""Elements of which no text belongs to an article."""

EMBEDDED = ("iframe", "object", "embed", "applet", "canvas")
"""Elements that show what is not in the page."""

FORMATS = frozenset(("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
"""Elements that are opened again wherever the source has left them open: they do not say where a text stands."""
