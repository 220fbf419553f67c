"""``gilint check --watch``: check again whenever a report is saved."""

from __future__ import annotations

import os
import time

from gilint.config import FILE as CONFIG_FILE
from gilint.config import PROJECT
from gilint.errors import UsageError
from gilint.inputs import MAGIC, STANDARD_INPUT
from gilint.outputs import targets
from gilint.readers.names import is_hidden
from gilint.waivers import FILE as WAIVERS_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import SimpleNamespace
    from typing import Any

    from gilint.cli import Streams

    Check = Callable[[SimpleNamespace, Streams], int]

QUIET, LONGEST = 200, 2000
"""Milliseconds without a change that end a burst of changes, and how long one is waited for."""
LOCKS = (".~lock.", "~$", "~WRL", "~WRD")
"""How the names of files begin that office programs leave beside an open document."""
PASSING = ("~", ".tmp", ".temp", ".swp", ".part", ".crdownload", ".wbk")
"""How the names of files end that are there while a document is saved."""
CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(arguments: SimpleNamespace, streams: Streams, check: Check) -> int:
    """Check, and again after each change, until interrupted; the exit code of the last check."""
    changes = _changes(arguments)
    code = check(arguments, streams)
    # What the first check wrote, the next ones write again.
    arguments.force = True
    try:
        _wait(arguments, streams)
        for _changed in changes:
            if streams.out.isatty():
                streams.out.write(CLEAR)
            code = check(arguments, streams)
            _wait(arguments, streams)
    except KeyboardInterrupt:
        print("\n已停止监视 (no longer watching)", file=streams.err)
    return code


def _wait(arguments: SimpleNamespace, streams: Streams) -> None:
    now = time.strftime("%H:%M:%S")
    shown = " ".join(arguments.paths)
    print(
        f"{now} 正在监视 {shown}，保存后自动重新检查，Ctrl-C 结束 (watching; Ctrl-C ends)", file=streams.err, flush=True
    )


# --- what is watched --------------------------------------------------------------------------------------------------


def _changes(arguments: SimpleNamespace) -> Iterator[Any]:
    """A value for each burst of changes. Raises ``UsageError`` for what cannot be watched."""
    try:
        import watchfiles
    except ImportError:
        zh, en = "--watch 需要 watchfiles", "--watch needs watchfiles"
        raise UsageError(f'{zh}：pip install "gilint[watch]" ({en})') from None
    folders, files = _watched(arguments)
    outputs = {os.path.realpath(target.file) for target in targets(arguments.format, arguments.output) if target.file}
    within = [os.path.realpath(folder) for folder in folders]

    def matters(_change: Any, path: str) -> bool:
        place = os.path.realpath(path)
        if place in outputs or any(place.startswith(os.path.join(output, "")) for output in outputs):
            return False
        return place in files or (_is_kept(os.path.basename(path)) and _lies_in(place, within))

    # Programs save by putting another file in the place of the old one, which only its folder tells.
    parents = {os.path.dirname(file) for file in files}
    return watchfiles.watch(
        *sorted({*within, *parents}),
        watch_filter=matters,
        debounce=LONGEST,
        step=QUIET,
        recursive=bool(within),
        raise_interrupt=True,
    )


def _watched(arguments: SimpleNamespace) -> tuple[list[str], set[str]]:
    """The folders that are watched with all that is in them, and the single files."""
    folders: list[str] = []
    files: set[str] = set()
    named = filter(None, (arguments.previous, arguments.config, *arguments.waivers))
    for path in (*arguments.paths, *arguments.rules, *named):
        if path == STANDARD_INPUT:
            raise UsageError("标准输入不能监视 (standard input cannot be watched)")
        path = path.partition("!/")[0] if not os.path.exists(path) else path
        if os.path.isdir(path):
            folders.append(path)
        elif os.path.exists(path):
            files.update((os.path.realpath(path), *_beside(os.path.dirname(os.path.realpath(path)))))
        elif any(mark in path for mark in MAGIC):
            folders.append(_fixed_part(path))
        elif os.path.isdir(os.path.dirname(path) or "."):
            files.add(os.path.realpath(path))
        else:
            raise UsageError(f"{path}: 没有这个文件或文件夹，无法监视 (there is nothing to watch)")
    return folders, files


def _beside(folder: str) -> Iterable[str]:
    """Files beside a report by which it is judged."""
    return (os.path.join(folder, name) for name in (WAIVERS_FILE, CONFIG_FILE))


def _fixed_part(pattern: str) -> str:
    """The folder that all files of a pattern lie in."""
    folder = os.path.dirname(pattern)
    while any(mark in folder for mark in MAGIC):
        folder = os.path.dirname(folder)
    return folder or "."


def _is_kept(name: str) -> bool:
    """Whether a file is there to stay, and may be a report or what it is judged by."""
    if name in (WAIVERS_FILE, CONFIG_FILE, PROJECT):
        return True
    return not (is_hidden(name) or name.startswith(LOCKS) or name.lower().endswith(PASSING))


def _lies_in(place: str, folders: Iterable[str]) -> bool:
    return any(place.startswith(os.path.join(folder, "")) for folder in folders)
