"""Which of the reports that were read belong into one sum: the same form and year, each organ's report once."""

from __future__ import annotations

from collections import Counter

from gilint.totals.records import ADDED, OTHER_FORM, OTHER_YEAR, PARENT, REPEATED
from gilint.totals.words import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from gilint.form import Form
    from gilint.totals.reading import Reading


class Scope:
    """The form and the year of a total: those of the parent, or of most members."""

    def __init__(self, parent: Reading | None, members: Sequence[Reading]) -> None:
        read = [one for one in members if one.form is not None]
        own = parent is not None and parent.form is not None
        forms = {one.form.id: one.form for one in read if one.form is not None}
        if own and parent is not None:
            self.form: Form | None = parent.form
            self.year = parent.member.year
        else:
            common = _most(one.member.form for one in read)
            self.form = forms[common] if common is not None else None
            self.year = None
        if self.year is None:
            self.year = _most(one.member.year for one in read if self.form and one.member.form == self.form.id)


def _most(values: Iterable[Any]) -> Any:
    """The commonest of the values that are known, the first of several."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None


def choose(parent: Reading | None, members: Sequence[Reading], scope: Scope, lang: str) -> list[Reading]:
    """The members with what becomes of each, and names that tell them apart."""
    own = _Known([] if parent is None else [parent])
    added = _Known([])
    chosen: list[Reading] = []
    for one in members:
        if one.form is not None:
            status, note = _status(one, own, added, scope, lang)
            one = one.replace(member=one.member.replace(status=status, note=note))
            if status == ADDED:
                added.add(one)
        chosen.append(one)
    return _named_apart(chosen)


def _status(one: Reading, parent: _Known, added: _Known, scope: Scope, lang: str) -> tuple[str, str]:
    member = one.member
    if parent.same_as(one) is not None:
        return PARENT, say(lang, "is-parent")
    if scope.form is not None and member.form != scope.form.id:
        return OTHER_FORM, say(lang, "other-form", own=member.form, wanted=scope.form.id)
    if None not in (member.year, scope.year) and member.year != scope.year:
        return OTHER_YEAR, say(lang, "other-year", own=member.year, wanted=scope.year)
    same = added.same_as(one)
    if same is not None:
        return REPEATED, say(lang, "repeated", path=same.member.path)
    organ = added.organ_of(one)
    if organ is not None:
        return ADDED, say(lang, "same-organ", path=organ.member.path)
    if parent.organ_of(one) is not None:
        return ADDED, say(lang, "organ-of-parent")
    return ADDED, "" if member.year is not None else say(lang, "no-year")


class _Known:
    """Reports among which one is looked up: by its file, by its text, by its organ."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._by_source: dict[str, Reading] = {}
        self._by_text: dict[int, Reading] = {}
        self._by_organ: dict[str, list[Reading]] = {}
        for one in readings:
            self.add(one)

    def add(self, one: Reading) -> None:
        if one.source is not None:
            self._by_source[one.source] = one
        if one.digest:
            self._by_text[one.digest] = one
        if one.member.issuer:
            self._by_organ.setdefault(one.member.issuer, []).append(one)

    def same_as(self, one: Reading) -> Reading | None:
        """The same report: one file, one text, or one organ with the same figures, whatever the format."""
        found = self._by_source.get(one.source or "")
        candidates = [self._by_text.get(one.digest), *self._by_organ.get(one.member.issuer or "", ())]
        return found or next((other for other in candidates if other is not None and _agree(one, other)), None)

    def organ_of(self, one: Reading) -> Reading | None:
        """A report of the same organ."""
        return next(iter(self._by_organ.get(one.member.issuer or "", ())), None)


def _agree(one: Reading, other: Reading) -> bool:
    first, second = one.member, other.member
    return (first.year, first.form, first.figures) == (second.year, second.form, second.figures)


def _named_apart(members: Sequence[Reading]) -> list[Reading]:
    """Members of the same name get their path behind it, and a number where that is the same too."""
    counted = Counter(one.member.name for one in members)
    taken: Counter[str] = Counter()
    apart = []
    for one in members:
        member = one.member
        name = member.name if counted[member.name] == 1 else f"{member.name} [{member.path}]"
        taken[name] += 1
        name = name if taken[name] == 1 else f"{name} #{taken[name]}"
        apart.append(one.replace(member=member.replace(name=name)))
    return apart
