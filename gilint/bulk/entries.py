"""What a worker says of a document: bytes that travel between processes, lie in the journal, and can be kept.

They hold plain data only, as :mod:`marshal` takes it, so that reading them runs nothing.
"""

from __future__ import annotations

import marshal

from gilint.failures import gist_of
from gilint.model import Outcome
from gilint.packing import pack
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gilint.model import Result

_DIGEST, _OUTCOME = 0, 1


class Entry(Record):
    """A judged document, before the run as a whole and waivers have spoken.

    ``packed`` is the result (:func:`gilint.packing.pack`), ``digests`` what rules of scope ``run`` keep of the report,
    by rule: a digest or an :class:`Outcome`. ``named`` is what names the report: pack, form, issuer, kind of issuer and
    year; ``None`` where there is none. ``findings`` counts them, ``gist`` is :func:`gilint.failures.gist_of` of the
    result. ``path`` is where it can be read again, ``None`` where
    it is no file, ``content`` the digest of what was read there.
    """

    packed: bytes
    digests: Mapping[str, Any]
    named: tuple[str, str, str | None, str | None, int | None] | None
    findings: int
    gist: int
    path: str | None
    content: bytes = b""

    def encoded(self) -> bytes:
        """The entry as bytes. Raises ``ValueError`` for a digest that is no plain data."""
        return marshal.dumps(
            (self.packed, plain_digests(self.digests), self.named, self.findings, self.gist, self.path, self.content)
        )


def entry_of(result: Result, digests: Mapping[str, Any], path: str | None, content: bytes = b"") -> Entry:
    """The entry of a result. The text of the report goes with its digests: whoever compares these may ask for it."""
    report, named = result.report, None
    if report is not None and result.error is None:
        form = report.form
        named = form.family.pack, form.id, report.issuer, report.issuer_kind, report.year
    return Entry(pack(result, text=bool(digests)), digests, named, len(result.findings), gist_of(result), path, content)


def decoded(content: bytes) -> Entry:
    """The entry that :meth:`Entry.encoded` made bytes of."""
    packed, digests, *rest = marshal.loads(content)
    return Entry(packed, read_digests(digests), *rest)


def is_plain(data: Any) -> bool:
    """Whether a digest can be sent and kept."""
    try:
        marshal.dumps(data)
    except ValueError:
        return False
    return True


def plain_digests(digests: Mapping[str, Any]) -> dict[str, tuple[int, Any]]:
    """Digests of rules as data that :mod:`marshal` takes."""
    return {
        rule: (_OUTCOME, (one.status, one.reason)) if isinstance(one, Outcome) else (_DIGEST, one)
        for rule, one in digests.items()
    }


def read_digests(plain: Mapping[str, tuple[int, Any]]) -> dict[str, Any]:
    """The digests that :func:`plain_digests` made plain."""
    return {rule: Outcome(*data) if kind == _OUTCOME else data for rule, (kind, data) in plain.items()}
