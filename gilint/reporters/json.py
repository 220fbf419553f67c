"""The result as JSON, for programs. Version 1 of its schema is ``gilint/schemas/result.json``."""

from __future__ import annotations

from gilint.late import late
from gilint.reporters import SEVERITIES, STATUSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal
    from typing import Any

    from gilint.model import Address, Cause, Finding, Fix, Outcome, Report, Result, Suggestion, Waived
    from gilint.reporters import Options, Run

VERSION = 1
COMMANDS = late("[\x7f-\x9f]")
"""What JSON lets through and a terminal obeys."""


class JsonReporter:
    """One JSON document for the whole run, with the same keys in the same order every time."""

    name = "json"

    def __init__(self, options: Options) -> None:
        self._options = options

    def render(self, run: Run) -> Iterator[str]:
        """The document in pieces, one a file, so that a run of thousands is never in memory as a whole."""
        totals = {"files": 0, "errors": 0, "warnings": 0, "infos": 0, "failed_inputs": 0}
        yield f'{{\n  "version": {VERSION},\n  "files": ['
        between = ""
        for counts, text in run.rendered(self.name, _piece):
            for key, count in zip(totals, counts, strict=True):
                totals[key] += count
            yield f"{between}\n    {text}"
            between = ","
        problems = [{"name": problem.name, "message": problem.message} for problem in run.problems]
        yield "\n  ]" if between else "]"
        yield f',\n  "problems": {fragment(problems, 3, 2)},\n  "summary": {fragment(totals, 3, 2)}\n}}\n'


def _piece(result: Result, _rules: object) -> tuple[tuple[int, ...], str]:
    """What a result adds to the totals, in their order, and its part of the document."""
    severities = [finding.severity for finding in result.findings]
    found = map(severities.count, SEVERITIES)
    return (bool(result.report or result.error), *found, result.error is not None), fragment(_file(result), 2, 4)


def dumps(value: object, depth: int = 4) -> str:
    """``value`` as JSON for people and programs: Chinese as it is, a newline at the end.

    The outer ``depth`` levels are indented, so that a finding is a line; what lies deeper stands on that line, where
    the fast encoder of the library writes it.
    """
    return fragment(value, depth, 0) + "\n"


def listed(items: Iterable[object], depth: int, margin: int = 0) -> Iterator[str]:
    """A list whose items are made while it is written, a piece each; ``depth`` and ``margin`` are those of the list."""
    line = "\n" + " " * margin
    between = "[" + line + "  "
    for item in items:
        yield between + fragment(item, depth - 1, margin + 2)
        between = "," + line + "  "
    yield "[]" if between[0] == "[" else line + "]"


def fragment(value: object, depth: int, margin: int) -> str:
    """A value that stands ``margin`` characters from the left."""
    text = _indented(value, depth, "\n" + " " * margin, _encoder())
    return COMMANDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _encoder() -> Callable[[object], str]:
    """Writes a value on one line, as ``json.dumps`` does, without its package, which compiles six patterns first."""
    try:
        from _json import encode_basestring, make_encoder

        pieces = make_encoder(None, _refuse, encode_basestring, None, ": ", ", ", False, False, True)
        pieces([], 0)
    except (ImportError, TypeError):  # nothing of it is promised to anyone
        from json import JSONEncoder

        return JSONEncoder(ensure_ascii=False).encode
    return lambda value: encode_basestring(value) if isinstance(value, str) else "".join(pieces(value, 0))


def _refuse(value: object) -> object:
    raise TypeError(f"{type(value).__name__} is no JSON")


def _indented(value: object, depth: int, line: str, encode: Callable[[object], str]) -> str:
    if not depth or not value or not isinstance(value, dict | list):
        return encode(value)
    inner = line + "  "
    if isinstance(value, dict):
        parts = (f"{encode(key)}: {_indented(part, depth - 1, inner, encode)}" for key, part in value.items())
        return "{" + inner + f",{inner}".join(parts) + line + "}"
    return "[" + inner + f",{inner}".join(_indented(part, depth - 1, inner, encode) for part in value) + line + "]"


def figure(value: int | Decimal | str | None) -> int | float | str | None:
    """A figure for JSON: a decimal as the number whose literal says the same, or as a string where no float does.

    A float is written with the fewest digits that lead back to it, so 0.038 stays ``0.038``; but beyond 15 digits
    others may come out, and whoever reads a report's figures must get those that stand in it.
    """
    if value is None or isinstance(value, int | str):
        return value
    number = float(value)
    return number if type(value)(repr(number)) == value else str(value)


def _file(result: Result) -> dict[str, Any]:
    return {
        "path": result.path,
        **_judged(result),
        "findings": [finding_as_dict(finding) for finding in result.findings],
        **({"waived": [_waived(one) for one in result.waived]} if result.waived else {}),
        "outcomes": outcomes_as_dict(result.outcomes),
    }


def _judged(result: Result) -> dict[str, Any]:
    """The report, or why there is none."""
    if result.error is not None:
        return {"error": {"code": result.error.code, "message": result.error.message, "advice": result.error.advice}}
    return {"report": None if result.report is None else _report(result.report)}


def _report(report: Report) -> dict[str, Any]:
    return {
        "form": report.form.id,
        "issuer": report.issuer,
        "issuer_kind": report.issuer_kind,
        "year": report.year,
    }


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "basis": [dict(basis) for basis in finding.basis],
        "excerpt": finding.excerpt,
        "fingerprint": finding.fingerprint,
        "cause": _cause(finding.cause),
        "address": finding.address.as_dict(),
        "span": None if finding.span is None else finding.span.as_dict(),
        "related": [{"address": related.address.as_dict(), "message": related.message} for related in finding.related],
        "suggestions": [_suggestion(suggestion, finding.address) for suggestion in finding.suggestions],
        **({} if finding.fix is None else {"fix": _fix(finding.fix)}),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"safe": fix.safe, "edits": [{"span": edit.span.as_dict(), "text": edit.text} for edit in fix.edits]}


def _waived(waived: Waived) -> dict[str, Any]:
    waiver = waived.waiver
    said = {"reason": waiver.reason, "approver": waiver.approver, "expires": waiver.expires}
    place = {"path": waiver.path, "line": waiver.line}
    return {**finding_as_dict(waived.finding), "waiver": {**{key: text for key, text in said.items() if text}, **place}}


def _cause(cause: Cause | None) -> dict[str, str] | None:
    return None if cause is None else {"id": cause.id, "text": cause.text}


def _suggestion(suggestion: Suggestion, address: Address) -> dict[str, Any]:
    cells = []
    for table, row, column, before, after in suggestion.cells:
        # A cause may reach into another table; only then is the finding's own address not enough.
        elsewhere = {} if table == address.table else {"table": table}
        cells.append({**elsewhere, "row": row, "column": column, "from": figure(before), "to": figure(after)})
    return {"cells": cells, "text": suggestion.text}


def outcomes_as_dict(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    statuses = [outcome.status for outcome in outcomes.values()]
    return {
        **{status: statuses.count(status) for status in STATUSES},
        "rules": {rule: outcome.status for rule, outcome in outcomes.items()},
        "reasons": {
            rule: outcome.reason for rule, outcome in outcomes.items() if outcome.status in {"could_not_check", "broke"}
        },
    }
