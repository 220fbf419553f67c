"""``gilint fix``: show what can be mended in the text of reports, or write mended copies."""

from __future__ import annotations

from collections import Counter

from gilint.cli import CLEAN, FOUND, USAGE, complain, make_linter, options_of
from gilint.errors import ConfigError, InputError, OutputError
from gilint.fixing.showing import fixed_name
from gilint.inputs import STANDARD_INPUT
from gilint.outputs import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.fixing import Fixed
    from gilint.linter import Linter

STANDARD_OUTPUT = "-"
SHOWN = 5
"""Edits that could not be made which are named."""


def fix(arguments: SimpleNamespace, streams: Streams) -> int:
    """Show a diff of each report, or write a mended copy of it beside it."""
    linter = make_linter(arguments)
    files = _inputs(arguments, linter)
    if arguments.output is not None:
        arguments.write = True
        if len(files) != 1:
            zh, en = f"--output 一次只能写一份，这里有 {len(files)} 份", f"--output takes one report, not {len(files)}"
            raise ConfigError(f"{zh} ({en})")
    code = complain(linter.registry, streams)
    for file in files:
        code = max(code, _fixed(file, files, arguments, linter, streams))
    return code if files else USAGE


def _inputs(arguments: SimpleNamespace, linter: Linter) -> list[str | InputError]:
    """The files that are named or lie in a folder, without the copies that an earlier run made of them."""
    from gilint.inputs import expand

    found = list(expand(arguments.paths, linter.registry.suffixes()))
    copies = {fixed_name(file) for file in found if isinstance(file, str)} - set(arguments.paths)
    return [file for file in found if not (isinstance(file, str) and file in copies)]


def _fixed(
    file: str | InputError,
    files: Sequence[str | InputError],
    arguments: SimpleNamespace,
    linter: Linter,
    streams: Streams,
) -> int:
    """Mend a file; the exit code that this means."""
    from gilint.fixing import fix as mend

    try:
        if isinstance(file, InputError):
            raise file
        target = _target(file, arguments)
        if target not in (None, STANDARD_OUTPUT) and arguments.output is not None:
            _refuse(target, files, arguments)
        fixed = mend(file, linter=linter, unsafe=arguments.unsafe)
        code = _deliver(fixed, target, files, arguments, linter, streams)
    except (InputError, OutputError) as error:
        _tell_error(error, linter, streams)
        return USAGE
    _tell(fixed, target, linter, streams)
    return code


def _target(file: str, arguments: SimpleNamespace) -> str | None:
    """Where the copy goes; ``None`` where only the diff is shown."""
    if not arguments.write:
        return None
    if arguments.output is not None:
        return str(arguments.output)
    return STANDARD_OUTPUT if file == STANDARD_INPUT else fixed_name(file)


def _refuse(target: str, files: Sequence[str | InputError], arguments: SimpleNamespace) -> None:
    """Raise ``OutputError`` where the copy cannot or may not be written."""
    from gilint.writing import refuse_unwritable

    named = [file for file in files if isinstance(file, str)]
    refuse_unwritable(target, lambda: named, force=arguments.force)


def _deliver(
    fixed: Fixed,
    target: str | None,
    files: Sequence[str | InputError],
    arguments: SimpleNamespace,
    linter: Linter,
    streams: Streams,
) -> int:
    if target is None:
        from gilint.fixing.showing import diff

        color = options_of(arguments, streams, linter).color
        write(streams.out, diff(fixed, color=color, lang=linter.lang))
        return FOUND if fixed.changed or fixed.left else CLEAN
    if target == STANDARD_OUTPUT:
        _print(fixed, streams)
    elif fixed.changed or arguments.output is not None:
        from gilint.writing import write_atomically

        _refuse(target, files, arguments)
        write_atomically(target, fixed.content)
    return FOUND if fixed.left else CLEAN


def _print(fixed: Fixed, streams: Streams) -> None:
    """The bytes of a copy on standard output, as they are. Raises ``ConfigError`` where that is no place for them."""
    from gilint.outputs import write_bytes

    if fixed.content.startswith(b"PK") and streams.out.isatty():
        zh, en = "Word 文档不能显示在终端，请用 -o 写明文件", "a Word document is nothing for a terminal"
        raise ConfigError(f"{zh} ({en}: name a file with -o)")
    write_bytes(streams.out, fixed.content)


# --- words ------------------------------------------------------------------------------------------------------------


def _tell(fixed: Fixed, target: str | None, linter: Linter, streams: Streams) -> None:
    """Say on standard error what was done, what was left, and what --unsafe would do."""
    zh = linter.lang == "zh"
    counts = Counter(edit.rule for edit in fixed.edits)
    comma = "、" if zh else ", "
    rules = comma.join(f"{rule} {count}" for rule, count in sorted(counts.items()))
    lines = []
    if not counts:
        lines.append(f"{fixed.path}：没有可以修正的地方" if zh else f"{fixed.path}: nothing to fix")
    elif target is None:
        said = f"{fixed.path}：可以修正 {len(fixed.edits)} 处（{rules}），加 --write 写出修正后的副本"
        lines.append(said if zh else f"{fixed.path}: {len(fixed.edits)} edits ({rules}); --write makes a mended copy")
    else:
        to = "" if target == STANDARD_OUTPUT else target
        said = f"{fixed.path} → {to or '标准输出'}：修正 {len(fixed.edits)} 处（{rules}），原文件没有改动"
        lines.append(said if zh else f"{fixed.path} → {to or 'standard output'}: {len(fixed.edits)} edits ({rules})")
    lines += _left(fixed, zh)
    if fixed.unsafe:
        count, rules = len(fixed.unsafe), comma.join(sorted({finding.rule for finding in fixed.unsafe}))
        said = f"  另有 {count} 处要人核对（{rules}），确认后可加 --unsafe"
        lines.append(said if zh else f"  {count} more have to be looked at ({rules}); --unsafe mends them, too")
    print("\n".join(lines), file=streams.err)


def _left(fixed: Fixed, zh: bool) -> list[str]:
    lang = "zh" if zh else "en"
    lines = []
    for one in fixed.left[:SHOWN]:
        finding = one.finding
        span = "" if finding.span is None else finding.span.describe(lang)
        lines.append(
            f"  未修正 {finding.rule} {span}：{one.reason['zh']}"
            if zh
            else f"  left: {finding.rule} at {span}: {one.reason['en']}"
        )
    if len(fixed.left) > SHOWN:
        more = len(fixed.left) - SHOWN
        lines.append(f"  未修正的还有 {more} 处" if zh else f"  and {more} more")
    return lines


def _tell_error(error: InputError | OutputError, linter: Linter, streams: Streams) -> None:
    if isinstance(error, OutputError):
        print(f"gilint: {error}", file=streams.err)
        return
    said = f"{error.path}: {error.message[linter.lang]}"
    print(f"gilint: {said} [{error.code}]\n  {error.advice[linter.lang]}", file=streams.err)
