"""Files that gilint writes: looked over before there is anything to write, and written as a whole or not at all."""

from __future__ import annotations

import errno
import os
import stat

from gilint.errors import OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Pieces = str | bytes | Iterable[str] | Iterable[bytes]

REASONS = {
    errno.ENOENT: ("文件夹不存在", "there is no such folder"),
    errno.ENOTDIR: ("文件夹不存在", "there is no such folder"),
    errno.EACCES: ("没有写入权限", "permission denied"),
    errno.EPERM: ("没有写入权限", "permission denied"),
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("磁盘配额已用完", "the disk quota is used up"),
    errno.EISDIR: ("是文件夹", "is a folder"),
    errno.ENAMETOOLONG: ("文件名太长", "the name is too long"),
    errno.ELOOP: ("符号链接绕成了圈", "symbolic links lead in a circle"),
}


def refuse_unwritable(path: str, inputs: Callable[[], Iterable[str]] = tuple, *, force: bool = False) -> None:
    """Raise ``OutputError`` where ``path`` cannot or may not be written; nothing is changed by asking.

    A file that holds something is written over with ``force`` only, and never if it is one of ``inputs``, which are
    asked for only where the file exists.
    """
    try:
        if os.path.isdir(path) or not os.path.basename(path):
            raise IsADirectoryError(errno.EISDIR, "")
        if os.path.exists(path):
            _refuse_existing(path, inputs, force)
        else:
            _try_name(path)
        if _is_plain(path):
            _try_folder(os.path.dirname(os.path.realpath(path)))
    except (OSError, ValueError) as error:
        raise cannot_be_written(path, error) from None


def _refuse_existing(path: str, inputs: Callable[[], Iterable[str]], force: bool) -> None:
    if _is_plain(path) and any(is_same_file(path, one) for one in inputs()):
        raise OutputError(path, "这是输入文件，没有改动", "this is an input, and was left alone")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    if _is_plain(path) and os.path.getsize(path) and not force:
        raise OutputError(path, "文件已存在，没有改动；用 --force 覆盖", "it exists; --force writes over it")


def is_same_file(path: str, other: str) -> bool:
    """Whether two paths lead to one file; a member of an archive is the archive."""
    archive, inside, _member = other.partition("!/")
    for one in (other, archive) if inside else (other,):
        try:
            if os.path.samefile(path, one):
                return True
        except (OSError, ValueError):
            continue
    return False


def write_atomically(path: str | os.PathLike[str], pieces: Pieces) -> None:
    """Write a file beside its place and move it there, so that what stood there goes only when all is written.

    Text is written in UTF-8. A new file has the permissions that the user's mask gives, one written over keeps its
    own; a link stays one. What is no regular file (a pipe, ``/dev/null``) is written straight. Raises ``OutputError``.
    """
    path = os.fspath(path)
    try:
        if _is_plain(path):
            _replace(os.path.realpath(path), pieces)
        else:
            with open(path, "wb") as file:
                file.writelines(encoded(pieces))
    except (OSError, ValueError) as error:
        raise cannot_be_written(path, error) from None


def encoded(pieces: Pieces) -> Iterable[bytes]:
    """The bytes of an output. A lone surrogate, which is no text, becomes its escape."""
    whole = (pieces,) if isinstance(pieces, str | bytes) else pieces
    for piece in whole:
        yield piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")


def cannot_be_written(path: str, error: OSError | ValueError) -> OutputError:
    """The error for a file that the system does not let us write."""
    fallback = getattr(error, "strerror", None) or str(error)
    zh, en = REASONS.get(getattr(error, "errno", None) or 0, (fallback, fallback))
    return OutputError(path, f"无法写入：{zh}", f"cannot be written: {en}")


def _replace(place: str, pieces: Pieces) -> None:
    beside, descriptor = _beside(os.path.dirname(place))
    try:
        with open(descriptor, "wb") as file:
            file.writelines(encoded(pieces))
        if os.path.exists(place):
            os.chmod(beside, stat.S_IMODE(os.stat(place).st_mode))
        os.replace(beside, place)
    except BaseException:
        os.unlink(beside)
        raise


def _try_name(path: str) -> None:
    """Raise ``OSError`` for a path that cannot be, such as one with a name that is too long."""
    from contextlib import suppress

    with suppress(FileNotFoundError):
        os.lstat(path)


def _try_folder(folder: str) -> None:
    """Raise ``OSError`` unless a file can be made in a folder. Only trying tells: a disk may be read-only or full."""
    beside, descriptor = _beside(folder)
    os.close(descriptor)
    os.unlink(beside)


def _beside(folder: str) -> tuple[str, int]:
    """A new hidden file in a folder, open for writing: its path and descriptor."""
    beside = os.path.join(folder, f".gilint-{os.urandom(6).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return beside, os.open(beside, flags, 0o666)


def _is_plain(path: str) -> bool:
    """Whether it is a regular file, or none yet."""
    return os.path.isfile(path) or not os.path.exists(path)
