"""What a worker does: judge inputs, and say of each document in them what can be sent and kept."""

from __future__ import annotations

from gilint.bulk.entries import Entry, entry_of, is_plain
from gilint.bulk.lost import changed
from gilint.bulk.watchdog import Watchdog
from gilint.cache import digest_of
from gilint.model import Outcome
from gilint.runs import digests_of
from gilint.sources import Elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from gilint.bulk.kept import Kept
    from gilint.linter import Content, Linter
    from gilint.model import Report, Result
    from gilint.sources import Input

TOGETHER = 50
"""Entries that are kept together at most."""
UNPLAIN = {
    "zh": "摘要不是普通数据（只能由 None、数、字符串、字节串、列表、元组、字典组成）",
    "en": "its digest is no plain data (None, numbers, strings, bytes, lists, tuples, dicts)",
}
LASTING = ("not-a-report", "several-reports", "unsupported-year", "truncated", "duplicate-table", "no-rules")
"""Errors of documents that were read: the next run will say the same."""


def judge(linter: Linter, kept: Kept | None, sources: Sequence[Input]) -> list[list[bytes]]:
    """For each input an encoded :class:`Entry` for every document in it, which has ``worker_seconds`` of time."""
    said, new = [], list[tuple[bytes, bytes]]()
    for source in sources:
        said.append(list(_judged_in(linter, kept, new, source)))
    if kept is not None:
        kept.put_all(new)
    return said


def _judged_in(linter: Linter, kept: Kept | None, new: list[tuple[bytes, bytes]], source: Input) -> Iterator[bytes]:
    """The entries of all documents in an input, each of which has the whole time."""
    documents = linter.documents(source)
    while True:
        with Watchdog(linter.config.limits.worker_seconds):
            document = next(documents, None)
            if document is None:
                return
            entry = _judged(linter, kept, new, *document)
        if kept is not None and len(new) >= TOGETHER:
            # An archive that somebody interrupts goes on from here.
            kept.put_all(new)
            new.clear()
        yield entry


def remembered(linter: Linter, kept: Kept, path: str, content: bytes) -> bytes | None:
    """The entry that is kept of a file with a digest; of an archive there is none, only of what is in it."""
    return kept.get(_key(linter, kept, content, path, path))


def _key(linter: Linter, kept: Kept, content: bytes, name: str | None, place: str | None) -> bytes:
    # The same name may be another place in the next run, from another folder.
    overrides = () if place is None else [each.covers(place) for each in linter.config.overrides]
    return kept.key(content, name, place, overrides)


def _judged(
    linter: Linter,
    kept: Kept | None,
    new: list[tuple[bytes, bytes]],
    document: Content,
    name: str | None,
    place: str | None,
) -> bytes:
    """The entry of a document: as it was kept, or made now; then ``new`` gets what is to be kept."""
    content = digest_of(document) if isinstance(document, bytes) else b""
    if kept is None or not content:
        return entry(linter, linter.attempt(document, name, place), place, content).encoded()
    key = _key(linter, kept, content, name, place)
    known = kept.get(key)
    if known is not None:
        return known
    result = linter.attempt(document, name, place)
    encoded = entry(linter, result, place, content).encoded()
    if _lasts(linter, result):
        new.append((key, encoded))
    return encoded


def _lasts(linter: Linter, result: Result) -> bool:
    """Whether a result will be the same the next time.

    What broke may be mended meanwhile, and what could not be read may be read by then: a converter was installed, an
    archive was closed. Without a plugin that failed another reader may have read the document.
    """
    if linter.registry.failures:
        return False
    if result.error is not None:
        return result.error.code in LASTING
    return all(outcome.status != "broke" for outcome in result.outcomes.values())


def entry(linter: Linter, result: Result, path: str | None, content: bytes) -> Entry:
    """The entry of a judged document; a rule whose digest cannot be sent breaks."""
    return entry_of(result, plain_digests_of(linter, result) or {}, path, content)


def plain_digests_of(linter: Linter, result: Result) -> dict[str, Any] | None:
    """What rules of scope ``run`` keep of a report; one whose digest cannot be sent breaks, wherever it was made."""
    digests = digests_of(result, linter.engine_of)
    for rule, digest in (digests or {}).items():
        if not isinstance(digest, Outcome) and not is_plain(digest):
            digests[rule] = Outcome("broke", UNPLAIN[linter.lang])  # type: ignore[index]
    return digests


def read_again(linter: Linter, source: Input, path: str | None, content: bytes) -> Report:
    """The report of a document that was judged: of ``source``, or of the file at ``path`` in it.

    Raises ``InputError`` if it is no longer what was judged, whose digest is ``content``.
    """
    if path is None:
        return linter.read(source)  # type: ignore[arg-type]  # an error has no report
    found = linter.content(source.inside(path) if isinstance(source, Elsewhere) else path)
    if digest_of(found) != content:
        raise changed(path)
    return linter.read(found, path, place=path)
