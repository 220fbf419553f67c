"""Who speaks, and whether the text agrees with itself about it: names, aliases, the list of parts."""

from __future__ import annotations

import re

from gilint.checks import Pattern, check
from gilint.checks.sections import numbered
from gilint.model import NotAssessable, Problem, Slice
from gilint.numerals import chinese_number
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Passage, Report

ALIAS = re.compile(r"以下(?:统称|简称)(?:为|：|:)?[“\"]?(《[^》]{1,30}》|[^）)，。；”\"]{1,30})")
SENTENCE = re.compile(r"[^。；;]+")
COUNT_WORD = re.compile(r"([一二三四五六七八九十]|\d{1,2})\s*(?:个|大)?\s*(?:部分|方面)")
ENOUGH_TITLES = 3


def _words(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    return [Pattern(word, tag="word") for word in options.get("words", {})]


@check(
    "consistent",
    options={
        "question": {
            "enum": ["title", "issuer", "self-reference", "other-organs", "alias"],
            "description": "title: the title lacks year or issuer; issuer: the sign-off names another issuer than the "
            "title; self-reference: a word of 'words' that issuers of another kind call themselves; other-organs: a "
            "name from the fact 'other_organs' in the text; alias: a short name defined twice or never used.",
        },
        "words": {
            "type": "object",
            "description": "For self-reference: word → the issuer kinds that may use it.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    required=("question",),
    values=("found", "expected", "issuer", "missing", "missing_en", "count"),
    patterns=_words,
)
def consistent(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterable[Problem | NotAssessable]:
    """Names and short names that do not agree within the report."""
    question = options["question"]
    if question == "self-reference":
        return _self_reference(report, options["words"], hits)
    return _QUESTIONS[question](report)


def _title(report: Report) -> Iterator[Problem]:
    if report.title is None:
        yield Problem(report, {"missing": "标题", "missing_en": "the title", "found": "", "issuer": ""})
        return
    text = report.title.text
    lacks = []
    if not re.search(r"20\d{2}|二[〇○零]", fold(text)):
        lacks.append(("年度", "the year"))
    if not report.issuer or report.issuer not in fold(text):
        lacks.append(("机关名称", "the issuer"))
    if lacks:
        zh, en = "、".join(zh for zh, _en in lacks), " and ".join(en for _zh, en in lacks)
        yield Problem(report.title, {"missing": zh, "missing_en": en, "found": text, "issuer": report.issuer or ""})


def _issuer(report: Report) -> Iterator[Problem | NotAssessable]:
    signed = report.signoff.issuer
    if signed is None or report.title is None or not report.issuer:
        yield NotAssessable({"zh": "标题或落款没有机关名称", "en": "title or sign-off names no issuer"})
        return
    own, other = fold(report.issuer), fold(signed.text)
    # A name may be given in full in one place and without its province or city in the other.
    if not own.endswith(other) and not other.endswith(own) and not _names_both(own, other):
        yield Problem(signed, {"found": signed.text.strip(), "expected": report.issuer, "issuer": report.issuer})


def _names_both(own: str, other: str) -> bool:
    """Whether one name only adds its kind to the other: a town and its government."""
    short, long = sorted((own, other), key=len)
    return short in long and len(short) >= 3 and len(long) - len(short) <= 6


def _self_reference(
    report: Report, words: Mapping[str, Sequence[str]], hits: Sequence[Hit]
) -> Iterator[Problem | NotAssessable]:
    if report.issuer_kind is None:
        yield NotAssessable({"zh": "机关类别不明", "en": "the kind of issuer is not known"})
        return
    for hit in hits:
        word = fold(hit.passage.text[hit.start : hit.end])
        if hit.passage.role in ("prose", "preamble") and report.issuer_kind not in words.get(word, ()):
            at = Slice(hit.passage, hit.start, hit.end)
            yield Problem(at, {"found": word, "issuer": report.issuer or "", "expected": ""})


def _other_organs(report: Report) -> Iterator[Problem]:
    for name in report.facts.get("other_organs", ()):
        for passage in report.passages:
            start = passage.text.find(name)
            if start >= 0 and passage.role in ("title", "preamble", "prose", "heading", "signoff"):
                at = Slice(passage, start, start + len(name))
                yield Problem(at, {"found": name, "issuer": report.issuer or "", "expected": report.issuer or ""})


def _alias(report: Report) -> Iterator[Problem]:
    """Short names that are introduced twice or never used again."""
    texts = [passage for passage in report.passages if passage.role in ("preamble", "prose")]
    defined: dict[str, Slice] = {}
    for passage in texts:
        if "以下" not in passage.text:
            continue
        for match in ALIAS.finditer(passage.text):
            name = match[1].strip("“”\"' ")
            at = Slice(passage, match.start(1), match.end(1))
            uses = sum(_uses(other.text, name) for other in texts)
            if name in defined:
                values = {"found": name, "count": uses, "missing": "重复定义", "missing_en": "defined twice"}
                yield Problem(at, values, related=(defined[name],))
            elif uses < 2:
                values = {"found": name, "count": uses - 1, "missing": "定义后没有使用", "missing_en": "never used"}
                yield Problem(at, values)
            defined.setdefault(name, at)


def _uses(text: str, name: str) -> int:
    return fold(text).count(fold(name))


_QUESTIONS = {"title": _title, "issuer": _issuer, "other-organs": _other_organs, "alias": _alias}


@check("listing", values=("missing", "found", "count", "stated"))
def listing(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    """A preamble that lists the parts: all sections named, and as many as it says."""
    for passage in report.passages:
        if passage.role != "preamble":
            continue
        for sentence in SENTENCE.finditer(passage.text):
            yield from _judge_listing(report, passage, sentence.start(), sentence.end())


def _judge_listing(report: Report, passage: Passage, start: int, end: int) -> Iterator[Problem]:
    text = fold(passage.text[start:end])
    key = label_key(text)
    named, rest = [], key
    for section in report.form.sections:
        name = next((name for name in sorted(section.names, key=len, reverse=True) if name in rest), None)
        if name is not None:
            named.append(section)
            rest = rest.replace(name, "", 1)
    if len(named) < ENOUGH_TITLES:
        return
    at = Slice(passage, *_trimmed(passage.text, start, end))
    left_out = [numbered(section) for section in report.form.sections if section not in named]
    match = COUNT_WORD.search(text)
    stated = (int(match[1]) if match[1].isdigit() else chinese_number(match[1]) or 0) if match else 0
    found = len(named) + _others(rest)
    if left_out or (stated and stated != found):
        values = {"missing": "、".join(left_out) or "无", "found": found, "count": len(report.form.sections)}
        yield Problem(at, {**values, "stated": stated or "未写明"})


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _others(rest: str) -> int:
    """Listed items that are no section of the form: what is left between 、 and still ends like a title."""
    return sum(1 for item in re.split(r"[、，：]", rest) if 4 <= len(item) <= 20 and item.endswith(("情况", "事项", "问题", "措施")))


