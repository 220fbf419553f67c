"""YAML with places, and schema errors that say where and what was meant.

Rules, forms, packs, waivers and configuration share this reader. It takes the YAML that people write by hand: plain
mappings, lists and scalars of the YAML 1.2 core schema (``no``, ``on``, ``12:30`` and dates stay text). Anchors,
aliases, tags, duplicate keys and several documents in one file are refused, so a file holds what it seems to hold,
and a small file cannot grow into a large value.
"""

from __future__ import annotations

from gilint.errors import Mistake, RuleError
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, NoReturn

    from yaml.events import Event

    Path = tuple[str | int, ...]
    Place = tuple[int, int]

MAX_SIZE = 1_000_000
"""Bytes that a file may have."""
MAX_DEPTH = 50
"""Lists and mappings that may be nested."""

_UNPRINTABLE = "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_INTEGER = r"[-+]?[0-9]{1,1000}|0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]{1,1000}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Marked(Record):
    """The data of a YAML file and where its parts stand, as 1-based (line, column).

    ``marks`` leads from the path of a value to the place where its text begins (behind a quotation mark, on the first
    line of a block), ``key_marks`` from the path of a value to the place of its key.
    """

    path: str
    data: Any
    marks: Mapping[Path, Place]
    key_marks: Mapping[Path, Place]
    text: str = ""

    def place(self, path: Path, offset: int = 0) -> Place:
        """Where a value stands, or ``offset`` characters into its text; a missing one: where its parent stands."""
        if path not in self.marks:
            return self.place(path[:-1]) if path else (1, 1)
        line, column = self.marks[path]
        value = self.value(path) if offset else None
        if not isinstance(value, str):
            return line, column
        return _advance(self.text, line, column, value[:offset])

    def key_place(self, path: Path) -> Place:
        """Where the key of a value stands; the value itself where it has none."""
        return self.key_marks.get(path) or self.place(path)

    def value(self, path: Path) -> Any:
        """The value at a path. Raises ``KeyError`` or ``IndexError`` when there is none."""
        found = self.data
        for step in path:
            found = found[step]
        return found

    def mistake(self, path: Path, message: str, *, key: bool = False, offset: int = 0) -> Mistake:
        """A mistake at a value, at its key, or ``offset`` characters into its text."""
        line, column = self.key_place(path) if key else self.place(path, offset)
        return Mistake(self.path, line, column, message)


_ABSENT: Any = object()


def validate(
    marked: Marked,
    schema: Mapping[str, Any],
    at: Path = (),
    *,
    data: Any = _ABSENT,
    formats: Mapping[str, Callable[[str], str | None]] | None = None,
) -> list[Mistake]:
    """Every mistake of the value at a path by a JSON Schema (Draft 2020-12), one for each place, in their order.

    ``data`` is judged instead of the value at ``at`` where parts of it come from elsewhere. ``formats`` maps a
    ``format`` to a function that gives a message for a wrong text, ``None`` for a right one.
    """
    from gilint.schema_errors import faults

    value = marked.value(at) if data is _ABSENT else data
    found = faults(value, schema, formats or {}, at)
    mistakes = [marked.mistake(fault.path, fault.message, key=fault.on_key) for fault in found]
    return sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column))


# --- reading ------------------------------------------------------------------------------------------------------


def read_text(path: str, shown: str | None = None) -> str:
    """The text of a UTF-8 file; ``shown`` is its name in messages. Raises :class:`RuleError`."""
    shown = shown or path
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_SIZE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        _refuse(shown, (1, 1), f"无法读取文件：{reason} (cannot read the file: {reason})")
    if len(content) > MAX_SIZE:
        _refuse_size(shown)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        _refuse(shown, (line, column), "文件不是 UTF-8 编码，请另存为 UTF-8 (not UTF-8; save the file as UTF-8)")


def load(path: str, text: str, scalar: Callable[[str], Any] | None = None) -> Marked:
    """The data of a YAML document with the place of each part. Raises :class:`RuleError` with every mistake found.

    ``path`` is the name of the file in messages; ``scalar`` turns unquoted text into values, by the core schema if it
    is left out.
    """
    import yaml

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_SIZE:
        _refuse_size(path)
    _refuse_unprintable(path, text)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path, text, iter(yaml.parse(text, Loader=loader)), scalar or _scalar)
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse(path, place, _syntax(error.problem or "", error.context or ""))
    except yaml.YAMLError as error:
        _refuse(path, (1, 1), _syntax(str(error), ""))
    if builder.mistakes:
        raise RuleError(tuple(builder.mistakes))
    return Marked(path, data, builder.marks, builder.key_marks, text)


class _Builder:
    """Builds plain data from parser events, which come one by one: nothing is expanded before it can be refused."""

    def __init__(self, path: str, text: str, events: Iterator[Event], scalar: Callable[[str], Any]) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.events = events
        self.scalar = scalar
        self.marks: dict[Path, Place] = {}
        self.key_marks: dict[Path, Place] = {}
        self.mistakes: list[Mistake] = []

    def document(self) -> Any:
        from yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent, StreamStartEvent

        data: Any = None
        count = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                count += 1
                if count > 1:
                    message = "一个文件只能有一个 YAML 文档，请删去 --- 或分成多个文件"
                    self._stop(event, f"{message} (one YAML document a file; remove '---' or split the file)")
            elif not isinstance(event, DocumentEndEvent | StreamEndEvent | StreamStartEvent):
                data = self._node(event, ())
        self.marks.setdefault((), (1, 1))
        return data

    def _node(self, event: Event, path: Path) -> Any:
        from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            self._stop(event, "不支持锚点（&）与别名（*）；若是文字请加引号 (no anchors or aliases; quote the text)")
        if getattr(event, "tag", None) is not None:
            self._stop(event, "不支持标签（!）；若是文字请加引号 (no tags; quote the text if '!' belongs to it)")
        if len(path) > MAX_DEPTH:
            self._stop(event, f"嵌套超过 {MAX_DEPTH} 层 (nested more than {MAX_DEPTH} deep)")
        if isinstance(event, ScalarEvent):
            self.marks[path] = self._text_place(event)
            return self.scalar(event.value) if event.implicit[0] else event.value
        self.marks[path] = _place(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, MappingStartEvent)
        return self._mapping(path)

    def _sequence(self, path: Path) -> list[Any]:
        from yaml.events import SequenceEndEvent

        values: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self._node(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        from yaml.events import MappingEndEvent

        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event, path)
            inner = (*path, key)
            if key in values:
                line = self.key_marks[inner][0]
                self._note(event, f"键 {key} 重复，第 {line} 行已有 (duplicate key {key!r}; first on line {line})")
            else:
                self.key_marks[inner] = _place(event)
            values[key] = self._node(next(self.events), inner)
        return values

    def _key(self, event: Event, path: Path) -> str:
        key = self._node(event, (*path, ""))
        self.marks.pop((*path, ""), None)
        if isinstance(key, str):
            return key
        if isinstance(key, dict | list):
            message = '键必须是文字；以 { 或 [ 开头的文字请加引号，如 "{name}"'
            self._stop(event, f"{message} (a key must be text; quote text that begins with a brace or bracket)")
        text = str(getattr(event, "value", key))
        self._note(event, f'键必须是文字，请加引号写成 "{text}" (a key must be text; quote it: "{text}")')
        return text

    def _text_place(self, event: Any) -> Place:
        line, column = _place(event)
        if event.style in ("'", '"'):
            return line, column + 1
        if event.style in ("|", ">"):
            for number in range(line, event.end_mark.line + 1):
                content = self.lines[number] if number < len(self.lines) else ""
                if content.strip():
                    return number + 1, len(content) - len(content.lstrip(" ")) + 1
        return line, column

    def _note(self, event: Event, message: str) -> None:
        self.mistakes.append(Mistake(self.path, *_place(event), message))

    def _stop(self, event: Event, message: str) -> NoReturn:
        self._note(event, message)
        raise RuleError(tuple(self.mistakes))


def _scalar(text: str) -> Any:
    """The value of an unquoted scalar, by the YAML 1.2 core schema (without ``.inf`` and ``.nan``)."""
    import re

    if text in WORDS:
        return WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if re.fullmatch(_INTEGER, text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    return float(text) if re.fullmatch(_FLOAT, text) else text


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _advance(text: str, line: int, column: int, value: str) -> Place:
    """The place behind ``value``, whose text begins at a place of the source.

    Source and value differ in line breaks, indentation and escapes. Where they part in another way, the last common
    place is returned.
    """
    starts = text.split("\n", line - 1)
    at = len(text) - len(starts[-1]) + column - 1
    done = 0
    while done < len(value) and at < len(text):
        if text[at].isspace() and value[done].isspace():
            at += len(text[at:]) - len(text[at:].lstrip())
            done += len(value[done:]) - len(value[done:].lstrip())
        elif text[at] == value[done]:
            at, done = at + 1, done + 1
        elif text[at] == "\\" or text[at - 1 : at + 1] == "''":
            at += 1
        else:
            break
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def _syntax(problem: str, context: str) -> str:
    """A parser's complaint with what usually lies behind it."""
    english = ", ".join(part for part in (context, problem) if part)
    if "cannot start any token" in problem:
        advice = "缩进请用空格而非 Tab，以 @ ` % 开头的文字请加引号"
    elif "mapping values" in problem:
        advice = "文字中含“: ”时请加引号，并检查缩进"
    elif "did not find expected" in problem:
        advice = "请检查缩进与括号；以 { [ * & ! 或引号开头的文字请整个加引号"
    elif "end of stream" in problem:
        advice = "引号没有结束"
    else:
        advice = "请检查缩进、冒号与引号"
    return f"YAML 写法有误，{advice} (not valid YAML: {english})"


def _refuse(path: str, place: Place, message: str) -> NoReturn:
    raise RuleError((Mistake(path, *place, message),))


def _refuse_size(path: str) -> NoReturn:
    _refuse(path, (1, 1), f"文件超过 {MAX_SIZE // 1000} kB (the file is larger than {MAX_SIZE // 1000} kB)")


def _refuse_unprintable(path: str, text: str) -> None:
    import re

    found = re.search(_UNPRINTABLE, text)
    if found:
        before = text[: found.start()]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        code = f"U+{ord(found.group()):04X}"
        _refuse(path, place, f"含不可见的控制字符 {code}，请删除 (control character {code}; remove it)")
