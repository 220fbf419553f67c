"""What a worker does: judge inputs, and say of each document in them what can be sent and kept."""

from __future__ import annotations

from gilint.bulk.entries import Entry, entry_of, is_plain
from gilint.bulk.watchdog import Watchdog
from gilint.model import Outcome
from gilint.runs import digests_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.linter import Judged, Linter
    from gilint.sources import Input

UNPLAIN = {
    "zh": "摘要不是普通数据（只能由 None、数、字符串、字节串、列表、元组、字典组成）",
    "en": "its digest is no plain data (None, numbers, strings, bytes, lists, tuples, dicts)",
}


def judge(linter: Linter, sources: Sequence[Input]) -> list[list[bytes]]:
    """For each input an encoded :class:`Entry` for every document in it. Each has ``worker_seconds`` of time."""
    said = []
    for source in sources:
        with Watchdog(linter.config.limits.worker_seconds):
            said.append([entry(linter, one).encoded() for one in linter.judged(source)])
    return said


def entry(linter: Linter, judged: Judged) -> Entry:
    """The entry of a judged document; a rule whose digest cannot be sent breaks."""
    result, path, content = judged
    digests = digests_of(result, linter.engine_of) or {}
    for rule, digest in digests.items():
        if not isinstance(digest, Outcome) and not is_plain(digest):
            digests[rule] = Outcome("broke", UNPLAIN[linter.lang])
    return entry_of(result, digests, path, content)
