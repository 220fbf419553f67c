"""The public door: load rules once, lint many reports."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import chain, islice

from gilint import overrides
from gilint.cache import digest_of
from gilint.checks.matching import Matcher
from gilint.config import Config, configured, known_lang
from gilint.engine import Engine
from gilint.errors import GilintError, InputError
from gilint.failures import broken, failed, invalid_waivers, no_rules, other_kind
from gilint.inputs import STANDARD_INPUT, load
from gilint.loading import load_rules
from gilint.model import Document, Report, Result
from gilint.plugins import Registry
from gilint.readers.opening import contents, read_document
from gilint.recognise import Recogniser
from gilint.ruleset import kinds_of, rules_of, searches_of
from gilint.runs import by_place
from gilint.sources import BYTES, DATA, name_of, place_of, several
from gilint.waivers import Waivers, named_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from gilint.arithmetic import CellKey
    from gilint.diagnosis import Explainer
    from gilint.form import Form
    from gilint.model import Evidence, Finding
    from gilint.ruleset import Rule
    from gilint.sources import Input, Source

    Content = bytes | Document | Report | Mapping[str, Any] | InputError
    Judged = tuple[Result, str | None, bytes]
    """A result before waivers, the place of its document (``None``: no file), and the digest of what lies there."""


class Linter:
    """Rules, forms and plugins, loaded once; safe to share between threads afterwards.

    ``rules`` are packs beside the default one and those of the configuration: folders, rule files, or names of
    installed packs. ``config`` is a :class:`Config`, the path of one, ``None`` for the nearest ``gilint.toml`` above
    the working folder, or ``False`` for none. ``select`` stands in place of that of the configuration; the other
    arguments add to it. ``waivers`` names files of waivers that count beside those of the configuration and those that
    lie beside the reports; with ``False`` nothing is waived. ``today`` (as ``2025-12-31``) is the day on which waivers
    have to hold, the present one by default.

    Raises ``ConfigError`` and ``RuleError`` for what is wrong in them. A plugin that fails is recorded in
    ``registry.failures``, and rules that need it break.

    A linter is pickled as its arguments: another process loads everything anew.
    """

    def __init__(
        self,
        rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        *,
        config: Config | str | os.PathLike[str] | bool | None = None,
        select: str | Sequence[str] = (),
        ignore: str | Sequence[str] = (),
        plugins: str | Sequence[str] = (),
        issuer_kind: str | None = None,
        facts: Mapping[str, Any] | None = None,
        lang: str | None = None,
        waivers: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | bool = (),
        today: str = "",
    ) -> None:
        select, ignore, plugins = several(select), several(ignore), several(plugins)
        self.config = configured(config)
        self.lang = known_lang(lang or self.config.lang)
        self.registry = Registry(plugins, self.config.plugins)
        self.issuer_kind = issuer_kind or self.config.issuer_kind
        named = [rules] if isinstance(rules, str | os.PathLike) else rules
        sources = tuple(os.fspath(source) for source in named)
        waiving = named_files(waivers, self.config)
        # The token tells this linter from one that was made of the same arguments before a file changed.
        self._remake = (
            os.urandom(8),
            {
                "rules": sources,
                "config": self.config,
                "select": select,
                "ignore": ignore,
                "plugins": plugins,
                "issuer_kind": issuer_kind,
                "facts": dict(facts or {}),
                "lang": self.lang,
                "waivers": waivers,
                "today": today,
            },
        )
        try:
            loaded = load_rules(self.config, self.registry, sources)
            self.ruleset = overrides.overridden(loaded, self.config, self.registry.get)
            self.chosen = overrides.selected(self.ruleset, self.config, select, ignore)
            self.facts = overrides.facts_of(self.config, self.ruleset.families, facts or {})
            overrides.refuse_unknown_kind(self.issuer_kind, self.config, self.ruleset.families)
            overrides.refuse_wrong_overrides(loaded, self.config, self.registry.get)
            self.waivers = Waivers(self.ruleset, waiving or (), beside=waiving is not None, lang=self.lang, today=today)
        except GilintError as error:
            # What is missing may be what a plugin would have brought.
            for failure in self.registry.failures:
                error.add_note(str(failure))
            raise
        self._variants: dict[tuple[int, ...], Linter] = {}
        self._recogniser = Recogniser(self.ruleset.families)
        self._engines: dict[str, Engine] = {}
        self._explainers: dict[str, Explainer] = {}
        self._loaded = loaded
        self._equations: dict[str, tuple[dict[str, Rule], dict[str, Rule]]] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The selected rules; of ``chosen`` those of a family are made when they are first needed."""
        return tuple(self.chosen)

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, self._remake

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the linter was made of."""
        return self._remake[1]

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(
        self,
        source: Source,
        name: str | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        place: str | None = None,
    ) -> Report:
        """The report of a file, of bytes, of data, or of a Document; ``facts`` are added to those of the configuration.

        ``place`` is the path for which the configuration may have overrides, that of the file itself by default.

        Raises ``InputError`` when there is no report in it, ``ConfigError`` for facts that no pack declares, and
        ``PluginError`` when a plugged-in reader breaks.
        """
        if isinstance(source, Report):
            return source
        linter = self._variant(place or place_of(source))
        if linter is not self:
            return linter.read(source, name, facts, place=place)
        known = {**self.facts, **overrides.facts_of(Config(), self.ruleset.families, facts)} if facts else self.facts
        document = source if isinstance(source, Document) else self._document(source, name)
        return self._recogniser.read(document, known, self.issuer_kind)

    def _variant(self, place: str | None) -> Linter:
        """The linter for the file at a path: another one where the configuration has overrides for it."""
        if place is None or place == STANDARD_INPUT or not self.config.overrides:
            return self
        covering = tuple(index for index, each in enumerate(self.config.overrides) if each.covers(place))
        if not covering:
            return self
        if covering not in self._variants:
            from gilint.config.merging import for_file

            arguments: dict[str, Any] = {**self._remake[1], "config": for_file(self.config, place)}
            self._variants[covering] = Linter(**arguments)
        return self._variants[covering]

    def _read_previous(self, source: Source, pack: str) -> Report:
        """Last year's report, of the family of a pack. Raises ``InputError``, which says that it is about this one."""
        try:
            previous = self.read(source)
            if previous.form.family.pack != pack:
                raise other_kind(previous, pack)
        except InputError as error:
            message = {"zh": f"上年报告：{error.message['zh']}", "en": f"last year's report: {error.message['en']}"}
            raise InputError(error.code, error.path, message, error.advice) from None
        return previous

    def _document(self, source: str | os.PathLike[str] | bytes | Mapping[str, Any], name: str | None) -> Document:
        if isinstance(source, Mapping):
            from gilint.readers.structured import from_data

            return from_data(source, name or DATA)
        data, shown = self._content(source, name)
        return read_document(data, shown, self.registry.readers, self.config.limits)

    def _content(self, source: str | os.PathLike[str] | bytes, name: str | None) -> tuple[bytes, str]:
        if isinstance(source, bytes):
            return source, name or BYTES
        return self.content(source), name or os.fspath(source)

    def content(self, path: str | os.PathLike[str]) -> bytes:
        """The bytes of a file, or of a document in an archive (archive!/member). Raises ``InputError``."""
        return load(path, self.config.limits, self.registry.readers)

    # --- linting ---------------------------------------------------------------------------------------------------

    def lint(
        self,
        source: Source,
        name: str | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        previous: Source | None = None,
        pinned: Collection[str | CellKey] = (),
        place: str | None = None,
    ) -> Result:
        """Judge one report; ``previous`` is that of the year before, which rules may compare it with.

        ``place`` is the path for which waivers and overrides hold, that of the file itself by default. ``pinned``
        cells, as ``table.row.column``, are known to be right: no suggestion changes them. Raises ``InputError`` for an
        input that cannot be judged, or a previous report that cannot be read, and ``UsageError`` for a pinned cell that
        the form does not have.
        """
        place = place or place_of(source)
        return self.waive(self._judge(source, name, facts, previous, pinned, place), place)

    def waive(self, result: Result, place: str | None) -> Result:
        """The result without what waivers let pass; ``place`` is that of the report, ``None`` for no file."""
        return self._variant(place).waivers.apply(result, place) if result.report is not None else result

    def has_waivers(self, place: str | None) -> bool:
        """Whether there are waivers that may hold for a report."""
        return bool(self._variant(place).waivers.files(place))

    def _judge(
        self,
        source: Source,
        name: str | None,
        facts: Mapping[str, Any] | None,
        previous: Source | None,
        pinned: Collection[str | CellKey],
        place: str | None,
    ) -> Result:
        """The result of a report that lies at ``place``, ``None`` where it is no file; waivers have not spoken yet."""
        linter = self._variant(place)
        if linter is not self:
            return linter._judge(source, name, facts, previous, pinned, place)
        report = self.read(source, name, facts)
        if previous is not None:
            report = report.replace(previous=self._read_previous(previous, report.form.family.pack))
        engine = self.engine_of(report.form)
        if engine is None:
            raise no_rules(report)
        verdict = engine.judge(report)
        findings = tuple(sorted(verdict.findings, key=by_place))
        findings = self._explained(report, findings, verdict.evidence, pinned)
        return Result(report.source.name, report, findings, verdict.outcomes)

    def engine_of(self, form: Form) -> Engine | None:
        """The engine for the reports of a form, made for the first of its family; ``None`` without rules for it."""
        pack = form.family.pack
        if pack not in self._engines:
            own = rules_of(self.chosen, pack)
            if not own:
                return None
            searches = searches_of(self.chosen, pack)
            matcher = None if searches is None else Matcher.restored(searches)
            self._engines[pack] = Engine(own, self.registry, self.lang, matcher)
        return self._engines[pack]

    @property
    def forms(self) -> dict[tuple[str, str], Form]:
        """The forms by pack and id."""
        return {(family.pack, form.id): form for family in self.ruleset.families for form in family.forms}

    def lint_many(self, sources: Iterable[Input], *, executor: Executor | None = None) -> Iterator[Result]:
        """Judge several inputs in their order; one that cannot be judged becomes a Result with ``error``.

        With an ``executor`` of :mod:`concurrent.futures` they are judged by its workers (:class:`gilint.Workers`
        survives an input that kills one). Results come as they are made, unless a selected rule judges all reports of
        the run: then they come after the last one, from disk. What a result from a worker or from disk says needs no
        more; the text and the tables of its ``report`` are read again when they are asked for.
        """
        if isinstance(sources, str | bytes | os.PathLike | Document | Report | Mapping):
            sources = (sources,)
        if executor is None:
            yield from self._lint_here((source, one) for source in sources for one in self.judged(source))
            return
        from gilint.bulk.batch import Batch

        yield from Batch(self).stream(sources, executor)

    def _lint_here(self, judged: Iterator[tuple[Input, Judged]]) -> Iterator[Result]:
        """The results of what is judged in this process."""
        first = list(islice(judged, 2)) if self.judges_runs else []
        if len(first) < 2:  # there is nothing to judge together
            yield from (self.waive(result, place) for _, (result, place, _content) in chain(first, judged))
            return
        from gilint.bulk.batch import Batch

        batch = Batch(self)
        for source, one in chain(first, judged):
            batch.take(source, *one)
        for _done in batch.compare():
            pass
        yield from batch

    @property
    def judges_runs(self) -> bool:
        """Whether a selected rule judges all reports of a run together."""
        kinds = map(self.registry.get, kinds_of(self.chosen))
        return any(kind is not None and kind.scope == "run" for kind in kinds)

    def judged(self, source: Input) -> Iterator[Judged]:
        """A result for each document that a source holds: one, unless it is an archive."""
        for document, name, place in self.documents(source):
            digest = digest_of(document) if isinstance(document, bytes) else b""
            yield self.attempt(document, name, place), place, digest

    def documents(self, source: Input) -> Iterator[tuple[Content, str | None, str | None]]:
        """The documents that a source holds, with name and place of each; an error for what cannot be opened."""
        if not isinstance(source, str | os.PathLike | bytes):
            yield source, None, None
            return
        on_disk = not isinstance(source, bytes)
        try:
            data, shown = self._content(source, None)
            for name, content in contents(data, shown, self.registry.readers, self.config.limits):
                yield content, name, name if on_disk else None
        except InputError as error:
            yield error, None, None

    def attempt(self, source: Content, name: str | None, place: str | None) -> Result:
        """The result of a document, before waivers; with ``error`` if it cannot be judged."""
        try:
            if isinstance(source, InputError):
                raise source
            return self._judge(source, name, None, None, (), place)
        except InputError as error:
            return failed(error, self.lang)
        except Exception as error:  # one file must not take the others with it
            return failed(broken(name or name_of(source), error), self.lang)

    def review_waivers(self, results: Iterable[Result]) -> Iterator[Result]:
        """What is to be said about waivers once the reports that they cover were judged: a result a file.

        Unused and expired waivers, and those of rules that cannot be waived, are findings of it. A file of waivers with
        mistakes, which waives nothing, is a result with ``error``.
        """
        for file, findings in self.waivers.review(results):
            if file.mistakes:
                yield failed(invalid_waivers(file), self.lang)
            else:
                yield Result(file.path, None, findings, {})

    def _equations_of(self, pack: str) -> tuple[dict[str, Rule], dict[str, Rule]]:
        """The equations of a family by id: those that bind the cells, and those that were selected."""
        if pack not in self._equations:
            loaded = (rule for rule in rules_of(self._loaded.rules, pack) if rule.check == "equation")
            chosen = (rule for rule in rules_of(self.chosen, pack) if rule.check == "equation")
            # What a pack calls an error binds the cells, whatever severity the configuration gives it.
            binding = {rule.id: rule for rule in loaded if rule.severity == "error"}
            self._equations[pack] = binding, {rule.id: rule for rule in chosen}
        return self._equations[pack]

    def _explained(
        self,
        report: Report,
        findings: tuple[Finding, ...],
        evidence: Sequence[Evidence],
        pinned: Collection[str | CellKey],
    ) -> tuple[Finding, ...]:
        """Findings of broken sums with the cells that explain them; rules that were not selected bind cells too."""
        pack = report.form.family.pack
        binding, own = self._equations_of(pack)
        if not pinned and not any(finding.rule in binding or finding.rule in own for finding in findings):
            return findings
        from gilint.diagnosis import Explainer, pinned_cells

        explainer = self._explainers.setdefault(pack, Explainer())
        return explainer.explain(
            report,
            findings,
            [rule for rule in binding.values() if self._engines[pack].applies(rule, report)],
            own.values(),
            evidence=evidence,
            pinned=pinned_cells(report.form, pinned),
            lang=self.lang,
        )


_REMADE: dict[bytes, Linter] = {}


def _remade(token: bytes, arguments: Mapping[str, Any]) -> Linter:
    """A linter in another process, made once for all tasks that come from the same one."""
    linter = _REMADE.get(token)
    if linter is None:
        linter = Linter(**arguments)
        _REMADE.clear()
        _REMADE[token] = linter
    return linter
