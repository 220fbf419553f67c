"""Pages saved with all that belongs to them (MHTML): a mail that holds the page, its frames and its pictures.

Places are those of the page inside, after its transfer encoding is undone.
"""

from __future__ import annotations

from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Document

    Mail = Message[Any, Any]

PAGES = ("text/html", "application/xhtml+xml")
WITHOUT_TEXT = ("no-text", "empty")
MOST_LINES = 500_000
"""A line of a mail has some seventy bytes, and each takes up as many more in memory."""


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The article of the saved page, or of the first of its frames that has one.

    Raises ``InputError``: ``no-page`` when there is no page inside, and what the reader of web pages raises.
    """
    mail = _parsed(data, name, limits)
    pages = [part for part in _parts(mail) if part.get_content_type() in PAGES]
    if not pages:
        raise _no_page(name)
    start = str(mail.get_param("start") or "")
    main = next((part for part in pages if start and str(part.get("Content-ID")) == start), pages[0])
    failure = None
    for page in (main, *(part for part in pages if part is not main)):
        try:
            return _read_part(page, mail, name, limits)
        except InputError as error:
            if error.code not in WITHOUT_TEXT:
                raise
            failure = failure or error
    raise failure or _no_page(name)


def _parsed(data: bytes, name: str, limits: Limits) -> Mail:
    from email import message_from_bytes

    from gilint.readers.package import damaged, too_much

    lines = data.count(b"\n")
    if lines > MOST_LINES:
        raise _too_many_lines(name, lines)
    boundaries = data.count(b"\n--")
    if boundaries > 2 * limits.members:
        raise too_much(name, f"有 {boundaries} 个部分", f"{boundaries} parts", "members", limits.members)
    try:
        return message_from_bytes(data)
    except (ValueError, LookupError, RecursionError) as error:
        raise damaged(name, f"{type(error).__name__}") from None


def _parts(mail: Mail) -> Iterator[Mail]:
    """All parts that hold something, in order, however deep."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            inner: Any = part.get_payload()
            waiting.extend(reversed(inner))
        else:
            yield part


def _read_part(page: Mail, mail: Mail, name: str, limits: Limits) -> Document:
    from gilint.model import Note
    from gilint.readers.html.charset import decode
    from gilint.readers.html.page import read_page

    content: Any = page.get_payload(decode=True)
    location = str(page.get("Content-Location") or mail.get("Snapshot-Content-Location") or "").strip()
    decoded = decode(content, name, _charset(page))
    document = read_page(decoded, "mhtml", name, limits, {"url": location} if location else {})
    return document.replace(notes=(*document.notes, Note("decoded-part")))


def _charset(page: Mail) -> str:
    try:
        return page.get_content_charset() or ""
    except (ValueError, LookupError):
        return ""


def _too_many_lines(name: str, lines: int) -> InputError:
    return InputError(
        "too-large",
        name,
        {
            "zh": f"文件有 {lines} 行，超过上限 {MOST_LINES} 行",
            "en": f"{lines} lines are over the limit of {MOST_LINES}",
        },
        {
            "zh": "请在浏览器中打开网页，另存为“网页，仅 HTML”后再检查",
            "en": "open the page in a browser and save its HTML only",
        },
    )


def _no_page(name: str) -> InputError:
    return InputError(
        "no-page",
        name,
        {"zh": "文件里没有网页正文（text/html 部分）", "en": "there is no page (text/html part) inside"},
        {
            "zh": "请在浏览器中重新打开网页，另存为“网页，单个文件”或“网页，全部”后再检查",
            "en": "open the page in a browser and save it anew, as a single file or as a complete page",
        },
    )
