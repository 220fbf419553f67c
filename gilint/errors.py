"""What can go wrong, as a tree.

::

    GilintError
    ├── UsageError            the user can mend it: exit code 2
    │   ├── InputError        a file that cannot be read, or is no report
    │   ├── OutputError       a file that cannot be written
    │   ├── ConfigError       a configuration file or option
    │   ├── RuleError         rule, form or pack files; carries every mistake found
    │   └── OptionError       an option of one rule; the loader makes a mistake at its place of it
    └── InternalError         gilint, a check or a plugin broke: exit code 3
        ├── CheckError        a kind of check broke while a rule was compiled
        └── PluginError
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FAULTS_TOLD = 20
"""Mistakes of one file of data that are told; more would bury the first."""


class GilintError(Exception):
    """Base of all errors raised by gilint."""


class UsageError(GilintError):
    """A mistake that the user can mend; printed without a traceback."""


class InputError(UsageError):
    """An input that could not be judged.

    ``code`` is stable (``empty``, ``binary``, ``not-a-report`` …), ``message`` says what and where, ``advice`` the
    way out. ``message`` and ``advice`` map a language (``zh``, ``en``) to text.
    """

    def __init__(self, code: str, path: str, message: dict[str, str], advice: dict[str, str]) -> None:
        super().__init__(f"{path}: {message['zh']} ({message['en']})")
        self.code = code
        self.path = path
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.code, self.path, self.message, self.advice)


def invalid_data(path: str, faults: Sequence[tuple[str, str, str]]) -> InputError:
    """The error for data with mistakes: where each is (a JSON Pointer, or line and column), and what in zh and en."""
    told = [(place or "/", zh, en) for place, zh, en in faults[:FAULTS_TOLD]]
    more, count = len(faults) - len(told), len(faults)
    zh = "；".join(f"{place} {text}" for place, text, _en in told) + (f"；另有 {more} 处" if more else "")
    en = "; ".join(f"{place} {text}" for place, _zh, text in told) + (f"; and {more} more" if more else "")
    return InputError(
        "invalid-data",
        path,
        {"zh": f"数据有 {count} 处错误：{zh}", "en": f"mistakes in the data ({count}): {en}"},
        {
            "zh": "请照提示修改；格式见 docs/data.md 与 gilint schema report",
            "en": "mend what is named; the format is in docs/data.md and 'gilint schema report'",
        },
    )


class OutputError(UsageError):
    """A file that cannot or may not be written; what stood there is as it was. ``zh`` and ``en`` say why."""

    def __init__(self, path: str, zh: str, en: str) -> None:
        super().__init__(f"{path}: {zh} ({en})")
        self.path = path
        self.zh = zh
        self.en = en

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.path, self.zh, self.en)


class ConfigError(UsageError):
    """A wrong option, configuration key or value; the text names the place."""


class Mistake(Record):
    """One mistake in a rule, form or pack file, at its place (1-based line and column)."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class RuleError(UsageError):
    """Every mistake found in the rule files of one load."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.mistakes,)


class OptionError(UsageError):
    """An option of a rule that its schema accepts and its check cannot; the loader turns it into a :class:`Mistake`.

    ``path`` leads to the option inside ``with``, ``offset`` (0-based, in characters) into its text.
    """

    def __init__(self, path: tuple[str | int, ...], message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.message = message
        self.offset = offset

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.path, self.message, self.offset)


class InternalError(GilintError):
    """A fault of ours or of a plugin, not of the user."""


class CheckError(InternalError):
    """A kind of check that raised while a rule was compiled; ``check`` is its name."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.check, str(self))


class PluginError(InternalError):
    """A plugin that could not be loaded or that raised; names the plugin, its version and the cause."""
