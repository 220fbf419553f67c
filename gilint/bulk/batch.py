"""The results of a run: made here or by workers, kept on disk, and completed by what its reports say together."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import partial

from gilint.bulk.comparing import part_of
from gilint.bulk.comparison import Comparison
from gilint.bulk.entries import decoded, entry_of
from gilint.bulk.judging import judge, plain_digests_of, read_again, remembered
from gilint.bulk.lost import lost
from gilint.bulk.rendering import Lying, Pieces, beside, can_be_sent, result_of
from gilint.bulk.spool import Spool
from gilint.bulk.tasks import Tasks
from gilint.bulk.together import Together
from gilint.cache import digest_of
from gilint.checks import Particulars
from gilint.errors import InputError
from gilint.failures import BROKE, UNREAD, failed, gist_of
from gilint.inputs import can_be_read_elsewhere
from gilint.model import Outcome, Result
from gilint.overrides import by_id
from gilint.packing import packed_report, unpack_only_report
from gilint.runs import Assembly, are_apart, particulars_of
from gilint.sources import name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from gilint.bulk.comparing import Part
    from gilint.bulk.journal import Journal
    from gilint.bulk.kept import Kept
    from gilint.bulk.rendering import Render
    from gilint.linter import Linter
    from gilint.model import Report
    from gilint.sources import Input

KEPT = 24
"""Results that stay as they are: a few reports need no disk."""
IN_VAIN = 32
"""Files in a row of which nothing is kept, after which workers alone ask for the next ones."""
REPORTS = 32
"""Reports that are at hand while they are compared; others are fetched again."""


class Place:
    """Where the result of a document lies, and where the document itself does.

    ``kept`` is the result, or the number of its entry in the spool. ``source`` is what the caller gave, ``path`` the
    file that the document can be read from again, for which waivers hold too: ``None`` for what is no file. ``content``
    is the digest of what was judged, ``gist`` what the result comes to (:func:`gilint.failures.gist_of`).
    """

    __slots__ = ("content", "gist", "kept", "path", "source")

    def __init__(self, kept: Result | int, source: Any, path: str | None, content: bytes, gist: int) -> None:
        self.kept = kept
        self.source = source
        self.path = path
        self.content = content
        self.gist = gist


class Batch(Collection[Result]):
    """Results in the order of their inputs. Iterating makes those that lie on disk anew, one after the other.

    First :meth:`judge` inputs or :meth:`take` what was judged, then :meth:`compare`; iterate afterwards. ``done``,
    ``findings`` and ``failed`` count while the run goes on.
    """

    def __init__(self, linter: Linter, journal: Journal | None = None, kept: Kept | None = None) -> None:
        self._linter = linter
        self._journal = journal
        self._kept = kept
        self._forms = linter.forms
        self._spool = Spool()
        self._in_vain = 0
        self._ready: dict[int, tuple[Input, list[int]]] = {}
        self._places: list[Place] = []
        self._assembly = Assembly(linter.engine_of, self._report)
        self._together = Together(self._spool)
        self._left: dict[int, None] | None = None
        self._identity = b""
        self._apart = True
        self._reports: dict[int, Report] = {}
        self.done = 0
        self.findings = 0
        self.failed = 0
        self.workers: Executor | None = None
        """Who can be asked to make what reporters show."""

    # --- judging ------------------------------------------------------------------------------------------------------

    def stream(self, sources: Iterable[Input], executor: Executor) -> Iterator[Result]:
        """Have workers judge inputs, and give each result as soon as nothing can change it any more."""
        at_once, given = not self._linter.judges_runs, 0
        for _done in self.judge(sources, executor):
            while at_once and given < len(self):
                yield self.result(given)
                given += 1
        for _compared in self.compare(executor):
            pass
        yield from map(self.result, range(given, len(self)))

    def take(self, source: Input, result: Result, path: str | None, content: bytes) -> None:
        """Take in what was judged in this process."""
        digests, particulars = plain_digests_of(self._linter, result), particulars_of(result)
        if particulars is not None and digests:
            self._assembly.add(len(self._places), particulars, digests)
        gist = gist_of(result)
        self._count(len(result.findings), gist)
        kept: Result | int = result
        if len(self._places) >= KEPT and path is not None:
            kept = self._spool.append(entry_of(result, digests or {}, path, content).encoded())
        self._places.append(Place(kept, source, path, content, gist))

    def judge(self, sources: Iterable[Input], executor: Executor | None) -> Iterator[int]:
        """Judge inputs, by the workers of an executor or here; yields how many are done, in their order."""
        self.done = 0
        if executor is not None:
            yield from self._by_workers(sources, executor)
            return
        for source in sources:
            if self._kept is None:
                for one in self._linter.judged(source):
                    self.take(source, *one)
            else:
                self._add_entries(source, [self._spool.append(entry) for entry in self._judged(source)])
            self.done += 1
            yield self.done

    def _judged(self, source: Input) -> Sequence[bytes]:
        """The entries of an input, made here."""
        return judge(self._linter, self._kept, [source])[0]

    def _by_workers(self, sources: Iterable[Input], executor: Executor) -> Iterator[int]:
        """Have workers judge inputs. What comes before its turn waits on disk."""
        waiting: dict[int, tuple[Input, bytes]] = {}

        def unknown() -> Iterator[tuple[int, Input]]:
            for number, source in enumerate(sources):
                digest, known = self._known(source) if can_be_read_elsewhere(source) else (b"", self._judged(source))
                if known is None:
                    waiting[number] = source, digest
                    yield number, source
                else:
                    self._ready[number] = source, [self._spool.append(entry) for entry in known]

        for number, said in Tasks(executor, partial(judge, self._linter, self._kept)).run(unknown()):
            source, digest = waiting.pop(number)
            self._ready[number] = source, [self._spool.append(entry) for entry in self._told(source, digest, said)]
            yield from self._in_order()
        yield from self._in_order()

    def _in_order(self) -> Iterator[int]:
        """Take in what is ready, up to the first input that is not."""
        while self.done in self._ready:
            self._add_ready(self.done)
            yield self.done

    def _add_ready(self, number: int) -> None:
        self._add_entries(*self._ready.pop(number))
        self.done += 1

    def _known(self, source: Input) -> tuple[bytes, Sequence[bytes] | None]:
        """The digest of a file, and what the journal or the cache says of it; nothing where nobody could know."""
        asked = self._journal is not None or (self._kept is not None and self._in_vain < IN_VAIN)
        if not asked or not isinstance(source, str | os.PathLike):
            return b"", None
        path = os.fspath(source)
        try:
            digest = digest_of(self._linter.content(source))
        except InputError:
            return b"", None
        said = None if self._journal is None else self._journal.get(path, self._journalled(digest))
        if said is None and self._kept is not None:
            entry = remembered(self._linter, self._kept, path, digest)
            self._in_vain = self._in_vain + 1 if entry is None else 0
            if entry is not None:
                said = [entry]
                self._note(path, digest, said)
        return digest, said

    def _journalled(self, digest: bytes) -> bytes:
        """What a journal knows a file by: with overrides the same path from another folder is something else."""
        return digest_of(digest + os.fsencode(os.getcwd())) if self._linter.config.overrides else digest

    def _told(self, source: Input, digest: bytes, said: Sequence[bytes] | Exception) -> Sequence[bytes]:
        """What a worker said of an input, kept for the next run; or that it did not come back."""
        if isinstance(said, Exception):
            error = lost(name_of(source), said, self._linter.config.limits.worker_seconds)
            return [entry_of(failed(error, self._linter.lang), {}, None).encoded()]
        # A file may have become another one since its digest was taken.
        if digest and (len(said) > 1 or decoded(said[0]).content == digest):
            self._note(os.fspath(source), digest, said)  # type: ignore[arg-type]
        return said

    def _note(self, path: str, digest: bytes, said: Sequence[bytes]) -> None:
        if self._journal is not None:
            self._journal.put(path, self._journalled(digest), said)

    def _add_entries(self, source: Input, numbers: Sequence[int]) -> None:
        for number in numbers:
            content = self._spool[number]
            entry = decoded(content)
            self._identity = digest_of(self._identity + content)
            if entry.named is not None:
                pack, form, issuer, kind, year = entry.named
                path = entry.path or name_of(source)
                particulars = Particulars(path, self._forms[pack, form], issuer, kind, year)
                self._assembly.add(len(self._places), particulars, entry.digests)
            self._count(entry.findings, entry.gist)
            self._places.append(Place(number, source, entry.path, entry.content, entry.gist))

    def _count(self, findings: int, gist: int) -> None:
        self.findings += findings
        self.failed += bool(gist & UNREAD)

    # --- comparing ----------------------------------------------------------------------------------------------------

    def compare(self, executor: Executor | None = None) -> Iterator[tuple[int, int]]:
        """Have the rules speak that judge all reports of the run; yields how many are done, and how many there are."""
        self._apart = all(map(are_apart, self._assembly.engines))
        if self._recall():
            return
        for each in self._assembly.judge():
            self._together.tell(*each)
        self._left = dict.fromkeys(self._assembly.partners)
        count = len(self._left)
        for number in self._here() if executor is None and self._kept is None else self._on_disk(executor):
            del self._left[number]
            yield count - len(self._left), count
        self._reports.clear()
        if self._kept is not None and not any(place.gist & BROKE for place in self._places):
            self._together.keep(self._kept, self._identity, len(self))

    def _recall(self) -> bool:
        """Whether it was kept what is to be said of the very same reports."""
        known = None if self._kept is None else self._together.recall(self._kept, self._identity, len(self))
        for number, gist in known or ():
            self._places[number].gist |= gist
        return known is not None

    def interrupt(self) -> None:
        """Take in what was done before its turn, in a run that ends here, and say what was not compared."""
        for number in sorted(self._ready):
            self._add_ready(number)
        for each in self._assembly.unsaid(self._linter.lang, self._left):
            self._together.tell(*each)

    def _here(self) -> Iterator[int]:
        for number in tuple(self._left or ()):
            for each in self._assembly.judge_partners(number):
                self._together.tell(*each)
            yield number

    def _on_disk(self, executor: Executor | None) -> Iterator[int]:
        """Compare what lies on disk, here or by workers."""
        comparison = Comparison(self._linter, self._kept, self._assembly.partners, self._part)
        for number, said in comparison.run(executor):
            if isinstance(said, Exception):
                self._break(number, said)
            else:
                self._places[number].gist |= self._together.compare(number, said)
            yield number

    def _part(self, number: int) -> Part:
        place = self._places[number]
        assert isinstance(place.kept, int)
        return part_of(decoded(self._spool[place.kept]), place.source)

    def _break(self, number: int, error: Exception) -> None:
        """Say that a worker did not come back with what the rules say of a report."""
        why = lost(name_of(self._places[number].source), error, self._linter.config.limits.worker_seconds)
        for rule in self._assembly.partners[number]:
            self._together.tell(number, rule, Outcome("broke", why.message[self._linter.lang]), ())

    # --- results ------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Result]:
        return map(self.result, range(len(self._places)))

    def __contains__(self, wanted: object) -> bool:
        return any(result == wanted for result in self)

    def gists(self) -> Iterator[int]:
        """What each result comes to; only those are made for it that the run as a whole or waivers may change."""
        for number, place in enumerate(self._places):
            more = self._together.may_change(number, apart=self._apart) or self._may_be_waived(place)
            yield gist_of(self.result(number)) if more else place.gist

    def waivable(self) -> Iterator[Result]:
        """The results of reports that have waivers."""
        return (self.result(number) for number, place in enumerate(self._places) if self._may_be_waived(place))

    def _may_be_waived(self, place: Place) -> bool:
        return not place.gist & UNREAD and self._linter.has_waivers(place.path)

    def rendered(self, name: str, render: Render) -> Iterator[Any]:
        """What ``render`` makes of each result, in order; see :meth:`gilint.reporters.Run.rendered`."""
        linter = self._linter
        rules = by_id(linter.ruleset, linter.chosen, linter.config)

        def make(number: int) -> Any:
            return render(self.result(number), rules)

        pieces = Pieces(self._kept, name, len(self), make, self._lying_unwaived)
        if self.workers is None or not can_be_sent(render):
            return pieces.here()
        return pieces.by_workers(self.workers, linter, render, self._spool)

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        """Let the workers go, at once after an error; results can still be made."""
        if self.workers is not None:
            self.workers.shutdown(cancel_futures=kind is not None)
        self.workers = None

    def _lying_unwaived(self, number: int) -> Lying | None:
        """A result as it lies on disk; ``None`` where it does not, or where waivers may change it."""
        place = self._places[number]
        return None if isinstance(place.kept, Result) or self._may_be_waived(place) else self._lying(number)

    def _lying(self, number: int) -> Lying:
        place = self._places[number]
        assert isinstance(place.kept, int)
        return Lying(self._spool[place.kept], self._together.plain(number), place.source)

    def add(self, result: Result) -> None:
        """Put a result at the end that is not that of a report."""
        self._places.append(Place(result, None, None, b"", gist_of(result)))

    def result(self, number: int) -> Result:
        """A result by its number, complete."""
        place = self._places[number]
        if isinstance(place.kept, Result):
            result = beside(self._linter, place.kept, self._together.plain(number))
        else:
            result = result_of(self._linter, self._forms, self._lying(number))
        return self._linter.waive(result, place.path)

    def _report(self, number: int) -> Report:
        """A report of the run, which was read lately or is read again."""
        report = self._reports.pop(number, None)
        if report is None:
            report = self._only_report(self._places[number])
        self._reports[number] = report
        if len(self._reports) > REPORTS:
            del self._reports[next(iter(self._reports))]
        return report

    def _only_report(self, place: Place) -> Report:
        if isinstance(place.kept, Result):
            report = place.kept.report
        else:
            packed = packed_report(decoded(self._spool[place.kept]).packed)
            assert packed is not None
            report = unpack_only_report(packed, self._forms, lambda: self._read_again(place))
        assert report is not None
        return report

    def _read_again(self, place: Place) -> Report:
        return read_again(self._linter, place.source, place.path, place.content)
