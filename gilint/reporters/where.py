"""What findings say and where they stand, for tools that know no more than files, lines and texts."""

from __future__ import annotations

import os

from gilint.places import TextSpan
from gilint.reporters.labels import labels
from gilint.reporters.layout import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gilint.model import Address, Finding, Result, Span
    from gilint.reporters import Run

RANK = {"error": 0, "warning": 1, "info": 2, "never": -1}


def in_archive(path: str) -> tuple[str, str]:
    """The file of an input, and the name of the member where it is an archive (else ``""``)."""
    file, _inside, member = path.partition("!/")
    return file, member


def relative(path: str, folder: str) -> str:
    """The file of an input with slashes: from ``folder`` where it lies below it, else from the root."""
    whole = os.path.normpath(os.path.join(folder, in_archive(path)[0]))
    below = os.path.join(folder, "") if folder else ""
    return whole.removeprefix(below).replace(os.sep, "/")


def uri(path: str, folder: str = "") -> tuple[str, bool]:
    """The address of an input's file, percent-encoded, and whether it is relative to ``folder``."""
    file = relative(path, folder)
    if not os.path.isabs(file):
        return quoted(file), True
    drive, rest = os.path.splitdrive(file)
    return "file://" + (f"/{drive}" if drive else "") + quoted(rest), False


def quoted(path: str) -> str:
    """A path as a part of an address. One that is no text in UTF-8 keeps its bytes, as far as it has any."""
    from urllib.parse import quote

    try:
        return quote(os.fsencode(path))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "backslashreplace"))


def lines_of(span: Span | None) -> TextSpan | None:
    """The span where it is one of lines and columns; other places are told in words."""
    return span if isinstance(span, TextSpan) else None


def place(address: Address, span: Span | None, lang: str) -> str:
    """Where an element stands, in words: its trail, and its place in the file."""
    trail = one_line(str(address))
    at = "" if span is None else span.describe(lang)
    if not trail or not at:
        return trail or at
    return f"{trail}（{at}）" if lang == "zh" else f"{trail} ({at})"


def grounds(bases: Iterable[Mapping[str, str]], lang: str) -> str:
    """What a rule is based on, each document once."""
    found = dict.fromkeys(one_line(f"{basis['document']} {basis['clause']}") for basis in bases)
    return labels(lang)["clauses"].join(found)


def changes(finding: Finding, lang: str) -> str:
    """The suggestions of a finding: one, or one of several."""
    words = labels(lang)
    texts = [one_line(suggestion.text) for suggestion in finding.suggestions]
    return (words["clauses"] + words["or"]).join(texts)


def told(finding: Finding, lang: str) -> list[str]:
    """All that a finding says beside its message: where, the cause, what to change, the advice, the basis."""
    words = labels(lang)
    said = [
        ("", place(finding.address, finding.span, lang)),
        (words["cause"], "" if finding.cause is None else one_line(finding.cause.text)),
        (words["change"], changes(finding, lang)),
        (words["advice"], one_line(finding.advice)),
        (words["basis"], grounds(finding.basis, lang)),
    ]
    return [label + text for label, text in said if text]


def title(rule: str, run: Run, lang: str) -> str:
    """A rule with its title, where that is known."""
    known = run.rules.get(rule)
    return rule if known is None else f"{rule} {one_line(known.title[lang])}"


def broken(result: Result) -> dict[str, str]:
    """The rules that broke over an input, and why."""
    return {rule: outcome.reason for rule, outcome in result.outcomes.items() if outcome.status == "broke"}


def failure(result: Result) -> str:
    """Why an input could not be judged, and what to do."""
    error = result.error
    return "" if error is None else " ".join(filter(None, map(one_line, (error.message, error.advice))))
