"""The least that judging a text by these rules takes: read it, search all literals, run the patterns in reach."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick

from gilint import Linter
from gilint.patterns import required_literals

PHRASES, PATTERNS = "phrases", "patterns"


class Floor:
    """The literals and patterns of a linter's rules over one text, without a report, a place or a finding."""

    def __init__(self, linter: Linter, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes()
        family = linter.read(self.data, path.name).form.family.pack
        options = [rule.options for rule in linter.rules if rule.family == family]
        phrases = set(strings(options, PHRASES))
        needed = {pattern: required_literals(pattern) for pattern in sorted(set(strings(options, PATTERNS)))}
        literals = sorted(phrases.union(*needed.values()))
        self._text = self.data.decode()
        self._automaton = AhoCorasick(literals)
        # A pattern none of whose literals occurs cannot match.
        reach = [pattern for pattern, own in needed.items() if not own or any(literal in self._text for literal in own)]
        self._patterns = [re2.compile(pattern) for pattern in reach]
        self.description = (
            f"The floor: the bytes of the file; {len(literals):,} phrases and literals of patterns in one pass; "
            f"{len(reach)} of {len(needed)} patterns, those of which a literal occurs, each over the whole text."
        )

    def tasks(self) -> Mapping[str, Callable[[], object]]:
        """What the floor consists of, by name."""
        encoded = self._text.encode()
        return {
            "read the file, decode": lambda: self.path.read_bytes().decode(),
            "all literals, Aho-Corasick": lambda: self._automaton.find_matches_as_indexes(self._text, overlapping=True),
            "patterns in reach, RE2": lambda: [sum(1 for _ in one.finditer(encoded)) for one in self._patterns],
        }


def strings(value: Any, key: str) -> Iterator[str]:
    """All strings in the lists that stand under a key, at any depth of options."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == key and isinstance(inner, Sequence) and not isinstance(inner, str):
                yield from (one for one in inner if isinstance(one, str))
            yield from strings(inner, key)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from strings(inner, key)
