"""The outputs of a run: what each is and where it goes. All are looked over before a file is judged."""

from __future__ import annotations

import os

from gilint.errors import ConfigError, OutputError, UsageError
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TextIO

    from gilint.writing import Pieces

    Failures = Iterable[tuple["Output", BaseException]]

CLEAN, USAGE = 0, 2
STANDARD_OUTPUT = "-"
MOST_HELD, AT_A_TIME = 500_000, 1 << 18
"""Characters or bytes of an output that are held in memory, and that are read from disk at a time."""


class Target(Record):
    """An output as it was asked for: the name of a format, and a file (``""``: standard output)."""

    name: str
    file: str = ""


class Output(Record):
    """A target, and the reporter that makes what is written there."""

    target: Target
    reporter: Any

    @property
    def file(self) -> str:
        return self.target.file

    @property
    def binary(self) -> bool:
        return bool(getattr(self.reporter, "binary", False))


class Rendering:
    """A function that makes an output of what was found, as a reporter."""

    def __init__(self, render: Callable[[Any], Pieces], *, binary: bool = False) -> None:
        self.render = render
        self.binary = binary


class Broken:
    """Stands for a reporter that broke when it was made, and breaks when its turn comes: others are not held up."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def render(self, found: Any) -> Pieces:
        raise self._error


def made(factory: Callable[[Any], Any], options: Any) -> Any:
    """The reporter that a factory makes. Raises ``UsageError`` where it misses something."""
    try:
        return factory(options)
    except UsageError:
        raise
    except (Exception, SystemExit) as error:
        return Broken(error)


# --- before anything is judged ----------------------------------------------------------------------------------------


def targets(formats: Sequence[str], output: str | None = None) -> tuple[Target, ...]:
    """The outputs that ``--format NAME[=FILE]`` and ``--output FILE`` ask for; nothing asked for is the terminal's.

    Raises ``ConfigError`` where a file is missing, or two outputs want the same place.
    """
    found = [_target(word) for word in formats or ("terminal",)]
    bare = [at for at, target in enumerate(found) if not target.file]
    if len(bare) > 1:
        names = "、".join(found[at].name for at in bare)
        zh, en = "标准输出只能有一种格式，其余请写 NAME=FILE", "one format goes to standard output, others need a file"
        raise ConfigError(f"--format {names}：{zh} ({en}: NAME=FILE)")
    if output is not None:
        found = _with_output(found, bare, output)
    _refuse_same_file([target.file for target in found if target.file])
    return tuple(found)


def _target(word: str) -> Target:
    name, equals, file = word.partition("=")
    if equals and not file:
        raise ConfigError(f"--format {word}：没有写文件名 (no file is named)")
    return Target(name, "" if file == STANDARD_OUTPUT else file)


def _with_output(found: Sequence[Target], bare: Sequence[int], output: str) -> list[Target]:
    if not output:
        raise ConfigError("--output 没有写文件名 (--output names no file)")
    if not bare:
        zh, en = "每种格式都已有文件，--output 多余", "every format has its file, so --output has nothing to write"
        raise ConfigError(f"{zh} ({en})")
    file = "" if output == STANDARD_OUTPUT else output
    return [target.replace(file=file) if at in bare else target for at, target in enumerate(found)]


def _refuse_same_file(files: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        place = os.path.normcase(os.path.realpath(file))
        if place in seen and place != os.devnull:
            raise ConfigError(f"{file}: 两种格式不能写入同一文件 (two formats cannot go to one file)")
        seen[place] = file


def refuse_unknown(wanted: Iterable[Target], known: Iterable[str]) -> None:
    """Raise ``ConfigError`` for a format that there is not."""
    known = tuple(known)
    for target in wanted:
        if target.name not in known:
            from gilint.suggest import unknown

            raise ConfigError(unknown("输出格式", "format", target.name, known))


def look_over(outputs: Iterable[Output], inputs: Callable[[], Iterable[str]], out: TextIO, *, force: bool) -> None:
    """Refuse what cannot be written, before a file is judged. Raises ``ConfigError`` and ``OutputError``."""
    for output in outputs:
        if output.file:
            _refuse_file(output, output.file, inputs, force)
        elif output.binary and out.isatty():
            name = output.target.name
            zh, en = f"{name} 不是文本，不能显示在终端", f"{name} is no text for a terminal"
            raise ConfigError(f"{zh}；请写 -f {name}=FILE ({en}: name a file)")


def _refuse_file(output: Output, file: str, inputs: Callable[[], Iterable[str]], force: bool) -> None:
    from gilint.writing import refuse_unwritable

    if os.path.isdir(file) and hasattr(output.reporter, "files"):
        return
    refuse_unwritable(file, inputs, force=force)


# --- when all is judged -----------------------------------------------------------------------------------------------


def deliver(
    outputs: Iterable[Output], found: Any, out: TextIO, inputs: Callable[[], Iterable[str]], *, force: bool
) -> Iterator[tuple[Output, BaseException]]:
    """Write every output; what goes wrong with one is yielded, and keeps no other from being written."""
    for output in outputs:
        try:
            if output.file:
                yield from _save(output, found, inputs, force)
            elif output.binary:
                write_bytes(out, _held(output.reporter.render(found)))
            else:
                write(out, _held(output.reporter.render(found)), exact=output.target.name != "terminal")
        except (Exception, SystemExit) as error:
            yield output, error


def _save(output: Output, found: Any, inputs: Callable[[], Iterable[str]], force: bool) -> Failures:
    """Write the file of an output, or the files that its reporter makes of it, each by itself."""
    from gilint.writing import refuse_unwritable, write_atomically

    several = getattr(output.reporter, "files", None)
    files = [(output.file, output.reporter.render(found))] if several is None else several(found, output.file)
    for path, pieces in files:
        # A reporter that breaks has broken by here, so that it is not taken for the disk.
        content = _held(pieces)
        try:
            refuse_unwritable(path, inputs, force=force)
            write_atomically(path, content)
        except OutputError as error:
            yield output, error


def _held(pieces: Any) -> Iterable[Any]:
    """The pieces of an output, once all are made, so that a reporter that breaks leaves nothing half written.

    Those of a long run lie on disk. Raises what the reporter raises, and ``OutputError`` where the disk is full.
    """
    if isinstance(pieces, str | bytes):
        return (pieces,)
    kept: list[Any] = []
    size, rest = 0, iter(pieces)
    for piece in rest:
        kept.append(piece)
        size += len(piece)
        if size > MOST_HELD:
            return _on_disk(kept, rest)
    return kept


def _on_disk(kept: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    from functools import partial
    from itertools import chain
    from tempfile import TemporaryFile, gettempdir

    from gilint.writing import cannot_be_written

    binary = isinstance(kept[0], bytes)
    how = {"mode": "w+b"} if binary else {"mode": "w+", "encoding": "utf-8", "errors": "surrogatepass", "newline": ""}
    pieces = chain(kept, rest)
    try:
        file: Any = TemporaryFile(prefix="gilint-", **how)  # type: ignore[call-overload]  # noqa: SIM115
    except OSError as error:
        raise cannot_be_written(gettempdir(), error) from None
    for piece in chain(pieces, [None]):
        try:
            # Going back to the start writes what is held back until then.
            file.seek(0) if piece is None else file.write(piece)
        except OSError as error:
            raise cannot_be_written(gettempdir(), error) from None
    return _read(file, partial(file.read, AT_A_TIME))


def _read(file: Any, read: Callable[[], Any]) -> Iterator[Any]:
    with file:
        while piece := read():
            yield piece


def remark(outputs: Iterable[Output], err: TextIO) -> None:
    """Say what reporters leave to be said beside what they write."""
    for output in outputs:
        for text in getattr(output.reporter, "remarks", ()):
            err.write(f"gilint: {text}\n")


def tell(failures: Failures, err: TextIO) -> int:
    """Say what the user can mend about outputs; the exit code that this means. Raises the first other failure."""
    code, defects = CLEAN, []
    for _output, error in failures:
        if not isinstance(error, UsageError):
            defects.append(error)
            continue
        err.write(f"gilint: {error}\n")
        code = USAGE
    if defects:
        raise defects[0]
    return code


# --- standard output --------------------------------------------------------------------------------------------------


def write(stream: TextIO, text: str | Iterable[str], *, exact: bool = False) -> None:
    """Print an output, whole or in pieces. ``exact`` output is for programs: UTF-8 with its own line ends anywhere.

    The reader of a pipe may stop early (``| head``): what it took is all that it wanted. Raises ``OutputError``.
    """

    def print_text() -> None:
        if exact and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        for piece in (text,) if isinstance(text, str) else text:
            stream.write(piece)
        stream.flush()

    _guarded(stream, print_text)


def write_bytes(stream: TextIO, content: bytes | Iterable[bytes]) -> None:
    """Print bytes as they are. Raises ``OutputError``."""

    def print_bytes() -> None:
        stream.flush()
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.buffer.write(piece)
        stream.buffer.flush()

    _guarded(stream, print_bytes)


def _guarded(stream: TextIO, action: Callable[[], None]) -> None:
    try:
        action()
    except BrokenPipeError:
        _close(stream)
    except OSError as error:
        from gilint.writing import cannot_be_written

        _close(stream)
        raise cannot_be_written("标准输出 (standard output)", error) from None


def _close(stream: TextIO) -> None:
    """Lead what is left in a stream nowhere; else the interpreter would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
