"""The page: its shell, what is said of a run and of each report, and the index of many."""

from __future__ import annotations

from collections import Counter

from gilint.errors import InputError
from gilint.failures import failed
from gilint.record import Record
from gilint.reporters import SEVERITIES
from gilint.reporters.counts import severities
from gilint.reporters.html.body import Body
from gilint.reporters.html.cards import Cards
from gilint.reporters.html.markup import Markup, code, element, joined
from gilint.reporters.html.sheet import Sheet
from gilint.reporters.html.words import page_words
from gilint.reporters.layout import harmless, one_line
from gilint.reporters.notes import note_text
from gilint.reporters.terminal import identity
from gilint.reporters.where import broken, title
from gilint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from gilint.model import Result
    from gilint.reporters import Run

COUNTS = (*SEVERITIES, "waived")


class Line(Record):
    """What the index says of a file, which stands before all that is said of it elsewhere.

    ``link`` is the address of its place or page, ``status`` the name of a word, ``look`` how that looks.
    """

    path: str
    link: str
    issuer: str
    year: str
    counts: Counter[str]
    judged: bool
    status: str
    look: str


def line_of(result: Result, link: str) -> Line:
    """The line of a file, which keeps nothing of its report."""
    report, counts = result.report, severities(result)
    counts["could_not_check"] = sum(one.status == "could_not_check" for one in result.outcomes.values())
    issuer = one_line(report.issuer) if report is not None and report.issuer else "—"
    year = str(report.year) if report is not None and report.year else "—"
    return Line(harmless(result.path), link, issuer, year, counts, result.error is None, *_status(result, counts))


def _readable(result: Result, lang: str) -> Result:
    """A result whose text can be shown; one whose file became another one since it was judged says so in its place."""
    try:
        if result.report is not None:
            _ = result.report.passages
    except InputError as error:
        return failed(error, lang)
    return result


class Page:
    """Writes pages in one language."""

    def __init__(self, run: Run, lang: str) -> None:
        self._run, self._lang = run, lang
        self._words = page_words(lang)
        self._equations = run.equations

    # --- pages --------------------------------------------------------------------------------------------------------

    def whole(self) -> Iterator[str]:
        """One page for the run: the report, or an index and each report below it."""
        results = self._run.results
        if len(results) == 1:
            yield from self.single(next(iter(results)))
            return
        lines, kinds = [], set()
        for number, result in enumerate(results, 1):
            lines.append(line_of(result, f"#r{number}"))
            kinds |= _kinds(result)
        yield self._opening(self._words["result"])
        yield from self._index(lines)
        yield self._filters(kinds)
        for number, result in enumerate(results, 1):
            yield from self._report(result, f"r{number}", 2)
        yield self._closing()

    def single(self, result: Result, index: str | None = None) -> Iterator[str]:
        """The page of one report; ``index`` is the address of the page that lists all."""
        yield self._opening(self._name(result))
        if index is not None:
            back = element("a", self._words["to_index"], href=index)
            yield element("nav", back, class_="wide", aria_label=self._words["index"])
        else:
            yield self._troubles()
        yield from self._report(result, "", 1)
        yield self._closing()

    def index(self, lines: Collection[Line]) -> Iterator[str]:
        """The page that leads to those of all reports."""
        yield self._opening(self._words["result"])
        yield from self._index(lines)
        yield self._closing()

    # --- shell --------------------------------------------------------------------------------------------------------

    def _opening(self, name: str) -> Markup:
        words = self._words
        style, script = _asset("style.css"), _asset("script.js")
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        head = joined(
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("title", name if name == words["result"] else f"{name} · {words['result']}"),
            code("style", style),
            by="\n",
        )
        lang = "zh-CN" if self._lang == "zh" else "en"
        skip = element("a", words["skip"], href="#main", class_="skip")
        start = f'<!doctype html>\n<html lang="{lang}">\n<head>\n{head}\n</head>\n<body>\n{skip}\n'
        return Markup(f'{start}<main id="main">\n')

    def _closing(self) -> Markup:
        made = element("p", self._words["made_by"].format(version=__version__))
        return Markup(f"</main>\n<footer>{made}</footer>\n{code('script', _asset('script.js'))}\n</body>\n</html>\n")

    # --- one report ---------------------------------------------------------------------------------------------------

    def _report(self, result: Result, name: str, depth: int) -> Iterator[str]:
        words, result = self._words, _readable(result, self._lang)
        sheet = Sheet(result, self._equations, self._lang, name)
        cards = Cards(sheet, words, self._equations)
        yield Markup(f'<section class="report" aria-labelledby="{name}h"{name and f" id={name}"}>\n')
        yield self._header(result, sheet, name, depth)
        if not name:
            yield self._filters(_kinds(result))
        if len(sheet.cards) > 1:
            entries = element("ol", *map(cards.entry, sheet.cards))
            said = words["contents"]
            listed = element("details", element("summary", said), entries)
            yield element("nav", listed, class_="wide", aria_label=f"{said} {name}".strip())
        yield from self._whole_report(sheet, cards, depth + 1)
        if result.report is not None:
            yield element(f"h{depth + 1}", words["printed"], class_="wide")
            yield Markup('<div class="paper">\n')
            for row in Body(sheet, result.report, cards, words, depth + 2).rows():
                yield joined(row, "\n")
            yield Markup("</div>\n")
            yield self._outcomes(result, depth + 1)
        yield Markup("</section>\n")

    def _name(self, result: Result) -> str:
        if result.report is None:
            return harmless(result.path)
        return " · ".join(identity(result.report, self._lang))

    def _header(self, result: Result, sheet: Sheet, name: str, depth: int) -> Markup:
        words, report = self._words, result.report
        lines = [element(f"h{depth}", self._name(result), id=f"{name}h")]
        if report is not None:
            about = f"{words['file']}{words['colon']}{harmless(result.path)} · {report.form.title[self._lang]}"
            lines.append(element("p", about, class_="about"))
            lines += [
                element("p", words["note"] + one_line(note_text(note, self._lang)), class_="about")
                for note in report.source.notes
            ]
            lines.append(self._tally(result))
        for rule, reason in broken(result).items():
            said = f"{words['broke']} {title(rule, self._run, self._lang)}{words['colon']}"
            lines.append(element("p", element("b", said), one_line(reason) or words["no_reason"], class_="failure"))
        if result.error is not None:
            lines.append(self._failure(result))
        return element("div", *lines, class_="wide head")

    def _failure(self, result: Result) -> Markup:
        words, error = self._words, result.error
        assert error is not None
        return element(
            "div",
            element("p", element("b", f"✗ {words['not_judged']}"), words["colon"], one_line(error.message)),
            element("p", element("b", words["advice"]), one_line(error.advice)) if error.advice else None,
            element("p", element("code", error.code, lang="en")),
            class_="failure",
        )

    def _tally(self, result: Result) -> Markup:
        """How many findings, and what became of the rules: silence is never a pass."""
        words, counts = self._words, severities(result)
        items = [
            element("li", element("b", counts[key]), f" {words[f'count_{key}']}", class_=key if counts[key] else None)
            for key in COUNTS
            if counts[key] or key != "waived"
        ]
        statuses = Counter(outcome.status for outcome in result.outcomes.values())
        said = [f"{words[status]} {statuses[status]}" for status in ("passed", "failed", "not_applicable")]
        said += [f"{words[status]} {statuses[status]}" for status in ("could_not_check", "broke") if statuses[status]]
        rules = words["rules"].format(rules=len(result.outcomes)) + " · ".join(said)
        clean = None
        if not result.findings:
            sign = "?" if statuses["broke"] or not statuses["passed"] else "✓"
            clean = element("p", element("b", f"{sign} {words['no_findings']}"), class_="clean")
        return joined(clean, element("ul", *items, class_="tally"), element("p", rules, class_="about"))

    def _whole_report(self, sheet: Sheet, cards: Cards, depth: int) -> Iterator[Markup]:
        own = sheet.cards_at(None)
        if own:
            yield element(f"h{depth}", self._words["whole"], class_="wide")
            yield element("div", *map(cards.markup, own), class_="wide cards")

    def _outcomes(self, result: Result, depth: int) -> Markup:
        """The rules that could not judge with their reasons, and all others by their outcome."""
        words = self._words
        reasons: dict[str, list[str]] = {}
        for rule, outcome in result.outcomes.items():
            if outcome.status == "could_not_check":
                reasons.setdefault(one_line(outcome.reason) or words["no_reason"], []).append(rule)
        parts: list[Markup] = []
        if reasons:
            items = [
                element("li", reason, element("ul", *map(self._rule, rules), class_="rules"))
                for reason, rules in reasons.items()
            ]
            parts += [element(f"h{depth}", words["not_done"]), element("ul", *items, class_="reasons")]
        parts.append(element(f"h{depth}", words["others"]))
        for status in ("passed", "not_applicable"):
            rules = [rule for rule, outcome in result.outcomes.items() if outcome.status == status]
            said = words[f"{status}_rules"].format(count=len(rules))
            listed = element("ul", *map(self._rule, rules), class_="rules")
            parts.append(element("details", element("summary", said), listed))
        return element("div", *parts, class_="wide outcomes")

    def _rule(self, rule: str) -> Markup:
        return element("li", title(rule, self._run, self._lang))

    # --- the run ------------------------------------------------------------------------------------------------------

    def _troubles(self) -> Markup:
        """What broke in gilint's own plugins, and belongs to no file."""
        said = [
            element("p", element("b", self._words["problem"]), self._words["colon"], one_line(problem.message))
            for problem in self._run.problems
        ]
        return element("div", *said, class_="wide failure") if said else Markup()

    def _filters(self, kinds: Collection[tuple[str, str]]) -> Markup:
        """Controls that the script brings to life; without it nothing is hidden, and they are not shown."""
        words = self._words
        known = {severity for _rule, severity in kinds}
        rules = sorted({rule for rule, _severity in kinds})
        if len(rules) < 2 and len(known) < 2:
            return Markup()
        boxes = [element("label", _box(key), words[f"count_{key}"]) for key in COUNTS if key in known]
        options = [element("option", words["every_rule"], value="")]
        options += [element("option", title(rule, self._run, self._lang), value=rule) for rule in rules]
        return element(
            "form",
            element("fieldset", element("legend", words["severities"]), *boxes),
            element("label", words["rule"], element("select", *options, name="rule")),
            element("p", role="status", aria_live="polite", data_text=words["shown"]),
            class_="wide filters",
            aria_label=words["filters"],
            hidden=True,
        )

    def _index(self, lines: Collection[Line]) -> Iterator[Markup]:
        words = self._words
        yield element("h1", words["result"], class_="wide head")
        yield self._troubles()
        keys = [*SEVERITIES, *(["waived"] if any(line.counts["waived"] for line in lines) else [])]
        heads = [words[key] for key in ("file", "issuer", "report_year")]
        heads += [*(words[f"count_{key}"] for key in keys), words["could_not_check"], words["status"]]
        totals = Counter[str]()
        rows = []
        for line in lines:
            totals.update(line.counts)
            rows.append(self._index_row(line, [*keys, "could_not_check"]))
        sums = [element("td", totals[key], class_="count") for key in (*keys, "could_not_check")]
        foot = element("tr", element("th", words["total"], scope="row", colspan=3), *sums, element("td"))
        table = element(
            "table",
            element("caption", f"{words['index']} ({len(lines)})", id="index-name"),
            element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
            element("tbody", *rows),
            element("tfoot", foot),
            class_="sortable",
            data_sort=words["sort"],
        )
        box = element("div", table, class_="scroll", tabindex="0", role="group", aria_labelledby="index-name")
        yield element("nav", box, class_="wide", aria_label=words["index"])

    def _index_row(self, line: Line, keys: Iterable[str]) -> Markup:
        name = element("a", line.path, href=line.link)
        return element(
            "tr",
            element("th", name, scope="row"),
            element("td", line.issuer),
            element("td", line.year, class_="count"),
            *(element("td", line.counts[key] if line.judged else "—", class_="count") for key in keys),
            element("td", self._words[line.status], class_=line.look),
        )


def _box(severity: str) -> Markup:
    return element("input", type="checkbox", name="severity", value=severity, checked=True)


def _kinds(result: Result) -> set[tuple[str, str]]:
    """The rules of findings with the severity of each, or that they are waived."""
    waived = {(one.finding.rule, "waived") for one in result.waived}
    return {(one.rule, one.severity) for one in result.findings} | waived


def _status(result: Result, counts: Counter[str]) -> tuple[str, str]:
    """What an input came to, by the name of its word, and how that looks."""
    if result.error is not None:
        return "not_judged", "error"
    if counts["error"]:
        return "status_failed", "error"
    if broken(result):
        return "status_unsure", "error"
    if counts["warning"]:
        return "status_warned", "warning"
    return ("status_noted", "info") if counts["info"] else ("status_clean", "good")


def _asset(name: str) -> str:
    from importlib.resources import files

    return files("gilint.reporters.html").joinpath(name).read_text("utf-8")


def _digest(source: str) -> str:
    """The source for a policy that lets this very text run, and no other."""
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()
