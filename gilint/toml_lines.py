"""On which lines the keys of a TOML file stand. The parser of the standard library keeps no places."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''
    (?P<space> [ \t\r]+ | \#[^\n]* )
    | (?P<string> """ (?: [^"\\] | \\. | "(?!"") )* "{3,5} | \'\'\' (?: [^'] | '(?!'') )* '{3,5}
                | " (?: [^"\\\n] | \\. )* " | ' [^'\n]* ' )
    | (?P<word> [^\s\[\]{},=.\#"']+ )
    | (?P<mark> [\[\]{},=.\n] )
    ''',
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[Path, int]:
    """The line of every table, key and array element of a valid TOML text, by its path from the root."""
    return _Scanner(text).lines()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split())
        self._at = 0
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        """How many tables each array of tables has so far."""

    def _split(self) -> Iterator[tuple[str, int]]:
        """Tokens with their lines, without space and comments."""
        line = 1
        for match in _TOKEN.finditer(self._text):
            if match.lastgroup != "space":
                yield match[0], line
            line += match[0].count("\n")

    def lines(self) -> dict[Path, int]:
        table: Path = ()
        while self._peek() is not None:
            if self._peek() == "\n":
                self._at += 1
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._found

    def _peek(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def _skip(self, *marks: str) -> bool:
        """Pass over one of these marks, if one stands here."""
        found = self._peek() in marks
        self._at += found
        return found

    def _header(self) -> Path:
        """The path of the table that a header opens: ``[a.b]``, or ``[[a.b]]`` for one more of an array."""
        brackets, line = 0, self._tokens[self._at][1]
        while self._skip("["):
            brackets += 1
        path: Path = ()
        while self._peek() not in ("]", None):
            token, _line = self._tokens[self._at]
            self._at += 1
            if token != ".":
                path = (*self._latest(path), _unquoted(token))
                self._found.setdefault(path, line)
        while self._skip("]"):
            pass
        if brackets == 1:
            return self._latest(path)
        self._counts[path] = self._counts.get(path, 0) + 1
        self._found[self._latest(path)] = line
        return self._latest(path)

    def _latest(self, path: Path) -> Path:
        """A path, into the last table if it leads to an array of tables."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _pair(self, table: Path) -> None:
        path = self._key(table, "=")
        self._at += 1
        self._value(path)

    def _key(self, table: Path, end: str) -> Path:
        """A dotted key up to ``end``."""
        path = table
        while self._peek() not in (end, None):
            token, line = self._tokens[self._at]
            self._at += 1
            if token != ".":
                path = (*path, _unquoted(token))
                self._found.setdefault(path, line)
        return path

    def _value(self, path: Path) -> None:
        if self._skip("{"):
            while self._peek() not in ("}", None):
                if not self._skip(",", "\n"):
                    self._pair(path)
            self._at += 1
        elif self._skip("["):
            self._elements(path)
        else:
            while self._peek() not in (",", "}", "]", "\n", None):
                self._at += 1

    def _elements(self, path: Path) -> None:
        index = 0
        while self._peek() not in ("]", None):
            if not self._skip(",", "\n"):
                self._found[*path, index] = self._tokens[self._at][1]
                self._value((*path, index))
                index += 1
        self._at += 1


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    from tomllib import loads

    return str(loads(f"key = {token}")["key"])
