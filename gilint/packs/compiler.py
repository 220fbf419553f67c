"""From the files of packs to plain data: reads all of them, and reports every mistake of every file at once."""

from __future__ import annotations

import os

from gilint.errors import ConfigError, Mistake, RuleError
from gilint.packs.finding import FORM_FOLDER, PACK_FILE, default_pack_folder, find_pack, stamps
from gilint.packs.forms import judge_form
from gilint.packs.published import schema_file
from gilint.packs.rules import FORMATS, RuleDraft
from gilint.ruleset import Pack, Rule, build_families, matcher
from gilint.source import Marked, load, read_text, validate
from gilint.suggest import unknown
from gilint.text import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.form import Family
    from gilint.packs import Kinds
    from gilint.packs.finding import Stamp
    from gilint.record import Record
    from gilint.source import Path


SHARED = ("issuer_kinds", "period_words", "furniture", "units", "facts")
"""The parts of a ``report`` that one family may take over from another; the rest makes it what it is."""


def compile_packs(places: Sequence[str], kinds: Kinds, installed: Mapping[str, str]) -> dict[str, Any]:
    """The packs at absolute paths, and those that they extend, as plain data.

    The result has ``files``, (place, stamps) of each pack that was read; ``packs``, (fields of the pack, fields of its
    rules), an extended pack before the one that extends it; and ``patterns``, the lists that rules refer to. Raises
    :class:`ConfigError` when a source holds no rule, :class:`RuleError` with all mistakes.
    """
    compiler = _Compiler(kinds, installed)
    for place in places:
        compiler.add(place, ())
    return compiler.finish()


class PackDraft:
    """A pack on its way: what its files say, and the packs that it extends."""

    def __init__(self, place: str, marked: Marked, forms: list[dict[str, Any]], rules: list[RuleDraft]) -> None:
        self.place = place
        self.marked = marked
        self.forms = forms
        self.rules = rules
        self.bases: list[PackDraft] = []
        self.sound = True
        report = self.data.get("report")
        self.report: dict[str, Any] | None = report if isinstance(report, dict) else None
        # The pack that describes the reports of this one: itself, or the first that it extends.
        self.origin: PackDraft | None = self if self.data.get("report") is not None else None

    @property
    def data(self) -> dict[str, Any]:
        return self.marked.data if isinstance(self.marked.data, dict) else {}

    @property
    def id(self) -> str:
        return str(self.data.get("id", ""))

    def extend(self, base: PackDraft) -> None:
        """Extend a pack whose own ones are known; ``bases`` holds them all, each once."""
        self.origin = self.origin or base.origin
        self.bases += [each for each in (*base.bases, base) if each not in self.bases]

    @property
    def like(self) -> str | None:
        """The name of the pack whose reports this one's are like."""
        report = self.data.get("report")
        name = report.get("like") if isinstance(report, dict) else None
        return name if isinstance(name, str) else None

    def take_over(self, model: PackDraft) -> None:
        """What the reports of another pack have in common with these, where this pack does not say otherwise."""
        report = model.origin.report if model.origin else None
        if self.report is not None and report is not None:
            shared = {key: value for key, value in report.items() if key in SHARED}
            self.report = {**shared, **{key: value for key, value in self.report.items() if key != "like"}}

    def record(self) -> Pack:
        data, origin = self.data, self.origin
        return Pack(
            id=self.id,
            version=str(data.get("version", "")),
            title=data.get("title", {}),
            path=self.place,
            report=self.report,
            forms=tuple(self.forms),
            family=origin.id if origin else "",
        )


class _Compiler:
    def __init__(self, kinds: Kinds, installed: Mapping[str, str]) -> None:
        self.installed = installed
        self.kinds = _known_kinds(kinds)
        self.incomplete = kinds.incomplete
        self.mistakes: list[Mistake] = []
        self.files: list[tuple[str, list[Stamp]]] = []
        self.packs: dict[str, PackDraft] = {}
        self.schemas = {name: schema_file(name) for name in ("rule", "form", "pack")}

    # --- reading --------------------------------------------------------------------------------------------------

    def add(self, place: str, trail: tuple[str, ...]) -> PackDraft:
        """Read a pack and those that it extends, unless that was done before."""
        if place in self.packs:
            return self.packs[place]
        # Taken before the files are read: what changes in between is found changed next time.
        files = stamps(place)
        self.files.append((place, files))
        draft = self._read_pack(place, [path for path, _, _ in files])
        for index, name in enumerate(self._extended(draft)):
            base = self._base(draft, ("extends", index), name, (*trail, place))
            if base is not None:
                draft.extend(base)
        like = draft.like
        model = self._base(draft, ("report", "like"), like, (*trail, place)) if like else None
        if model is not None:
            draft.take_over(model)
        self.packs[place] = draft
        return draft

    def _read_pack(self, place: str, paths: list[str]) -> PackDraft:
        root = place if os.path.isdir(place) else os.path.dirname(place)
        own = os.path.join(root, PACK_FILE)
        forms = os.path.join(root, FORM_FOLDER, "")
        before = len(self.mistakes)
        marked = self._read_pack_file(own) if own in paths else _anonymous(place)
        draft = PackDraft(place, marked, [], [])
        for path in paths:
            if path.startswith(forms):
                self._read_form(draft, path)
        draft.sound = len(self.mistakes) == before
        for path in paths:
            if path != own and not path.startswith(forms):
                self._read_rule(draft, path, root)
        if not paths:
            raise ConfigError(f"{shown_path(place)} 中没有规则文件 (no rule files in {shown_path(place)})")
        return draft

    def _read_pack_file(self, path: str) -> Marked:
        marked = self._read(path)
        if marked is None:
            return _empty(path)
        self.mistakes += validate(marked, self.schemas["pack"], formats=FORMATS)
        return marked

    def _read_form(self, draft: PackDraft, path: str) -> None:
        marked = self._read(path)
        if marked is None:
            return
        found = validate(marked, self.schemas["form"], formats=FORMATS)
        found = found or judge_form(marked, os.path.dirname(path))
        self.mistakes += found
        if not found:
            folder = os.path.dirname(path)
            bases = {name: os.path.join(folder, base) for name, base in marked.data.get("bases", {}).items()}
            draft.forms.append({**marked.data, "bases": bases, "folder": folder})

    def _read_rule(self, draft: PackDraft, path: str, root: str) -> None:
        marked = self._read(path)
        if marked is None:
            return
        if os.path.basename(path) == PACK_FILE:
            message = "规则包不能套规则包，请直接指定这个文件夹 (a pack inside a pack; name this folder instead)"
            self.mistakes.append(marked.mistake((), message))
            return
        folder = os.path.relpath(os.path.dirname(path), root)
        rule = RuleDraft(marked, path, "" if folder == "." else folder, draft.id, self.mistakes.append)
        rule.judge_shape(self.schemas["rule"], self.kinds, incomplete=self.incomplete)
        draft.rules.append(rule)

    def _read(self, path: str) -> Marked | None:
        try:
            return load(shown_path(path), read_text(path, shown_path(path)))
        except RuleError as error:
            self.mistakes += error.mistakes
            return None

    # --- packs among each other -----------------------------------------------------------------------------------

    def _extended(self, draft: PackDraft) -> list[str]:
        names = draft.data.get("extends", [])
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def _base(self, draft: PackDraft, at: Path, name: str, trail: tuple[str, ...]) -> PackDraft | None:
        folder = draft.place if os.path.isdir(draft.place) else os.path.dirname(draft.place)
        try:
            place = find_pack(name, self.installed, folder)
        except ConfigError as error:
            self.mistakes.append(draft.marked.mistake(at, str(error)))
            return None
        if place in trail:
            message = f"规则包互相扩展，成了循环：{name} (packs extend each other in a circle: {name!r})"
            self.mistakes.append(draft.marked.mistake(at, message))
            return None
        return self.add(place, trail)

    def finish(self) -> dict[str, Any]:
        packs = list(self.packs.values())
        self._judge_ids(packs)
        families = self._families(packs)
        rules = [rule for pack in packs for rule in pack.rules]
        names = {name: rule.rule.id for rule in rules for name in (rule.rule.id, rule.rule.name) if name}
        self._judge_options(rules)
        for pack in packs:
            for rule in pack.rules:
                rule.judge_words()
                rule.judge_references(names)
                self._compile_rule(rule, pack, families)
        self._apply_changes(packs)
        self._judge_duplicates([rule for pack in packs for rule in pack.rules])
        if self.mistakes:
            raise RuleError(tuple(sorted(set(self.mistakes), key=_order)))
        lists: dict[tuple[Any, ...], int] = {}
        compiled = [
            (_fields(pack.record())[:-1], [_rule_data(rule.rule, lists) for rule in pack.rules]) for pack in packs
        ]
        return {"files": self.files, "packs": compiled, "patterns": list(lists)}

    def _judge_ids(self, packs: list[PackDraft]) -> None:
        places: dict[str, str] = {}
        for pack in packs:
            before = places.setdefault(pack.id, pack.place)
            if pack.id and before != pack.place:
                also = shown_path(before)
                message = f"规则包 {pack.id} 重复，另见 {also} (duplicate pack; also {also})"
                self.mistakes.append(pack.marked.mistake(("id",), message))

    def _families(self, packs: list[PackDraft]) -> dict[str, Family]:
        """The families whose packs and forms are free of mistakes."""
        origins = {pack.origin.id for pack in packs if pack.origin}
        for pack in packs:
            if pack.origin is None and pack.sound and all(base.sound for base in pack.bases):
                message = "规则包既没有 report 也没有扩展有它的包 (no 'report', neither here nor in an extended pack)"
                self.mistakes.append(pack.marked.mistake((), message))
            elif pack.origin is not None and not pack.sound:
                origins.discard(pack.origin.id)
        records = [pack.record() for pack in packs if pack.origin and pack.origin.id in origins]
        return {family.pack: family for family in build_families(records)}

    # --- rules ----------------------------------------------------------------------------------------------------

    def _judge_options(self, rules: list[RuleDraft]) -> None:
        by_name: dict[str, RuleDraft] = {}
        for rule in rules:
            by_name.setdefault(rule.rule.id, rule)
            by_name.setdefault(rule.rule.name, rule)
        done: set[int] = set()
        for rule in rules:
            self._resolve(rule, by_name, done, ())

    def _resolve(
        self, rule: RuleDraft, by_name: Mapping[str, RuleDraft], done: set[int], trail: tuple[RuleDraft, ...]
    ) -> None:
        """Judge the options of a rule, after those of the rule that it is like."""
        if id(rule) in done:
            return
        done.add(id(rule))
        own = rule.data.get("with")
        like = own.get("like") if isinstance(own, dict) else None
        if like is None:
            rule.judge_options({})
            return
        model = by_name.get(like) if isinstance(like, str) else None
        if model is None:
            rule.mistake(("with", "like"), unknown("规则", "rule", str(like), by_name))
        elif model is rule or model in trail:
            rule.mistake(("with", "like"), f"like 成了循环：{like} ('like' leads back to this rule: {like!r})")
        else:
            self._resolve(model, by_name, done, (*trail, rule))
            # A mistake of the model is reported there, not once more for each rule that is like it.
            if model.sound:
                rule.judge_options(model.options)
            else:
                rule.sound = False
                # Where the kind of the model is missing, this rule breaks with it.
                rule.rule = rule.rule.replace(check=model.rule.check)

    def _compile_rule(self, rule: RuleDraft, pack: PackDraft, families: Mapping[str, Family]) -> None:
        family = families.get(pack.origin.id) if pack.origin else None
        if family is not None:
            rule.rule = rule.rule.replace(family=family.pack)
        if family is not None and rule.sound:
            rule.compile(family)

    def _apply_changes(self, packs: list[PackDraft]) -> None:
        """What packs leave out and weigh otherwise of the packs that they extend."""
        for pack in packs:
            severity, ignore = pack.data.get("severity", {}), pack.data.get("ignore", [])
            drafts = [rule for base in pack.bases for rule in base.rules]
            for token, value in severity.items() if isinstance(severity, dict) else ():
                for draft in self._meant(pack, ("severity", token), token, drafts):
                    draft.rule = draft.rule.replace(severity=value)
            ignored: set[int] = set()
            for index, token in enumerate(ignore if isinstance(ignore, list) else ()):
                ignored.update(map(id, self._meant(pack, ("ignore", index), token, drafts)))
            for base in pack.bases:
                base.rules = [draft for draft in base.rules if id(draft) not in ignored]

    def _meant(
        self, pack: PackDraft, at: tuple[str | int, ...], token: Any, drafts: list[RuleDraft]
    ) -> list[RuleDraft]:
        if not isinstance(token, str):
            return []
        try:
            means = matcher(token, [draft.rule for draft in drafts])
        except ConfigError as error:
            self.mistakes.append(pack.marked.mistake(at, str(error), key=isinstance(at[-1], str)))
            return []
        return [draft for draft in drafts if means(draft.rule)]

    def _judge_duplicates(self, rules: list[RuleDraft]) -> None:
        for key in ("id", "name"):
            first: dict[str, RuleDraft] = {}
            for rule in rules:
                value = getattr(rule.rule, key)
                before = first.setdefault(value, rule)
                if value and before is not rule:
                    where = f"{before.marked.path}:{before.marked.place((key,))[0]}"
                    rule.mistake((key,), f"{key} {value} 重复，另见 {where} (duplicate {key} {value!r}; also {where})")


def _known_kinds(kinds: Kinds) -> Mapping[str, Check]:
    found = ((name, kinds.get(name)) for name in kinds.names())
    return {name: kind for name, kind in found if kind is not None}


def _anonymous(place: str) -> Marked:
    """The pack of rule files that have none: it extends the default one."""
    name = os.path.basename(place).removesuffix(".yaml").removesuffix(".yml")
    folder = default_pack_folder()
    data = {"id": name, "title": {"zh": name, "en": name}, "extends": [folder] if folder else []}
    return Marked(shown_path(place), data, {}, {})


def _empty(path: str) -> Marked:
    return Marked(shown_path(path), {}, {}, {})


def _order(mistake: Mistake) -> tuple[str, int, int, str]:
    return mistake.path, mistake.line, mistake.column, mistake.message


def _fields(record: Record) -> tuple[Any, ...]:
    return tuple(getattr(record, field) for field in type(record)._fields)


def _rule_data(rule: Rule, lists: dict[tuple[Any, ...], int]) -> tuple[Any, ...]:
    """The fields of a rule, its patterns as a place among ``lists``: rules that search for the same share one list."""
    patterns = tuple(map(_fields, rule.patterns))
    return _fields(rule.replace(patterns=lists.setdefault(patterns, len(lists))))
