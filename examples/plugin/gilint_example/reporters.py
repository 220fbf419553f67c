"""A reporter: made with the options of the run, asked for the text, and never printing anything itself."""

import csv
import io

HEADER = {
    "zh": ["文件", "规则", "级别", "位置", "问题"],
    "en": ["file", "rule", "severity", "place", "problem"],
}


class RowsReporter:
    """One line a finding, for a spreadsheet."""

    name = "rows"

    def __init__(self, options):
        self._lang = options.lang

    def render(self, run):
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(HEADER[self._lang])
        for result in run.results:
            for finding in result.findings:
                place = str(finding.span or finding.address)
                table.writerow([result.path, finding.rule, finding.severity, place, finding.message])
        return out.getvalue()
