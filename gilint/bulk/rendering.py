"""What a reporter makes of single results: by workers where there are some, and kept for the next run."""

from __future__ import annotations

import marshal
from functools import partial

from gilint.bulk.entries import decoded
from gilint.bulk.judging import read_again
from gilint.bulk.tasks import Tasks
from gilint.bulk.together import said_of
from gilint.cache import digest_of
from gilint.overrides import by_id
from gilint.packing import compressed, decompressed, unpack
from gilint.record import Record
from gilint.runs import completed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from gilint.bulk.kept import Kept
    from gilint.bulk.spool import Spool
    from gilint.bulk.together import Plain
    from gilint.form import Form
    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.ruleset import Rule
    from gilint.sources import Input

    Render = Callable[[Result, Mapping[str, Rule]], Any]

TOGETHER = 100
"""Pieces that are kept together."""


class Lying(Record):
    """A result as it lies on disk: its entry (:meth:`gilint.bulk.entries.Entry.encoded`), what was said of it beside
    others, and what the document was read from."""

    entry: bytes
    told: Plain
    source: Input

    @property
    def digest(self) -> bytes:
        """What tells it from other results."""
        # The first version of the layout, as in later ones equal data may not come to the same bytes.
        return digest_of(marshal.dumps((self.entry, *self.told), 0))


def result_of(linter: Linter, forms: Mapping[tuple[str, str], Form], lying: Lying) -> Result:
    """The result as it was, but for waivers."""
    entry = decoded(lying.entry)
    load = partial(read_again, linter, lying.source, entry.path, entry.content)
    return beside(linter, unpack(entry.packed, forms, load), lying.told)


def beside(linter: Linter, result: Result, told: Plain) -> Result:
    """A result with what was said of it beside others."""
    if result.report is None or not any(told):
        return result
    engine = linter.engine_of(result.report.form)
    assert engine is not None
    return completed(result, said_of(told, result.report), engine)


def render_all(linter: Linter, render: Render, results: Sequence[Lying]) -> list[list[bytes]]:
    """What a worker does: pieces of results, compressed."""
    forms, rules = linter.forms, by_id(linter.ruleset, linter.chosen, linter.config)
    return [[compressed(render(result_of(linter, forms, one), rules))] for one in results]


def can_be_sent(render: Render) -> bool:
    """Whether a worker can be given a function."""
    import pickle

    try:
        pickle.dumps(render)
    except Exception:  # each class has reasons of its own
        return False
    return True


class Pieces:
    """The pieces of ``count`` results in order: what is kept of them under ``name``, and the others made anew.

    ``make`` makes one here. ``lying`` gives the result of a number as it lies on disk; ``None`` is one that is always
    made here.
    """

    def __init__(
        self,
        kept: Kept | None,
        name: str,
        count: int,
        make: Callable[[int], Any],
        lying: Callable[[int], Lying | None],
    ) -> None:
        self._kept = kept
        self._name = name
        self._count = count
        self._make = make
        self._lying = lying
        self._new: list[tuple[bytes, bytes]] = []

    def here(self) -> Iterator[Any]:
        """Made one after the other, as somebody wants them."""
        for number in range(self._count):
            one = None if self._kept is None else self._lying(number)
            if one is None:
                yield self._make(number)
                continue
            key = self._key(one)
            known = self._known(key)
            piece = self._make(number) if known is None else decompressed(known)
            if known is None:
                self._keep(key, compressed(piece))
            yield piece
        self._flush()

    def by_workers(self, executor: Executor, linter: Linter, render: Render, spool: Spool) -> Iterator[Any]:
        """Made by workers. What is done before its turn waits on disk."""
        keys: dict[int, bytes] = {}
        ready: dict[int, int] = {}

        def unknown() -> Iterator[tuple[int, Lying]]:
            for number in range(self._count):
                one = self._lying(number)
                key = b"" if one is None else self._key(one)
                piece = compressed(self._make(number)) if one is None else self._known(key)
                if piece is not None:
                    ready[number] = spool.append(piece)
                elif one is not None:
                    keys[number] = key
                    yield number, one

        done = 0
        for number, said in Tasks(executor, partial(render_all, linter, render)).run(unknown()):
            # If it breaks, it does so here: with its own error, not that of a worker.
            piece = compressed(self._make(number)) if isinstance(said, Exception) else said[0]
            self._keep(keys.pop(number), piece)
            ready[number] = spool.append(piece)
            while done in ready:
                yield decompressed(spool[ready.pop(done)])
                done += 1
        while done in ready:
            yield decompressed(spool[ready.pop(done)])
            done += 1
        self._flush()

    def _key(self, one: Lying) -> bytes:
        return b"" if self._kept is None else self._kept.key("rendition", self._name, one.digest)

    def _known(self, key: bytes) -> bytes | None:
        return None if self._kept is None else self._kept.get(key)

    def _keep(self, key: bytes, piece: bytes) -> None:
        if self._kept is None:
            return
        self._new.append((key, piece))
        if len(self._new) == TOGETHER:
            self._flush()

    def _flush(self) -> None:
        if self._kept is not None:
            self._kept.put_all(self._new)
        self._new.clear()
