"""``gilint verify``: whether a record and the report that it is of are what they were."""

from __future__ import annotations

from gilint.certificates import changes, digest_of, document_of, load_record
from gilint.cli import CLEAN, FOUND, USAGE, complain, make_linter
from gilint.errors import InputError, UsageError
from gilint.inputs import STANDARD_INPUT
from gilint.outputs import write
from gilint.packs.digest import pack_digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from types import SimpleNamespace
    from typing import Any

    from gilint.cli import Streams
    from gilint.linter import Linter

    Said = tuple[bool | None, str, str]

SIGNS = {True: "✓", False: "✗", None: "–"}
SHOWN = 8
"""Differing rules that are named."""


def verify(arguments: SimpleNamespace, streams: Streams) -> int:
    """Compare a record with its report, and with what the present rules say of it."""
    if STANDARD_INPUT in (arguments.record, arguments.path):
        raise UsageError("核对需要两个文件，不能用标准输入 (verify needs two files, not standard input)")
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    lines: list[str] = []
    sound = True
    try:
        for good, zh, en in _steps(load_record(arguments.record), arguments, linter):
            lines.append(f"{SIGNS[good]} {zh if linter.lang == 'zh' else en}\n")
            sound = sound and good is not False
    except InputError as error:
        write(streams.out, "".join(lines))
        said = f"{error.path}: {error.message[linter.lang]}"
        print(f"gilint: {said} [{error.code}]\n  {error.advice[linter.lang]}", file=streams.err)
        return max(code, USAGE)
    write(streams.out, "".join(lines))
    return max(code, CLEAN if sound else FOUND)


def _steps(record: dict[str, Any], arguments: SimpleNamespace, linter: Linter) -> Iterator[Said]:
    """What was looked at: whether it is as it was (``None``: could not be told), in Chinese and English."""
    whole = digest_of(record) == record["digest"]
    yield (
        (True, "记录完整", "the record is whole")
        if whole
        else (False, "记录被改动过：内容与摘要不符", "the record was changed: its digest does not fit")
    )
    same = yield from _same_document(record["document"], arguments.path, linter)
    if record["previous"] is not None and arguments.previous is None:
        yield (
            None,
            "没有重新检查：请用 --previous 给出上年报告",
            "not judged again: name last year's report (--previous)",
        )
        return
    if record["previous"] is not None:
        same = (yield from _same_document(record["previous"], arguments.previous, linter)) and same
    if not (whole and same) or arguments.no_rerun:
        return
    yield from _judged_again(record, arguments, linter)


def _same_document(document: dict[str, Any], path: str, linter: Linter) -> Generator[Said, None, bool]:
    present = document_of(path, linter.config.limits)
    same: bool = present["sha256"] == document["sha256"]
    if same:
        yield True, f"{path}：与记录一致", f"{path}: as recorded"
    else:
        sizes = f"{document['bytes']} → {present['bytes']}"
        yield False, f"{path}：与记录的文件不同（字节数 {sizes}）", f"{path}: not the recorded file (bytes {sizes})"
    return same


def _judged_again(record: dict[str, Any], arguments: SimpleNamespace, linter: Linter) -> Iterator[Said]:
    present = {pack.id: pack for pack in linter.ruleset.packs}
    other = [
        pack["id"]
        for pack in record["packs"]
        if pack["id"] not in present or pack_digest(present[pack["id"]].path) != pack["sha256"]
    ]
    if other:
        names = "、".join(other)
        zh, en = (
            f"没有重新检查：规则包 {names} 与当时不同",
            f"not judged again: other rules than then ({', '.join(other)})",
        )
        yield None, zh, en
        return
    chosen = [one["rule"] for one in record["outcomes"]]
    result = _linter_of(record, arguments, linter, chosen).lint(arguments.path, previous=arguments.previous)
    found = changes(record, result)
    if not found:
        yield (
            True,
            f"重新检查 {len(chosen)} 条规则，结果与记录一致",
            f"judged again by {len(chosen)} rules, as recorded",
        )
        return
    shown = "；".join(f"{rule} {then} → {now}" for rule, then, now in found[:SHOWN])
    more = f"；另有 {len(found) - SHOWN} 条" if len(found) > SHOWN else ""
    yield False, f"重新检查的结果与记录不同：{shown}{more}", f"judged again, {len(found)} rules differ: {shown}"


def _linter_of(record: dict[str, Any], arguments: SimpleNamespace, linter: Linter, chosen: list[str]) -> Linter:
    """A linter that judges by the rules of the record, and by what was known then."""
    from gilint.linter import Linter

    return Linter(
        arguments.rules,
        config=linter.config.replace(ignore=(), facts={}, deadline=None, issuer_kind=None),
        select=chosen,
        plugins=arguments.plugin,
        issuer_kind=record["report"]["issuer_kind"],
        facts=record["facts"],
        lang=linter.lang,
        waivers=False,
    )
