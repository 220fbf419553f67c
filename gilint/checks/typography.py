"""Typography that patterns cannot express: marks that need a partner, paragraphs without an end, words said twice."""

from __future__ import annotations

from gilint.checks import check
from gilint.checks.scope import CONTEXT, WORDS, Cover, in_place, known_sections, section_title
from gilint.late import late
from gilint.model import Edit, NotAssessable, Problem, Slice

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.model import Passage, Report

LEAST = 15
"""Characters that make a paragraph rather than a caption."""
LONG = 20
"""Characters that make a paragraph even without any mark, where it cannot head anything."""
MOST_OPEN = 1 / 3
"""Share of paragraphs without a final mark above which the lines of the source, not the author, break them off."""

# Half-width and full-width brackets close each other here: mixing them is the business of another rule.
_CLOSING = {"》": "《", "”": "“", "’": "‘", "）": "（", "】": "【", "」": "「", "』": "『", "〉": "〈", "〕": "〔"}
_PARTNERS = {**_CLOSING, **{opening: closing for closing, opening in _CLOSING.items()}}
_WIDE = str.maketrans("()", "（）")
_NARROW = str.maketrans("（）", "()")
# A list number has no opening bracket: 1）, 一), a）.
_LIST_NUMBER = late(r"(?:^|[。；：，、;:,\s])[0-9A-Za-z一二三四五六七八九十]{1,2}$")
# Behind a Latin letter it is an apostrophe.
_MARKS = late("[" + "".join(_PARTNERS).replace("’", "") + "]|(?<![0-9A-Za-z])’")

_PAIR = late("|".join(opening + closing for closing, opening in _CLOSING.items()))

_FINAL = frozenset("。！？…；：.!?;:）)》”’」』】〉〕")
_INNER = late(r"[，。；]")
_LABELLED = late(r"^[^，。；]{1,8}[：:]")
_LIST_ITEM = late(r"\s*(?:[0-9]{1,2}[.．、）)]|[（(]|[一二三四五六七八九十]+[、是]|[①-⑳●•·—-])")

# Of single characters only 的 is safe: 了了解, 和和谐, 在在线 are right.
_DOUBLED = late(r"([\u4e00-\u9fff]{2,8})\1|的的(?![确士])")
_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")


@check(
    "typography",
    options={
        "question": {
            "enum": ["balance", "final-mark", "doubled-word"],
            "description": "balance: a bracket, title mark or quotation mark without its partner in the paragraph; "
            "final-mark: a paragraph that does not end with a mark; doubled-word: a word said twice in a row.",
        },
        "where": CONTEXT["where"],
        "except": {**WORDS, "description": "For doubled-word: text in which a repetition is right."},
    },
    required=("question",),
    values=("found", "wanted", "section"),
    prepare=known_sections,
    fixes=lambda options: options["question"] in ("final-mark", "doubled-word"),
)
def typography(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotAssessable]:
    """Marks without partner, paragraphs without a final mark, words said twice."""
    return _QUESTIONS[options["question"]](report, options)


def _passages(report: Report, options: Mapping[str, Any]) -> list[Passage]:
    return [passage for passage in report.passages if in_place(options, passage)]


def _problem(report: Report, at: Slice, found: str, wanted: str, *edits: Edit) -> Problem:
    return Problem(at, {"found": found, "wanted": wanted, "section": section_title(report, at.passage)}, edits=edits)


# --- balance ------------------------------------------------------------------------------------------------------


def _balance(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    for passage in _passages(report, options):
        at = _lonely_mark(passage.text)
        if at is not None:
            mark = passage.text[at]
            partner = _PARTNERS[mark.translate(_WIDE)]
            yield _problem(
                report, Slice(passage, at, at + 1), mark, partner.translate(_NARROW) if mark in "()" else partner
            )


def _lonely_mark(text: str) -> int | None:
    """Where the first mark without partner stands. One is enough: it makes the marks behind it look wrong, too."""
    wide = text.translate(_WIDE) if "(" in text or ")" in text else text
    if _is_balanced("".join(_MARKS.findall(wide))):
        return None
    open_marks: list[int] = []
    for match in _MARKS.finditer(wide):
        mark, at = match[0], match.start()
        if mark not in _CLOSING:
            open_marks.append(at)
        elif open_marks and wide[open_marks[-1]] == _CLOSING[mark]:
            open_marks.pop()
        elif mark != "）" or not _LIST_NUMBER.search(wide[max(0, at - 3) : at]):
            # Of two marks that cross, the inner opening one lacks its partner if an outer one fits.
            fits = any(wide[other] == _CLOSING[mark] for other in open_marks)
            return open_marks[-1] if fits else at
    return open_marks[0] if open_marks else None


def _is_balanced(marks: str) -> bool:
    """Whether marks stand in pairs, which is all that there is to say of most texts."""
    before = -1
    while marks and len(marks) != before:
        before, marks = len(marks), _PAIR.sub("", marks)
    return not marks


# --- final mark ---------------------------------------------------------------------------------------------------


def _final_mark(report: Report, options: Mapping[str, Any]) -> Iterator[Problem | NotAssessable]:
    following = {first.index: second for first, second in zip(report.passages, report.passages[1:], strict=False)}
    tabular = {table.section for table in report.form.tables}
    prose = [
        passage
        for passage in _passages(report, options)
        if passage.role == "prose" and _is_prose(passage, following.get(passage.index), tabular)
    ]
    broken_off = [passage for passage in prose if passage.text.rstrip()[-1] not in _FINAL]
    if len(broken_off) > 2 and len(broken_off) > len(prose) * MOST_OPEN:
        zh = "多数段落在行末断开，无法判断段末标点"
        yield NotAssessable({"zh": zh, "en": "most paragraphs are broken off at line ends, so their ends are unknown"})
        return
    for passage in broken_off:
        text = passage.text.rstrip()
        if not _introduces(text, following.get(passage.index)):
            edit = Edit(Slice(passage, len(text), len(text)), "。")
            yield _problem(report, Slice(passage, len(text) - 1, len(text)), text[-1], "。", edit)


def _is_prose(passage: Passage, following: Passage | None, tabular: Collection[str]) -> bool:
    """Whether a paragraph is made of sentences, rather than a caption, a label with its content, or an address."""
    bare = "".join(passage.text.split())
    if len(bare) < LEAST or _LABELLED.match(bare) or bare[-1].isascii():
        return False
    return _INNER.search(bare) is not None or (len(bare) >= LONG and _ends_section(passage, following, tabular))


def _ends_section(passage: Passage, following: Passage | None, tabular: Collection[str]) -> bool:
    """Whether a section ends here without a table, so that the paragraph heads nothing."""
    section = passage.address.section
    return (
        following is not None and following.role == "heading" and section not in (*tabular, following.address.section)
    )


def _introduces(text: str, following: Passage | None) -> bool:
    """Whether a list follows that the paragraph may introduce."""
    item = _LIST_ITEM.match(following.text) if following is not None and following.role == "prose" else None
    return item is not None and not _is_sibling(text, item[0][-1])


def _is_sibling(text: str, mark: str) -> bool:
    """Whether the paragraph is itself an item with that mark, made of several sentences: the next one is its equal."""
    own = _LIST_ITEM.match(text)
    return own is not None and own[0][-1] == mark and "。" in text


# --- doubled words ------------------------------------------------------------------------------------------------


def _doubled_word(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    exceptions: Sequence[str] = options.get("except", ())
    for passage in _passages(report, options):
        for match in _DOUBLED.finditer(passage.text):
            word = match[1] or "的"
            idiom = word[0] == "一" or set(word) <= _NUMERALS  # 一件一件, 二零二零
            if not idiom and not _is_excepted(passage.text, match, exceptions):
                edit = Edit(Slice(passage, match.start() + len(word), match.end()), "")
                yield _problem(report, Slice(passage, *match.span()), match[0], word, edit)


def _is_excepted(text: str, match: re.Match[str], exceptions: Sequence[str]) -> bool:
    spans = [(at, at + len(word)) for word in exceptions for at in _occurrences(text, word)]
    return Cover(spans).holds(*match.span())


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


_QUESTIONS = {"balance": _balance, "final-mark": _final_mark, "doubled-word": _doubled_word}
