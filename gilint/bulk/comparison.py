"""Reports that lie on disk, compared here or by workers; what was said of them is kept for the next run."""

from __future__ import annotations

from functools import partial
from itertools import chain

from gilint.bulk.comparing import Group, compare, told
from gilint.bulk.tasks import Tasks
from gilint.failures import BROKE
from gilint.packing import compressed, decompressed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from gilint.bulk.comparing import Part
    from gilint.bulk.kept import Kept
    from gilint.linter import Linter

    Said = tuple[int, bytes | Exception]
    """The number of a report and what rules say of it (:func:`gilint.bulk.comparing.told`), or why nothing is said."""

GROUPS_A_TASK = 16
"""Reports that are compared in one task: neighbours share their partners, but all of them are in memory at a time."""
PARTS = 32
"""Reports that are at hand for their neighbours."""
TOGETHER = 200
"""What was said of so many reports is kept together."""


class Comparison:
    """Has rules judge reports beside others: ``partners`` are the numbers of these by report and rule.

    ``part_of`` fetches the report of a number.
    """

    def __init__(
        self,
        linter: Linter,
        kept: Kept | None,
        partners: Mapping[int, Mapping[str, Sequence[int]]],
        part_of: Callable[[int], Part],
    ) -> None:
        self._linter = linter
        self._kept = kept
        self._partners = partners
        self._part_of = part_of
        self._parts: dict[int, Part] = {}
        self._known: list[Said] = []
        self._keys: dict[int, bytes] = {}
        self._new: list[tuple[bytes, bytes]] = []

    def run(self, executor: Executor | None) -> Iterator[Said]:
        """What is said of each report, as it is done; without an ``executor`` in this process."""
        groups: Iterator[tuple[int, Sequence[bytes] | Exception]]
        if executor is None:
            groups = ((number, compare(self._linter, [group])[0]) for number, group in self._unknown())
        else:
            groups = Tasks(executor, partial(compare, self._linter), GROUPS_A_TASK).run(self._unknown())
        for number, said in groups:
            if isinstance(said, Exception):
                yield number, said
            else:
                self._keep(number, said[0])
                yield number, said[0]
            while self._known:
                yield self._known.pop()
        yield from self._known
        if self._kept is not None:
            self._kept.put_all(self._new)

    def _unknown(self) -> Iterator[tuple[int, Group]]:
        """The groups of which it is not kept what the rules say."""
        for number in self._partners:
            group = self._group(number)
            if self._kept is not None:
                self._keys[number] = self._kept.key(*group.identity)
                known = self._kept.get(self._keys[number])
                if known is not None:
                    self._known.append((number, decompressed(known)))
                    continue
            yield number, group

    def _group(self, number: int) -> Group:
        rules = self._partners[number]
        numbers = list(dict.fromkeys((number, *chain.from_iterable(rules.values()))))
        places = {rule: [numbers.index(other) for other in others] for rule, others in rules.items()}
        return Group(places, tuple(map(self._part, numbers)))

    def _part(self, number: int) -> Part:
        """The very same part for neighbours: they are sent together, and it once."""
        part = self._parts.pop(number, None) or self._part_of(number)
        self._parts[number] = part
        if len(self._parts) > PARTS:
            del self._parts[next(iter(self._parts))]
        return part

    def _keep(self, number: int, said: bytes) -> None:
        """Keep what was said, many at a time; what broke may be mended by the next run."""
        if self._kept is None or told(said)[0] & BROKE:
            return
        self._new.append((self._keys.pop(number), compressed(said)))
        if len(self._new) == TOGETHER:
            self._kept.put_all(self._new)
            self._new.clear()
