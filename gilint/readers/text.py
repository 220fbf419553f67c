"""Plain text: a line is a paragraph. UTF-8 with or without mark, UTF-16 with mark, GB18030."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Document, Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gilint.limits import Limits

# The longer mark first: UTF-32 begins like UTF-16.
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 (BOM)"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32 LE"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32 BE"),
    (b"\xff\xfe", "utf-16", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16", "UTF-16 BE"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding that was taken.

    Raises ``InputError``: ``encoding`` when none fits, ``empty`` when there is nothing but white space.
    """
    text, encoding = _decoded(data, name)
    if not text or text.isspace():
        raise empty(name)
    return text, encoding


def encoding_mark(data: bytes) -> tuple[str, str] | None:
    """Codec and name of the encoding that the first bytes declare."""
    return next(((codec, label) for mark, codec, label in MARKS if data.startswith(mark)), None)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    marked = encoding_mark(data)
    if marked is not None:
        codec, label = marked
        try:
            return data.decode(codec), label
        except UnicodeDecodeError as error:
            raise _undecodable(name, label, error.start) from None
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    try:
        return data.decode("gb18030"), "GB18030"
    except UnicodeDecodeError:
        raise _undecodable(name, "UTF-8 / GB18030", first_bad) from None


def empty(name: str) -> InputError:
    return InputError(
        "empty",
        name,
        {"zh": "文件是空的", "en": "the file is empty"},
        {"zh": "请确认保存成功、没有拿错文件", "en": "check that it was saved, and that it is the right file"},
    )


def _undecodable(name: str, label: str, at: int) -> InputError:
    return InputError(
        "encoding",
        name,
        {"zh": f"第 {at + 1} 个字节不是有效的 {label} 文字", "en": f"byte {at + 1} is not valid {label}"},
        {"zh": "请用 UTF-8 编码另存后再检查", "en": "save the file as UTF-8"},
    )


def lines_of(text: str, name: str, limits: Limits) -> Iterator[tuple[int, str]]:
    """1-based line numbers and lines, as :func:`split` parts them."""
    return enumerate(split(text, name, limits), start=1)


def split(text: str, name: str, limits: Limits) -> list[str]:
    """The lines of a text; only the line ends of text editors count, not U+2028 or form feeds.

    Raises ``InputError`` (``too-large``) when there are more than any report has.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    count = text.count("\n")
    if count >= limits.lines:
        raise InputError(
            "too-large",
            name,
            {
                "zh": f"文件有 {count + 1} 行，超过上限 {limits.lines} 行",
                "en": f"{count + 1} lines are over the limit of {limits.lines}",
            },
            {
                "zh": "一份报告通常不足 1 万行，请只保留报告正文；确有需要可在配置 [limits] 中调大 lines",
                "en": "a report is usually below 10,000 lines: keep only its text, or raise lines under [limits]",
            },
        )
    return text.split("\n")


def read(data: bytes, name: str, limits: Limits) -> Document:
    text, encoding = decode(data, name)
    blocks: Any = Lines(split(text, name, limits))
    return Document(name=name, format="text", encoding=encoding, blocks=blocks, metadata={})
