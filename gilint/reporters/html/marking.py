"""A passage with all that findings mark in it, where they overlap as well."""

from __future__ import annotations

from gilint.reporters import SEVERITIES
from gilint.reporters.html.markup import Markup, element, joined, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gilint.reporters.html.sheet import Card, Reference


def marked(passage: str, references: Sequence[Reference], words: Mapping[str, str], start: int = 0) -> Markup:
    """The text from ``start`` on, cut where any mark begins or ends; behind each mark the number of its card."""
    edges = {start, len(passage)}
    for each in references:
        edges.update(min(max(edge, start), len(passage)) for edge in (each.spot.start, each.spot.end))
    cuts = sorted(edges)
    pieces: list[object] = []
    for at, cut in enumerate(cuts):
        pieces += [reference(each, words) for each in references if _end(each, passage, start) == cut]
        if at + 1 < len(cuts):
            pieces.append(_piece(passage[cut : cuts[at + 1]], cut, cuts[at + 1], references))
    return joined(*pieces)


def _end(each: Reference, passage: str, start: int) -> int:
    return min(max(each.spot.start, each.spot.end, start), len(passage))


def _piece(piece: str, start: int, end: int, references: Iterable[Reference]) -> Markup:
    cards = [each.card for each in references if each.spot.start <= start and end <= each.spot.end]
    if not cards:
        return text(piece)
    return element("mark", piece, class_=look(cards), data_of=numbers(cards))


def look(cards: Iterable[Card]) -> str:
    """The gravest severity of cards; waived ones only where there is no other."""
    ranked = sorted(cards, key=lambda card: (card.waiver is not None, SEVERITIES.index(card.severity)))
    return "waived" if ranked[0].waiver is not None else ranked[0].severity


def numbers(cards: Iterable[Card]) -> str:
    return " ".join(dict.fromkeys(str(card.number) for card in cards))


def reference(each: Reference, words: Mapping[str, str]) -> Markup:
    """The number of a card at its place, which leads to it."""
    card = each.card
    severity = words["waived"] if card.waiver is not None else words[card.severity]
    said = words["to_finding"].format(severity=severity, number=card.number, rule=card.findings[0].title)
    return element(
        "a",
        card.number,
        class_=f"ref {look([card])}",
        id=each.id,
        href="#" + each.target,
        aria_label=said,
        title=said,
        data_of=card.number,
    )
