"""Taking values out of data: what should be there, what is not, and every mistake at its place."""

from __future__ import annotations

from gilint.errors import FAULTS_TOLD
from gilint.late import late
from gilint.model import PointerOrigin
from gilint.readers.values import Figure, pointer, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.readers.values import Fault

LONGEST = 100_000
"""Characters of one text."""
LONGEST_NAME = 100
NOTHING: Mapping[str, Any] = {}
"""Stands in the place of a mapping that is none."""
SURROGATE = late(r"[\ud800-\udfff]")


class Walk:
    """Takes values out of data by what they should be, and notes everything that they are not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._number = 0

    def origin(self, place: str) -> PointerOrigin:
        self._number += 1
        return PointerOrigin(place, self._number)

    def mapping(self, value: Any, place: str, known: Sequence[str]) -> Mapping[str, Any]:
        """A mapping with none but these keys; ``NOTHING`` where something else stands."""
        if not isinstance(value, dict):
            self.wrong(value, place, ("object",))
            return NOTHING
        for key in value:
            if key not in known:
                self.unknown("键", "key", key, known, pointer(place, printable(key)))
        return value

    def unknown(self, zh: str, en: str, word: str, known: Sequence[str], place: str) -> None:
        from gilint.suggest import unknown_in

        shown = printable(word)
        # Looking for what was meant takes time, and nobody is told.
        choice = known if len(self.faults) < FAULTS_TOLD else ()
        self.faults.append((place, *unknown_in(zh, en, shown, choice)))

    def items(self, value: Any, place: str) -> Iterator[tuple[str, Any]]:
        """The places and values of a list; ``None`` is an empty one."""
        if isinstance(value, list):
            yield from ((pointer(place, at), one) for at, one in enumerate(value))
        elif value is not None:
            self.wrong(value, place, ("array",))

    def entries(self, value: Any, place: str) -> Iterator[tuple[str, str, Any]]:
        """The keys, places and values of a mapping whose keys are free; ``None`` is an empty one."""
        if isinstance(value, dict):
            for key, one in value.items():
                if len(key) > LONGEST_NAME or not key.isprintable():
                    self.faults.append((pointer(place, printable(key)), "这不能作键", "this cannot be a key"))
                yield key, pointer(place, key), one
        elif value is not None:
            self.wrong(value, place, ("object",))

    def text(self, value: Any, place: str, least: int = 0) -> str:
        """A text that can be printed, of ``least`` characters."""
        if not isinstance(value, str) or isinstance(value, Figure):
            self.wrong(value, place, ("string",))
            return ""
        if len(value) > LONGEST:
            zh, en = (
                f"有 {len(value)} 个字，超过上限 {LONGEST}",
                f"{len(value)} characters are over the limit of {LONGEST}",
            )
            self.faults.append((place, zh, en))
            return ""
        if len(value) < least:
            self.faults.append((place, "不能为空", "must not be empty"))
        elif "\0" in value or SURROGATE.search(value):
            self.faults.append((place, "含无法显示的字符（U+0000 或半个字符）", "holds U+0000, or half of a character"))
        return value

    def optional(self, data: Mapping[str, Any], key: str, place: str) -> str:
        """The text of a key that may be missing, or ``None``."""
        value = data.get(key)
        return "" if value is None else self.text(value, pointer(place, key))

    def required(self, data: Mapping[str, Any], keys: Sequence[str], place: str) -> bool:
        """Whether a mapping has these keys."""
        missing = [key for key in keys if key not in data]
        if missing and data is not NOTHING:
            listed = ", ".join(missing)
            self.faults.append((place, f"缺少 {listed}", f"needs {listed}"))
        return not missing

    def wrong(self, value: Any, place: str, wanted: Sequence[str]) -> None:
        """Note that a value is none of these types of JSON Schema."""
        from gilint.schema_errors import TYPES

        zh, en = "或".join(TYPES[each][0] for each in wanted), " or ".join(TYPES[each][1] for each in wanted)
        got = TYPES[_type_of(value)]
        self.faults.append((place, f"应为{zh}，此处是{got[0]}", f"should be {en}, not {got[1]}"))


def _type_of(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (type(None), "null"), (bool, "boolean"), (Figure, "number"), (str, "string"), (dict, "object"), (list, "array"),
    )  # fmt: skip
    return next(name for kind, name in kinds if isinstance(value, kind))
