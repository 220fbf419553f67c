"""Other organs in the prose: what they received or did is not in the tables of the one that reports."""

from __future__ import annotations

from gilint.late import late
from gilint.patterns import finds_one
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilint.form import Family

_BEFORE_NAME = late(r"^(?:全年|年内|今年|其中|此外|另外|[0-9]{4}年度?)*")
_BEHIND_NAME = late(r"(?:全年|年内|本?年度|今年|共计|共|总计|累计|合计|新|依法|已)*$")
_SHORTEST_NAME = 3
_OWN = "本我全各该由"
"""What a name does not begin with that stands for the reporting organ, or for all of them together."""


class Others:
    """Tells the names of other organs, by the kinds that a family knows, from that of the one that reports."""

    def __init__(self, family: Family, issuer: str) -> None:
        self._patterns = tuple([pattern for kind in family.issuer_kinds for pattern in kind.patterns])
        self._issuer = fold(issuer)
        self._known: dict[str, bool] = {}

    def act(self, lead: str) -> bool:
        """Whether ``lead``, what stands before an anchor in its clause, is the name of another organ."""
        name = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", lead))
        if len(name) < _SHORTEST_NAME or name[0] in _OWN or not self._issuer:
            return False
        if name not in self._known:
            self._known[name] = not self._is_own(name) and finds_one(self._patterns, name)
        return self._known[name]

    def _is_own(self, name: str) -> bool:
        """A short name of the reporting organ only leaves out characters; an office of its own begins with its end."""
        rest = iter(self._issuer)
        if all(character in rest for character in name):
            return True
        return any(name.startswith(self._issuer[at:]) for at in range(len(self._issuer)))
