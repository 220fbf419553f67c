"""What rules said of the reports of a run beside each other: on disk, and kept for a run over the very same reports."""

from __future__ import annotations

from itertools import islice

from gilint.bulk.comparing import told
from gilint.model import Outcome
from gilint.packing import compressed, decompressed, pack_findings, unpack_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.bulk.kept import Kept
    from gilint.bulk.spool import Spool
    from gilint.model import Finding, Report
    from gilint.runs import Said

    Plain = tuple[list[tuple[str, str, str, bytes | None]], bytes | None]
    """What was said of a report: rules with the status and reason of their outcome and their packed findings, and what
    its comparison came to (:func:`gilint.bulk.comparing.told`)."""

TOGETHER = 200
"""Reports of which it is kept together what was said."""


class Together:
    """What rules said of reports, by the numbers of these."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._said: dict[int, dict[str, tuple[Outcome, int | None]]] = {}
        self._compared: dict[int, int] = {}
        self._outcomes: dict[Outcome, Outcome] = {}

    def tell(self, number: int, rule: str, outcome: Outcome, findings: Sequence[Finding]) -> None:
        """Take in what a rule says of a report; its last word counts."""
        self._tell(number, rule, outcome, pack_findings(findings) if findings else None)

    def _tell(self, number: int, rule: str, outcome: Outcome, findings: bytes | None) -> None:
        kept = None if findings is None else self._spool.append(findings)
        self._said.setdefault(number, {})[rule] = self._outcomes.setdefault(outcome, outcome), kept

    def compare(self, number: int, encoded: bytes) -> int:
        """Take in what the comparison of a report said; gives what this comes to."""
        self._compared[number] = self._spool.append(encoded)
        return told(encoded)[0]

    def may_change(self, number: int, *, apart: bool) -> bool:
        """Whether it may change what the result of a report comes to, or silence what was found in it.

        ``apart`` says that what comparisons find is silenced by nothing else and silences nothing else.
        """
        said = self._said.get(number, {}).values()
        more = any(kept is not None or outcome.status == "broke" for outcome, kept in said)
        return more or (number in self._compared and not apart)

    def plain(self, number: int) -> Plain:
        """All that was said of a report, as plain data."""
        said = [
            (rule, outcome.status, outcome.reason, None if kept is None else self._spool[kept])
            for rule, (outcome, kept) in self._said.get(number, {}).items()
        ]
        at = self._compared.get(number)
        return said, None if at is None else self._spool[at]

    # --- for the next run ---------------------------------------------------------------------------------------------

    def keep(self, kept: Kept, identity: bytes, count: int) -> None:
        """Keep what was said of all ``count`` reports of a run; what broke may be mended by the next one."""
        if any(outcome.status == "broke" for said in self._said.values() for outcome, _ in said.values()):
            return
        plain = map(self.plain, range(count))
        for start in range(0, count, TOGETHER):
            kept.put(kept.key("run", identity, start), compressed(list(islice(plain, TOGETHER))))

    def recall(self, kept: Kept, identity: bytes, count: int) -> Iterator[tuple[int, int]] | None:
        """Take in what was said of the very same reports; gives their numbers and what their comparisons came to.

        ``None`` where not all of it is kept.
        """
        chunks = [kept.get(kept.key("run", identity, start)) for start in range(0, count, TOGETHER)]
        known = [chunk for chunk in chunks if chunk is not None]
        if len(known) < len(chunks):
            return None
        return self._recalled(known)

    def _recalled(self, chunks: Sequence[bytes]) -> Iterator[tuple[int, int]]:
        plain = (each for chunk in chunks for each in decompressed(chunk))
        for number, (said, compared) in enumerate(plain):
            for rule, status, reason, findings in said:
                self._tell(number, rule, Outcome(status, reason), findings)
            if compared is not None:
                yield number, self.compare(number, compared)


def said_of(plain: Plain, report: Report) -> Said:
    """What was said of a report, from plain data."""
    rules, compared = plain
    said = {rule: (Outcome(status, reason), findings) for rule, status, reason, findings in rules}
    for rule, outcome, findings in () if compared is None else told(compared)[1]:
        said[rule] = outcome, findings
    return {
        rule: (outcome, () if findings is None else unpack_findings(findings, report))
        for rule, (outcome, findings) in said.items()
    }
