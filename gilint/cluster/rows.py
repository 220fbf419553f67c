"""Results as rows of two tables, ``files`` and ``findings``, and each table as the bytes of a partition."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from gilint.model import Result

    Row = Mapping[str, Any]

REPORT = {
    "path": "string",
    "region": "string",
    "issuer": "string",
    "issuer_kind": "string",
    "year": "int32",
    "form": "string",
}
COLUMNS = {
    "files": {
        **REPORT,
        "status": "string",
        "errors": "int32",
        "warnings": "int32",
        "infos": "int32",
        "waived": "int32",
        "broken": "int32",
        "error": "string",
        "message": "string",
    },
    "findings": {
        **REPORT,
        "rule": "string",
        "severity": "string",
        "message": "string",
        "address": "string",
        "section": "string",
        "table": "string",
        "row": "string",
        "column": "string",
        "span": "string",
        "excerpt": "string",
        "fingerprint": "string",
    },
}
"""The columns of each table with their types in Parquet; all but ``path`` may be null."""


def rows(result: Result, regions: Sequence[str]) -> tuple[Row, list[Row]]:
    """The row of a file, and one for each of its findings; the region is the first of ``regions`` in its issuer."""
    report = _report(result, regions)
    severities = [finding.severity for finding in result.findings]
    file = {
        **report,
        "status": "failed" if result.error else "judged",
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "infos": severities.count("info"),
        "waived": len(result.waived),
        "broken": sum(outcome.status == "broke" for outcome in result.outcomes.values()),
        "error": result.error.code if result.error else None,
        "message": result.error.message if result.error else None,
    }
    return file, [{**report, **_finding(finding)} for finding in result.findings]


def _report(result: Result, regions: Sequence[str]) -> dict[str, Any]:
    report = result.report
    if report is None:
        return {"path": result.path, "region": None, "issuer": None, "issuer_kind": None, "year": None, "form": None}
    issuer = report.issuer
    return {
        "path": result.path,
        "region": next((region for region in regions if region in (issuer or "")), None),
        "issuer": issuer,
        "issuer_kind": report.issuer_kind,
        "year": report.year,
        "form": report.form.id,
    }


def _finding(finding: Any) -> dict[str, Any]:
    address = finding.address
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "address": str(address),
        "section": address.section,
        "table": address.table,
        "row": address.row,
        "column": address.column,
        "span": None if finding.span is None else json.dumps(finding.span.as_dict(), ensure_ascii=False),
        "excerpt": finding.excerpt,
        "fingerprint": finding.fingerprint,
    }


# --- partitions -------------------------------------------------------------------------------------------------------


def as_lines(_table: str, content: Sequence[Row]) -> bytes:
    """One JSON object a line."""
    # What is no text, as a file name in another encoding, becomes an escape of JSON.
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    return lines.encode("utf-8", "backslashreplace")


def as_parquet(table: str, content: Sequence[Row]) -> bytes:
    """A Parquet file of one row group; an empty one has its columns, too."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in COLUMNS[table].items()])
    sink = pyarrow.BufferOutputStream()
    rows = [{name: _text(value) for name, value in row.items()} for row in content]
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _text(value: Any) -> Any:
    """A value as Parquet takes it: what is no text, as a file name in another encoding, is escaped."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


FORMATS: Mapping[str, Callable[[str, Sequence[Row]], bytes]] = {"parquet": as_parquet, "jsonl": as_lines}
