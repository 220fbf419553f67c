"""All words and patterns of all rules, searched in one pass over a report.

Literals go into one Aho–Corasick automaton. A regular expression runs only on the passages in which one of its
required literals was seen, so most of them never run at all.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain
from operator import attrgetter

from gilint.late import late
from gilint.record import Record
from gilint.text import fold, fold_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks import Pattern
    from gilint.model import Passage

    Identity = tuple[str, bool, bool, str, tuple[str, ...]]
    Found = tuple[int, int, int, str, str, Mapping[str, str | None]]
    Match = tuple[int, int, int, Mapping[str, str | None]]

_identity: Callable[[Pattern], Identity] = attrgetter("text", "regex", "raw", "tag", "literals")
_NO_GROUPS: Mapping[str, str | None] = {}
_ASKS_FOR_LINE = late(r"(?<!\[)\^|\$")
_ASKS_FOR_TEXT = late(r"\\[AzZ]|\(\?[A-Za-z]*-")


class Hit(Record, hot=True):
    """An occurrence of a pattern: ``passage.text[start:end]``, as it is written.

    ``pattern`` is the text of the :class:`~gilint.checks.Pattern`; ``groups`` holds the named groups of a regular
    expression, folded unless the pattern is raw.
    """

    passage: Passage
    start: int
    end: int
    tag: str
    pattern: str
    groups: Mapping[str, str | None] = _NO_GROUPS

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Matcher:
    """Searches the patterns of many rules at once; built once, used for any number of reports and by any thread."""

    def __init__(self, rules: Sequence[tuple[str, Sequence[Pattern]]]) -> None:
        folded, raw = _Lane(fold), _Lane(str)
        # Rules that search for the same things (all that compare stated numbers do) share one list of hits. Most of
        # them bring the very same tuple, and comparing hundreds of patterns takes longer than searching for them.
        buckets: dict[tuple[Identity, ...], int] = {}
        seen: dict[int, int] = {}
        self._buckets: dict[str, int] = {}
        for rule, patterns in rules:
            if id(patterns) not in seen:
                wanted = tuple(map(_identity, patterns))
                new = len(buckets)
                bucket = seen[id(patterns)] = buckets.setdefault(wanted, new)
                if bucket == new:
                    for text, regex, is_raw, tag, literals in dict.fromkeys(wanted):
                        lane = raw if is_raw else folded
                        lane.add(text, regex, literals, (bucket, tag, text))
            self._buckets[rule] = seen[id(patterns)]
        self._count = len(buckets)
        self._lanes = [lane for lane in (folded, raw) if lane.prepare()]

    def values(self) -> tuple[Any, ...]:
        """The matcher as plain data, for :meth:`restored`."""
        return self._buckets, self._count, [lane.values() for lane in self._lanes]

    @classmethod
    def restored(cls, values: tuple[Any, ...]) -> Matcher:
        """The matcher that was made plain: sorting the patterns of many rules takes longer than searching a report."""
        matcher = cls(())
        matcher._buckets, matcher._count, lanes = values
        matcher._lanes = [_Lane.restored(lane) for lane in lanes]
        return matcher

    def scan(self, passages: Sequence[Passage]) -> dict[str, list[Hit]]:
        """The hits of every rule by its id, in the order of the text.

        Rules with the same patterns get the very same list, which is not to be changed.
        """
        found: list[list[Found]] = [[] for _ in range(self._count)]
        for lane in self._lanes:
            lane.scan(_Spelling(passages, lane.spell), found)
        hits = [_in_order(passages, bucket) if bucket else [] for bucket in found]
        return {rule: hits[bucket] for rule, bucket in self._buckets.items()}


def _in_order(passages: Sequence[Passage], found: list[Found]) -> list[Hit]:
    # Groups are left out of the order: mappings cannot be compared.
    found.sort(key=lambda hit: hit[:5])
    return [Hit(passages[at], start, end, tag, pattern, groups) for at, start, end, tag, pattern, groups in found]


class _Lane:
    """What is searched in one spelling of the text: a needle leads to literal patterns and to regexes to run.

    An owner is (bucket, tag, pattern): where a hit goes, and as what.
    """

    def __init__(self, spell: Callable[[str], str]) -> None:
        self.spell = spell
        self._needles: dict[str, int] = {}
        self._literals: list[list[tuple[int, str, str]]] = []
        self._gates: list[list[int]] = []
        self._regexes: list[_Regex] = []
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        self._ungated: list[int] = []
        self._searched: list[str] = []
        self._automaton: Any = None
        self._used = False

    def values(self) -> tuple[Any, ...]:
        """The lane as plain data, for :meth:`restored`."""
        regexes = [(regex.text, regex.owners) for regex in self._regexes]
        return self.spell is fold, list(self._needles), self._literals, self._gates, regexes, self._ungated

    @classmethod
    def restored(cls, values: tuple[Any, ...]) -> _Lane:
        """The lane that was made plain; nothing can be added to it."""
        folded, needles, literals, gates, regexes, ungated = values
        lane = cls(fold if folded else str)
        lane._literals, lane._gates, lane._ungated = literals, gates, ungated
        for text, owners in regexes:
            regex = _Regex(text)
            regex.owners = owners
            lane._regexes.append(regex)
        lane._searched = needles
        return lane

    def add(self, text: str, regex: bool, literals: tuple[str, ...], owner: tuple[int, str, str]) -> None:
        if not regex:
            self._literals[self._needle(text)].append(owner)
            return
        number = self._numbers.setdefault((text, literals), len(self._regexes))
        if number == len(self._regexes):
            self._regexes.append(_Regex(text))
            # A literal of nothing but spaces is not to be found in folded text, so it cannot stand guard.
            if literals and all(map(self.spell, literals)):
                for literal in literals:
                    self._gates[self._needle(literal)].append(number)
            else:
                self._ungated.append(number)
        self._regexes[number].owners.append(owner)

    def _needle(self, text: str) -> int:
        spelled = self.spell(text)
        if not spelled:
            raise ValueError(f"nothing to search for in {text!r}")
        number = self._needles.setdefault(spelled, len(self._needles))
        if number == len(self._literals):
            self._literals.append([])
            self._gates.append([])
        return number

    def prepare(self) -> bool:
        """Get ready; whether there is anything to search at all."""
        self._searched = list(self._needles)
        return bool(self._needles or self._regexes)

    def scan(self, spelling: _Spelling, found: list[list[Found]]) -> None:
        runs: dict[int, list[int]] = {number: list(range(len(spelling.texts))) for number in self._ungated}
        literals, gates, original = self._literals, self._gates, spelling.original
        for needle, at, start, end in self._occurrences(spelling):
            for number in gates[needle]:
                passages = runs.setdefault(number, [])
                # Needles are found in the order of the text.
                if not passages or passages[-1] != at:
                    passages.append(at)
            if literals[needle]:
                first, last = original(at, start, end)
                for bucket, tag, pattern in literals[needle]:
                    found[bucket].append((at, first, last, tag, pattern, _NO_GROUPS))
        for number, passages in runs.items():
            regex = self._regexes[number]
            for at, start, end, groups in regex.matches(spelling, passages):
                start, end = original(at, start, end)
                for bucket, tag, pattern in regex.owners:
                    found[bucket].append((at, start, end, tag, pattern, groups))

    def _occurrences(self, spelling: _Spelling) -> Iterator[tuple[int, int, int, int]]:
        """(needle, passage, start, end) of each needle, overlapping ones included."""
        starts, ends = spelling.starts, spelling.ends
        for needle, start, end in self._found(spelling.joined):
            at = bisect_right(starts, start) - 1
            # A raw needle may hold a newline, and so match over the seam of two passages.
            if end <= ends[at]:
                yield needle, at, start - starts[at], end - starts[at]

    def _found(self, text: str) -> Iterable[tuple[int, int, int]]:
        """(needle, start, end) of each needle, overlapping ones included, in the order of the text.

        The automaton of all needles takes longer to build than a report to judge, so the first text, which is the only
        one of many runs, is searched for those that can occur in it: by their first two characters, one in ten.
        """
        if self._automaton is None and self._used:
            self._automaton = _automaton(self._searched)
        if self._automaton is not None:
            found: Iterable[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
            return found
        self._used = True
        pairs = {text[at : at + 2] for at in range(len(text))}.union(text)
        likely = [number for number, needle in enumerate(self._searched) if needle[:2] in pairs]
        few = _automaton([self._searched[number] for number in likely])
        return ((likely[at], start, end) for at, start, end in few.find_matches_as_indexes(text, overlapping=True))


def _automaton(needles: list[str]) -> Any:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(needles, store_patterns=False)


class _Regex:
    """A pattern of RE2, compiled when it is first needed; finding twice that it is not compiled does no harm.

    Setting a search up costs more than the search, so several passages are searched as one text, a line each, in which
    ``^`` and ``$`` stand for the ends of a line. That shows the same matches, unless one crosses the end of a line, or
    a passage has several lines and the pattern asks where it begins or ends: then each is searched by itself.
    """

    __slots__ = ("_asks", "_compiled", "_named", "owners", "text")

    def __init__(self, text: str) -> None:
        self.owners: list[tuple[int, str, str]] = []
        self.text = text
        self._asks: str | None = None
        self._compiled: dict[str, Any] = {}
        self._named = False

    def matches(self, spelling: _Spelling, passages: Sequence[int]) -> Iterable[Match]:
        """(passage, start, end, named groups) of each match in the passages, in characters."""
        if len(passages) > 1:
            together = self._together(spelling, passages)
            if together is not None:
                return together
        return chain.from_iterable(self._one(at, spelling.encoded(at)) for at in passages)

    def _together(self, spelling: _Spelling, passages: Sequence[int]) -> list[Match] | None:
        """The matches in the passages, searched as one text; ``None`` if those of each by itself may differ."""
        asks = self._asks if self._asks is not None else self._look()
        texts = [spelling.encoded(at) for at in passages]
        whole = b"\n".join(texts)
        if asks == "text" or (asks == "line" and whole.count(b"\n") >= len(texts)):
            return None
        found: dict[int, list[Any]] = {}
        starts: list[int] = []
        for match in self._search(whole, "(?m)" if asks else ""):
            starts = starts or [0, *accumulate(len(text) + 1 for text in texts)]
            first, last = match.span()
            if first < last:
                number = bisect_right(starts, first) - 1
                if last >= starts[number + 1]:
                    return None
                found.setdefault(number, []).append(match)
        return [
            each
            for number, matches in found.items()
            for each in self._located(passages[number], texts[number], matches, starts[number])
        ]

    def _look(self) -> str:
        """What the pattern asks for the ends of: a line, the whole text, or nothing."""
        self._asks = "text" if _ASKS_FOR_TEXT.search(self.text) else "line" if _ASKS_FOR_LINE.search(self.text) else ""
        return self._asks

    def _one(self, at: int, data: bytes) -> Iterator[Match]:
        return self._located(at, data, self._search(data), 0)

    def _located(self, at: int, data: bytes, matches: Iterable[Any], offset: int) -> Iterator[Match]:
        """The matches in a passage, which begins at ``offset`` of what was searched, with their places in characters.

        Bytes are searched because the library would map every offset of every text, matched or not.
        """
        done = characters = 0
        for match in matches:
            first, last = match.span()
            # An empty match shows nothing that could be pointed at.
            if first < last:
                first, last = first - offset, last - offset
                start = characters + len(data[done:first].decode())
                done, characters = last, start + len(data[first:last].decode())
                yield at, start, characters, _decoded(match.groupdict()) if self._named else _NO_GROUPS

    def _search(self, data: bytes, flags: str = "") -> Iterable[Any]:
        compiled = self._compiled.get(flags) or self._compile(flags)
        found: Iterable[Any] = compiled.finditer(data)
        return found

    def _compile(self, flags: str) -> Any:
        import re2

        options = re2.Options()
        options.log_errors = False
        compiled = re2.compile(flags + self.text, options)
        self._named = bool(compiled.groupindex)
        self._compiled[flags] = compiled
        return compiled


def _decoded(groups: Mapping[str, bytes | None]) -> Mapping[str, str | None]:
    return {name: None if value is None else value.decode() for name, value in groups.items()}


class _Spelling:
    """The passages of one scan in one spelling, and the way back to the text as it is written."""

    def __init__(self, passages: Sequence[Passage], spell: Callable[[str], str]) -> None:
        self._passages = passages
        self.texts = [spell(passage.text) for passage in passages]
        self.joined = "\n".join(self.texts)
        try:
            self.joined.encode()
        except UnicodeEncodeError:
            # JSON can hold lone halves of surrogate pairs; no matcher takes them.
            self.texts = [text.encode(errors="replace").decode() for text in self.texts]
            self.joined = "\n".join(self.texts)
        self.ends = [end - 1 for end in accumulate(len(text) + 1 for text in self.texts)]
        self.starts = [0, *(end + 1 for end in self.ends[:-1])]
        self._encoded: dict[int, bytes] = {}
        self._offsets: dict[int, list[int]] = {}

    def encoded(self, at: int) -> bytes:
        """A text as UTF-8."""
        data = self._encoded.get(at)
        if data is None:
            data = self._encoded[at] = self.texts[at].encode()
        return data

    def original(self, at: int, start: int, end: int) -> tuple[int, int]:
        """Where ``texts[at][start:end]`` stands in the passage. Folding may remove characters, but adds none."""
        text = self._passages[at].text
        if len(text) == len(self.texts[at]):
            return start, end
        if at not in self._offsets:
            self._offsets[at] = fold_offsets(text)
        offsets = self._offsets[at]
        return offsets[start], offsets[end - 1] + 1
