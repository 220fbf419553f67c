"""Data of JSON, YAML and Python as one kind of value: dict, list, str, :class:`Figure`, bool, ``None``.

Numbers stay as they are written. What a file may not hold (a key twice, endless nesting, aliases) is refused here.
"""

from __future__ import annotations

from gilint.errors import InputError, invalid_data
from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Fault = tuple[str, str, str]

MOST_VALUES = 200_000
"""Values of one file: a report with all its places has some ten thousand."""
DEEPEST = 20
LONGEST_FIGURE = LONGEST_KEY = 40
MOST_DIGITS = 18
"""Digits of a number: as many as a cell may have in any format."""

DECIMAL = late(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


class Figure(str):
    """A number as it is written, so that no digit of it is lost."""

    __slots__ = ()

    def plain(self) -> str | None:
        """The number without exponent and idle zeros; ``None`` for one beyond all that reports count."""
        if len(self) <= MOST_DIGITS and self.isdigit() and (self[0] != "0" or len(self) == 1):
            return str(self)
        return _plain(self) if len(self) <= LONGEST_FIGURE and DECIMAL.fullmatch(self) else None


def _plain(text: str) -> str | None:
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number:
        return "0"
    if not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        return None
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return written if sum(map(str.isdigit, written)) <= MOST_DIGITS else None


def pointer(parent: str, step: str | int) -> str:
    """The JSON Pointer (RFC 6901) of a value inside another."""
    return f"{parent}/{step}" if isinstance(step, int) else f"{parent}/{step.replace('~', '~0').replace('/', '~1')}"


def printable(word: str) -> str:
    """A key of strangers, fit for a message."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in word[:LONGEST_KEY])


# --- JSON -------------------------------------------------------------------------------------------------------------


class _Doubled(dict[str, "Any"]):
    """A mapping in which keys stand twice."""

    twice: tuple[str, ...] = ()


def from_json(text: str, name: str) -> Any:
    """The data of a JSON text. Raises ``InputError``: ``invalid-data``, ``too-large``."""
    import json

    _refuse_many(text, name, ",[{")
    doubled: list[_Doubled] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        doubled.append(_Doubled(found))
        doubled[-1].twice = tuple(dict.fromkeys(_repeated(key for key, _value in pairs)))
        return doubled[-1]

    def constant(word: str) -> Any:
        raise invalid_data(name, [("", f"{word} 不是 JSON 的值", f"{word} is no value of JSON")])

    try:
        data = json.loads(
            text, object_pairs_hook=mapping, parse_int=Figure, parse_float=Figure, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise invalid_data(name, [(place, "不是有效的 JSON", f"not valid JSON: {error.msg}")]) from None
    except RecursionError:
        raise invalid_data(name, [_too_deep("")]) from None
    if doubled:
        raise invalid_data(name, list(_twice(data)))
    return data


def _repeated(keys: Iterable[str]) -> Iterator[str]:
    seen = set[str]()
    for key in keys:
        if key in seen:
            yield key
        seen.add(key)


def _twice(data: Any) -> Iterator[Fault]:
    """The keys that stand twice, in the order of the file."""
    waiting = [("", data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, _Doubled):
            yield from (
                (pointer(place, printable(key)), "这个键写了两次", "this key stands there twice") for key in value.twice
            )
        if isinstance(value, dict):
            waiting += [(pointer(place, printable(key)), one) for key, one in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(pointer(place, at), value[at]) for at in range(len(value) - 1, -1, -1)]


def _too_deep(place: str) -> Fault:
    return place, "嵌套太深", "nested too deeply"


def _refuse_many(text: str, name: str, marks: str) -> None:
    """Refuse a text with so many of the marks, each of which begins a value, that no report can be in it."""
    if sum(map(text.count, marks)) > MOST_VALUES:
        raise _too_large(name, f"数据超过 {MOST_VALUES} 项", f"more than {MOST_VALUES} values")


def _too_large(name: str, zh: str, en: str) -> InputError:
    advice_zh, advice_en = (
        "一份报告的数据不足一万项，请只保留报告",
        "a report has below ten thousand: keep only the report",
    )
    return InputError("too-large", name, {"zh": zh, "en": en}, {"zh": advice_zh, "en": advice_en})


# --- YAML -------------------------------------------------------------------------------------------------------------


def from_yaml(text: str, name: str) -> Any:
    """The data of a YAML text, without aliases and tags. Raises ``InputError``: ``invalid-data``, ``too-large``."""
    from gilint.errors import RuleError
    from gilint.source import MAX_SIZE, WORDS, load

    def scalar(word: str) -> Any:
        """An unquoted word by the core schema of YAML 1.2: dates and ``no`` are text."""
        if word in WORDS:
            return WORDS[word]
        return Figure(word) if DECIMAL.fullmatch(word) else word

    _refuse_many(text, name, "\n,[{")
    if len(text) > MAX_SIZE:
        raise _too_large(name, f"YAML 超过 {MAX_SIZE // 1000} kB", f"YAML of more than {MAX_SIZE // 1000} kB")
    try:
        return load(name, text.removeprefix("\ufeff"), scalar).data
    except RuleError as error:
        faults = [(f"{each.line}:{each.column}", each.message, each.message) for each in error.mistakes]
        raise invalid_data(name, faults) from None


# --- Python -----------------------------------------------------------------------------------------------------------


def from_python(data: Any, name: str) -> Any:
    """Data of a program as the same kind of value. Raises ``InputError`` (``invalid-data``) for what is no data."""
    faults: list[Fault] = []
    try:
        value = _value(data, "", DEEPEST, faults)
    except RecursionError:
        faults.append(_too_deep(""))
    if faults:
        raise invalid_data(name, faults)
    return value


def _value(data: Any, place: str, depth: int, faults: list[Fault]) -> Any:
    from collections.abc import Mapping

    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, str):
        return str.__str__(data)
    if not depth:
        # Data that holds itself would never end.
        raise RecursionError
    if isinstance(data, list | tuple):
        return [_value(one, pointer(place, at), depth - 1, faults) for at, one in enumerate(data)]
    if not isinstance(data, Mapping):
        figure = _figure(data)
        if figure is None:
            kind = type(data).__name__
            faults.append((place, f"{kind} 不是可读取的数据", f"{kind} is no data that can be read"))
        return figure
    found = {}
    for key, one in data.items():
        if isinstance(key, str):
            found[str.__str__(key)] = _value(one, pointer(place, key), depth - 1, faults)
        else:
            faults.append((place, f"键 {key!r:.40} 应为文字", f"the key {key!r:.40} should be text"))
    return found


def _figure(data: Any) -> str | None:
    """A number as it would be written, a date as ISO 8601 has it; ``None`` for anything else."""
    from datetime import date
    from decimal import Decimal

    if isinstance(data, date):
        return data.isoformat()[:10]
    if isinstance(data, int):
        # One too long to be written is too long to be read.
        return Figure(int(data)) if data.bit_length() < 4 * LONGEST_FIGURE else Figure("9" * (LONGEST_FIGURE + 1))
    if isinstance(data, float):
        # Written with the fewest digits that lead back to it: those that were typed, up to fifteen.
        return Figure(float.__repr__(data))
    return Figure(data) if isinstance(data, Decimal) else None
