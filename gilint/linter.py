"""The public door: load rules once, lint many reports."""

from __future__ import annotations

import os

from gilint.config import Config, find_config, load_config
from gilint.engine import Engine
from gilint.errors import ConfigError, InputError
from gilint.model import Document, Failure, Outcome, Report, Result
from gilint.packs import load_ruleset
from gilint.plugins import Registry
from gilint.readers.detect import LARGEST, read_document, too_large
from gilint.recognise import Recogniser
from gilint.ruleset import override_severity
from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.ruleset import Rule, Ruleset

    Source = str | os.PathLike[str] | bytes | Document | Report

STANDARD_INPUT = "-"


class Linter:
    """Rules, forms and plugins, loaded once; safe to share between threads afterwards.

    ``rules`` are packs beside the default one: folders, rule files, or names of installed packs. ``config`` is a
    :class:`Config`, the path of one, ``None`` for the nearest ``gilint.toml`` above the working folder, or ``False``
    for none. The other arguments add to the configuration. Raises ``ConfigError`` and ``RuleError`` for what is wrong
    in it; a plugin that fails is recorded in ``registry.failures``.
    """

    def __init__(
        self,
        rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        *,
        config: Config | str | os.PathLike[str] | bool | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        plugins: Sequence[str] = (),
        issuer_kind: str | None = None,
        facts: Mapping[str, Any] | None = None,
        lang: str | None = None,
    ) -> None:
        self.config = _configured(config)
        self.lang = lang or self.config.lang
        self.registry = Registry((*self.config.plugins, *plugins))
        own = [rules] if isinstance(rules, (str, os.PathLike)) else list(rules)
        sources = [*self.config.packs, *self.registry.packs, *(os.fspath(source) for source in own)]
        self.ruleset = load_ruleset(sources, self.registry)
        known = self._with_phrases(override_severity(self.ruleset.rules, self.config.severity, self.ruleset.families))
        self.ruleset = self.ruleset.replace(rules=known)
        self.rules = self.ruleset.select(tuple(select) or self.config.select, (*self.config.ignore, *ignore))
        if not self.rules:
            raise ConfigError(
                "没有选中任何规则，请检查 select 与 ignore (no rule is selected: check select and ignore)"
            )
        self.issuer_kind = issuer_kind or self.config.issuer_kind
        self.facts = {**self.config.facts, **(facts or {})}
        if self.config.deadline:
            self.facts.setdefault("deadline", self.config.deadline)
        self._refuse_unknown_facts()
        self._recogniser = Recogniser(self.ruleset.families)
        self._engines: dict[str, Engine] = {}
        for family in self.ruleset.families:
            own_rules = [rule for rule in self.rules if rule.family == family.pack]
            self._engines[family.pack] = Engine(own_rules, self.registry.get, self.lang)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, source: Source, name: str | None = None, facts: Mapping[str, Any] | None = None) -> Report:
        """The report of a file, of bytes, or of a Document; ``facts`` are added to those of the configuration.

        Raises ``InputError`` when there is no report in it.
        """
        if isinstance(source, Report):
            return source
        document = source if isinstance(source, Document) else self._document(source, name)
        return self._recogniser.read(document, {**self.facts, **(facts or {})}, self.issuer_kind)

    def _document(self, source: str | os.PathLike[str] | bytes, name: str | None) -> Document:
        if isinstance(source, bytes):
            return read_document(source, name or "<bytes>", self.registry.readers())
        path = os.fspath(source)
        return read_document(load_file(path), name or path, self.registry.readers())

    # --- linting ---------------------------------------------------------------------------------------------------

    def lint(self, source: Source, name: str | None = None, facts: Mapping[str, Any] | None = None) -> Result:
        """Judge one report. Raises ``InputError`` for an input that cannot be judged."""
        report = self.read(source, name, facts)
        verdict = self._engines[report.form.family.pack].judge(report)
        findings = verdict.findings
        if findings:
            findings = self._explained(report, findings)
        return Result(report.source.name, report, tuple(sorted(findings, key=_by_place)), verdict.outcomes)

    def lint_many(self, sources: Iterable[Source]) -> Iterator[Result]:
        """Judge several inputs in their order; one that cannot be judged becomes a Result with ``error``."""
        for source in sources:
            try:
                yield self.lint(source)
            except InputError as error:
                yield failed(error, self.lang)

    def _explained(self, report: Report, findings: tuple[Any, ...]) -> tuple[Any, ...]:
        """Findings of broken sums with the cells that explain them; rules that were not selected bind cells too."""
        from gilint.checks.equations import equalities
        from gilint.diagnosis import diagnose

        bound = [
            rule
            for rule in self.ruleset.rules
            if rule.severity == "error" and rule.check == "equation" and rule.family == report.form.family.pack
        ]
        return tuple(diagnose(report, findings, equalities(report, bound), self.lang))

    # --- configuration ---------------------------------------------------------------------------------------------

    def _with_phrases(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules with the phrases that the configuration adds or excepts."""
        changed = {self.ruleset.rule(name).id: lists for name, lists in self.config.phrases.items()}
        return tuple(self._rephrased(rule, changed[rule.id]) if rule.id in changed else rule for rule in rules)

    def _rephrased(self, rule: Rule, lists: Mapping[str, Sequence[str]]) -> Rule:
        kind = self.registry.get(rule.check)
        if kind is None or kind.patterns is None or "phrases" not in kind.options["properties"]:
            raise ConfigError(f"规则 {rule.id} 不按词语检查，不能增减词语 (rule {rule.id} does not look for phrases)")
        excepted = tuple(lists.get("except", ()))
        phrases = [phrase for phrase in rule.options.get("phrases", ()) if phrase not in excepted]
        options = {
            **rule.options,
            "phrases": [*phrases, *(phrase for phrase in lists.get("add", ()) if phrase not in phrases)],
            "unless_part_of": [*rule.options.get("unless_part_of", ()), *excepted],
        }
        family = next(family for family in self.ruleset.families if family.pack == rule.family)
        literals = {(pattern.text, pattern.regex): pattern.literals for pattern in rule.patterns}
        patterns = tuple(
            pattern.replace(literals=literals.get((pattern.text, pattern.regex), ()))
            for pattern in kind.patterns(options, family)
        )
        return rule.replace(options=options, patterns=patterns)

    def _refuse_unknown_facts(self) -> None:
        known = {fact for family in self.ruleset.families for fact in family.facts} | {"deadline"}
        for fact in self.facts:
            if fact not in known:
                hint = closest(fact, sorted(known))
                zh = f"未知的事实 {fact}" + (f"，是否想写 {hint}？" if hint else "")
                raise ConfigError(f"{zh} (unknown fact {fact!r}" + (f"; did you mean {hint!r}?)" if hint else ")"))
        kinds = {kind.key for family in self.ruleset.families for kind in family.issuer_kinds}
        if self.issuer_kind and self.issuer_kind not in kinds:
            hint = closest(self.issuer_kind, sorted(kinds))
            zh = f"未知的机关类别 {self.issuer_kind}，可用：{'、'.join(sorted(kinds))}"
            raise ConfigError(f"{zh} (unknown issuer kind" + (f"; did you mean {hint!r}?)" if hint else ")"))


def _configured(config: Config | str | os.PathLike[str] | bool | None) -> Config:
    if isinstance(config, Config):
        return config
    if config is None or config is True:
        return find_config()
    return Config() if config is False else load_config(config)


def _by_place(finding: Any) -> tuple[int, int, str]:
    span = finding.span
    return (span.line, span.column, finding.rule) if span is not None else (0, 0, finding.rule)


def failed(error: InputError, lang: str) -> Result:
    """The result of an input that could not be judged."""
    outcomes: dict[str, Outcome] = {}
    return Result(error.path, None, (), outcomes, Failure(error.code, error.message[lang], error.advice[lang]))


def load_file(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises ``InputError`` naming what is wrong with the path."""
    try:
        if path == STANDARD_INPUT:
            import sys

            return sys.stdin.buffer.read(LARGEST + 1)
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise too_large(path, size)
            return file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: str, error: OSError) -> InputError:
    known = {
        FileNotFoundError: ("not-found", "文件不存在", "no such file", "请检查路径", "check the path"),
        PermissionError: ("permission", "没有读取权限", "permission denied", "请检查文件权限", "check its permissions"),
        IsADirectoryError: ("directory", "这是文件夹", "this is a folder", "请指定其中的文件", "name a file in it"),
    }
    fallback = (
        "unreadable",
        f"无法读取：{error.strerror}",
        f"cannot be read: {error.strerror}",
        "请检查文件",
        "check the file",
    )
    code, zh, en, advice_zh, advice_en = known.get(type(error), fallback)
    return InputError(code, path, {"zh": zh, "en": en}, {"zh": advice_zh, "en": advice_en})
