"""A finding as a card: what is wrong, how to mend it, what it rests on, and links to its places."""

from __future__ import annotations

from gilint.form import PREVIOUS
from gilint.reporters.html.grids import Grid
from gilint.reporters.html.markup import Markup, element, joined
from gilint.reporters.layout import one_line
from gilint.reporters.parts import suggestions
from gilint.reporters.sums import Sums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gilint.model import Finding, Related
    from gilint.reporters import Equations
    from gilint.reporters.html.sheet import Card, Sheet, Spot

# In characters: what an equation takes at most before its label is shortened.
_SUM = 120


class Cards:
    """Draws the cards of one sheet."""

    def __init__(self, sheet: Sheet, words: Mapping[str, str], equations: Equations) -> None:
        report = sheet.result.report
        self._sheet, self._words = sheet, words
        self._sums = None if report is None else Sums(report, equations, sheet.lang)

    def markup(self, card: Card) -> Markup:
        first, name = card.findings[0], self._sheet.id("n", card.number)
        title = element("p", element("span", self._title(card), id=name), self._links(card), class_="title")
        return element(
            "article",
            title,
            element("p", self._message(card), class_="message"),
            self._waiver(card),
            self._equations(card),
            self._foot("cause", one_line(first.cause.text) if first.cause else ""),
            *self._changes(card),
            *(self._foot("advice", one_line(said)) for said in dict.fromkeys(one.advice for one in card.findings)),
            self._last_year(card),
            self._grounds(card),
            class_=f"card {card.severity}{' waived' if card.waiver else ''}",
            id=self._sheet.id("f", card.number),
            tabindex="-1",
            aria_labelledby=name,
            data_of=card.number,
            data_count=len(card.findings),
            data_severity="waived" if card.waiver else card.severity,
            data_rules=" ".join(dict.fromkeys(finding.rule for finding in card.findings)),
        )

    def entry(self, card: Card) -> Markup:
        """A line of the contents."""
        link = element("a", self._message(card), href="#" + self._sheet.id("f", card.number))
        return element("li", self._title(card), " ", link, data_of=card.number)

    # --- what ---------------------------------------------------------------------------------------------------------

    def _title(self, card: Card) -> Markup:
        words = self._words
        look = "waived" if card.waiver else card.severity
        said = words[card.severity] if card.waiver is None else f"{words['waived']} · {words[card.severity]}"
        rules = words["list"].join(dict.fromkeys(finding.rule for finding in card.findings))
        number = element("span", card.number, class_=f"number {look}")
        return joined(number, " ", element("b", said, class_=f"severity {look}"), " ", element("span", rules))

    def _message(self, card: Card) -> str:
        first, several = card.findings[0], len(card.findings) > 1
        if first.cause is not None and several:
            titles = dict.fromkeys(one_line(finding.title) for finding in card.findings)
            return self._words["clauses"].join(filter(None, titles)) or one_line(first.message)
        return one_line(first.message)

    def _waiver(self, card: Card) -> Markup | None:
        waiver, words = card.waiver, self._words
        if waiver is None:
            return None
        terms = [words["waiver"].format(reason=one_line(waiver.reason))]
        if waiver.approver:
            terms.append(words["approver"].format(name=one_line(waiver.approver)))
        if waiver.expires:
            terms.append(words["expires"].format(day=waiver.expires))
        terms.append(words["waiver_where"].format(place=f"{waiver.path}:{waiver.line}"))
        return element("p", words["clauses"].join(terms), class_="reason")

    # --- how to mend it -----------------------------------------------------------------------------------------------

    def _equations(self, card: Card) -> Markup | None:
        if self._sums is None or not card.case.sums:
            return None
        told = [self._sums.text(one, card.case.changes, _SUM) for one in card.case.sums]
        items = [element("li", *_turned(text)) for text in dict.fromkeys(told)]
        return joined(element("p", self._words["equations"], class_="label"), element("ul", *items, class_="sums"))

    def _changes(self, card: Card) -> Iterable[Markup | None]:
        cause = card.findings[0].cause.text if card.findings[0].cause else ""
        texts = list(dict.fromkeys(suggestion.text for suggestion in suggestions(card.findings)))
        for number, text in enumerate(texts):
            if text not in cause:
                yield self._foot("or" if number else "change", one_line(text))

    def _foot(self, label: str, text: str) -> Markup | None:
        return element("p", element("b", self._words[label]), text, class_=label) if text else None

    # --- where, and why -----------------------------------------------------------------------------------------------

    def _links(self, card: Card) -> Markup | None:
        """To each place in the report; where there is none, the place in words."""
        places: list[object] = [
            element("a", f"↖ {self._where(card, each.spot)}", href=f"#{each.id}", class_="back")
            for each in self._sheet.references[card.number]
        ]
        if not places:
            places = [self._place(card.findings[0])]
        return element("span", joined(*places, by=" "), class_="where")

    def _where(self, card: Card, spot: Spot) -> str:
        finding = next(one for one, own in zip(card.findings, card.spots, strict=True) if own == spot)
        return self._place(finding) or self._words["to_place"]

    def _place(self, place: Finding | Related) -> str:
        steps = [one_line(step) for step in place.address.trail]
        at = "" if place.span is None else place.span.describe(self._sheet.lang)
        trail = steps[-1] if steps else ""
        return f"{trail} ({at})" if trail and at else trail or at

    def _last_year(self, card: Card) -> Markup | None:
        """The cells of last year's report, which the page does not show elsewhere."""
        drawn = [
            Grid(part.table, part.form, self._words, ids=self._sheet.id("l", card.number, at)).markup(
                self._words["last_year"].format(title=part.form.title), part.cells
            )
            for at, part in enumerate(card.case.parts)
            if part.key.startswith(PREVIOUS)
        ]
        return joined(*drawn) if drawn else None

    def _grounds(self, card: Card) -> Markup:
        """What is looked up now and then: each finding with its rule, the basis, other places, the fingerprint."""
        words = self._words
        several = len(card.findings) > 1
        rows = [self._finding(finding, several) for finding in card.findings]
        return element("details", element("summary", words["grounds"]), *rows)

    def _finding(self, finding: Finding, several: bool) -> Markup:
        words = self._words
        known: list[tuple[str, object]] = [(words["rule"], self._rule(finding))]
        if several:
            known += [(words["place"], self._place(finding)), (words["note"].rstrip("：: "), one_line(finding.message))]
        known += [(words["basis_label"], self._basis(basis)) for basis in finding.basis]
        known += [(words["related"], self._related(related)) for related in finding.related]
        known.append((words["fingerprint"], element("code", finding.fingerprint, lang="en")))
        return element("dl", *(joined(element("dt", name), element("dd", said)) for name, said in known if said))

    def _rule(self, finding: Finding) -> Markup:
        return joined(f"{finding.rule} {one_line(finding.title)} ", element("code", finding.name, lang="en"))

    def _basis(self, basis: Mapping[str, str]) -> Markup:
        text = basis.get("text", "")
        source = one_line(f"{basis['document']} {basis['clause']}")
        return element("span", source + (f"：{one_line(text)}" if text else ""), lang="zh-CN")

    def _related(self, related: Related) -> str:
        return " ".join(filter(None, (one_line(related.message), self._place(related))))


def _turned(text: str) -> Iterable[object]:
    """An equation as printed, and on a line of its own as it would be."""
    before, arrow, after = text.partition(" → ")
    yield element("span", before)
    if arrow:
        yield joined(" → ", element("span", after, class_="good"))
