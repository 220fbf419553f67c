"""Runs for reporters of findings: of real files, and made by hand with whatever texts."""

import os

import miyun_result as miyun

from gilint import Linter
from gilint.findings import Failure, Outcome, Related, Suggestion, Waived, Waiver
from gilint.places import PageSpan, SheetSpan, TextSpan, WordSpan
from gilint.reporters import Options, Run, RunProblem

FORMATS = ("sarif", "junit", "github", "gitlab", "rdjson", "csv", "xlsx", "markdown")
SPANS = {
    "docx": WordSpan("docx", 9, 0, 3, 2, 4, 0, 1),
    "sheet": SheetSpan("表 1", "B12", (0, 11, 1)),
    "pdf": PageSpan(2, (71.0, 120.4, 90.0, 131.0)),
    "text": TextSpan(3, 5, 4, 2),
}


def render(name, run, lang="zh", **options):
    """The output of a built-in reporter: text, or bytes."""
    from gilint.discovery import resolve
    from gilint.reporters import BUILTIN

    pieces = resolve(BUILTIN[name])(Options(lang=lang, **options)).render(run)
    if isinstance(pieces, str):
        return pieces
    pieces = list(pieces)
    return (b"" if isinstance(pieces[0], bytes) else "").join(pieces) if pieces else ""


def linted(*sources, lang="zh", **options):
    """A run over real files, as the command makes it in their folder."""
    linter = Linter(config=False, lang=lang, **options)
    rules = {rule.id: rule for rule in linter.rules}
    return Run(tuple(linter.lint_many(map(str, sources))), (), rules, linter.ruleset.packs, os.getcwd())


def one(span=None, text="甲", path="报告.txt", **changes):
    """A result with one finding, all of whose texts are ``text``."""
    base = miyun.balances(miyun.report())[0]
    finding = base.replace(
        severity="error",
        message=text,
        advice=text,
        title=text,
        excerpt=text,
        basis=({"document": text, "clause": text},),
        span=span or SPANS["text"],
        address=base.address.replace(trail=(text, text)),
        related=(Related(base.address, span, text),),
        cause=base.cause.replace(text=text),
        suggestions=(Suggestion(base.suggestions[0].cells, text),),
        **changes,
    )
    return miyun.result().replace(path=path, findings=(finding,), outcomes={"T301": Outcome("failed")})


def everything(text="甲", path="报告.txt"):
    """A run with all that can happen: findings, a waiver, a file that failed, rules that broke, a failed plugin."""
    found = one(text=text, path=path)
    waiver = Waiver("T301", text, approver=text, expires="2025-12-31", path="gilint.waivers.yaml", line=4)
    outcomes = {
        "T301": Outcome("failed"),
        "A001": Outcome("passed"),
        "B001": Outcome("broke", text),
        "C001": Outcome("could_not_check", text),
        "D001": Outcome("not_applicable", text),
    }
    judged = found.replace(outcomes=outcomes, waived=(Waived(found.findings[0].replace(rule="W001"), waiver),))
    failed = miyun.unreadable().replace(path=f"{path}.pdf", error=Failure("scanned", text, text))
    return Run((judged, failed), (RunProblem("plugin 1.0", text),), folder="/reports", exit_code=3)
