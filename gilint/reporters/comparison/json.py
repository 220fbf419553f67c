"""A comparison as JSON, for programs. Version 1 of its schema is ``gilint/schemas/comparison.json``."""

from __future__ import annotations

from gilint.reporters.json import dumps, figure, finding_as_dict, outcomes_as_dict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.arithmetic import CellKey
    from gilint.comparison import Carried, Comparison, Continued, Entry, Headline, Likeness, Pair
    from gilint.model import Slice

VERSION = 1


def render_json(comparison: Comparison) -> str:
    """One JSON document, with the same keys in the same order every time."""
    return dumps(comparison_as_dict(comparison), depth=5)


def comparison_as_dict(comparison: Comparison) -> dict[str, Any]:
    findings = [finding for pair in comparison.pairs for finding in pair.result.findings]
    severities = [finding.severity for finding in findings]
    return {
        "version": VERSION,
        "reports": [_entry(entry) for entry in comparison.entries],
        "pairs": [_pair(pair) for pair in comparison.pairs],
        "summary": {
            "reports": len(comparison.entries),
            "pairs": len(comparison.pairs),
            "failed_inputs": sum(entry.error is not None for entry in comparison.entries),
            "left_out": sum(bool(entry.left_out) for entry in comparison.entries),
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "infos": severities.count("info"),
        },
    }


def _entry(entry: Entry) -> dict[str, Any]:
    report, error = entry.report, entry.error
    return {
        "path": entry.path,
        "year": None if report is None else report.year,
        "issuer": None if report is None else report.issuer,
        "form": None if report is None else report.form.id,
        "left_out": entry.left_out or None,
        "error": None if error is None else {"code": error.code, "message": error.message, "advice": error.advice},
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "last": {"path": pair.last.source.name, "year": pair.last.year},
        "this": {"path": pair.this.source.name, "year": pair.this.year},
        "remark": pair.remark or None,
        "carried": [_carried(one) for one in pair.carried],
        "continued": [_continued(one) for one in pair.continued],
        "headlines": [_headline(one) for one in pair.headlines],
        "sections": [_section(one) for one in pair.sections],
        "findings": [finding_as_dict(finding) for finding in pair.result.findings],
        "outcomes": outcomes_as_dict(pair.result.outcomes),
    }


def _carried(one: Carried) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "last_cell": _cell(one.last_cell),
        "cell": _cell(one.cell),
        "last_label": one.last_label,
        "label": one.label,
        "column": one.column,
        "last": figure(one.last),
        "now": figure(one.now),
        "holds": one.holds,
    }


def _continued(one: Continued) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "cell": _cell(one.cell),
        "label": one.label,
        "left": figure(one.left),
        "right": figure(one.right),
        "left_terms": one.left_terms,
        "right_terms": one.right_terms,
        "holds": one.holds,
    }


def _headline(one: Headline) -> dict[str, Any]:
    return {
        "cell": _cell(one.cell),
        "label": one.label,
        "last": figure(one.last),
        "now": figure(one.now),
        "change": figure(one.now - one.last),
        "jump": one.jump,
    }


def _section(one: Likeness) -> dict[str, Any]:
    return {
        "section": one.section,
        "title": one.title,
        "share": round(one.share, 1),
        "repeated": one.repeated,
        "length": one.length,
        "passages": [{"this": _passage(this), "last": _passage(last)} for this, last in one.passages],
    }


def _passage(place: Slice) -> dict[str, Any]:
    return {"text": place.text, "span": place.span.as_dict()}


def _cell(key: CellKey) -> dict[str, str]:
    return {"table": key[0], "row": key[1], "column": key[2]}
