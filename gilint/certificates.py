"""Records of a check: what was checked, by which rules, with what outcome, and what was let pass and why.

A record is plain data that is filed with the report. Its ``digest`` covers everything else in it, and ``document``
holds the digest of the report's bytes, so that whoever gets both can see that neither was changed since.
"""

from __future__ import annotations

import os

from gilint.errors import InputError, UsageError
from gilint.inputs import STANDARD_INPUT, load, load_file
from gilint.limits import DEFAULT as DEFAULT_LIMITS
from gilint.packs.digest import pack_digest
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Finding, Report, Result
    from gilint.ruleset import Pack, Rule

KIND = "gilint record"
VERSION = 1
SEVERITIES = ("error", "warning", "info")
STATUSES = ("passed", "failed", "not_applicable", "could_not_check", "broke")


def record(
    result: Result,
    rules: Mapping[str, Rule],
    packs: Iterable[Pack],
    *,
    created: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Any]:
    """The record of a report that was judged by ``rules`` (by id) of ``packs``.

    ``created`` is the time, in ISO 8601; the present by default, or that of ``SOURCE_DATE_EPOCH``. Raises
    ``UsageError`` for a report that lies nowhere or could not be judged, and ``InputError`` where it is gone.
    """
    report = result.report
    if result.path == STANDARD_INPUT:
        zh, en = (
            "标准输入没有文件可以存证，请给出文件",
            "standard input leaves no file to go with a record; name a file",
        )
        raise UsageError(f"{zh} ({en})")
    if report is None or result.error is not None:
        raise UsageError(f"{result.path}: 没有检查，不能出具记录 (was not judged, so there is nothing to record)")
    found = {
        "kind": KIND,
        "version": VERSION,
        "created": created or _now(),
        "gilint": __version__,
        "document": document_of(result.path, limits),
        "previous": None if report.previous is None else document_of(report.previous.source.name, limits),
        "report": _report(report),
        "packs": [_pack(pack) for pack in packs if pack.family == report.form.family.pack],
        "facts": dict(sorted(report.facts.items())),
        "outcomes": [_outcome(rule, result, rules) for rule in result.outcomes],
        "findings": [_finding(finding) for finding in result.findings],
        "waived": [
            {**_finding(one.finding), "reason": one.waiver.reason, "approver": one.waiver.approver}
            | {"expires": one.waiver.expires}
            for one in result.waived
        ],
        "summary": _summary(result),
    }
    return {**found, "digest": digest_of(found)}


def document_of(path: str, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """What tells a file from every other: its name, size in bytes and SHA-256."""
    content = load(path, limits)
    name = path.replace(os.sep, "/").rpartition("/")[2]
    return {"name": name, "bytes": len(content), "sha256": _sha256(content)}


def digest_of(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record without its digest: of its JSON with sorted keys and no blanks, in UTF-8."""
    from json import dumps

    bare = {key: value for key, value in record.items() if key != "digest"}
    text = dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _sha256(text.encode("utf-8", "surrogatepass"))


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _now() -> str:
    """The time to the second; that of ``SOURCE_DATE_EPOCH``, in UTC, makes a record the same every time."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).isoformat(timespec="seconds")
    return datetime.now().astimezone().isoformat(timespec="seconds")


# --- the parts of a record --------------------------------------------------------------------------------------------


def _report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title.text if report.title is not None else "",
        "form": report.form.id,
        "issuer": report.issuer,
        "issuer_kind": report.issuer_kind,
        "year": report.year,
    }


def _pack(pack: Pack) -> dict[str, str]:
    return {"id": pack.id, "version": pack.version, "sha256": pack_digest(pack.path)}


def _outcome(rule: str, result: Result, rules: Mapping[str, Rule]) -> dict[str, str]:
    outcome, known = result.outcomes[rule], rules.get(rule)
    said = {"rule": rule, "status": outcome.status, "reason": outcome.reason}
    return said if known is None else {**said, "name": known.name, "severity": known.severity}


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "place": str(finding.address),
        "at": "" if finding.span is None else str(finding.span),
        "fingerprint": finding.fingerprint,
    }


def _summary(result: Result) -> dict[str, int]:
    severities = [finding.severity for finding in result.findings]
    statuses = [outcome.status for outcome in result.outcomes.values()]
    return {
        **{f"{severity}s": severities.count(severity) for severity in SEVERITIES},
        "waived": len(result.waived),
        **{status: statuses.count(status) for status in STATUSES},
    }


# --- reading and verifying --------------------------------------------------------------------------------------------


def load_record(path: str) -> dict[str, Any]:
    """The data of a record. Raises ``InputError`` for a file that is none."""
    import json

    content = load_file(path, DEFAULT_LIMITS)
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        message = {"zh": "这不是 gilint 的检查记录", "en": "this is no record of gilint"}
        advice = {"zh": "请给出 --format record 写出的 .json", "en": "give the .json that --format record wrote"}
        raise InputError("not-a-record", path, message, advice)
    _refuse_malformed(found, path)
    return found


def _refuse_malformed(found: dict[str, Any], path: str) -> None:
    """Raise ``InputError`` for a record of another version, or one that lacks what every record has."""
    from gilint.errors import invalid_data
    from gilint.packs.published import schema_file
    from gilint.schema_errors import faults

    if found.get("version") != VERSION:
        message = {"zh": f"记录的版本是 {found.get('version')}", "en": f"its version is {found.get('version')}"}
        raise InputError("version", path, message, {"zh": "请更新 gilint", "en": "update gilint"})
    wrong = [
        ("/" + "/".join(map(str, fault.path)), fault.message, fault.message)
        for fault in faults(found, schema_file("record"), {})
    ]
    if wrong:
        raise invalid_data(path, wrong)


def changes(recorded: Mapping[str, Any], result: Result) -> list[tuple[str, str, str]]:
    """What a report's result has other than its record: (rule, recorded, now), each in words of the record."""
    then = {one["rule"]: one["status"] for one in recorded["outcomes"]}
    now = {rule: outcome.status for rule, outcome in result.outcomes.items()}
    found = [
        (rule, then.get(rule, "-"), now.get(rule, "-"))
        for rule in sorted({*then, *now})
        if then.get(rule) != now.get(rule)
    ]
    differing = {rule for rule, _then, _now in found}
    before = _fingerprints((*recorded["findings"], *recorded["waived"]))
    after = _fingerprints(
        {"rule": finding.rule, "fingerprint": finding.fingerprint}
        for finding in (*result.findings, *(one.finding for one in result.waived))
    )
    for rule in sorted({*before, *after} - differing):
        gone, new = before.get(rule, set()) - after.get(rule, set()), after.get(rule, set()) - before.get(rule, set())
        if gone or new:
            found.append((rule, f"-{len(gone)}", f"+{len(new)}"))
    return found


def _fingerprints(findings: Iterable[Mapping[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in findings:
        found.setdefault(finding["rule"], set()).add(finding["fingerprint"])
    return found
