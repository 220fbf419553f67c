"""The encoding of a page: what its bytes are, and only in doubt what the page says of itself.

Portals move pages from one system to another, and what a page declares is often that of the system before.
"""

from __future__ import annotations

import re

from gilint.errors import InputError
from gilint.late import late
from gilint.readers.text import empty, encoding_mark
from gilint.record import Record

HEAD = 8192
DECLARED = late(r"<meta\s[^>]{0,200}?charset\s{0,9}=[\s\"']{0,9}([\w.:-]{2,40})", re.IGNORECASE)
CHINESE = {"gb18030": "GB18030", "big5hkscs": "Big5"}
BIG5 = ("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5")
TOLERATED = 30
"""One character in so many may be undecodable: systems that cut a text short cut characters in two."""
REPLACEMENT = "\ufffd"
MOST_NULS = 1000


class Decoded(Record):
    """The text of a page with ``\\n`` at its line ends, the name of the encoding that was taken, and how many
    characters it could not decode."""

    text: str
    encoding: str
    undecodable: int = 0


def decode(data: bytes, name: str, declared: str = "") -> Decoded:
    """``declared`` is what stands outside of the page: in the headers of a saved one.

    Raises ``InputError``: ``encoding`` when none fits, ``empty`` when there is nothing but white space, ``damaged``
    for a file of NUL characters.
    """
    text, encoding, undecodable = _decoded(data, name, declared)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise empty(name)
    # Bytes are searched in a fraction of the time; those of a page with a mark may be halves of characters.
    if data.count(b"\0") > MOST_NULS and text.count("\0") > MOST_NULS:
        raise _of_nothing(name)
    return Decoded(text, encoding, undecodable)


def _decoded(data: bytes, name: str, declared: str) -> tuple[str, str, int]:
    mark = encoding_mark(data)
    if mark is not None:
        codec, label = mark
        text = data.decode(codec, "replace")
        return text, label, text.count(REPLACEMENT)
    try:
        # No Chinese text in another encoding is valid UTF-8 by chance.
        return data.decode("utf-8"), "UTF-8", 0
    except UnicodeDecodeError:
        pass
    codec = "big5hkscs" if _declared(data, declared) in BIG5 else "gb18030"
    try:
        return data.decode(codec), CHINESE[codec], 0
    except UnicodeDecodeError:
        return _damaged(data, name, codec)


def _declared(data: bytes, outside: str) -> str:
    match = DECLARED.search(data[:HEAD].decode("latin-1"))
    return (match[1] if match else outside).strip().lower()


def _damaged(data: bytes, name: str, codec: str) -> tuple[str, str, int]:
    """A text that is damaged in any encoding, in the one that it fits best."""
    candidates = []
    for candidate, label in (("utf-8", "UTF-8"), (codec, CHINESE[codec])):
        text = data.decode(candidate, "replace")
        candidates.append((text.count(REPLACEMENT), text, label))
    undecodable, text, label = min(candidates, key=lambda candidate: candidate[0])
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if undecodable * TOLERATED > foreign:
        raise _unknown(name, undecodable)
    return text, label, undecodable


def _of_nothing(name: str) -> InputError:
    return InputError(
        "damaged",
        name,
        {"zh": "网页中有大量空字符，文件已损坏", "en": "the page is full of NUL characters: it is damaged"},
        {"zh": "请重新下载或另存网页后再检查", "en": "download or save the page again"},
    )


def _unknown(name: str, count: int) -> InputError:
    return InputError(
        "encoding",
        name,
        {
            "zh": f"有 {count} 处既不是有效的 UTF-8，也不是 GB18030 文字",
            "en": f"{count} places are valid neither in UTF-8 nor in GB18030",
        },
        {
            "zh": "请在浏览器中打开网页，另存为“网页，全部”后再检查",
            "en": "open the page in a browser and save it as a complete page",
        },
    )
