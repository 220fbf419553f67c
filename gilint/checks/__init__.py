"""Check kinds: what a rule can ask. One file a family of kinds.

A check is a pure function of (report, options) that yields :class:`~gilint.model.Problem`,
:class:`~gilint.model.NotAssessable` and :class:`~gilint.model.NotApplicable`; it says where and what, the engine adds
rule, severity, words and fingerprint. Where it comes upon a figure that is known from elsewhere, it yields
:class:`~gilint.model.Evidence` as well, which changes no outcome.
A check that looks for words declares ``patterns``: they are searched together with those of all other rules, in one
pass over the report, and its function gets the hits as third argument.
"""

from __future__ import annotations

from gilint.discovery import resolve
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from gilint.form import Family, Form
    from gilint.model import Report

    CheckFunction = Callable[..., Iterable[Any]]

BUILTIN = {
    "section": "gilint.checks.sections:section",
    "order": "gilint.checks.sections:order",
    "aspects": "gilint.checks.sections:aspects",
    "numbering": "gilint.checks.numbering:numbering",
    "text-banned": "gilint.checks.wording:text_banned",
    "text-required": "gilint.checks.wording:text_required",
    "text-replace": "gilint.checks.wording:text_replace",
    "typography": "gilint.checks.typography:typography",
    "period": "gilint.checks.dating:period",
    "date": "gilint.checks.dating:date",
    "year": "gilint.checks.dating:year",
    "consistent": "gilint.checks.identity:consistent",
    "listing": "gilint.checks.identity:listing",
    "table-shape": "gilint.checks.tables:table_shape",
    "cell": "gilint.checks.cells:cell",
    "equation": "gilint.checks.equations:equation",
    "change": "gilint.checks.changes:change",
    "similar": "gilint.checks.repetition:similar",
    "shared-text": "gilint.checks.sisters:shared_text",
    "shared-table": "gilint.checks.sisters:shared_table",
    "other-issuer": "gilint.checks.strangers:other_issuer",
    "stated-number": "gilint.checks.stated:stated_number",
    "parts-sum": "gilint.checks.parts:parts_sum",
    "share": "gilint.checks.shares:share",
    "told-change": "gilint.checks.growth:told_change",
    "stated-change": "gilint.checks.growth:stated_change",
    "stated-twice": "gilint.checks.restated:stated_twice",
    "shares-sum": "gilint.checks.proportions:shares_sum",
    "announced-count": "gilint.checks.announced:announced_count",
    "note": "gilint.checks.notes:note",
}
"""Kinds that gilint brings, as ``module:object``, resolved on first use."""


class Pattern(Record, hot=True):
    """Something to search for in prose.

    ``text`` is a literal, or an RE2 pattern when ``regex``; ``raw`` searches the text as written, else whitespace is
    removed and full-width letters and digits are folded first. ``tag`` tells a check's patterns apart in its hits.
    ``literals`` are strings of which one must be present for a regex to match; the loader derives them.
    """

    text: str
    regex: bool = False
    raw: bool = False
    tag: str = ""
    literals: tuple[str, ...] = ()


class Member:
    """A report of a run, as a check of scope ``run`` gets it: what names it, and the digest that the kind made of it.

    ``path`` is that of its result. ``report`` is the whole report, which may have to be read again for it: ask for
    those only that digests have set apart.
    """

    __slots__ = ("_read", "digest", "form", "issuer", "issuer_kind", "path", "year")

    def __init__(self, particulars: Particulars, digest: Any, read: Callable[[], Report]) -> None:
        self.path, self.form, self.issuer, self.issuer_kind, self.year = particulars.parts
        self.digest = digest
        self._read = read

    @property
    def report(self) -> Report:
        return self._read()


class Particulars(Record):
    """What names a report of a run."""

    path: str
    form: Form
    issuer: str | None
    issuer_kind: str | None
    year: int | None

    @property
    def parts(self) -> tuple[str, Form, str | None, str | None, int | None]:
        return self.path, self.form, self.issuer, self.issuer_kind, self.year


class Check(Record):
    """A kind of check.

    ``options`` is the JSON Schema of a rule's ``with``; ``values`` names what its messages may use; ``patterns``
    (options, family) gives what is to be searched, for checks that look for words. With ``only_hits`` the function has
    nothing to say where nothing was found, and is not called.

    ``prepare`` (options, family) runs once, when a rule is compiled. It refuses what a schema cannot see, by raising
    :class:`~gilint.errors.OptionError`, and returns the options that the function gets: plain data (``None``, bool,
    int, float, str, list, tuple, dict), compiled parts included, because they are kept in a cache.

    A kind of ``scope`` ``report`` judges one report. One of scope ``run`` judges all reports of a run, after each was
    judged by itself: ``digest`` (report, options) is called for each, maybe in another process, and returns something
    small that can be pickled, or ``NotApplicable`` or ``NotAssessable``. The function gets a list of :class:`Member`,
    those that are no such word, and the options; it yields pairs of the number of a member and what is said of it.
    With ``partners`` (members, options), which tells by digests alone beside which others each member is judged, by
    numbers, the function is called for each member that has some, maybe in another process: it gets a list of it and
    them, and yields what is said of the first.

    ``fixes`` (options) tells whether problems come with edits, so that a rule may say how safe they are.
    """

    name: str
    function: CheckFunction
    options: Mapping[str, Any]
    values: tuple[str, ...]
    patterns: Callable[[Mapping[str, Any], Family], Sequence[Pattern]] | None = None
    summary: str = ""
    prepare: Callable[[Mapping[str, Any], Family], Mapping[str, Any]] | None = None
    only_hits: bool = False
    scope: str = "report"
    digest: Callable[[Report, Mapping[str, Any]], Any] | None = None
    fixes: Callable[[Mapping[str, Any]], bool] | None = None
    partners: Callable[[Sequence[Member], Mapping[str, Any]], Mapping[int, Sequence[int]]] | None = None


def check(
    name: str,
    *,
    options: Mapping[str, Any] | None = None,
    required: Sequence[str] = (),
    values: Sequence[str] = (),
    patterns: Callable[[Mapping[str, Any], Family], Sequence[Pattern]] | None = None,
    prepare: Callable[[Mapping[str, Any], Family], Mapping[str, Any]] | None = None,
    only_hits: bool = False,
    scope: str = "report",
    digest: Callable[[Report, Mapping[str, Any]], Any] | None = None,
    fixes: Callable[[Mapping[str, Any]], bool] | None = None,
    partners: Callable[[Sequence[Member], Mapping[str, Any]], Mapping[int, Sequence[int]]] | None = None,
) -> Callable[[CheckFunction], Check]:
    """Make a check kind of a function.

    Raises ``ValueError`` for a scope ``run`` without ``digest``, or the reverse, and for ``partners`` without both.

    ``options`` maps each option to its JSON Schema, ``required`` names those that a rule must give, ``values`` the
    names that a rule's messages may use in braces. The first line of the docstring is the kind's summary.
    """
    if scope not in ("report", "run") or (scope == "run") != (digest is not None):
        raise ValueError(f"check {name!r}: the scope is report, or run with a digest")
    if partners is not None and digest is None:
        raise ValueError(f"check {name!r}: partners are told by digests, in the scope run")
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(options or {}),
        "required": list(required),
    }

    def decorate(function: CheckFunction) -> Check:
        summary = (function.__doc__ or "").strip().partition("\n")[0]
        words = name, function, schema, tuple(values), patterns, summary
        return Check(*words, prepare, only_hits, scope, digest, fixes, partners)

    return decorate


def builtin(name: str) -> Check:
    """The built-in kind of this name. Raises ``KeyError`` when there is none."""
    found = resolve(BUILTIN[name])
    assert isinstance(found, Check)
    return found
