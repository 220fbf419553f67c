"""Which edits may be made: never in an address or code, never to a numeral, and no two at one place."""

from __future__ import annotations

from gilint.late import late
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gilint.model import Edit, Finding, Result

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
    """Edits that a finding proposes and that belong together, each without what its text shares with the old one."""

    finding: Finding
    edits: tuple[Edit, ...]

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def place(self) -> tuple[int, int]:
        return self.edits[0].at.passage.index, self.edits[0].at.start


def renumbers(edit: Edit) -> bool:
    """Whether an edit changes the number of a heading, and nothing behind it."""
    at, passage = edit.at, edit.at.passage
    number = passage.role == "heading" and HEADING_NUMBER.fullmatch(passage.text[: at.end]) is not None
    return number and numerals(at.text) != numerals(edit.text)


def offers(result: Result, *, unsafe: bool) -> Iterator[Offer]:
    """What findings propose, the ``unsafe`` kind only if it is asked for."""
    for finding in result.findings:
        if finding.fix is None or not (unsafe or finding.fix.safe):
            continue
        units: dict[int, list[Edit]] = {}
        for edit in map(_trimmed, finding.fix.edits):
            if edit.at.text != edit.text:
                units.setdefault(edit.unit, []).append(edit)
        yield from (Offer(finding, tuple(edits)) for edits in units.values())


def _trimmed(edit: Edit) -> Edit:
    """An edit without the characters at its ends that stay the same."""
    at, text = edit.at, edit.text
    old = at.text
    if old == text or not old:
        return edit
    most = min(len(old), len(text))
    lead = next((number for number in range(most) if old[number] != text[number]), most)
    tail = next((number for number in range(most - lead) if old[-1 - number] != text[-1 - number]), most - lead)
    place = at.replace(start=at.start + lead, end=at.end - tail)
    return edit.replace(at=place, text=text[lead : len(text) - tail])


def refusal(edit: Edit) -> dict[str, str] | None:
    """Why an edit is not to be made, whatever the format; ``None`` where it may be."""
    at = edit.at
    if any(match.start() < at.end and at.start < match.end() for match in UNTOUCHABLE.finditer(at.passage.text)):
        return ADDRESS
    if numerals(at.text) != numerals(edit.text) and not renumbers(edit):
        return NUMERAL
    return None


def numerals(text: str) -> str:
    """The digits and numerals of a text, Chinese ones too, as they follow each other."""
    return "".join(NUMERALS.findall(text))


def without_overlaps(wanted: Iterable[Offer]) -> tuple[list[Offer], list[Offer]]:
    """The offers that can be taken together, the first of those that overlap, and the others; of equal ones one is.

    Two that touch are parted as well: what one leaves may be what the other begins with.
    """
    chosen: list[Offer] = []
    later: list[Offer] = []
    taken: dict[int, list[Edit]] = {}
    for offer in wanted:
        beside = [one for index in {edit.at.passage.index for edit in offer.edits} for one in taken.get(index, ())]
        if all(any(_is_same(edit, one) for one in beside) for edit in offer.edits):
            continue
        if any(_touch(edit, one) for edit in offer.edits for one in beside):
            later.append(offer)
            continue
        chosen.append(offer)
        for edit in offer.edits:
            taken.setdefault(edit.at.passage.index, []).append(edit)
    return chosen, later


def _is_same(one: Edit, other: Edit) -> bool:
    return one.at == other.at and one.text == other.text


def _touch(one: Edit, other: Edit) -> bool:
    first, second = one.at, other.at
    return first.passage.index == second.passage.index and first.start <= second.end and second.start <= first.end
