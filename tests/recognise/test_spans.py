"""Whatever a report says stands where it says that it does, in every encoding and with every kind of line end."""

import pytest
from samples import ROOT, linter

SAMPLES = sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "rules").glob("*/forms/*.txt")])
ENCODINGS = {
    "UTF-8": lambda text: text.encode("utf-8"),
    "UTF-8 (BOM)": lambda text: text.encode("utf-8-sig"),
    "UTF-16 LE": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32 LE": lambda text: b"\xff\xfe\x00\x00" + text.encode("utf-32-le"),
    "GB18030": lambda text: text.encode("gb18030"),
}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def text_of(path):
    return path.read_text(encoding="utf-8")


def elements(report):
    """Everything that has a text and a place."""
    yield from report.passages
    for table in report.tables.values():
        yield from table.cells.values()
        yield from table.labels.values()
        yield from table.header
        yield from (row.at for row in table.unread)
    for heading in report.headings:
        yield heading.at
    yield from (place for _label, place in report.foreign_labels)
    signoff, period = report.signoff, report.period
    yield from (at for at in (signoff.issuer, signoff.date_at, period and period.at) if at is not None)


def span_and_text(element):
    if hasattr(element, "raw"):
        return element.span, element.raw
    if hasattr(element, "role"):
        return element.span(0, len(element.text)), element.text
    return element.span, element.text


def at(lines, span):
    """What stands at a span; a title of several lines is one text."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1][: span.end_column - 1]
    return "".join([first, *lines[span.line : span.end_line - 1], last])


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_element_quotes_what_stands_at_its_place(path, encoding, line_end):
    text = text_of(path)
    data = ENCODINGS[encoding](text.replace("\n", LINE_ENDS[line_end]))
    report = linter().read(data, path.name)
    assert report.source.encoding == encoding
    lines = text.split("\n")
    found = [span_and_text(element) for element in elements(report)]
    assert len(found) > 20
    for span, quoted in found:
        assert at(lines, span) == quoted


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_line_of_text_is_one_passage_or_part_of_a_table(path):
    text = text_of(path)
    report = linter().read(text.encode(), path.name)
    told = {line for passage in report.passages for line in range(*lines_of(passage.span(0, len(passage.text))))}
    told |= {line for table in report.tables.values() for line in range(*lines_of_table(table))}
    assert [line for number, line in enumerate(text.split("\n"), 1) if number not in told and line.strip()] == []


def lines_of(span):
    return span.line, span.end_line + 1


def lines_of_table(table):
    places = [element.span for element in (*table.cells.values(), *table.labels.values(), *table.header)]
    return min(span.line for span in places), max(span.end_line for span in places) + 1
