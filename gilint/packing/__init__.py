"""Results as bytes: small enough to send and to keep by the thousand, and safe to read.

A packed result holds all that reporters show. Of the report itself it holds what names it, and the cells of its tables
where a finding stands in one; whatever else is asked of the report of an unpacked result is read again. The report and
what was said of it are compressed each by itself: whoever wants neither, as a second run does, need not unpack them.
"""

from __future__ import annotations

import marshal
import zlib

from gilint.cache import digest_of
from gilint.model import Failure, Outcome, Result
from gilint.packing.records import Decoder, Encoder
from gilint.packing.slim import pack_report, unpack_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from gilint.form import Form
    from gilint.model import Finding, Report

LAYOUT = b"gilint result 3\n"
_DIGEST = len(digest_of(b""))


def pack(result: Result, *, text: bool = False) -> bytes:
    """A result as bytes; with ``text`` the sections of the report are packed as well."""
    encoder = Encoder()
    report = None if result.report is None else pack_report(result.report, result.findings, encoder, text=text)
    said = (
        [encoder.encode(finding) for finding in result.findings],
        # Most rules pass, so these are told by their names alone.
        [rule for rule, outcome in result.outcomes.items() if _is_plain(outcome)],
        [(rule, outcome.status, outcome.reason) for rule, outcome in result.outcomes.items() if not _is_plain(outcome)],
        list(result.outcomes),
        None if result.error is None else (result.error.code, result.error.message, result.error.advice),
        [encoder.encode(waived) for waived in result.waived],
    )
    # Who wants the report alone need not load what was said of it.
    payload = marshal.dumps((result.path, None if report is None else compressed(report), compressed(said)))
    return LAYOUT + digest_of(payload) + payload


def unpack(content: bytes, forms: Mapping[tuple[str, str], Form], load: Callable[[], Report]) -> Result:
    """The result that was packed. ``forms`` are those of the linter, by pack and id; ``load`` reads the report again.

    ``load`` is called at most once, when something of the report is asked for that was not packed. Raises
    ``ValueError`` for bytes that are damaged, or are something else, or name a form that is not there.
    """
    path, slim, said = _parts(content)
    findings, passed, others, order, error, waived = decompressed(said)
    report = None if slim is None else unpack_report(decompressed(slim), forms, load)
    decoder = Decoder(report)
    outcomes = {**dict.fromkeys(passed, _PASSED), **{rule: Outcome(*said) for rule, *said in others}}
    return Result(
        path,
        report,
        tuple([decoder.decode(finding) for finding in findings]),
        {rule: outcomes[rule] for rule in order},
        None if error is None else Failure(*error),
        tuple([decoder.decode(one) for one in waived]),
    )


def pack_findings(findings: Sequence[Finding]) -> bytes:
    """Findings by themselves as bytes."""
    encoder = Encoder()
    return marshal.dumps([encoder.encode(finding) for finding in findings])


def unpack_findings(content: bytes, report: Report) -> list[Finding]:
    """The findings of a report that were packed in this process."""
    decoder = Decoder(report)
    return [decoder.decode(finding) for finding in marshal.loads(content)]


def packed_report(content: bytes) -> bytes | None:
    """What of a packed result is its report. Raises ``ValueError`` as :func:`unpack` does."""
    report: bytes | None = _parts(content)[1]
    return report


def unpack_only_report(content: bytes, forms: Mapping[tuple[str, str], Form], load: Callable[[], Report]) -> Report:
    """The report that :func:`packed_report` gave, as :func:`unpack` makes it."""
    return unpack_report(decompressed(content), forms, load)


def _parts(content: bytes) -> tuple[Any, ...]:
    payload = content[len(LAYOUT) + _DIGEST :]
    # marshal is not safe on damaged bytes, so they are recognised before it sees them.
    if not content.startswith(LAYOUT) or digest_of(payload) != content[len(LAYOUT) : len(LAYOUT) + _DIGEST]:
        raise ValueError("no packed result, or a damaged one")
    parts: tuple[Any, ...] = marshal.loads(payload)
    return parts


def compressed(data: Any) -> bytes:
    """Plain data as bytes, quickly rather than tightly."""
    return zlib.compress(marshal.dumps(data), 1)


def decompressed(content: bytes) -> Any:
    """The data that :func:`compressed` made bytes of. Not for bytes that may be damaged."""
    return marshal.loads(zlib.decompress(content))


_PASSED = Outcome("passed")


def _is_plain(outcome: Outcome) -> bool:
    return outcome.status == "passed" and not outcome.reason
