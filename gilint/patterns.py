"""Patterns of rule files: RE2 syntax, so that no rule can hang a run.

``\\w``, ``\\s``, ``\\b`` and their opposites know only ASCII in RE2, which is never what a rule for Chinese text
means, and are refused with the way to write it. ``\\d`` is allowed: full-width digits are folded before the search.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from typing import Any

MAX_SET = 32
"""Strings of one run that are spelt out as literals."""

MAX_CHARACTERS = 128
"""Characters of a class that are spelt out as literals: searching for each costs less than trying every text."""

MAX_REPEATS = 4

RARE = "\t" + "".join(map(chr, (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)))
"""The tabulator and what ``\\pZ`` stands for. Chinese is written without, so they are rarer there than any mark."""

COMMON = "，。、；：“”（）《》"
"""Marks that most paragraphs hold."""

_CODE_POINT = late(r"\\x\{([0-9A-Fa-f]{1,6})\}")

_INSTEAD = {
    "w": r"[\pL\pN_] 或 \p{Han}",
    "W": r"[^\pL\pN_]",
    "s": r"\pZ 或 [\t\n\pZ]",
    "S": r"\PZ",
    "b": "两侧的字，如 (?:^|[，。])",
    "B": "两侧的字",
}
_INSTEAD_ENGLISH = {
    "w": r"[\pL\pN_] or \p{Han}",
    "W": r"[^\pL\pN_]",
    "s": r"\pZ or [\t\n\pZ]",
    "S": r"\PZ",
    "b": "the neighbouring characters",
    "B": "the neighbouring characters",
}


def check_pattern(pattern: str) -> str | None:
    """What is wrong with a pattern, for the author of a rule; ``None`` when it can be used."""
    for escape in _escapes(pattern):
        if escape in _INSTEAD:
            chinese, english = _INSTEAD[escape], _INSTEAD_ENGLISH[escape]
            return rf"\{escape} 只认 ASCII 字符，请写 {chinese} (\{escape} knows only ASCII; write {english})"
        if escape.isdigit() and escape != "0":
            return rf"反向引用 \{escape} 不是线性时间的写法，不支持 (backreferences are not linear-time)"
    return _compile_error(pattern)


def _compile_error(pattern: str) -> str | None:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0]
        return _reason(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason))
    return None


def finds_one(patterns: tuple[str, ...], text: str) -> bool:
    """Whether one of these RE2 patterns is found in a text."""
    data = text.encode("utf-8", "replace")
    return any(each.search(data) for each in _together(patterns))


# A search costs a few microseconds, whatever it searches for.
@lru_cache(maxsize=64)
def _together(patterns: tuple[str, ...]) -> Sequence[Any]:
    """The patterns as a single one, or where they do not go together one by one."""
    import re2

    try:
        return (re2.compile("|".join(f"(?:{pattern})" for pattern in patterns)),) if patterns else ()
    except re2.error:  # such as two groups of one name
        return tuple(map(re2.compile, patterns))


def _reason(english: str) -> str:
    if "invalid perl operator" in english:
        chinese = "环视与反向引用不是线性时间的写法，不支持"
        return f"{chinese} (lookaround and backreferences are not linear-time: {english})"
    if "repetition size" in english:
        return f"重复次数不能超过 1000 (counts above 1000 are not linear-time: {english})"
    if "too large" in english:
        return f"表达式展开后过大 (the pattern grows too large: {english})"
    return f"正则表达式有误 (not a valid RE2 pattern: {english})"


def _escapes(pattern: str) -> Iterator[str]:
    r"""The character behind each backslash, but for text between \Q and \E."""
    at, quoted = 0, False
    while (at := pattern.find("\\", at)) >= 0:
        escape = pattern[at + 1 : at + 2]
        if quoted:
            quoted = escape != "E"
            # Inside a quotation a backslash escapes nothing, so the next character may begin the end of it.
            at += 1 if quoted else 2
            continue
        quoted = escape == "Q"
        yield escape
        at += 2


# --- literals -----------------------------------------------------------------------------------------------------


def required_literals(pattern: str, raw: bool = False) -> tuple[str, ...]:
    """Strings of which at least one occurs in every match of an RE2 pattern; ``()`` when none can be derived.

    They are long rather than many: whoever searches them first need not try the pattern on most texts. White space is
    among them only where the text is searched as it is written (``raw``).
    """
    import warnings
    from importlib import import_module

    parser: Any = import_module("re._parser")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # re warns of sets that it may read otherwise one day
            tree = parser.parse(_portable(_with_spaces(pattern) if raw else pattern))
        if tree.state.flags & parser.SRE_FLAG_IGNORECASE:
            return ()
        return tuple(sorted(_Literals(parser).sequence(tree)))
    except (ValueError, RecursionError, OverflowError, parser.error):
        return ()


def _with_spaces(pattern: str) -> str:
    """The pattern with the characters of ``\\pZ`` written out."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        end = _class_end(pattern, at) if pattern[at] == "[" else _atom_end(pattern, at)
        atom = pattern[at:end]
        parts.append(f"[{RARE[1:]}]" if atom == "\\pZ" else atom.replace("\\pZ", RARE[1:]) if atom[0] == "[" else atom)
        at = end
    return "".join(parts)


def _portable(pattern: str) -> str:
    """The pattern without what only RE2 reads, each such class replaced by ``.``, which matches at least as much.

    Raises ``ValueError`` where ``re`` would read something else than RE2.
    """
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        end = _class_end(pattern, at) if pattern[at] == "[" else _atom_end(pattern, at)
        atom = pattern[at:end]
        if atom[:2] in ("\\p", "\\P") or (atom[0] == "[" and ("[:" in atom or "\\p" in atom or "\\P" in atom)):
            atom = "."
        elif atom in ("\\Q", "\\C"):
            raise ValueError(atom)
        elif atom == "(" and pattern.startswith("(?<", at) and pattern[at + 3 : at + 4] not in ("=", "!"):
            atom, end = "(?P<", at + 3
        parts.append(_CODE_POINT.sub(_code_point, {"\\z": "\\Z"}.get(atom, atom)))
        at = end
    return "".join(parts)


def _code_point(match: re.Match[str]) -> str:
    """``\\x{200B}`` as ``re`` writes it."""
    return f"\\U{int(match[1], 16):08x}"


def _atom_end(pattern: str, at: int) -> int:
    if pattern[at] != "\\":
        return at + 1
    if pattern[at + 1 : at + 2] in ("p", "P", "x") and pattern[at + 2 : at + 3] == "{":
        return pattern.index("}", at) + 1
    return at + (3 if pattern[at + 1 : at + 2] in ("p", "P") else 2)


def _class_end(pattern: str, at: int) -> int:
    """The offset behind a character class. Raises ``ValueError`` when it does not end."""
    at += 2 if pattern[at + 1 : at + 2] == "^" else 1
    first = at
    while at < len(pattern):
        if pattern[at] == "]" and at > first:
            return at + 1
        if pattern.startswith("[:", at) and ":]" in pattern[at:]:
            at = pattern.index(":]", at) + 2
        else:
            at += 2 if pattern[at] == "\\" else 1
    raise ValueError("class without end")


class _Literals:
    """Derives required strings from the parse tree of ``re``."""

    def __init__(self, parser: Any) -> None:
        self.parser = parser

    def sequence(self, items: Any) -> set[str]:
        """The best of what a sequence requires: of its runs of known text and of its other parts."""
        candidates: list[set[str]] = []
        # The text known up to here: with the end of a repeated part that it may begin with, and without.
        runs = ({""}, {""})
        for item in self._flat(items):
            exact = self._exact(item)
            long, short = (_joined(run, exact) for run in runs) if exact is not None else (None, None)
            if short is not None:
                candidates += () if long is not None else (runs[0],)
                runs = long or short, short
                continue
            edge = self._repeated(item) if exact is None else exact
            candidates += (*runs, _joined(runs[0], edge) or set(), self._required(item) if exact is None else exact)
            runs = (edge, {""} if exact is None else edge) if len(edge) <= MAX_SET else ({""}, {""})
        candidates += runs
        telling = [_without_redundant(strings) for strings in candidates if all(strings)]
        return max(telling, key=lambda strings: (min(map(_weight, strings), default=0), -len(strings)), default=set())

    def _flat(self, items: Any) -> Iterator[tuple[Any, Any]]:
        """The parts of a sequence, with plain groups opened."""
        for operation, value in items:
            if operation is self.parser.SUBPATTERN and not value[1] & self.parser.SRE_FLAG_IGNORECASE:
                yield from self._flat(value[3])
            else:
                yield operation, value

    def _exact(self, item: tuple[Any, Any]) -> set[str] | None:
        """All strings that a part matches, if they are few and known."""
        parser, (operation, value) = self.parser, item
        if operation is parser.LITERAL:
            return {chr(value)}
        if operation is parser.AT:
            return {""}
        if operation is parser.IN:
            return self._characters(value)
        if operation is parser.BRANCH:
            return self._union([self._exact_sequence(branch) for branch in value[1]])
        if operation in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[1] == 1:
            inner = self._exact_sequence(value[2])
            return inner if value[0] == 1 or inner is None else inner | {""}
        return None

    def _repeated(self, item: tuple[Any, Any]) -> set[str]:
        """What a repeated part both begins and ends with, where that is known."""
        parser, (operation, value) = self.parser, item
        if operation in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[0] >= 1:
            return self._exact_sequence(value[2]) or {""}
        return {""}

    def _exact_sequence(self, items: Any) -> set[str] | None:
        strings = {""}
        for item in self._flat(items):
            exact = self._exact(item)
            if exact is None or len(strings) * len(exact) > MAX_SET:
                return None
            strings = {head + tail for head in strings for tail in exact}
        return strings

    def _union(self, branches: list[set[str] | None]) -> set[str] | None:
        union: set[str] = set()
        for branch in branches:
            if branch is None:
                return None
            union |= branch
        return union if len(union) <= MAX_SET else None

    def _characters(self, members: Any) -> set[str] | None:
        found: set[str] = set()
        for operation, value in members:
            if operation is self.parser.LITERAL:
                found.add(chr(value))
            elif operation is self.parser.RANGE and value[1] - value[0] < MAX_CHARACTERS:
                found.update(map(chr, range(value[0], value[1] + 1)))
            else:
                return None
        return found if len(found) <= MAX_CHARACTERS else None

    def _required(self, item: tuple[Any, Any]) -> set[str]:
        """Strings of which a part that is not exactly known requires one."""
        parser, (operation, value) = self.parser, item
        if operation is parser.BRANCH:
            branches = [self.sequence(branch) for branch in value[1]]
            return set().union(*branches) if all(branches) else set()
        if operation in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[0] >= 1:
            exact = self._exact_sequence(value[2])
            times = min(value[0], MAX_REPEATS)
            if exact is not None and len(exact) ** times <= MAX_SET:
                return {"".join(strings) for strings in product(exact, repeat=times)}
            return self.sequence(value[2])
        return set()


def _joined(heads: set[str], tails: set[str]) -> set[str] | None:
    """Each head with each tail; ``None`` where that would be too many."""
    return {head + tail for head in heads for tail in tails} if len(heads) * len(tails) <= MAX_SET else None


def _weight(text: str) -> int:
    """How rare a string is likely to be: by its length; figures and marks are more common than any Chinese word."""
    return sum(3 if character in RARE else 1 if character <= "\x7f" or character in COMMON else 2 for character in text)


def _without_redundant(strings: set[str]) -> set[str]:
    """The strings but for those that hold another of them: where they occur, the other does, too."""
    return {text for text in strings if not any(other != text and other in text for other in strings)}
