"""What a JSON Schema finds wrong, in words for those who write rules: at the very key or value, without echoes."""

from __future__ import annotations

from gilint.record import Record
from gilint.suggest import unknown
from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    ValidationError = Any  # its attributes may be unset by its types, which never happens to the errors of a run

    Path = tuple[str | int, ...]
    Formats = Mapping[str, Callable[[str], str | None]]

TYPES = {
    "object": ("键值对", "a mapping"),
    "array": ("列表", "a list"),
    "string": ("文字", "text"),
    "integer": ("整数", "an integer"),
    "number": ("数", "a number"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("空值", "nothing"),
}


class Fault(Record):
    """What is wrong at a path; ``on_key``: with the key rather than its value."""

    path: Path
    on_key: bool
    message: str


def faults(data: Any, schema: Mapping[str, Any], formats: Formats, at: Path = ()) -> list[Fault]:
    """Every fault of a value by a schema (Draft 2020-12), one for each place.

    ``formats`` maps a ``format`` to a function that gives a message for a wrong text, ``None`` for a right one. ``at``
    is the path of the value in its file; those of the faults begin with it.
    """
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    for name, function in formats.items():
        # FormatChecker asks for true or false; the message is asked for again when the fault is put into words.
        checker.checks(name)(lambda text, wrong=function: not isinstance(text, str) or wrong(text) is None)
    validator = Draft202012Validator(schema, format_checker=checker)
    first: dict[tuple[Path, bool], Fault] = {}
    for error in validator.iter_errors(data):
        for fault in _explain(error, formats, at):
            first.setdefault((fault.path, fault.on_key), fault)
    return list(first.values())


def _explain(error: ValidationError, formats: Formats, at: Path) -> Iterator[Fault]:
    path = (*at, *error.absolute_path)
    keyword = str(error.validator)
    if "propertyNames" in error.absolute_schema_path:
        name = error.instance
        yield Fault((*path, name), True, f"键名 {name} 不合要求 (not a valid key: {error.message})")
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for name in _extras(error.instance, error.schema):
            yield Fault((*path, name), True, unknown("键", "key", name, known))
    elif keyword == "required":
        yield from _missing(path, error)
    elif keyword in ("anyOf", "oneOf") and error.context:
        yield from _alternatives(error, formats, at)
    elif keyword == "dependentRequired":
        yield from _dependent(path, error)
    else:
        yield Fault(path, False, _value_message(keyword, error, formats))


# --- keys ---------------------------------------------------------------------------------------------------------


def _extras(instance: Mapping[str, Any], schema: Any) -> list[str]:
    import re

    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    return [name for name in instance if name not in known and not any(re.search(each, name) for each in patterns)]


def _missing(path: Path, error: ValidationError) -> Iterator[Fault]:
    """All missing keys of a mapping as one fault, but for those that stand there misspelt."""
    schema: Any = error.schema
    known = schema.get("properties", {})
    misspelt = {closest(name, known) for name in _extras(error.instance, schema)} if known else set()
    required: Iterable[str] = error.validator_value
    names = [name for name in required if name not in error.instance and name not in misspelt]
    if names:
        yield Fault(path, True, _missing_message(path, names))


def _missing_message(path: Path, names: list[str]) -> str:
    holder = next((step for step in reversed(path) if isinstance(step, str)), "")
    zh, en = "、".join(names), ", ".join(repr(name) for name in names)
    plural = "s" if len(names) > 1 else ""
    where = f" in {holder!r}" if holder else ""
    return f"{holder + ' ' if holder else ''}缺少键 {zh} (missing key{plural} {en}{where})"


def _dependent(path: Path, error: ValidationError) -> Iterator[Fault]:
    rules: Mapping[str, list[str]] = error.validator_value
    for name, others in rules.items():
        missing = [other for other in others if other not in error.instance]
        if name in error.instance and missing:
            zh, en = "、".join(missing), ", ".join(repr(other) for other in missing)
            yield Fault((*path, name), True, f"写了 {name} 就必须写 {zh} ({name!r} also needs {en})")


# --- values -------------------------------------------------------------------------------------------------------


def _alternatives(error: ValidationError, formats: Formats, at: Path) -> Iterator[Fault]:
    """The faults of the alternative that was meant: of those that take such a value, the one with the fewest."""
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.relative_schema_path[0], []).append(each)
    apart = [errors for errors in branches.values() if any(map(_other_type, errors))]
    meant = [errors for errors in branches.values() if errors not in apart]
    if meant:
        for each in min(meant, key=len):
            yield from _explain(each, formats, at)
        return
    types = [name for errors in apart for each in errors if _other_type(each) for name in _names(each.validator_value)]
    yield Fault((*at, *error.absolute_path), False, _type_message(types, error.instance))


def _other_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.relative_path


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _type_message(types: list[str], instance: Any) -> str:
    wanted = [TYPES.get(name, (name, name)) for name in dict.fromkeys(types)]
    zh, en = "或".join(word[0] for word in wanted), " or ".join(word[1] for word in wanted)
    got = TYPES[_type_of(instance)]
    if "string" in types and isinstance(instance, bool | int | float):
        text = str(instance).lower() if isinstance(instance, bool) else str(instance)
        return f'应为{zh}，请加引号写成 "{text}" (expected {en}, got {got[1]}; quote it: "{text}")'
    return f"应为{zh}，此处是{got[0]} (expected {en}, got {got[1]})"


def _type_of(instance: Any) -> str:
    if instance is None:
        return "null"
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (dict, "object"),
    )
    return next((name for kind, name in kinds if isinstance(instance, kind)), "array")


def _value_message(keyword: str, error: ValidationError, formats: Formats) -> str:
    instance, wanted = error.instance, error.validator_value
    match keyword:
        case "type":
            return _type_message(_names(wanted), instance)
        case "enum" | "const":
            choices = [_shown(each) for each in (wanted if keyword == "enum" else [wanted])]
            if isinstance(instance, dict | list):
                return f"应为 {'、'.join(choices)} 之一 (expected one of: {', '.join(choices)})"
            return unknown("值", "value", _shown(instance), choices)
        case "pattern":
            return f"{instance!r} 不符合格式 {wanted} (does not match {wanted})"
        case "format":
            function = formats.get(wanted)
            return (function(instance) if function else None) or f"不是有效的 {wanted} (not a valid {wanted})"
        case "minItems" | "minProperties":
            return f"至少要有 {wanted} 项 (needs at least {wanted})"
        case "maxItems" | "maxProperties":
            return f"至多 {wanted} 项 (at most {wanted})"
        case "minLength":
            if wanted == 1:
                return "不能为空 (must not be empty)"
            return f"至少 {wanted} 个字 (at least {wanted} characters)"
        case "maxLength":
            return f"至多 {wanted} 个字 (at most {wanted} characters)"
        case "minimum" | "exclusiveMinimum":
            sign = "≥" if keyword == "minimum" else ">"
            return f"应 {sign} {wanted} (must be {sign} {wanted})"
        case "maximum" | "exclusiveMaximum":
            sign = "≤" if keyword == "maximum" else "<"
            return f"应 {sign} {wanted} (must be {sign} {wanted})"
        case "uniqueItems":
            return "有重复的项 (items must not repeat)"
        case "oneOf":
            return "含义不明：同时符合多种写法 (ambiguous: fits several alternatives)"
        case _:
            return f"不符合要求 {keyword} (invalid: {error.message})"


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)
