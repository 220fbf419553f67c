"""Wording: what must not be said, what must be said, and what is said with the wrong word."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.mending import EDITS, mended
from gilint.checks.scope import (
    CONTEXT,
    COUNTING,
    PATTERNS,
    SHIELD,
    WORDS,
    findings,
    in_place,
    known_sections,
    refuse_blanks,
    refuse_section,
    relevant,
    section_keys,
    section_title,
    sentence,
    wanted,
)
from gilint.model import Edit, Problem, Slice
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Heading, Report

PLACES = ("title", "preamble", "report")


def slice_of(hit: Hit) -> Slice:
    return Slice(hit.passage, hit.start, hit.end)


# --- banned -------------------------------------------------------------------------------------------------------


@check(
    "text-banned",
    options={**PATTERNS, **CONTEXT, **COUNTING, **EDITS},
    values=("found", "count", "section", "sentence"),
    patterns=lambda options, family: wanted(options),
    prepare=known_sections,
    only_hits=True,
    fixes=lambda options: "edits" in options,
)
def text_banned(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Words or patterns that must not stand in the text."""
    for hit, unit in findings(options, relevant(options, hits)):
        values = {
            "found": hit.text,
            "count": len(unit),
            "section": section_title(report, hit.passage),
            "sentence": sentence(hit),
        }
        yield Problem(slice_of(hit), values, edits=mended(options, unit))


# --- required -----------------------------------------------------------------------------------------------------


def _known_place(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    keys = [*section_keys(family), *PLACES]
    if options["place"] not in keys:
        refuse_section(options["place"], keys, ("place",))
    if "aspect" in options:
        _refuse_unknown_aspect(options, family)
    return known_sections(options, family)


def _refuse_unknown_aspect(options: Mapping[str, Any], family: Family) -> None:
    from gilint.errors import OptionError
    from gilint.suggest import unknown

    sections = [section for form in family.forms for section in form.sections if section.key == options["place"]]
    known = sorted({aspect.key for section in sections for aspect in section.aspects})
    if options["aspect"] not in known:
        raise OptionError(("aspect",), unknown("方面", "aspect", options["aspect"], known))


@check(
    "text-required",
    options={
        "any": {**WORDS, "description": "Words of which one must be there."},
        "patterns": {**PATTERNS["patterns"], "description": "RE2 patterns of which one may be there instead."},
        "text": PATTERNS["text"],
        "place": {
            "type": "string",
            "description": "What must say it, and where the finding stands: the key of a section (none if the report "
            "has no such section), title, preamble or report.",
        },
        "aspect": {
            "type": "string",
            "description": "Key of an aspect of the section: the finding stands at its heading, where it has one.",
        },
        **CONTEXT,
        "where": {**CONTEXT["where"], "description": "Where to look, if not just in 'place'."},
    },
    required=("place",),
    values=("section", "wanted"),
    patterns=lambda options, family: wanted(options, "any"),
    prepare=_known_place,
)
def text_required(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Words of which one must stand in the title, the preamble, a section or the report."""
    place = options["place"]
    at = _element(report, place)
    if at is None or relevant({**options, "where": options.get("where") or _inside(place)}, hits):
        return
    title = report.sections[place].heading.title if place in report.sections else ""
    at = _aspect_heading(report, place, options["aspect"]) or at if "aspect" in options else at
    yield Problem(at, {"section": title, "wanted": "、".join(options.get("any", ()))})


def _inside(place: str) -> Mapping[str, Any]:
    """Where to look for what ``place`` must say."""
    if place in ("title", "preamble"):
        return {"roles": (place,)}
    return {} if place == "report" else {"sections": (place,)}


def _aspect_heading(report: Report, place: str, key: str) -> Heading | None:
    """The heading below a section that opens one of its aspects."""
    aspects = (aspect for aspect in report.form.section(place).aspects if aspect.key == key)
    names = next((aspect.headings for aspect in aspects), ())
    return next((heading for heading in report.sections[place].headings if label_key(heading.title) in names), None)


def _element(report: Report, place: str) -> Any:
    """What a finding points at. A report without preamble lacks what the preamble must say; its title is nearest."""
    if place in ("title", "report"):
        return report.title if place == "title" else report
    if place == "preamble":
        first = next((passage for passage in report.passages if in_place({"where": _inside(place)}, passage)), None)
        return Slice(first, 0, len(first.text)) if first is not None else report.title or report
    return report.sections.get(place)


# --- replaced -----------------------------------------------------------------------------------------------------


def _pairs(options: Mapping[str, Any], family: Family) -> list[Pattern]:
    pairs: Mapping[str, str] = options["pairs"]
    raw = options.get("text") == "raw"
    if not raw:
        refuse_blanks(((wrong, wrong) for wrong in pairs), "pairs")
    # Where the wrong word is a part of the right one, the right one must not be reported.
    shields = [right for wrong, right in pairs.items() if fold(right) and fold(wrong) in fold(right)]
    return [
        *(Pattern(wrong, raw=raw) for wrong in pairs),
        *(Pattern(right, tag=SHIELD) for right in shields),
        *wanted({"unless_part_of": options.get("unless_part_of", ())}),
    ]


@check(
    "text-replace",
    options={
        "pairs": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string"},
            "description": "Wrong word → right word. A right word that holds the wrong one is not reported.",
        },
        "text": PATTERNS["text"],
        **CONTEXT,
        **COUNTING,
    },
    required=("pairs",),
    values=("found", "replacement", "count", "section", "sentence"),
    patterns=_pairs,
    prepare=known_sections,
    only_hits=True,
    fixes=lambda options: True,
)
def text_replace(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem]:
    """Words that stand for others: misspelt, or no longer in use."""
    for hit, unit in findings(options, relevant(options, hits)):
        values = {
            "found": hit.text,
            "replacement": options["pairs"][hit.pattern],
            "count": len(unit),
            "section": section_title(report, hit.passage),
            "sentence": sentence(hit),
        }
        edits = tuple([Edit(slice_of(one), options["pairs"][one.pattern], at) for at, one in enumerate(unit)])
        yield Problem(slice_of(hit), values, edits=edits)
