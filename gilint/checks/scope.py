"""What the checks of wording have in common: where a hit counts, what excuses it, and how many make a finding.

Words are compared on folded text, so neither spaces nor full-width letters hide an excuse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from gilint.checks import Pattern
from gilint.late import late
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Passage, Report

ROLES = ("title", "preamble", "heading", "prose", "signoff", "outside")
DEFAULT_ROLES = ("preamble", "heading", "prose")
SENTENCE_ENDS = "。；！？;!?\n"
_SENTENCE_END = late(f"[{SENTENCE_ENDS}]")
NEIGHBOURHOOD = 500
"""Characters on each side of a hit that are looked at: a text without any mark must not cost its square."""
PAIRS = {
    "quotes": ("“”", "「」", "『』", "‘’", '""'),
    "titles": ("《》", "〈〉"),
    "brackets": ("（）", "()"),
}
SHIELD = "shield"

WORDS = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
SECTIONS = {"type": "array", "minItems": 1, "items": {"type": "string"}}

PATTERNS: dict[str, Any] = {
    "phrases": {**WORDS, "description": "Words to look for."},
    "patterns": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "format": "re2"},
        "description": "RE2 patterns to look for, paragraph by paragraph.",
    },
    "text": {
        "enum": ["folded", "raw"],
        "description": "folded, the default: spaces are ignored, full-width letters and digits are ASCII; "
        "raw: the text as it is written.",
    },
}
"""Options that say what to look for."""

CONTEXT: dict[str, Any] = {
    "where": {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "roles": {
                "type": "array",
                "minItems": 1,
                "items": {"enum": list(ROLES)},
                "description": "Kinds of paragraphs; preamble, heading and prose when left out.",
            },
            "sections": {**SECTIONS, "description": "Only in these sections."},
            "not_sections": {**SECTIONS, "description": "Everywhere but in these sections."},
        },
        "description": "Where a hit counts; in the whole text, without title and sign-off, when left out.",
    },
    "unless_part_of": {**WORDS, "description": "Longer words: a hit inside one of them does not count."},
    "unless_within": {
        "type": "array",
        "minItems": 1,
        "items": {"enum": list(PAIRS)},
        "description": "A hit inside quotation marks, title marks or brackets does not count.",
    },
    "unless_before": {**WORDS, "description": "A hit that stands right before one of these does not count."},
    "unless_after": {**WORDS, "description": "A hit that stands right behind one of these does not count."},
    "unless_near": {
        "type": "object",
        "additionalProperties": False,
        "required": ["words", "within"],
        "properties": {"words": WORDS, "within": {"type": "integer", "minimum": 1, "maximum": 100}},
        "description": "A hit with one of these words among the 'within' characters before it does not count.",
    },
    "sentence_has": {**WORDS, "description": "A hit counts only beside one of these in its sentence."},
    "unless_sentence_has": {**WORDS, "description": "A hit beside one of these in its sentence does not count."},
    "passage_has": {**WORDS, "description": "A hit counts only beside one of these in its paragraph."},
    "unless_passage_has": {**WORDS, "description": "A hit beside one of these in its paragraph does not count."},
}
"""Options that say which hits count."""

COUNTING: dict[str, Any] = {
    "per": {
        "enum": ["hit", "passage", "section", "report"],
        "description": "At most one finding in each of these; hit, or passage with 'at_least', when left out.",
    },
    "at_least": {"type": "integer", "minimum": 1, "description": "Hits that it takes in one of 'per'."},
    "in_characters": {
        "type": "integer",
        "minimum": 1,
        "description": "With 'at_least': so many hits must stand within this many characters of one paragraph.",
    },
}
"""Options that say how many hits make a finding."""


# --- what is searched ---------------------------------------------------------------------------------------------


def wanted(options: Mapping[str, Any], phrases: str = "phrases") -> list[Pattern]:
    """The patterns that a rule looks for, and the longer words that excuse a hit."""
    raw = options.get("text") == "raw"
    for option in ("unless_part_of",) if raw else (phrases, "unless_part_of"):
        refuse_blanks(enumerate(options.get(option, ())), option)
    return [
        *(Pattern(phrase, raw=raw) for phrase in options.get(phrases, ())),
        *(Pattern(pattern, regex=True, raw=raw) for pattern in options.get("patterns", ())),
        *(Pattern(word, tag=SHIELD) for word in options.get("unless_part_of", ())),
    ]


def refuse_blanks(words: Iterable[tuple[str | int, str]], option: str) -> None:
    """Raise :class:`~gilint.errors.OptionError` for a word, given with its key, that folding leaves nothing of."""
    for key, word in words:
        if not fold(word):
            from gilint.errors import OptionError

            message = "只有空白，无从查找；空白请用 text: raw 查找 (only white space; search for it with text: raw)"
            raise OptionError((option, key), message)


def known_sections(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Prepare step: every section that ``where`` names must stand in some form of the family."""
    keys = section_keys(family)
    for option in ("sections", "not_sections"):
        for position, key in enumerate(options.get("where", {}).get(option, ())):
            if key not in keys:
                refuse_section(key, keys, ("where", option, position))
    return options


def section_keys(family: Family) -> list[str]:
    return sorted({section.key for form in family.forms for section in form.sections})


def refuse_section(key: str, known: Sequence[str], path: tuple[str | int, ...]) -> None:
    from gilint.errors import OptionError
    from gilint.suggest import unknown

    raise OptionError(path, unknown("部分", "section", key, known))


# --- which hits count ---------------------------------------------------------------------------------------------


def relevant(options: Mapping[str, Any], hits: Sequence[Hit]) -> list[Hit]:
    """The hits that count: of overlapping ones the longest, where the rule looks, and not excused."""
    if not hits:
        return []
    shields: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        if hit.tag == SHIELD:
            shields.setdefault(hit.passage.index, []).append((hit.start, hit.end))
    passages: dict[int, list[Hit]] = {}
    for hit in longest([hit for hit in hits if hit.tag != SHIELD]):
        passages.setdefault(hit.passage.index, []).append(hit)
    return [
        hit
        for index, passage_hits in passages.items()
        for hit in _relevant(options, passage_hits[0].passage, passage_hits, shields.get(index, []))
    ]


def _relevant(
    options: Mapping[str, Any], passage: Passage, hits: Sequence[Hit], excused: list[tuple[int, int]]
) -> Iterator[Hit]:
    """Those of the hits in one passage that count; ``excused`` are the longer words that hold no hit."""
    if not in_place(options, passage) or not _spoken_of(options, passage):
        return
    for kind in options.get("unless_within", ()):
        excused += (span for pair in PAIRS[kind] for span in enclosures(passage.text, pair))
    cover = Cover(excused)
    excuses = [excuse for option, excuse in _EXCUSES.items() if option in options]
    for hit in hits:
        if not cover.holds(hit.start, hit.end) and not any(excuse(options, hit) for excuse in excuses):
            yield hit


def _spoken_of(options: Mapping[str, Any], passage: Passage) -> bool:
    """Whether the paragraph speaks of what the rule is about, and of nothing that excuses it."""
    if "passage_has" not in options and "unless_passage_has" not in options:
        return True
    folded = fold(passage.text)
    wanted = "passage_has" not in options or has(folded, options["passage_has"])
    return wanted and not ("unless_passage_has" in options and has(folded, options["unless_passage_has"]))


def in_place(options: Mapping[str, Any], passage: Passage) -> bool:
    """Whether ``where`` lets the rule look at a passage."""
    where = options.get("where")
    if where is None:
        return passage.role in DEFAULT_ROLES
    section = passage.address.section
    return (
        passage.role in where.get("roles", DEFAULT_ROLES)
        and ("sections" not in where or section in where["sections"])
        and section not in where.get("not_sections", ())
    )


def longest(hits: Sequence[Hit], *, ties: bool = False) -> list[Hit]:
    """The hits in their order without those that overlap a longer one, or an earlier one of the same length.

    With ``ties`` hits at the very same place all stay.
    """
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    places: dict[int, list[tuple[int, int]]] = {}
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        place = hit.start, hit.end
        taken = places.setdefault(hit.passage.index, [])
        at = bisect_left(taken, place)
        if at < len(taken) and taken[at] == place:
            if ties:
                kept.append(hit)
        elif not (at and taken[at - 1][1] > hit.start) and not (at < len(taken) and taken[at][0] < hit.end):
            taken.insert(at, place)
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.passage.index, hit.start))


class Cover:
    """Stretches of a text, to be asked whether one of them holds another stretch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch begins no later and ends no earlier."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


def enclosures(text: str, pair: str) -> Iterator[tuple[int, int]]:
    """What stands between an opening mark and its closing one; marks without partner enclose nothing."""
    opening, closing = pair[0], pair[1]
    # Most texts have none of the marks, and searching for them is much faster than looking at every character.
    if opening not in text or closing not in text:
        return
    open_marks: list[int] = []
    for at in [at for at, character in enumerate(text) if character in pair]:
        if text[at] == closing and open_marks:
            yield open_marks.pop() + 1, at
        elif text[at] == opening:
            open_marks.append(at)


def _before(options: Mapping[str, Any], hit: Hit) -> bool:
    following = hit.passage.text[hit.end : hit.end + NEIGHBOURHOOD]
    return fold(following).startswith(_folded(options["unless_before"]))


def _after(options: Mapping[str, Any], hit: Hit) -> bool:
    return fold(_preceding(hit)).endswith(_folded(options["unless_after"]))


def _near(options: Mapping[str, Any], hit: Hit) -> bool:
    near = options["unless_near"]
    return has(fold(_preceding(hit))[-near["within"] :], near["words"])


def _preceding(hit: Hit) -> str:
    return hit.passage.text[max(0, hit.start - NEIGHBOURHOOD) : hit.start]


_EXCUSES: dict[str, Callable[[Mapping[str, Any], Hit], bool]] = {
    "unless_before": _before,
    "unless_after": _after,
    "unless_near": _near,
    "sentence_has": lambda options, hit: not has(fold(sentence(hit)), options["sentence_has"]),
    "unless_sentence_has": lambda options, hit: has(fold(sentence(hit)), options["unless_sentence_has"]),
}


def has(folded: str, words: Iterable[str]) -> bool:
    """Whether a folded text holds one of the words."""
    return any(word in folded for word in _folded(words))


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return _all_folded(tuple(words))


@lru_cache(maxsize=512)
def _all_folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([fold(word) for word in words])


# --- how many make a finding --------------------------------------------------------------------------------------


def findings(options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[tuple[Hit, Sequence[Hit]]]:
    """The hits to report, each with the hits that it stands for."""
    least = options.get("at_least", 1)
    per = options.get("per", "passage" if least > 1 else "hit")
    units: dict[Any, list[Hit]] = {}
    if per == "hit":
        units = {number: [hit] for number, hit in enumerate(hits)}
    for hit in hits if per != "hit" else ():
        unit = hit.passage.index if per == "passage" else hit.passage.address.section if per == "section" else None
        units.setdefault(unit, []).append(hit)
    for unit_hits in units.values():
        first = _first_dense(unit_hits, least, options.get("in_characters"))
        if first is not None:
            yield first, unit_hits


def _first_dense(hits: Sequence[Hit], least: int, characters: int | None) -> Hit | None:
    for first, last in zip(hits, hits[least - 1 :], strict=False):
        near = first.passage is last.passage and last.end - first.start <= (characters or 0)
        if characters is None or near:
            return first
    return None


# --- words for messages -------------------------------------------------------------------------------------------


def sentence(hit: Hit) -> str:
    """The sentence that a hit stands in, without its final mark."""
    text, start, end = hit.passage.text, hit.start, hit.end
    first, last = max(0, start - NEIGHBOURHOOD), min(len(text), end + NEIGHBOURHOOD)
    before = text[first:start][::-1]
    mark, final = _SENTENCE_END.search(before), _SENTENCE_END.search(text, end, last)
    start = start - mark.start() if mark else first
    return text[start : final.start() if final else last].strip()


def section_title(report: Report, passage: Passage) -> str:
    """The title of the section that a passage stands in; outside of sections the nearest name that there is."""
    section = report.sections.get(passage.address.section or "")
    if section is not None:
        return section.heading.title
    return passage.address.trail[-1] if passage.address.trail else ""
