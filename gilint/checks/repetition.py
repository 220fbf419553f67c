"""What a report says again: passages and sentences of its sections that stand in last year's report as well.

Headings, titles of documents and tables are not compared, nor what a rule names as said in every report. Marks, spaces
and the number of a year make no difference; any other figure does, because a new figure is news.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from gilint.checks import check
from gilint.checks.lastyear import obstacle
from gilint.checks.scope import (
    PAIRS,
    SECTIONS,
    SENTENCE_ENDS,
    WORDS,
    enclosures,
    refuse_blanks,
    refuse_section,
    section_keys,
)
from gilint.late import late
from gilint.likeness import most_alike, stretches
from gilint.model import Echo, NotAssessable, Problem, Slice
from gilint.record import Record
from gilint.text import FOLDING, WIDE, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Family
    from gilint.likeness import Stretch
    from gilint.model import Passage, Report, Section

GAP, END = "\x00", "\x01"
"""What is not compared, and the end of a paragraph; last year's are others, so that no stretch runs across."""
LAST_YEARS = str.maketrans(GAP + END, "\x02\x03")
SHOWN = 5
RUN = 13
"""Characters that are no coincidence, in the custom of Chinese duplicate checks."""
LEAST = {"section": 60, "sentence": 8}

WORD_LISTS = ("boilerplate", "sentence_has", "unless_sentence_has")
_NARROW = {code: to for code, to in FOLDING.items() if to is not None}
_SENTENCE = late(f"[^{SENTENCE_ENDS}]+")
_STATEMENT = late(f"[^{SENTENCE_ENDS}：:]+")
"""A sentence, or one of those that a colon announces."""
_YEAR = late("(?<![0-9])[0-9]{4}(?=[ \u3000]*年)")
_UNSPOKEN = late(r"[\W_]+")
"""What :meth:`str.isalnum` is false for: marks and spaces."""
_MARKS = late(r"(?:[^\w\0]|_)+")
_WIDENED = late(f"[{WIDE}]")
_COUNTED = late(
    r"(?:第?[一二三四五六七八九十]+(?:是|、)|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.．、）)]|[①-⑳]|\s)*"
)


def prepare_words(options: Mapping[str, Any], family: Family) -> dict[str, Any]:
    """Words as they are compared, boilerplate with the longest first. Raises :class:`~gilint.errors.OptionError`."""
    keys = section_keys(family)
    for position, key in enumerate(options.get("sections", ())):
        if key not in keys:
            refuse_section(key, keys, ("sections", position))
    words = {option: [fold(word) for word in options[option]] for option in WORD_LISTS if option in options}
    for option in words:
        refuse_blanks(enumerate(options[option]), option)
    fixed = sorted(filter(None, map(_key, words.get("boilerplate", ()))), key=len, reverse=True)
    return {**options, **words, "boilerplate": fixed}


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    return {**prepare_words(options, family), "previous": True}


OPTIONS: dict[str, Any] = {
    "sections": {**SECTIONS, "description": "Keys of the sections that are compared; all when left out."},
    "boilerplate": {**WORDS, "description": "Words that are said in every report; they are not compared."},
    "sentence_has": {**WORDS, "description": "Only sentences with one of these words are compared."},
    "unless_sentence_has": {**WORDS, "description": "Sentences with one of these words are not compared."},
}


@check(
    "similar",
    options={
        "sections": OPTIONS["sections"],
        "unit": {
            "enum": ["section", "sentence"],
            "default": "section",
            "description": "section: how much of a section stands word for word in last year's; sentence: sentences "
            "that are almost those of last year's.",
        },
        "above": {
            "type": "integer",
            "minimum": 0,
            "maximum": 99,
            "description": "Percent above which it is a finding: of the characters of a section, or of likeness.",
        },
        "run": {
            "type": "integer",
            "minimum": 4,
            "default": RUN,
            "description": "For a section: characters in a row that count as said again.",
        },
        "least": {
            "type": "integer",
            "minimum": 1,
            "description": "Characters below which a section (60 when left out) or sentence (8) is not judged.",
        },
        **{option: OPTIONS[option] for option in WORD_LISTS},
    },
    required=("above",),
    values=("section", "share", "above", "count", "repeated", "length", "found", "last"),
    prepare=_prepare,
)
def similar(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """Sections or sentences that stand in last year's report as well."""
    reason = obstacle(report)
    if reason is not None:
        yield reason
        return
    assert report.previous is not None
    wanted = options.get("sections", tuple(report.sections))
    judge = _again if options.get("unit") == "sentence" else _copied
    for key in filter(report.sections.__contains__, wanted):
        section, last = report.sections[key], report.previous.sections.get(key)
        if last is None:
            title = report.form.section(key).title
            zh, en = f"上年报告没有“{title}”部分", f"last year's report has no section “{title}”"
            yield NotAssessable({"zh": zh, "en": en})
        else:
            yield from judge(report, section, last, options)


# --- how much of a section --------------------------------------------------------------------------------------------


class Copy(Record):
    """What two texts share: of ``length`` characters of the one, those in the stretches ``found`` stand in the other.

    What is not compared is never repeated, but it belongs to the length: it was written as well.
    """

    this: Text
    other: Text
    found: tuple[Stretch, ...]

    @property
    def length(self) -> int:
        return self.this.length

    @property
    def repeated(self) -> int:
        return sum(stretch.length for stretch in self.found)

    @property
    def share(self) -> float:
        """Percent of the characters that are repeated."""
        return 100 * self.repeated / self.length if self.length else 0.0

    @property
    def pairs(self) -> tuple[tuple[Slice, Slice], ...]:
        """Where the longest stretches stand in both texts, the longest first; of many only the first are shown."""
        longest = sorted(self.found, key=lambda stretch: -stretch.length)[:SHOWN]
        return tuple(
            [(self.this.slice(one.start, one.length), self.other.slice(one.other, one.length)) for one in longest]
        )


def common(this: Text, other: Text, options: Mapping[str, Any]) -> Copy:
    """How much of a text stands in another one."""
    return Copy(this, other, stretches(this.text, other.text.translate(LAST_YEARS), options.get("run", RUN)))


def _copied(report: Report, section: Section, last: Section, options: Mapping[str, Any]) -> Iterator[Problem]:
    copy = common(text_of(section, options), text_of(last, options), options)
    if copy.length < options.get("least", LEAST["section"]) or copy.share <= options["above"]:
        return
    pairs = copy.pairs
    values = {
        **_values(report, section, options, copy.share),
        "count": len(copy.found),
        "repeated": copy.repeated,
        "length": copy.length,
        "found": pairs[0][0].text,
        "last": pairs[0][1].text,
    }
    yield Problem(section, values, _echoes(report, pairs))


def _values(report: Report, section: Section, options: Mapping[str, Any], share: float) -> dict[str, Any]:
    title = report.form.section(section.key).title
    return {"section": title, "share": share_of(share), "above": options["above"]}


def share_of(percent: float) -> str:
    """A share as it is shown, to a tenth of a percent."""
    return f"{percent:.1f}".removesuffix(".0")


def _echoes(report: Report, pairs: Sequence[tuple[Slice, Slice]]) -> tuple[Echo, ...]:
    """The first of these pairs, in the order of the report."""
    assert report.previous is not None
    name = report.previous.source.name
    shown = sorted(pairs[:SHOWN], key=lambda pair: (pair[0].passage.index, pair[0].start))
    return tuple([Echo(at, last, name) for at, last in shown])


# --- which sentences --------------------------------------------------------------------------------------------------


def _again(report: Report, section: Section, last: Section, options: Mapping[str, Any]) -> Iterator[Problem]:
    """One problem for all sentences of a section that are said again, at the first of them."""
    own, others = dict(_sentences(section, options)), dict(_sentences(last, options))
    slices, last_slices = list(own), list(others)
    found = [
        (slices[number], last_slices[other], alike)
        for number, other, alike in most_alike(list(own.values()), list(others.values()), options["above"] / 100)
        if alike * 100 > options["above"]
    ]
    if found:
        at, before, alike = found[0]
        values = {
            **_values(report, section, options, alike * 100),
            "count": len(found),
            "repeated": len(found),
            "length": len(own),
            "found": at.text,
            "last": before.text,
        }
        yield Problem(at, values, _echoes(report, [(one, other) for one, other, _ in found]))


def _sentences(section: Section, options: Mapping[str, Any]) -> Iterator[tuple[Slice, str]]:
    """The sentences of a section, those that are headings among them, with what of them is compared."""
    headings = [heading.at for heading in section.headings if heading.at.passage.role == "heading"]
    places = [*(Slice(passage, 0, len(passage.text)) for passage in _prose(section)), *headings]
    for place in sorted(places, key=lambda place: place.passage.index):
        for match in _STATEMENT.finditer(place.text):
            counted = _COUNTED.match(match[0])
            start = place.start + match.start() + (counted.end() if counted else 0)
            sentence = Slice(place.passage, start, place.start + match.end())
            text = _key(_plain(sentence.text)) if _counts(sentence.text, options) else ""
            for phrase in options["boilerplate"]:
                text = text.replace(phrase, "")
            if len(text) >= options.get("least", LEAST["sentence"]):
                yield sentence, text


# --- what is compared -------------------------------------------------------------------------------------------------


class Text(Record):
    """The characters of passages that are compared, one after another, and where they stand.

    ``starts`` says where each passage begins in ``text``; ``masked`` is its text, as long as it was, with gaps.
    ``length`` counts all characters outside of headings, compared or not; marks and spaces are none.
    """

    text: str
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    masked: tuple[str, ...]
    length: int

    def slice(self, start: int, length: int) -> Slice:
        """The place of a stretch, which lies within one passage."""
        number = bisect_right(self.starts, start) - 1
        first = start - self.starts[number]
        masked = self.masked[number]
        return Slice(self.passages[number], _offset(masked, first), _offset(masked, first + length - 1) + 1)


def text_of(section: Section, options: Mapping[str, Any]) -> Text:
    """The text of a section as it is compared."""
    headings = {heading.at.passage.index: (heading.at.start, heading.at.end) for heading in section.headings}
    passages = _prose(section)
    texts, masked, length = [], [], 0
    for passage in passages:
        start, end = headings.get(passage.index, (0, 0))
        length += len(_key(passage.text[:start] + passage.text[end:]))
        masked.append(_masked(passage.text, (start, end), options))
        text = _MARKS.sub("", masked[-1])
        for phrase in options["boilerplate"]:
            text = text.replace(phrase, GAP * len(phrase))
        texts.append(text + END)
    starts = tuple(accumulate(map(len, texts[:-1]), initial=0))
    return Text("".join(texts), tuple(passages), starts, tuple(masked), length)


def _offset(masked: str, number: int) -> int:
    """Where the compared character of a number stands in a text."""
    at = number
    for marks in _MARKS.finditer(masked):
        start, end = marks.span()
        if start > at:
            break
        at += end - start
    return at


def _prose(section: Section) -> list[Passage]:
    return [passage for passage in section.passages if passage.role == "prose"]


def _masked(text: str, heading: tuple[int, int], options: Mapping[str, Any]) -> str:
    """A text of the same length with gaps for what is not compared."""
    masked = plain = _plain(text)
    gaps = [span for pair in PAIRS["titles"] for span in enclosures(plain, pair)]
    # Looking for the words in the whole text is much faster than in each sentence.
    if not _counts(plain, options) or "sentence_has" in options:
        gaps += (match.span() for match in _SENTENCE.finditer(plain) if not _counts(match[0], options))
    for start, end in (*gaps, heading):
        masked = masked[:start] + GAP * (end - start) + masked[end:]
    return masked


def _plain(text: str) -> str:
    """A text of the same length with narrow digits, and the same letters for any year."""
    return _YEAR.sub("YYYY", text.translate(_NARROW) if _WIDENED.search(text) else text)


def _key(text: str) -> str:
    return _UNSPOKEN.sub("", text)


def _counts(sentence: str, options: Mapping[str, Any]) -> bool:
    """Whether the words of a sentence let it be compared."""
    folded = fold(sentence)
    wanted = "sentence_has" not in options or any(word in folded for word in options["sentence_has"])
    return wanted and not any(word in folded for word in options.get("unless_sentence_has", ()))
