"""What a command line names, as a list of files: files, folders, patterns and standard input."""

from __future__ import annotations

import os

from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAGIC = "*?["


def expand(paths: Iterable[str], suffixes: Iterable[str]) -> Iterator[str | InputError]:
    """The files that ``paths`` name, each once, in order; an error in the place of a path that names none.

    Folders are walked for files with one of ``suffixes``, sorted, hidden ones left out; a file that is named itself
    is taken whatever it is called.
    """
    wanted = tuple(suffix.lower() for suffix in suffixes)
    seen: set[str] = set()
    for path in paths:
        found = False
        for file in _files(path, wanted):
            found = True
            if isinstance(file, InputError):
                yield file
            elif (place := os.path.abspath(file) if file != "-" else file) not in seen:
                seen.add(place)
                yield file
        if not found:
            yield _nothing(path, wanted)


def _files(path: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    if path == "-" or os.path.isfile(path) or os.path.islink(path):
        yield path
    elif os.path.isdir(path):
        yield from _walk(path, suffixes)
    elif any(mark in path for mark in MAGIC):
        import glob

        for match in sorted(glob.glob(path, recursive=True)):
            yield from _walk(match, suffixes) if os.path.isdir(match) else (match,)
    else:
        # Not there: reading it says so, with the reason of the system.
        yield path


def _walk(folder: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(suffixes):
                yield os.path.join(place, name)
    # What could not be looked into may hold reports, so it is not passed over.
    yield from map(_closed, closed)


def _closed(error: OSError) -> InputError:
    return InputError(
        "folder",
        str(error.filename),
        {"zh": f"无法打开文件夹：{error.strerror}", "en": f"the folder cannot be opened: {error.strerror}"},
        {"zh": "请检查文件夹权限", "en": "check its permissions"},
    )


def _nothing(path: str, suffixes: tuple[str, ...]) -> InputError:
    kinds = " ".join(f"*{suffix}" for suffix in suffixes)
    return InputError(
        "nothing-found",
        path,
        {"zh": f"没有找到可检查的文件（{kinds}）", "en": f"no file to check was found ({kinds})"},
        {"zh": "请检查路径，或直接写出文件名", "en": "check the path, or name the file itself"},
    )
