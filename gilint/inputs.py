"""Where inputs lie: files, folders, patterns and standard input as a list of files, and the bytes of each."""

from __future__ import annotations

import errno
import os
import stat

from gilint.errors import InputError
from gilint.readers.detect import too_large
from gilint.sources import Elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from gilint.limits import Limits
    from gilint.readers import Reader
    from gilint.sources import Input

STANDARD_INPUT = "-"
REMOTE = ("http:/", "https:/", "ftp:/")
LOCAL = "file:/"
"""How addresses begin; tools that tidy paths make one slash of two."""
MAGIC = "*?["
LOOKED_AT = 1024 * 1024
"""Bytes that are taken at a time, and of a file of data to tell whether it may be a report."""


def expand(paths: Iterable[str], suffixes: Iterable[str]) -> Iterator[str | InputError]:
    """The files that ``paths`` name, each once, in order; an error in the place of a path that names none.

    Folders are walked for files with one of ``suffixes``, sorted; what is hidden, or known to be something else than a
    report (:mod:`gilint.readers.names`), is left out. A file that is named itself is taken whatever it is called.
    Links are followed.
    """
    wanted = tuple(suffix.lower() for suffix in suffixes)
    seen: set[str] = set()
    for path in paths:
        found = False
        for file in _files(path, wanted):
            found = True
            if isinstance(file, InputError):
                yield file
            elif (place := file if file == STANDARD_INPUT else os.path.realpath(file)) not in seen:
                seen.add(place)
                yield file
        if not found:
            yield _nothing(path)


def _files(path: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    if path != STANDARD_INPUT and os.path.isdir(path):
        yield from _walk(path, suffixes)
    elif _is_name(path):
        # When it is not there, reading it says so, with the reason of the system.
        yield path
    else:
        import glob

        for match in sorted(glob.glob(path, recursive=True)):
            if os.path.isdir(match):
                yield from _walk(match, suffixes)
            elif _is_file(match):
                yield match


def _is_name(path: str) -> bool:
    """Whether a path is that of one file, and no pattern."""
    return (
        path == STANDARD_INPUT
        or path.lower().startswith((*REMOTE, LOCAL))
        or not any(mark in path for mark in MAGIC)
        or os.path.lexists(path)
    )


def _walk(folder: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    from gilint.readers.names import is_hidden, may_be_report, page_folders

    closed: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, onerror=closed.append, followlinks=True):
        if _is_again(place, seen):
            folders.clear()
            continue
        parts = page_folders(files)
        folders[:] = sorted(name for name in folders if not is_hidden(name) and name not in parts)
        for name in sorted(files):
            file = os.path.join(place, name)
            if may_be_report(name, suffixes) and _is_file(file) and not _is_other_data(file):
                yield file
    # What could not be looked into may hold reports, so it is not passed over.
    yield from map(_closed, closed)


def _is_again(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Whether a link led to a folder that was walked before."""
    try:
        status = os.stat(folder)
    except OSError:
        return True
    place = status.st_dev, status.st_ino
    if place in seen:
        return True
    seen.add(place)
    return False


def _is_file(file: str) -> bool:
    """Whether it is a file, or a link to one that is not there; a pipe would be waited for."""
    return os.path.isfile(file) or not os.path.exists(file)


def _is_other_data(file: str) -> bool:
    """Whether a file holds data that is no report; one that cannot be read may be."""
    from gilint.readers.names import is_data, may_be_report_data

    if not is_data(file):
        return False
    try:
        with open(file, "rb") as stream:
            return not may_be_report_data(stream.read(LOOKED_AT))
    except OSError:
        return False


# --- bytes ------------------------------------------------------------------------------------------------------------


def load(named: str | os.PathLike[str], limits: Limits, plugged: Sequence[Reader] = ()) -> bytes:
    """The bytes of a file, or of a document in an archive (archive!/member). Raises ``InputError``."""
    if isinstance(named, Elsewhere):
        return named.content(limits, plugged)
    path = os.fspath(named)
    from gilint.readers.opening import SEPARATOR, member

    archive, inside, _member = path.partition(SEPARATOR)
    if inside and not os.path.lexists(path) and (archive == STANDARD_INPUT or os.path.isfile(archive)):
        return member(load_file(archive, limits), archive, path, plugged, limits)
    return load_file(path, limits)


def load_file(path: str, limits: Limits) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises ``InputError`` naming what is wrong with the path."""
    most = limits.file_mb * 1048576
    try:
        if path == STANDARD_INPUT:
            return _standard_input(most)
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
                raise _no_file(path)
            if status.st_size > most:
                raise too_large(path, limits)
            return _whole(file, status.st_size, most)
    except (OSError, ValueError) as error:
        if path.lower().startswith(REMOTE):
            raise _remote(path) from None
        if path.lower().startswith(LOCAL):
            raise _local(path) from None
        raise _unreadable(path, error) from None


_TAKEN: list[tuple[BinaryIO, bytes]] = []
"""Standard input and what it held: it can be read once only, and outputs need the bytes again."""


def can_be_read_elsewhere(source: Input) -> bool:
    """Whether another process can read an input: what comes through a pipe comes to this one only."""
    if not isinstance(source, str | os.PathLike) or isinstance(source, Elsewhere):
        return True
    path = os.fspath(source)
    return path != STANDARD_INPUT and (os.path.isfile(path) or not os.path.exists(path))


def _standard_input(most: int) -> bytes:
    import sys

    if sys.stdin is None:
        raise OSError("closed")
    stream = sys.stdin.buffer
    if not _TAKEN or _TAKEN[0][0] is not stream:
        _TAKEN[:] = [(stream, _whole(stream, 0, most))]
    return _TAKEN[0][1]


def _whole(stream: BinaryIO, expected: int, most: int) -> bytes:
    """All that a stream holds, but no more than one byte above ``most``; its size may be unknown, or grow."""
    pieces = [stream.read(expected + 1)]
    size = len(pieces[0])
    while pieces[-1] and expected < size <= most:
        pieces.append(stream.read(min(most + 1 - size, LOOKED_AT)))
        size += len(pieces[-1])
    return b"".join(pieces)


# --- errors -----------------------------------------------------------------------------------------------------------


def _closed(error: OSError) -> InputError:
    return InputError(
        "folder",
        str(error.filename),
        {"zh": f"无法打开文件夹：{error.strerror}", "en": f"the folder cannot be opened: {error.strerror}"},
        {"zh": "请检查文件夹权限", "en": "check its permissions"},
    )


def _nothing(path: str) -> InputError:
    kinds = "*.docx *.doc *.wps *.pdf *.html *.xlsx *.txt *.md *.zip"
    return InputError(
        "nothing-found",
        path,
        {"zh": f"没有找到可检查的文件（如 {kinds}）", "en": f"no file to check was found (such as {kinds})"},
        {"zh": "请检查路径，或直接写出文件名", "en": "check the path, or name the file itself"},
    )


def _remote(path: str) -> InputError:
    return InputError(
        "remote",
        path,
        {"zh": "这是网址，gilint 不联网", "en": "this is an address, and gilint opens no connection"},
        {
            "zh": "请先把网页或文件保存下来，再检查保存的文件",
            "en": "save the page or file first, and check the saved one",
        },
    )


def _local(path: str) -> InputError:
    return InputError(
        "not-found",
        path,
        {"zh": "这是 file:// 地址，不是路径", "en": "this is an address with file://, not a path"},
        {"zh": "请直接写文件路径", "en": "write the path of the file itself"},
    )


def _no_file(path: str) -> InputError:
    return InputError(
        "unreadable",
        path,
        {"zh": "这不是普通文件（如设备文件）", "en": "this is no regular file (a device, for example)"},
        {"zh": "请指定一个文件", "en": "name a file"},
    )


def _unreadable(path: str, error: OSError | ValueError) -> InputError:
    if os.path.isdir(path):  # Windows says that it may not be read
        error = IsADirectoryError()
    known: dict[type[Exception], tuple[str, str, str, str, str]] = {
        FileNotFoundError: ("not-found", "文件不存在", "no such file", "请检查路径", "check the path"),
        PermissionError: ("permission", "没有读取权限", "permission denied", "请检查文件权限", "check its permissions"),
        IsADirectoryError: ("directory", "这是文件夹", "this is a folder", "请指定其中的文件", "name a file in it"),
    }
    if getattr(error, "errno", None) == errno.ELOOP:
        return _circle(path)
    reason = getattr(error, "strerror", None) or str(error)
    fallback = ("unreadable", f"无法读取：{reason}", f"cannot be read: {reason}", "请检查文件", "check the file")
    code, zh, en, advice_zh, advice_en = known.get(type(error), fallback)
    return InputError(code, path, {"zh": zh, "en": en}, {"zh": advice_zh, "en": advice_en})


def _circle(path: str) -> InputError:
    return InputError(
        "unreadable",
        path,
        {"zh": "符号链接绕成了圈，找不到文件", "en": "symbolic links lead in a circle"},
        {"zh": "请直接写文件本身的路径", "en": "name the file itself"},
    )
