import pytest
from grids import Book
from samples import example, linter, read


def wrapped(text, length):
    """Every line cut after ``length`` characters."""
    return "\n".join(line[at : at + length] for line in text.split("\n") for at in range(0, max(1, len(line)), length))


TEXT = example("clean-2024")


def broken(text, length):
    """The sample with its prose cut and its tables as they are."""
    head, disclosure, rest = text.partition("二、主动公开政府信息情况\n")
    tables, problems, end = rest.partition("五、存在的主要问题及改进情况\n")
    return wrapped(head, length) + disclosure + tables + problems + wrapped(end, length)


def texts(report):
    return [(passage.role, passage.text) for passage in report.passages]


@pytest.mark.parametrize("length", [30, 40])
def test_lines_broken_at_one_width_are_joined(length):
    assert texts(read(broken(TEXT, length))) == texts(read(TEXT))


@pytest.mark.parametrize("length", range(34, 46))
def test_no_character_is_lost_whatever_the_width(length):
    joined, whole = ("".join(text for _role, text in texts(read(one))) for one in (broken(TEXT, length), TEXT))
    assert joined == whole


def test_a_joined_paragraph_leads_back_to_its_lines():
    report = read(broken(TEXT, 30))
    lines = broken(TEXT, 30).split("\n")
    passage = next(passage for passage in report.passages if passage.text.startswith("按照《条例》第十七条"))
    for start in range(len(passage.text)):
        span = passage.span(start, start + 1)
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == passage.text[start]


def test_the_tables_of_a_broken_text_are_read():
    assert [len(table) for table in read(broken(TEXT, 40)).tables.values()] == [10, 175, 15]


def test_paragraphs_on_lines_of_their_own_stay_apart():
    assert len(read(TEXT).passages) == 28


def test_columns_set_with_spaces_are_not_joined():
    row = "规章制度建设工作任务完成情况统计项目第{0:02}号    {0:02}    {0:02}    {0:02}"
    rows = "\n".join(row.format(number) for number in range(20))
    report = read(TEXT.replace("五、存在的主要问题及改进情况\n", f"五、存在的主要问题及改进情况\n{rows}\n"))
    assert sum("完成情况统计项目" in passage.text for passage in report.passages) == 20


def test_a_running_head_is_no_wrapped_line():
    head = "平澜县市场监督管理局2024年政府信息公开工作年度报告"
    lines = TEXT.split("\n")
    pages = [lines[at : at + 6] for at in range(0, len(lines) - 6, 6)]
    text = "\n".join([part for page in pages for part in (*page, head)] + lines[6 * len(pages) :])
    kept = [passage.text for passage in read(text).passages if passage.role in ("heading", "preamble", "prose")]
    assert kept == [passage.text for passage in read(TEXT).passages if passage.role in ("heading", "preamble", "prose")]


def test_paragraphs_of_documents_are_never_joined():
    lines = broken(TEXT, 30).split("\n")
    found = linter().read(Book().text(*lines).document())
    assert {passage.text for passage in found.passages} <= set(lines)
