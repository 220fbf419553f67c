"""Findings as a workbook, for a reviewer of many reports: a row a finding, and totals by file and by rule."""

from __future__ import annotations

from gilint.reporters.counts import RuleCounts, severities
from gilint.reporters.labels import labels
from gilint.reporters.layout import harmless, one_line
from gilint.reporters.rows import COLUMNS, head, problem_rows, rows_of
from gilint.reporters.sheets import require_openpyxl, workbook_pieces
from gilint.reporters.where import failure
from gilint.text import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from gilint.model import Result
    from gilint.reporters import Options, Run
    from gilint.reporters.counts import RuleCount
    from gilint.reporters.rows import Value

LONGEST = 16_000
"""Characters of a cell: it takes 32,767 units of UTF-16."""
LINE, MOST_LINES = 15, 12
"""Points that a line takes, and lines that a row shows of a text."""
WIDTHS = {
    "path": 30,
    "issuer": 28,
    "year": 8,
    "severity": 8,
    "rule": 8,
    "title": 28,
    "message": 50,
    "where": 40,
    "place": 20,
    "line": 6,
    "excerpt": 30,
    "change": 40,
    "advice": 40,
    "basis": 40,
    "cause": 30,
    "fingerprint": 18,
}
_CHINESE = {
    "findings": "问题",
    "files": "按文件",
    "rules": "按规则",
    "file_heads": ("文件", "单位", "机关类别", "年度", "错误", "警告", "提示", "豁免", "无法判断的规则", "无法检查"),
    "rule_heads": ("规则", "标题", "级别", "问题", "文件", "豁免", "无法判断的文件"),
}
_ENGLISH = {
    "findings": "findings",
    "files": "by file",
    "rules": "by rule",
    "file_heads": (
        *("file", "issuer", "kind", "year", "errors", "warnings", "infos", "waived"),
        *("rules that could not check", "not judged"),
    ),
    "rule_heads": ("rule", "title", "severity", "findings", "files", "waived", "files where it could not check"),
}
FILE_WIDTHS = (40, 30, 14, 8, 8, 8, 8, 8, 16, 50)
RULE_WIDTHS = (8, 50, 8, 8, 8, 8, 16)


class XlsxReporter:
    """Three sheets with a header that stays, filters, and texts that are never formulas."""

    name = "xlsx"
    binary = True

    def __init__(self, options: Options) -> None:
        """Raises ``UsageError`` where openpyxl is not installed."""
        self._library = require_openpyxl()
        self._lang = options.lang
        self._words: dict[str, Any] = {**labels(options.lang), **(_CHINESE if options.lang == "zh" else _ENGLISH)}

    def render(self, run: Run) -> Iterator[bytes]:
        """The sheets grow side by side on disk, while the results are passed over once."""
        book, words, counts = self._library.Workbook(write_only=True), self._words, RuleCounts()
        findings = self._sheet(book, words["findings"], head(self._lang), [WIDTHS[one] for one in COLUMNS])
        files = self._sheet(book, words["files"], words["file_heads"], FILE_WIDTHS)
        rules = self._sheet(book, words["rules"], words["rule_heads"], RULE_WIDTHS)
        for result in run.results:
            findings.extend(rows_of(result, self._lang))
            files.extend([self._file(result)])
            counts.add(result)
        findings.extend(problem_rows(run, self._lang))
        rules.extend(self._rule(one, run) for one in counts.listed(run))
        for sheet in (findings, files, rules):
            sheet.finish()
        yield from workbook_pieces(book)

    def _file(self, result: Result) -> Sequence[Value]:
        """A row for a sound file too: what is not in the first sheet was looked at all the same."""
        report, counts = result.report, severities(result)
        of: list[Value] = ["", "", None]
        if report is not None:
            of = [one_line(report.issuer or ""), report.issuer_kind or "", report.year]
        found: list[Value] = [None] * 5
        if result.error is None:
            unknown = sum(outcome.status == "could_not_check" for outcome in result.outcomes.values())
            found = [*(counts[key] for key in ("error", "warning", "info", "waived")), unknown]
        return [harmless(result.path), *of, *found, failure(result)]

    def _rule(self, one: RuleCount, run: Run) -> Sequence[Value]:
        known = run.rules.get(one.rule)
        title = "" if known is None else one_line(known.title[self._lang])
        severity = self._words.get(one.severity, "")
        return [one.rule, title, severity, one.findings, one.files, one.waived, one.could_not_check]

    def _sheet(self, book: Any, title: str, heads: Sequence[str], widths: Sequence[int]) -> _Sheet:
        return _Sheet(book.create_sheet(title), heads, widths)


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, sheet: Any, heads: Sequence[str], widths: Sequence[int]) -> None:
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        self._sheet, self._widths, self._count = sheet, widths, 1
        self._last = get_column_letter(len(heads))
        for number, room in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = room
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._wrapped = Alignment(vertical="top", wrap_text=True)
        sheet.append([self._cell(text, Font(bold=True)) for text in heads])

    def extend(self, lines: Iterable[Sequence[Value]]) -> None:
        """Put rows below those that there are."""
        dimensions = self._sheet.row_dimensions
        for line in lines:
            self._count += 1
            dimensions[self._count].height = _height(line, self._widths)
            self._sheet.append(list(map(self._cell, line)))
            # What is written need not be remembered.
            dimensions.clear()

    def finish(self) -> None:
        """Let all rows be filtered."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._count}"

    def _cell(self, value: Value, font: Any = None) -> Any:
        from openpyxl.cell import WriteOnlyCell

        text = isinstance(value, str)
        cell = WriteOnlyCell(self._sheet, str(value)[:LONGEST] or None if text else value)
        if text and value:
            # A text that begins like a formula stays a text.
            cell.data_type = "s"
        cell.alignment = self._wrapped
        if font is not None:
            cell.font = font
        return cell


def _height(values: Sequence[Value], widths: Sequence[int]) -> int:
    """The height of a row, in points, that shows its texts wrapped; no program reckons it for a file that it reads."""
    lines = max(-(-width(str(value)) // room) for value, room in zip(values, widths, strict=True) if value is not None)
    return LINE * min(max(lines, 1), MOST_LINES)
