"""Edits in Word documents: characters of the texts of runs. Whatever stands around them stays as it is."""

from __future__ import annotations

from gilint.annotation.locating import Locator
from gilint.annotation.package import Copy
from gilint.errors import InputError
from gilint.model import JoinedOrigin, PartOrigin, Slice, WordOrigin
from gilint.places import WordSpan
from gilint.readers.docx.inline import BLANKS
from gilint.readers.docx.names import (
    ALTERNATIVES,
    CONTROL,
    FIELD,
    FIELD_PART,
    INSERTED,
    MOVED_TO,
    PARAGRAPH,
    PRONUNCIATION,
    SPACE,
    TEXT,
    W,
)
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Edit, Origin

LINK, SIMPLE_FIELD, BINDING = f"{W}hyperlink", f"{W}fldSimple", f"{W}dataBinding"
KEPT = (INSERTED, MOVED_TO, LINK, SIMPLE_FIELD, ALTERNATIVES, PRONUNCIATION)
"""What text may stand in that is not ours to change."""
COMPUTED = {"zh": "编号由 Word 自动生成，请在 Word 中修改", "en": "Word computes this number; change it there"}
GUARDED = {
    "zh": "在修订、域、超链接或者脚注中，请在 Word 中修改",
    "en": "it stands in a tracked change, a field, a link or a footnote; change it in Word",
}


class Letter(Record):
    """A character of a run: the element that holds it, and its place there."""

    element: Any
    at: int


class Word:
    """A Word document. Raises ``InputError`` as the annotated copy does, and ``signed``."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._data, self._name, self._limits = data, name, limits
        try:
            self._copy = Copy(data, name, limits)
        except InputError as error:
            raise _strict(error) if error.code == "strict-format" else error from None
        if self._copy.signed:
            raise _signed(name)
        self._locator = Locator(self._copy.read(self._copy.main), self._copy.parts, name, limits)
        self._elements, self._in_fields = _numbered(self._copy.document())

    def refusal(self, edit: Edit) -> dict[str, str] | None:
        """Why an edit cannot be made here; ``None`` where it can."""
        at = edit.at
        if at.start < _lead(at.passage.origin):
            return COMPUTED
        letters = self._letters(_reached(at))
        return GUARDED if letters is None or any(map(self._is_guarded, letters)) else None

    def changed(self, edits: Sequence[Edit]) -> bytes:
        """The bytes with edits that were not refused and do not overlap."""
        # Each time anew: what was changed once is not to be there when fewer edits are tried.
        copy = Copy(self._data, self._name, self._limits)
        root = copy.document()
        elements = _numbered(root)[0]
        texts: dict[int, list[str]] = {}
        for edit in edits:
            for number, at, text in self._parts(edit):
                texts.setdefault(number, list(elements[number].text))[at] = text
        for number, characters in texts.items():
            _write(elements[number], characters)
        copy.put(root)
        return copy.content()

    def _parts(self, edit: Edit) -> Iterator[tuple[int, int, str]]:
        """(element, character in it, what takes its place) for each character that an edit changes."""
        letters = self._letters(_reached(edit.at)) or []
        numbers = [(letter.element, letter.at) for letter in letters]
        if edit.at.start == edit.at.end:
            # Put in behind the character before, or at the beginning before the first one.
            (element, at) = numbers[0]
            held = self._elements[element].text[at]
            yield element, at, held + edit.text if edit.at.start else edit.text + held
            return
        for place, (element, at) in enumerate(numbers):
            yield element, at, "" if place else edit.text

    def _letters(self, at: Slice) -> list[Letter] | None:
        """The characters of a slice; ``None`` where one is not in the text of a run, or not what it should be."""
        letters = []
        for offset in range(at.start, at.end):
            span = at.passage.span(offset, offset + 1)
            if not isinstance(span, WordSpan) or span.footnote:
                return None
            spot = self._locator.find(span)
            if spot is None or spot.first is None:
                return None
            number, place = spot.first
            element = self._elements[number]
            place += _skipped(element)
            text = element.text or ""
            if element.tag != TEXT or text[place : place + 1] != at.passage.text[offset]:
                return None
            letters.append(Letter(number, place))
        return letters or None

    def _is_guarded(self, letter: Letter) -> bool:
        if letter.element in self._in_fields:
            return True
        for around in self._elements[letter.element].iterancestors():
            bound = around.tag == CONTROL and next(around.iter(BINDING), None) is not None
            if around.tag in KEPT or bound:
                return True
            if around.tag == PARAGRAPH:
                break
        return False


def _strict(error: InputError) -> InputError:
    zh, en = "“严格 Open XML”格式的文档不能修改", "a document in the format Strict Open XML cannot be changed"
    return InputError(error.code, error.path, {"zh": zh, "en": en}, error.advice)


def _signed(name: str) -> InputError:
    return InputError(
        "signed",
        name,
        {
            "zh": "文档带有数字签名，改动会使签名失效",
            "en": "the document is signed, and a change would break the signature",
        },
        {"zh": "请先去掉签名，改好后重新签名", "en": "remove the signature, and sign it again afterwards"},
    )


def _reached(at: Slice) -> Slice:
    """What has to be changed to make an edit: the characters themselves, or one beside which it puts something in."""
    if at.start < at.end:
        return at
    return at.replace(start=at.start - 1) if at.start else at.replace(end=at.end + 1)


def _lead(origin: Origin) -> int:
    """How many characters of a text are a number that Word computes."""
    if isinstance(origin, WordOrigin):
        return origin.lead
    if isinstance(origin, PartOrigin):
        return max(0, _lead(origin.whole) - origin.offset)
    return _lead(origin.parts[0][1]) if isinstance(origin, JoinedOrigin) else 0


def _numbered(root: Any) -> tuple[list[Any], set[int]]:
    """The elements by their numbers, and the numbers of those that stand in fields."""
    elements, within = [], set[int]()
    depth = 0
    for number, element in enumerate(root.iter("*")):
        elements.append(element)
        if element.tag == FIELD:
            part = element.get(FIELD_PART)
            depth += {"begin": 1, "end": -1}.get(part, 0)
        elif depth > 0:
            within.add(number)
    return elements, within


def _skipped(element: Any) -> int:
    """White space before the text of an element that does not count."""
    text = element.text or ""
    return 0 if element.get(SPACE) == "preserve" else len(text) - len(text.lstrip(BLANKS))


def _write(element: Any, characters: list[str]) -> None:
    """Give an element its characters anew; white space at its edge that counted before goes on counting."""
    text = element.text
    counted = text if element.get(SPACE) == "preserve" else text.strip(BLANKS)
    start = _skipped(element)
    element.text = "".join(characters[start : start + len(counted)])
    if element.text != element.text.strip(BLANKS):
        element.set(SPACE, "preserve")
