"""What a reader saw beside the text: changes that nobody accepted, comments, hidden text …"""

from __future__ import annotations

from gilint.checks import check
from gilint.model import NotApplicable, Problem
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.model import Address, Report, Span

WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}


class _Place(Record):
    """Where the first of the things noted stands in the source; no part of the report holds it."""

    address: Address
    span: Span | None


@check(
    "note",
    options={
        "kinds": {**WORDS, "description": "Kinds of notes, such as tracked-changes, comments, hidden-text, pictures."},
        "formats": {
            **WORDS,
            "description": "Formats that tell of these; a report in another one is not judged, unless it has such a "
            "note. All tell when left out.",
        },
    },
    required=("kinds",),
    values=("kind", "count"),
)
def note(report: Report, options: Mapping[str, Any]) -> Iterable[Problem | NotApplicable]:
    """What stands beside the text of the source: changes that were not accepted, comments, hidden text …"""
    notes = [one for one in report.source.notes if one.kind in options["kinds"]]
    for kind in dict.fromkeys(one.kind for one in notes):
        found = [one for one in notes if one.kind == kind]
        origin = next((one.origin for one in found if one.origin is not None), None)
        place = _Place(report.address, report.span if origin is None else origin.span(0, 0))
        yield Problem(place, {"kind": kind, "count": sum(one.count for one in found)}, key=kind)
    source = report.source.format
    if not notes and source not in options.get("formats", (source,)):
        yield NotApplicable({"zh": f"{source} 格式看不出", "en": f"the format {source} does not tell"})
