"""Plain text: a line is a paragraph. UTF-8 with or without mark, UTF-16 with mark, GB18030."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Document, Paragraph, TextOrigin
from gilint.readers import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 (BOM)"),
    (b"\xff\xfe", "utf-16", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16", "UTF-16 BE"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding that was taken. Raises ``InputError`` (``encoding``) when none fits."""
    for mark, codec, label in MARKS:
        if data.startswith(mark):
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


def _undecodable(name: str, label: str, at: int) -> InputError:
    return InputError(
        "encoding",
        name,
        {"zh": f"第 {at + 1} 个字节不是有效的 {label} 文字", "en": f"byte {at + 1} is not valid {label}"},
        {"zh": "请用 UTF-8 编码另存后再检查", "en": "save the file as UTF-8"},
    )


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """1-based line numbers and lines; only the line ends of text editors count, not U+2028 or form feeds."""
    return enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)


def read(data: bytes, name: str) -> Document:
    text, encoding = decode(data, name)
    blocks = tuple(Paragraph(line, TextOrigin(((0, number, 1),))) for number, line in lines_of(text))
    return Document(name=name, format="text", encoding=encoding, blocks=blocks, metadata={})


def sniff(data: bytes, name: str) -> bool:
    """Whatever no other reader claims and is not binary is text."""
    return True


reader = Reader("text", sniff, read, (".txt", ".text"))
