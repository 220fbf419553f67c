"""The name of another organ where only the one that reports can be meant: left from a text that was taken over."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.scope import CONTEXT, SHIELD, WORDS, has, known_sections, relevant
from gilint.model import NotAssessable, Problem, Slice
from gilint.organs import may_be_above, may_be_one
from gilint.patterns import finds_one
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Report

GROUP = "issuer"


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Every pattern has to say where the name stands. Raises :class:`~gilint.errors.OptionError`."""
    for position, pattern in enumerate(options["patterns"]):
        if f"(?P<{GROUP}>" not in pattern:
            from gilint.errors import OptionError

            zh, en = f"要用 (?P<{GROUP}>…) 标出名称", f"mark the name with (?P<{GROUP}>…)"
            raise OptionError(("patterns", position), f"{zh} ({en})")
    return known_sections(options, family)


def _wanted(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    return [
        *(Pattern(pattern, regex=True) for pattern in options["patterns"]),
        *(Pattern(word, tag=SHIELD) for word in options.get("unless_part_of", ())),
    ]


@check(
    "other-issuer",
    options={
        "patterns": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "format": "re2"},
            "description": "RE2 patterns of what only the issuer says of itself, its name in the group 'issuer'.",
        },
        "spared": {**WORDS, "description": "A name with one of these words does not count."},
        "unless_told": {
            **WORDS,
            "description": "A name that stands beside one of these words anywhere in the report does not count.",
        },
        **CONTEXT,
    },
    required=("patterns",),
    values=("found", "issuer"),
    patterns=_wanted,
    prepare=_prepare,
    only_hits=True,
)
def other_issuer(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterable[Problem | NotAssessable]:
    """The name of another issuer of the same kind where the issuer speaks of itself."""
    if not report.issuer or report.issuer_kind is None:
        yield NotAssessable({"zh": "没有读出报告机关或其类别", "en": "issuer or its kind were not read"})
        return
    places: dict[str, list[Slice]] = {}
    for hit in relevant(options, hits):
        name = hit.groups.get(GROUP) or ""
        if _is_sister(name, report) and not has(name, options.get("spared", ())) and not _told(name, report, options):
            places.setdefault(name, []).append(_slice(hit, name))
    for first, *others in places.values():
        yield Problem(first, {"found": first.text, "issuer": report.issuer}, tuple(others))


def _is_sister(name: str, report: Report) -> bool:
    """Whether a name is that of an organ of the same kind, which is neither the issuer nor above or below it."""
    own = fold(report.issuer or "")
    # A name without the places in front of it is the issuer's too.
    if own in name or own.endswith(name) or may_be_one(name, own) or may_be_above(name, own):
        return False
    return _kind(name, report) == report.issuer_kind


def _kind(name: str, report: Report) -> str | None:
    kinds = report.form.family.issuer_kinds
    return next((kind.key for kind in kinds if finds_one(kind.patterns, name)), None)


def _told(name: str, report: Report, options: Mapping[str, Any]) -> bool:
    """Whether the report itself says what it has to do with this name: a merger, an old name."""
    words = options.get("unless_told", ())
    texts = (fold(passage.text) for passage in report.passages) if words else ()
    return any(name in text and has(text, words) for text in texts)


def _slice(hit: Hit, name: str) -> Slice:
    """Where the name stands within a hit; the name is folded, so spaces may stand in it."""
    folded = [(at, fold(char)) for at, char in enumerate(hit.text) if fold(char)]
    start = "".join(char for _, char in folded).rfind(name)
    first, last = folded[start][0], folded[start + len(name) - 1][0]
    return Slice(hit.passage, hit.start + first, hit.start + last + 1)
