"""Which edits may be made: never in an address or code, never to a numeral, and no two at one place."""

from __future__ import annotations

from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.model import Finding, Result, Slice

NUMERALS = late("[0-9０-９〇零○一二三四五六七八九十百千万亿两]")
HEADING_NUMBER = late(r"[\s（(]*[0-9一二三四五六七八九十]{0,3}[）)、.．，\s]*")
# Addresses of pages and mail, the target of a link in Markdown, and code. Chinese marks end an address.
UNTOUCHABLE = late(
    r"(?:https?|ftp)://[^\s，。；：、！？（）“”《》]+|www\.[^\s，。；：、！？（）“”《》]+"
    r"|[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+|\]\([^()]*\)|`[^`]+`"
)
ADDRESS = {"zh": "在网址、邮箱或者代码中", "en": "it stands in an address or in code"}
NUMERAL = {"zh": "会改变数字", "en": "it would change a numeral"}
OVERLAP = {"zh": "与另一处修改重叠", "en": "it overlaps another edit"}


class Offer(Record):
    """An edit that a finding proposes: ``text`` in the place of what stands ``at`` a slice, without what both share."""

    finding: Finding
    at: Slice
    text: str

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def place(self) -> tuple[int, int, int]:
        return self.at.passage.index, self.at.start, self.at.end

    @property
    def renumbers(self) -> bool:
        """Whether it changes the number of a heading, and nothing behind it."""
        at, passage = self.at, self.at.passage
        number = passage.role == "heading" and HEADING_NUMBER.fullmatch(passage.text[: at.end]) is not None
        return number and numerals(at.text) != numerals(self.text)


def offers(result: Result, *, unsafe: bool) -> Iterator[Offer]:
    """The edits that findings propose, those of the ``unsafe`` kind only if they are asked for."""
    for finding in result.findings:
        if finding.fix is not None and (unsafe or finding.fix.safe):
            for edit in finding.fix.edits:
                at, text = _trimmed(edit.at, edit.text)
                if at.text != text:
                    yield Offer(finding, at, text)


def _trimmed(at: Slice, text: str) -> tuple[Slice, str]:
    """An edit without the characters at its ends that stay the same."""
    old = at.text
    if old == text or not old:
        return at, text
    most = min(len(old), len(text))
    lead = next((number for number in range(most) if old[number] != text[number]), most)
    tail = next((number for number in range(most - lead) if old[-1 - number] != text[-1 - number]), most - lead)
    return at.replace(start=at.start + lead, end=at.end - tail), text[lead : len(text) - tail]


def refusal(offer: Offer) -> dict[str, str] | None:
    """Why an edit is not to be made, whatever the format; ``None`` where it may be."""
    at = offer.at
    if any(match.start() < at.end and at.start < match.end() for match in UNTOUCHABLE.finditer(at.passage.text)):
        return ADDRESS
    if numerals(at.text) != numerals(offer.text) and not offer.renumbers:
        return NUMERAL
    return None


def numerals(text: str) -> str:
    """The digits and numerals of a text, Chinese ones too, as they follow each other."""
    return "".join(NUMERALS.findall(text))


def without_overlaps(wanted: Sequence[Offer]) -> tuple[list[Offer], list[Offer]]:
    """The edits that can be made together, the first of those that overlap, and the others; of equal ones one is made.

    Two that touch are parted as well: what one leaves may be what the other begins with.
    """
    chosen: dict[tuple[int, int, int], Offer] = {}
    later: list[Offer] = []
    taken: dict[int, list[Offer]] = {}
    for offer in wanted:
        same = chosen.get(offer.place)
        if same is not None and same.text == offer.text:
            continue
        beside = taken.setdefault(offer.at.passage.index, [])
        if any(one.at.start <= offer.at.end and offer.at.start <= one.at.end for one in beside):
            later.append(offer)
            continue
        beside.append(offer)
        chosen[offer.place] = offer
    return list(chosen.values()), later
