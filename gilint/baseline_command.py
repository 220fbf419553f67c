"""``gilint baseline``: waive the findings that there are, so that only new ones count."""

from __future__ import annotations

from gilint.baseline import REASON, by_folder, extended
from gilint.cli import BROKE, CLEAN, FOUND, USAGE, complain, make_linter, results_of
from gilint.errors import ConfigError, OutputError
from gilint.failures import BROKEN
from gilint.waivers import wrong_day
from gilint.writing import refuse_unwritable, write_atomically

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import SimpleNamespace

    from gilint.cli import Streams
    from gilint.linter import Linter
    from gilint.model import Result


def baseline(arguments: SimpleNamespace, streams: Streams) -> int:
    """Write a waiver for every finding into the file beside its report, or into one file for all."""
    if arguments.expires is not None and (wrong := wrong_day(arguments.expires)):
        raise ConfigError(f"--expires {wrong}")
    linter = make_linter(arguments)
    code = complain(linter.registry, streams)
    results = tuple(results_of(linter, arguments.paths))
    for result in results:
        code = max(code, _told(result, streams))
    judged = [result for result in results if result.error is None]
    files = {arguments.output: judged} if arguments.output is not None else by_folder(judged)
    texts = _texts(files, arguments, linter)
    for path, (text, added) in texts.items():
        code = max(code, _written(path, text, added, linter, streams))
    if judged and not any(added for _text, added in texts.values()):
        print("没有新的问题需要登记" if linter.lang == "zh" else "there is nothing new to waive", file=streams.out)
    return max(code, _lasting(judged, linter, streams), CLEAN if results else USAGE)


def _told(result: Result, streams: Streams) -> int:
    """Say why an input could not be judged; the exit code that this means."""
    if result.error is None:
        return CLEAN
    print(f"gilint: {result.path}: {result.error.message}\n  {result.error.advice}", file=streams.err)
    return BROKE if result.error.code in BROKEN else USAGE


def _texts(files: dict[str, list[Result]], arguments: SimpleNamespace, linter: Linter) -> dict[str, tuple[str, int]]:
    """What each file is going to hold, and how many waivers of it are new. All are made before one is written."""
    terms = {
        "reason": arguments.reason or REASON[linter.lang],
        "approver": arguments.approver or "",
        "expires": arguments.expires or "",
    }
    texts = {path: extended(path, results, linter.ruleset, **terms) for path, results in files.items()}
    for path, (_text, added) in texts.items():
        if added:
            refuse_unwritable(path, force=True)
    return texts


def _written(path: str, text: str, added: int, linter: Linter, streams: Streams) -> int:
    """Write a file; a folder without findings gets none."""
    if not added:
        return CLEAN
    try:
        write_atomically(path, text)
    except OutputError as error:
        print(f"gilint: {error}", file=streams.err)
        return USAGE
    said = f"{path}：新增豁免 {added} 条" if linter.lang == "zh" else f"{path}: waivers added: {added}"
    print(said, file=streams.out)
    return CLEAN


def _lasting(results: Iterable[Result], linter: Linter, streams: Streams) -> int:
    """Name the findings that nothing can waive; the exit code that this means."""
    lasting = {rule.id for rule in linter.rules if not rule.waivable}
    rest = [(result.path, finding) for result in results for finding in result.findings if finding.rule in lasting]
    for path, finding in rest:
        zh, en = f"{path}: {finding.rule} 不能豁免：{finding.message}", f"{path}: {finding.rule} cannot be waived"
        print(zh if linter.lang == "zh" else f"{en}: {finding.message}", file=streams.err)
    return FOUND if rest else CLEAN
