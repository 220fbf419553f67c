"""What is worked out once for a family, when its first report comes."""

from __future__ import annotations

from gilint.late import late_linear
from gilint.recognise.plan import FormPlan, any_of
from gilint.recognise.stream import stream_key
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import Family, Form

LONGEST_HEADING = 60
ENOUGH_SECTIONS = 3
NUMBER = "一二三四五六七八九十.、"


class FamilyPlan:
    """The compiled patterns of a family, and its forms.

    ``marks`` are its forms with the labels that tell one from the others: each as the stream has it, and as printed.
    """

    def __init__(self, family: Family) -> None:
        self.titles = [late_linear(pattern) for pattern in family.titles]
        self.kinds = [(kind.key, [late_linear(any_of(kind.patterns))]) for kind in family.issuer_kinds]
        self.furniture = late_linear("(?m)" + any_of(family.furniture)) if family.furniture else None
        self.marks = [(form, [(stream_key(mark), mark) for mark in form.marks]) for form in family.forms]
        self._forms = family.forms
        self._plans: dict[str, FormPlan] = {}
        sections = [section for form in family.forms for section in form.sections]
        self._names = {name for section in sections for name in section.names}
        self._patterns = [late_linear(any_of(section.patterns)) for section in sections if section.patterns]
        # Most short lines are numbers of a table, shorter than any title; a pattern may match what it likes.
        self._shortest = 1 if self._patterns else min(map(len, self._names), default=1)

    def plan(self, form: Form) -> FormPlan:
        """A form with what is worked out for it when its first report comes: most runs meet one form only."""
        plan = self._plans.get(form.id)
        if plan is None:
            plan = self._plans[form.id] = FormPlan(form, [other for other in self._forms if other is not form])
        return plan

    def sections_in(self, lines: Sequence[tuple[int, str]], *, titled: bool) -> int:
        """How many short lines carry the title of a section, with or without its number, up to enough.

        Where no form has a table, headings are free, and without a title above they tell nothing.
        """
        if not titled and not any(form.tables for form in self._forms):
            return 0
        count = 0
        for _index, text in lines:
            if self._shortest <= len(text) <= LONGEST_HEADING and self._is_title(label_key(text).lstrip(NUMBER)):
                count += 1
                if count == ENOUGH_SECTIONS:
                    break
        return count

    def _is_title(self, key: str) -> bool:
        return key in self._names or any(pattern.search(key) for pattern in self._patterns)
