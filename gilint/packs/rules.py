"""Compiling one rule file: every part that its schema cannot judge is judged here, with the place of each mistake."""

from __future__ import annotations

import marshal
import os

from gilint.causes import cause
from gilint.checks import Pattern
from gilint.errors import CheckError, OptionError
from gilint.patterns import check_pattern, required_literals
from gilint.ruleset import Rule
from gilint.source import validate
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from gilint.checks import Check
    from gilint.errors import Mistake
    from gilint.form import Family
    from gilint.source import Marked, Path

FORMATS: Mapping[str, Callable[[str], str | None]] = {"re2": check_pattern}

ALWAYS = ("rule", "severity")
"""Names that every message may use."""


class RuleDraft:
    """A rule file on its way to a :class:`~gilint.ruleset.Rule`.

    ``check`` is ``None`` where the kind is unknown; ``sound`` turns false with the first mistake that makes a rule
    unfit for the steps that follow.
    """

    def __init__(self, marked: Marked, path: str, folder: str, pack: str, report: Report) -> None:
        self.marked = marked
        self.path = path
        self.folder = folder
        self.pack = pack
        self.check: Check | None = None
        self.sound = True
        self._report = report
        self.data: dict[str, Any] = marked.data if isinstance(marked.data, dict) else {}
        self.options: dict[str, Any] = {}
        self.rule = self._raw_rule()

    def mistake(self, at: Path, message: str, *, key: bool = False, offset: int = 0) -> None:
        self.sound = False
        self._report(self.marked.mistake(at, message, key=key, offset=offset))

    def option_mistake(self, at: Path, message: str, offset: int = 0) -> None:
        """A mistake inside ``with``."""
        mistake = self.marked.mistake(("with", *at), message, offset=offset)
        self.sound = False
        self._report(mistake if self._has_options else self._at_check(mistake))

    # --- steps ----------------------------------------------------------------------------------------------------

    def judge_shape(self, schema: Mapping[str, Any], kinds: Mapping[str, Check], *, incomplete: bool = False) -> None:
        """By the schema of all rules, and whether the kind of check is known.

        Where the kinds are ``incomplete`` one that is not known is no mistake of this file: the rule cannot be
        compiled, and breaks when it is run.
        """
        for mistake in validate(self.marked, schema, formats=FORMATS):
            self.sound = False
            self._report(mistake)
        name = self.data.get("check")
        if isinstance(name, str):
            self.check = kinds.get(name)
            if self.check is None and incomplete:
                self.sound = False
            elif self.check is None:
                self.mistake(("check",), unknown("检查种类", "check kind", name, kinds))

    def judge_options(self, inherited: Mapping[str, Any]) -> None:
        """By the schema of the kind of check, ``inherited`` being the options of the rule that this one is like."""
        own = self.data.get("with", {})
        if self.check is None or not isinstance(own, dict):
            return
        self.options = {**inherited, **{name: value for name, value in own.items() if name != "like"}}
        try:
            mistakes = validate(self.marked, self.check.options, ("with",), data=self.options, formats=FORMATS)
        except Exception as error:
            raise self._broken("options", error) from error
        for mistake in mistakes:
            self.sound = False
            self._report(mistake if self._has_options else self._at_check(mistake))

    def judge_words(self) -> None:
        """The placeholders of message and advice."""
        for part in ("message", "advice"):
            texts = self.data.get(part)
            for language, text in texts.items() if isinstance(texts, dict) else ():
                if isinstance(text, str):
                    self._judge_placeholders((part, language), text)

    def judge_references(self, names: Mapping[str, str]) -> None:
        """The other rules that this one names; ``names`` maps every id and name to the id."""
        for at, name in self._references():
            if name not in names:
                self.mistake(at, unknown("规则", "rule", name, names))
        superseded = tuple(names.get(name, name) for name in self.rule.supersedes)
        self.rule = self.rule.replace(supersedes=superseded)

    def compile(self, family: Family) -> None:
        """Conditions, options and patterns, for the reports of a family. The rule has to be sound."""
        self._judge_applies(family)
        self._judge_needs(family)
        self._judge_examples(family)
        self._judge_fix()
        self._prepare(family)
        if self.sound:
            self._derive_patterns(family)

    # --- words and references -------------------------------------------------------------------------------------

    def _judge_placeholders(self, at: Path, text: str) -> None:
        from string import Formatter

        known = (*self.check.values, *ALWAYS) if self.check else None
        try:
            fields = list(Formatter().parse(text))
        except ValueError as error:
            self.mistake(at, f"花括号不成对，文字中的花括号请写两次 (unbalanced braces, double literal ones: {error})")
            return
        for _, name, layout, conversion in fields:
            if name is None:
                continue
            offset = max(text.find("{" + name), 0)
            if not name.isidentifier() or layout or conversion:
                message = f"占位符只能写成 {{名称}} (a placeholder is {{name}}, nothing else: {name!r})"
                self.mistake(at, message, offset=offset)
            elif known is not None and name not in known:
                self.mistake(at, unknown("占位符", "placeholder", name, known), offset=offset)

    def _references(self) -> Iterator[tuple[Path, str]]:
        """Places and names of other rules, whatever else is wrong with the file."""
        for index, name in _strings(self.data.get("supersedes")):
            yield ("supersedes", index), name
        examples = self.data.get("examples")
        bad = examples.get("bad") if isinstance(examples, dict) else None
        for number, example in enumerate(bad if isinstance(bad, list) else ()):
            if isinstance(example, dict):
                for index, name in _strings(example.get("also")):
                    yield ("examples", "bad", number, "also", index), name

    @property
    def _has_options(self) -> bool:
        return "with" in self.data

    def _at_check(self, mistake: Mistake) -> Mistake:
        """A mistake of options that are not there stands at the kind of check, which wants them."""
        line, column = self.marked.key_place(("check",))
        return mistake.replace(line=line, column=column)

    # --- where it applies -----------------------------------------------------------------------------------------

    def _judge_applies(self, family: Family) -> None:
        applies = dict(self.rule.applies)
        forms = {form.id.rpartition("/")[2]: form.id for form in family.forms}
        for index, name in enumerate(applies.get("forms", ())):
            if name not in forms and name not in forms.values():
                self.mistake(("applies", "forms", index), unknown("表单", "form", name, forms))
        kinds = [kind.key for kind in family.issuer_kinds]
        for index, name in enumerate(applies.get("issuer_kinds", ())):
            if name not in kinds:
                self.mistake(("applies", "issuer_kinds", index), unknown("主体类别", "issuer kind", name, kinds))
        years = applies.get("years", {})
        if years.get("from", 0) > years.get("to", 9999):
            self.mistake(("applies", "years"), "起始年份晚于截止年份 ('from' is later than 'to')")
        if "forms" in applies:
            applies["forms"] = tuple(forms.get(name, name) for name in applies["forms"])
        if "when" in applies:
            applies["when_compiled"] = self._condition(applies["when"], family)
        self.rule = self.rule.replace(applies=applies)

    def _condition(self, text: str, family: Family) -> Any:
        from gilint.formulas import EquationError, compile_condition

        try:
            return compile_condition(text, family)
        except EquationError as error:
            self.mistake(("applies", "when"), str(error), offset=error.offset)
            return None

    def _judge_needs(self, family: Family) -> None:
        for index, need in enumerate(self.rule.needs):
            name = need.partition("=")[0]
            if name not in family.facts:
                self.mistake(("needs", index), unknown("事实", "fact", name, family.facts))

    def _judge_examples(self, family: Family) -> None:
        forms = {form.id.rpartition("/")[2] for form in family.forms}
        for quality, examples in self.rule.examples.items():
            for index, example in enumerate(examples):
                for within in ((), ("previous",)):
                    form = (example.get("previous", {}) if within else example).get("form")
                    if form is not None and form.rpartition("/")[2] not in forms:
                        at = ("examples", quality, index, *within, "form")
                        self.mistake(at, unknown("表单", "form", form, sorted(forms)))

    def _judge_fix(self) -> None:
        assert self.check is not None
        if self.rule.fix and not (self.check.fixes and self.check.fixes(self.options)):
            zh, en = "这样的检查没有可以替换的文字", "a check like this has no text to put in"
            self.mistake(("fix",), f"{zh} ({en}: {self.check.name})", key=True)

    # --- options and patterns -------------------------------------------------------------------------------------

    def _prepare(self, family: Family) -> None:
        from gilint.formulas import EquationError

        assert self.check is not None
        options: Mapping[str, Any] = self.options
        try:
            if self.check.prepare is not None:
                options = self.check.prepare(options, family)
            _must_be_plain(options)
        except OptionError as error:
            self.option_mistake(error.path, error.message, error.offset)
        except EquationError as error:
            self.option_mistake((error.option,), str(error), error.offset)
        except (Exception, SystemExit) as error:
            raise self._broken("prepare", error) from error
        self.rule = self.rule.replace(options=options)

    def _derive_patterns(self, family: Family) -> None:
        assert self.check is not None
        if self.check.patterns is None:
            return
        try:
            patterns = tuple(map(_must_be_pattern, self.check.patterns(self.rule.options, family)))
        except OptionError as error:
            self.option_mistake(error.path, error.message, error.offset)
            return
        except (Exception, SystemExit) as error:
            raise self._broken("patterns", error) from error
        self.rule = self.rule.replace(patterns=tuple(map(self._with_literals, patterns)))

    def _with_literals(self, pattern: Pattern) -> Pattern:
        if not pattern.regex:
            return pattern
        message = check_pattern(pattern.text)
        if message is not None:
            self.option_mistake(_path_of(pattern.text, self.options), message)
            return pattern
        return pattern if pattern.literals else pattern.replace(literals=required_literals(pattern.text, pattern.raw))

    def _broken(self, step: str, error: BaseException) -> CheckError:
        name = self.check.name if self.check else ""
        chinese = f"检查种类 {name} 在规则 {self.rule.id} 上出错"
        english = f"check kind {name!r} broke in {step} of rule {self.rule.id}"
        return CheckError(name, f"{chinese} ({english}): {cause(error)}")

    # --- the record -----------------------------------------------------------------------------------------------

    def _raw_rule(self) -> Rule:
        """The rule as far as the file tells; a file with mistakes leaves gaps, and is never run."""
        data, line = self.data, self.marked.place(("id",))[0]
        return Rule(
            id=_text(data.get("id")),
            name=_text(data.get("name")),
            title=_mapping(data.get("title")),
            severity=_text(data.get("severity")),
            basis=_tuple(data.get("basis")),
            applies=_mapping(data.get("applies")),
            needs=_tuple(data.get("needs")),
            check=_text(data.get("check")),
            options={},
            patterns=(),
            message=_mapping(data.get("message")),
            advice=_mapping(data.get("advice")),
            supersedes=tuple(name for _, name in _strings(data.get("supersedes"))),
            waivable=data.get("waivable", True),
            stored_examples=marshal.dumps(_mapping(data.get("examples"))),
            folder=self.folder.replace(os.sep, "/"),
            pack=self.pack,
            family="",
            path=self.path,
            line=line,
            fix=_text(data.get("fix")),
        )


if TYPE_CHECKING:
    Report = Callable[[Mistake], None]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else ()


def _strings(value: Any) -> Iterator[tuple[int, str]]:
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str):
            yield index, text


def _must_be_plain(options: Any) -> None:
    """Refuse what the cache cannot keep, also where no cache is used. Raises ``ValueError``."""
    import marshal

    marshal.dumps(options)


def _must_be_pattern(value: Any) -> Pattern:
    if not isinstance(value, Pattern):
        raise TypeError(f"'patterns' must give gilint.Pattern, not {value!r:.80}")
    return value


def _path_of(pattern: str, options: Any) -> Path:
    """The option that a pattern was made of: the longest text in the options that it holds."""
    paths = [(len(text), path) for path, text in _texts(options, ()) if text and text in pattern]
    return max(paths, key=lambda found: found[0], default=(0, ()))[1]


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
