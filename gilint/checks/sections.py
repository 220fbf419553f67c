"""Sections: which stand in the report, in which order, under which titles, and what they speak of."""

from __future__ import annotations

from gilint.checks import check
from gilint.checks.scope import refuse_section, section_keys
from gilint.late import late
from gilint.model import NotAssessable, Problem, Slice
from gilint.numerals import to_chinese
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.form import Family, FormSection
    from gilint.model import Heading, Passage, Report, Section

SENTENCE = late(r"[^。\n]+")
SECTION_LIST = {"type": "array", "items": {"type": "string"}, "minItems": 1}


def known_sections(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Prepare step: every section that a rule names must stand in some form of the family."""
    keys = section_keys(family)
    for position, key in enumerate(options.get("sections", ())):
        if key not in keys:
            refuse_section(key, keys, ("sections", position))
    return options


def _known_aspects(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Prepare step: the section and its aspects must stand in some form of the family."""
    keys = section_keys(family)
    wanted = options["section"]
    if wanted not in keys:
        refuse_section(wanted, keys, ("section",))
    sections = [section for form in family.forms for section in form.sections if section.key == wanted]
    known = sorted({aspect.key for section in sections for aspect in section.aspects})
    for position, key in enumerate(options.get("aspects", ())):
        if key not in known:
            from gilint.errors import OptionError
            from gilint.suggest import unknown

            raise OptionError(("aspects", position), unknown("方面", "aspect", key, known))
    return options


def _chosen(report: Report, options: Mapping[str, Any]) -> list[FormSection]:
    wanted = options.get("sections")
    return [section for section in report.form.sections if wanted is None or section.key in wanted]


def numbered(section: FormSection) -> str:
    """The title with its number, as the form prints it."""
    return f"{to_chinese(section.number)}、{section.title}"


@check(
    "section",
    options={
        "question": {
            "enum": ["missing", "empty", "title", "extra", "obsolete", "short", "without-aspects"],
            "description": "missing: not there; empty: nothing under the title; title: not the prescribed wording; "
            "extra: a first-level heading that is no section; obsolete: a section of an older form; short: less text "
            "than 'least' characters; without-aspects: text that speaks of none of the section's aspects.",
        },
        "sections": {**SECTION_LIST, "description": "Keys of the sections that are judged; all when left out."},
        "least": {"type": "integer", "minimum": 1, "description": "For short: characters without white space."},
        "about": {
            **SECTION_LIST,
            "description": "For without-aspects: a sentence with one of these words speaks of the report itself.",
        },
    },
    required=("question",),
    values=("section", "title", "found", "expected", "length", "least"),
    prepare=known_sections,
)
def section(report: Report, options: Mapping[str, Any]) -> Iterable[Problem]:
    """Sections that are missing, empty, too short, or under another title."""
    return _QUESTIONS[options["question"]](report, options)


def _missing(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    for wanted in _chosen(report, options):
        if wanted.key not in report.sections:
            values = {"section": numbered(wanted), "title": wanted.title, "expected": numbered(wanted)}
            yield Problem(_before(report, wanted), values, key=wanted.key)


def _before(report: Report, wanted: FormSection) -> Any:
    """The place where a missing section should stand: behind the one before it, else the title."""
    earlier = [one for one in report.form.sections if one.number < wanted.number and one.key in report.sections]
    return _End(report.sections[earlier[-1].key], report, wanted) if earlier else report


class _End:
    """The end of a section, as the place of what should follow there."""

    def __init__(self, before: Section, report: Report, wanted: FormSection) -> None:
        last = before.passages[-1] if before.passages else before.heading.at.passage
        self.text = ""
        self.span = last.span(len(last.text), len(last.text))
        self.address = before.address.replace(trail=(numbered(wanted),), section=wanted.key)
        self.passage = last


def _empty(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    for wanted in _chosen(report, options):
        found = report.sections.get(wanted.key)
        has_table = any(table.section == wanted.key for table in report.form.tables)
        if found is None or found.tables or any(passage.role == "table" for passage in found.passages):
            continue
        # A section that consists of a table is missing its table, which is another question.
        if not has_table and not any(fold(passage.text) for passage in found.passages):
            yield Problem(found.heading, {"section": numbered(wanted), "title": wanted.title})


def _title(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    for wanted in _chosen(report, options):
        found = report.sections.get(wanted.key)
        if found is not None and not wanted.names.get(label_key(found.heading.title), False):
            at = _title_part(found.heading)
            values = {"section": numbered(wanted), "title": wanted.title}
            yield Problem(at, {**values, "found": found.heading.title, "expected": wanted.title})


def _title_part(heading: Heading) -> Slice:
    start = heading.at.passage.text.find(heading.title, heading.at.start)
    return Slice(heading.at.passage, start, start + len(heading.title)) if start >= 0 else heading.at


def _strangers(report: Report) -> Iterator[Heading]:
    """First-level headings that open no section of the form, up to where the numbers begin again."""
    opened = {id(found.heading) for found in report.sections.values()}
    highest = 0
    for heading in report.headings:
        if heading.level != 1:
            continue
        if heading.number == 1 and highest > 1:
            return
        highest = max(highest, heading.number)
        if id(heading) not in opened and not _is_aspect(report, heading) and not _is_repeated(report, heading):
            yield heading


def _is_repeated(report: Report, heading: Heading) -> bool:
    found = report.sections.get(heading.section or "")
    return found is not None and label_key(found.heading.title) == label_key(heading.title)


def _is_aspect(report: Report, heading: Heading) -> bool:
    key = label_key(heading.title)
    return any(key in aspect.headings for section in report.form.sections for aspect in section.aspects)


def _extra(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    obsolete = _obsolete_titles(report)
    for heading in _strangers(report):
        if label_key(heading.title) not in obsolete:
            yield Problem(heading.at, {"found": heading.title})


def _obsolete_titles(report: Report) -> frozenset[str]:
    return frozenset(map(label_key, report.form.family.obsolete_sections))


def _obsolete(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    obsolete = _obsolete_titles(report)
    headings = [heading for heading in report.headings if heading.level == 1]
    for heading in headings:
        if label_key(heading.title) in obsolete:
            yield Problem(heading.at, {"found": heading.title})
    # Without numbers a title is only a line of its own; behind the sign-off stand the annexes.
    numbered_report = any(heading.number for heading in headings)
    begun = False
    for passage in report.passages:
        begun = begun or passage.role in ("title", "heading")
        plain = passage.role == "outside" or (passage.role == "prose" and not numbered_report)
        if begun and plain and label_key(passage.text) in obsolete:
            at = _trimmed(passage)
            yield Problem(at, {"found": at.text})


def _trimmed(passage: Passage) -> Slice:
    body = passage.text.strip()
    start = passage.text.find(body)
    return Slice(passage, start, start + len(body))


def _short(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    for wanted in _chosen(report, options):
        found = report.sections.get(wanted.key)
        if found is None:
            continue
        length = sum(len(fold(passage.text)) for passage in found.passages)
        if 0 < length < options.get("least", 1):
            values = {"section": numbered(wanted), "title": wanted.title, "length": length, "least": options["least"]}
            first = found.passages[0]
            yield Problem(Slice(first, 0, len(first.text)), values)


def _without_aspects(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    """A section that holds the period, what is said of the report itself, and nothing else."""
    for wanted in _chosen(report, options):
        found = report.sections.get(wanted.key)
        if found is None or report.period is None or found.headings or not wanted.aspects:
            continue
        if any(passage is report.period.at.passage for passage in found.passages):
            sentences = [sentence for passage in found.passages for sentence in SENTENCE.findall(passage.text)]
            words = options.get("about", ())
            text = fold("".join(sentence for sentence in sentences if not _of_the_report(report, sentence, words)))
            if not any(word in text for aspect in wanted.aspects for word in aspect.words):
                yield Problem(found.heading, {"section": numbered(wanted), "title": wanted.title})


def _of_the_report(report: Report, sentence: str, words: Sequence[str]) -> bool:
    """Whether a sentence speaks of the report itself: it holds one of the words, or lists the parts."""
    text = label_key(sentence)
    listed = sum(any(len(name) > 4 and name in text for name in section.names) for section in report.form.sections)
    return listed > 2 or any(word in text for word in words)


_QUESTIONS = {
    "missing": _missing,
    "empty": _empty,
    "title": _title,
    "extra": _extra,
    "obsolete": _obsolete,
    "short": _short,
    "without-aspects": _without_aspects,
}


@check("order", values=("section", "title", "before", "found"))
def order(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    """Sections that stand in another order than the form's."""
    rank = {section.key: section.number for section in report.form.sections}
    names = {section.key: numbered(section) for section in report.form.sections}
    reached = ("", 0)
    for key, found in report.sections.items():
        if rank[key] < reached[1]:
            values = {"section": names[key], "title": found.heading.title, "before": names[reached[0]]}
            yield Problem(found.heading, {**values, "found": found.heading.title})
        else:
            reached = (key, rank[key])


@check(
    "aspects",
    options={
        "section": {"type": "string", "description": "Key of the section."},
        "aspects": {**SECTION_LIST, "description": "Keys of the aspects that are judged; all when left out."},
    },
    required=("section",),
    values=("section", "aspect", "words"),
    prepare=_known_aspects,
)
def aspects(report: Report, options: Mapping[str, Any]) -> Iterator[Problem | NotAssessable]:
    """Aspects that a section has to speak of and does not."""
    found = report.sections.get(options["section"])
    if found is None:
        yield NotAssessable({"zh": "该部分缺失", "en": "the section is missing"})
        return
    wanted = report.form.section(options["section"])
    text = fold("".join(passage.text for passage in found.passages) + "".join(h.title for h in found.headings))
    for aspect in wanted.aspects:
        if "aspects" in options and aspect.key not in options["aspects"]:
            continue
        if aspect.issuer_kinds and report.issuer_kind not in aspect.issuer_kinds:
            continue
        if not any(word in text for word in aspect.words):
            values = {"section": numbered(wanted), "aspect": aspect.title, "words": "、".join(aspect.words)}
            yield Problem(found.heading, values, key=aspect.key)
