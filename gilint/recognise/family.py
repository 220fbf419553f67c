"""What is worked out once for a family, when its first report comes."""

from __future__ import annotations

from gilint.late import late_linear
from gilint.recognise.plan import FormPlan
from gilint.text import label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.form import Family

LONGEST_HEADING = 60
ENOUGH_SECTIONS = 3
NUMBER = "一二三四五六七八九十.、"


class FamilyPlan:
    """The compiled patterns of a family, and its forms with theirs by id."""

    def __init__(self, family: Family) -> None:
        self.forms = {form.id: FormPlan(form, [o for o in family.forms if o is not form]) for form in family.forms}
        self.titles = [late_linear(pattern) for pattern in family.titles]
        self.kinds = [(kind.key, [late_linear(_any_of(kind.patterns))]) for kind in family.issuer_kinds]
        self.furniture = late_linear("(?m)" + _any_of(family.furniture)) if family.furniture else None
        self._names = {name for form in family.forms for section in form.sections for name in section.names}
        self._patterns = [pattern for plan in self.forms.values() for pattern, _section in plan.patterns]
        # Most short lines are numbers of a table, shorter than any title; a pattern may match what it likes.
        self._shortest = 1 if self._patterns else min(map(len, self._names), default=1)

    def sections_in(self, lines: Sequence[tuple[int, str]], *, titled: bool) -> int:
        """How many short lines carry the title of a section, with or without its number, up to enough.

        Where no form has a table, headings are free, and without a title above they tell nothing.
        """
        if not titled and not any(plan.form.tables for plan in self.forms.values()):
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


def _any_of(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)
