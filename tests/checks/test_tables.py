"""The check kind ``table-shape``: tables as a whole."""

import pytest
from builders import FAMILY, NEW, Unread, family_with, report_with, run, slice_at

from gilint.checks.tables import table_shape
from gilint.errors import OptionError
from gilint.model import NotAssessable

MARKED = family_with({**NEW, "marks": ["Near", "Lost"]}).forms[0]


def ask(question, report, **options):
    return run(table_shape, report, question=question, **options)


def test_a_missing_table_is_told_at_its_section():
    (problem,) = ask("missing", report_with({"parcels": {}, "stock": {}}))
    assert problem.at.address.trail == ("Disputes",)
    assert (problem.values["table_title"], problem.values["section_title"]) == ("Cases", "Disputes")


def test_what_a_missing_section_lacks_is_no_news():
    report = report_with({"parcels": {}, "stock": {}})
    sections = {key: section for key, section in report.sections.items() if key != "disputes"}
    assert ask("missing", report.replace(sections=sections)) == []


def test_tables_of_another_years_form_are_told_by_their_labels():
    report = report_with({"parcels": {}}, form=MARKED, year=2019)
    (problem,) = ask("foreign", report)
    assert problem.at.text == "Near"
    assert (problem.values["count"], problem.values["list"]) == (2, "Near、Lost")
    assert ask("foreign", report.replace(year=2022)) == []
    assert ask("foreign", report.replace(year=None)) == []


def test_a_source_that_loses_tables_does_not_accuse():
    report = report_with()
    report = report.replace(source=report.source.replace(keeps_tables=False))
    said = ask("missing", report)
    assert len(said) == 3
    assert all(isinstance(one, NotAssessable) for one in said)


def test_tables_can_be_chosen():
    assert [one.key for one in ask("missing", report_with(), tables=["stock"])] == ["stock"]


def test_unread_rows_are_told_once_a_table():
    report = report_with({"parcels": {"new": Unread("7 18"), "sent": Unread("2 02")}})
    (problem,) = ask("unread", report)
    assert problem.at.text == "Received"
    assert (problem.values["count"], problem.values["list"], problem.values["raw"]) == (2, "Received、Sent", "7 18")
    assert [one.text for one in problem.related] == ["Sent"]


def test_missing_rows_are_told_once_a_table():
    (problem,) = ask("rows", report_with({"parcels": {"kept": None, "lost": None}, "cases": {}}))
    assert problem.at.key == "parcels"
    assert (problem.values["count"], problem.values["list"]) == (2, "Kept、Lost")


def test_a_table_as_the_form_has_it_is_fine():
    report = report_with({"parcels": {}, "stock": {}, "cases": {}})
    assert [ask(question, report) for question in ("missing", "unread", "rows", "columns", "note", "foreign")] == [
        []
    ] * 6


def test_missing_column_labels_are_told():
    report = report_with({"parcels": {}})
    table = report.tables["parcels"]
    header = tuple(part for part in table.header if part.text != "Far")
    (problem,) = ask("columns", report.replace(tables={"parcels": table.replace(header=header)}))
    assert (problem.values["count"], problem.values["list"]) == (1, "Far")


def test_a_column_label_may_be_broken_over_lines():
    report = report_with({"parcels": {}})
    table = report.tables["parcels"]
    header = tuple(slice_at(1, text) for text in ("Ne", "ar", "F ar", "Total"))
    assert ask("columns", report.replace(tables={"parcels": table.replace(header=header)})) == []


def test_a_header_further_down_counts_for_its_rows():
    report = report_with({"stock": {}})
    table = report.tables["stock"]
    header = tuple(part for part in table.header if part.text != "Money")
    assert ask("columns", report.replace(tables={"stock": table.replace(header=header)})) == []


def test_without_any_header_the_columns_are_not_assessable():
    (said,) = ask("columns", report_with({"parcels": {}}, header=False, notes=False))
    assert said.reason["zh"] == "没有识别到“Parcels”表的表头"


def test_a_missing_note_is_told_with_its_text():
    (problem,) = ask("note", report_with({"parcels": {}, "stock": {}}, notes=False))
    assert problem.values["expected"] == "（first plus second is third plus fourth）"


def test_labels_of_another_form_are_told_once():
    labels = (("Steam", slice_at(40, "Steam")), ("Sail", slice_at(41, "Sail")))
    (problem,) = ask("foreign", report_with({"parcels": {}}, foreign_labels=labels))
    assert (problem.at.text, problem.values["list"], len(problem.related)) == ("Steam", "Steam、Sail", 1)


def test_an_unknown_table_is_refused_at_its_place():
    with pytest.raises(OptionError) as caught:
        table_shape.prepare({"question": "rows", "tables": ["stock", "parcel"]}, FAMILY)
    assert caught.value.path == ("tables", 1)
