"""Edits in files of lines. Encoding, byte order mark, line ends and all text beside the edits stay as they are."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.late import late
from gilint.model import TextSpan
from gilint.readers.text import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.limits import Limits
    from gilint.model import Edit

CODECS = {
    "UTF-8": ("utf-8", b""),
    "UTF-8 (BOM)": ("utf-8", b"\xef\xbb\xbf"),
    "UTF-16 LE": ("utf-16-le", b"\xff\xfe"),
    "UTF-16 BE": ("utf-16-be", b"\xfe\xff"),
    "UTF-32 LE": ("utf-32-le", b"\xff\xfe\x00\x00"),
    "UTF-32 BE": ("utf-32-be", b"\x00\x00\xfe\xff"),
    "GB18030": ("gb18030", b""),
}
LINE_END = late(r"\r\n|\r|\n")
FENCE = late(r"[ \t]*(`{3,}|~{3,})")
ELSEWHERE = {"zh": "文字分在两行，或者中间有标记", "en": "it is parted by a line end or a mark"}
CODE = {"zh": "在代码块中", "en": "it stands in a block of code"}


class Lines:
    """The lines of a text or Markdown file. Raises ``InputError`` (``encoding``) for bytes that cannot be kept."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._text, label = decode(data, name)
        self._codec, self._mark = CODECS[label]
        if self._bytes(self._text) != data:
            raise _not_kept(name)
        ends = [match.end() for match in LINE_END.finditer(self._text)]
        self._starts = [0, *ends]
        self._code = self._fenced()

    def refusal(self, edit: Edit) -> dict[str, str] | None:
        """Why an edit cannot be made here; ``None`` where it can."""
        span = edit.at.span
        if isinstance(span, TextSpan) and span.line in self._code:
            return CODE
        return ELSEWHERE if self._place(edit) is None else None

    def changed(self, edits: Sequence[Edit]) -> bytes:
        """The bytes with edits that were not refused and do not overlap."""
        text = self._text
        places = [(place, edit.text) for edit in edits if (place := self._place(edit)) is not None]
        for (start, end), new in sorted(places, reverse=True):
            text = text[:start] + new + text[end:]
        return self._bytes(text)

    def _place(self, edit: Edit) -> tuple[int, int] | None:
        """Where the characters of an edit stand in the whole text; ``None`` where they stand apart."""
        at, span = edit.at, edit.at.span
        if not isinstance(span, TextSpan) or span.line > len(self._starts):
            return None
        start = self._starts[span.line - 1] + span.column - 1
        end = start + at.end - at.start
        return (start, end) if self._text[start:end] == at.text else None

    def _fenced(self) -> set[int]:
        """The numbers of lines that are code; only Markdown has fences, and no report has such lines otherwise."""
        fenced, mark = set[int](), ""
        for number, line in enumerate(LINE_END.split(self._text), 1):
            fence = FENCE.match(line)
            if mark or fence:
                fenced.add(number)
            if fence and not mark:
                mark = fence[1]
            elif fence and fence[1].startswith(mark):
                mark = ""
        return fenced if not mark else set()

    def _bytes(self, text: str) -> bytes:
        return self._mark + text.encode(self._codec)


def _not_kept(name: str) -> InputError:
    return InputError(
        "encoding",
        name,
        {"zh": "文件的编码不规范，改写会改变其他文字", "en": "its encoding cannot be written back as it is"},
        {"zh": "请用 UTF-8 编码另存后再修正", "en": "save the file as UTF-8"},
    )
