"""A baseline: a file of waivers for the findings that there are, so that only new ones count from now on."""

from __future__ import annotations

import os

from gilint.errors import ConfigError, RuleError
from gilint.waivers import FILE, load_waivers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gilint.model import Finding, Result
    from gilint.ruleset import Ruleset

HEAD = """\
# 豁免：下列问题不再计入，每条都要写明理由；改正之后请删去 (findings that are let pass, each with its reason)
waivers:
"""
REASON = {"zh": "基线：登记时已有的问题", "en": "baseline: a finding that was there already"}
SHOWN = 60
"""Characters of a finding's words that are shown."""


def by_folder(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Results by the file of waivers that counts beside their reports."""
    found: dict[str, list[Result]] = {}
    for result in results:
        folder = os.path.dirname(result.path.partition("!/")[0])
        found.setdefault(os.path.join(folder, FILE), []).append(result)
    return found


def extended(
    path: str,
    results: Iterable[Result],
    ruleset: Ruleset,
    *,
    reason: str,
    approver: str = "",
    expires: str = "",
) -> tuple[str, int]:
    """The text of the file at ``path`` with a waiver more for each finding of ``results``, and how many there are.

    What stands there stays as it is, remarks included. Findings of rules that cannot be waived are left out. Raises
    ``ConfigError`` for a file with mistakes, or one that nothing can be added to.
    """
    terms = {"reason": reason, "approver": approver, "expires": expires}
    before = _present(path)
    entries = list(_entries(path, results, ruleset, terms))
    if before is None:
        return HEAD + "".join(entry("  ") for entry in entries), len(entries)
    known = _loaded(path, before, ruleset)
    text = before if before.endswith("\n") else f"{before}\n"
    text += "".join(entry(_indentation(before)) for entry in entries)
    try:
        added = len(_loaded(path, text, ruleset)) - len(known)
    except ConfigError:
        added = -1
    if added != len(entries):
        zh, en = "“waivers:”不在文件末尾，或者写成了一行", "'waivers:' is not the last key, or on one line"
        raise ConfigError(f"{path}: 无法在文件后面添加：{zh}；请用 -o 写到别处 (nothing can be added: {en}; use -o)")
    return text, added


def _present(path: str) -> str | None:
    from gilint.source import read_text

    if not os.path.lexists(path):
        return None
    try:
        return read_text(path)
    except RuleError as error:
        raise ConfigError(str(error)) from None


def _loaded(path: str, text: str, ruleset: Ruleset) -> tuple[object, ...]:
    try:
        return load_waivers(path, ruleset, text)
    except RuleError as error:
        raise ConfigError(str(error)) from None


def _indentation(text: str) -> str:
    """The blanks before the entries of a file."""
    for line in text.splitlines():
        if line.lstrip().startswith("- "):
            return line[: len(line) - len(line.lstrip())]
    return "  "


def _entries(
    path: str, results: Iterable[Result], ruleset: Ruleset, terms: Mapping[str, str]
) -> Iterator[Callable[[str], str]]:
    """A function for each finding that writes its entry behind a given indentation."""
    lasting = {rule.id for rule in ruleset.rules if not rule.waivable}
    folder = os.path.dirname(os.path.abspath(path))
    for result in results:
        file = os.path.relpath(os.path.abspath(result.path), folder).replace(os.sep, "/")
        for finding in result.findings:
            if finding.rule not in lasting:
                yield _writer(file, finding, terms)


def _writer(file: str, finding: Finding, terms: Mapping[str, str]) -> Callable[[str], str]:
    shown = " ".join(finding.message.split())
    lines = [
        f"# {_printable(shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + '…')}",
        f"- rule: {finding.rule}",
        f"  file: {_quoted(file)}",
        f'  fingerprint: "{finding.fingerprint}"',
        *(f"  {key}: {_quoted(value)}" for key, value in terms.items() if value),
    ]
    return lambda indentation: "".join(f"{indentation}{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """A text as YAML has it between quotation marks; what cannot be printed as an escape."""
    from json import dumps

    return "".join(char if char.isprintable() else _escaped(char) for char in dumps(text, ensure_ascii=False))


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
