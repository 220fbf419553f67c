"""Tracked changes: the text is that with all of them accepted, and how many there are is told."""

import pytest
from docx_pieces import cell, opened, paragraph, row, run, table

WHO = 'w:id="1" w:author="张" w:date="2025-01-01T00:00:00Z"'


def inserted(content):
    return f"<w:ins {WHO}>{content}</w:ins>"


def deleted(text):
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText><w:tab/><w:br/></w:r></w:del>'


def moved_from(text):
    moved = f"<w:moveFrom {WHO}>{run(text)}</w:moveFrom>"
    return f'<w:moveFromRangeStart w:id="3" w:name="m"/>{moved}<w:moveFromRangeEnd w:id="3"/>'


def moved_to(text):
    return f"<w:moveTo {WHO}>{run(text)}</w:moveTo>"


def end(mark):
    """Properties of a paragraph whose end was inserted (ins), deleted (del) or moved away (moveFrom)."""
    return f"<w:rPr><w:{mark} {WHO}/></w:rPr>"


def read(body, **parts):
    document = opened(body, **parts)
    content = [
        block.text if hasattr(block, "text") else [[each.text for each in cells] for cells in block.rows]
        for block in document.blocks
    ]
    notes = [note for note in document.notes if note.kind == "tracked-changes"]
    return content, [(note.count, note.origin and str(note.origin.span(0, 0))) for note in notes]


def test_inserted_text_stays_and_deleted_text_goes():
    body = paragraph("零") + paragraph(run("公开") + deleted("30") + inserted(run("31")) + run("条"))
    assert read(body) == (["零", "公开31条"], [(2, "p2:1")])


def test_text_that_was_inserted_and_deleted_again_is_gone():
    assert read(paragraph(run("甲") + inserted(deleted("乙")))) == (["甲"], [(2, "p1:1")])


def test_moved_text_stands_where_it_was_moved_to():
    body = paragraph(run("甲") + moved_from("乙")) + paragraph(run("丙") + moved_to("乙"))
    assert read(body) == (["甲", "丙乙"], [(2, "p1:1")])


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_paragraph_whose_end_is_gone_goes_on_in_the_next(mark):
    blocks = opened(paragraph("零") + paragraph("总体", end(mark)) + paragraph("情况") + paragraph("完")).blocks
    assert [block.text for block in blocks] == ["零", "总体情况", "完"]
    assert [str(blocks[1].origin.span(at, at + 1)) for at in range(4)] == ["p2:1", "p2:2", "p3:1", "p3:2"]
    # A slice over both is shown as far as it reaches in the first.
    assert blocks[1].origin.span(1, 4).as_dict() == {"kind": "docx", "paragraph": 2, "start": 1, "end": 2}


def test_deleted_paragraphs_leave_nothing():
    gone = paragraph(deleted("甲"), end("del"))
    content, notes = read(paragraph("零") + gone + gone + paragraph("一") + gone)
    assert content == ["零", "一"]
    assert notes == [(3, "p2:1")]


def test_a_paragraph_before_a_table_does_not_go_on_behind_it():
    body = paragraph("甲", end("del")) + table(row("1", "2")) + paragraph("乙")
    assert read(body)[0] == ["甲", [["1", "2"]], "乙"]


def test_paragraphs_of_a_cell_go_on_in_each_other():
    inside = cell(paragraph("1", end("del")) + paragraph("288") + paragraph("件", end("del")))
    assert read(table(row("甲", inside), row("乙", "3")))[0] == [[["甲", "1288\n件"], ["乙", "3"]]]


def test_a_joined_paragraph_has_the_number_of_the_last():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("甲", number + end("del")) + paragraph("乙", number) + paragraph("丙", number)
    blocks = opened(body, numbering=numbering).blocks
    assert [block.text for block in blocks] == ["1、甲乙", "2、丙"]
    assert [str(blocks[0].origin.span(at, at + 1)) for at in range(4)] == ["p1:1", "p1:1", "p1:1", "p2:1"]


def test_rows_and_cells_are_inserted_and_deleted():
    body = table(
        row("甲", "1", properties=f"<w:ins {WHO}/>"),
        row("乙", "2", properties=f"<w:del {WHO}/>"),
        row("丙", cell("9", f"<w:cellDel {WHO}/>"), cell("3", f"<w:cellIns {WHO}/>")),
    )
    assert read(paragraph("零") + body) == (["零", [["甲", "1"], ["丙", "3"]]], [(4, "t1:r1:c1")])


def test_a_deleted_row_does_not_part_merged_cells():
    label = '<w:vMerge w:val="restart"/>'
    body = table(
        row(cell("甲", label), "1"),
        row(cell("", "<w:vMerge/>"), "2", properties=f"<w:del {WHO}/>"),
        row(cell("", "<w:vMerge/>"), "3"),
    )
    (grid,) = opened(body).blocks
    assert [[(each.text, each.row_span) for each in cells] for cells in grid.rows] == [
        [("甲", 2), ("1", 1)],
        [("3", 1)],
    ]


def test_a_table_of_deleted_rows_has_none():
    content, notes = read(table(row("甲", "1", properties=f"<w:del {WHO}/>")) + paragraph("乙"))
    assert content == [[], "乙"]
    assert notes == [(1, None)]


def test_cells_merged_by_a_tracked_change_are_merged():
    merge = '<w:cellMerge w:id="1" w:author="张" w:vMerge="{}"/>'.format
    body = table(row(cell("甲", merge("rest")), "1"), row(cell("", merge("cont")), "2"))
    (grid,) = opened(body).blocks
    assert [[(each.text, each.row_span) for each in cells] for cells in grid.rows] == [
        [("甲", 2), ("1", 1)],
        [("2", 1)],
    ]


def test_former_properties_do_not_count():
    before = '<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    former = f"<w:pPrChange {WHO}>{before}</w:pPrChange>"
    hidden = f"<w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    wide = f'<w:tcPrChange {WHO}><w:tcPr><w:gridSpan w:val="5"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    document = opened(paragraph(run("甲", hidden), former) + table(row(cell("1", wide), "2")))
    assert (document.blocks[0].text, document.blocks[0].level) == ("甲", 0)
    assert [(each.text, each.column_span) for each in document.blocks[1].rows[0]] == [("1", 1), ("2", 1)]
    assert [(note.kind, note.count) for note in document.notes] == [("tracked-changes", 3)]


def test_the_end_of_a_paragraph_is_a_change_of_its_own_only_without_its_text():
    assert read(paragraph(inserted(run("甲")), end("ins")))[1] == [(1, "p1:1")]
    assert read(paragraph("甲", end("ins")))[1] == [(1, "p1:1")]


def test_changes_in_footnotes_take_effect():
    note = f'<w:footnote w:id="2">{paragraph(run("注") + deleted("一") + inserted(run("二")))}</w:footnote>'
    body = paragraph(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    assert read(body, footnotes=note)[0] == ["甲", "注二"]


def test_without_changes_none_are_told():
    assert read(paragraph("甲"))[1] == []


def test_comments_and_changes_are_told_in_the_order_of_their_weight():
    body = paragraph(
        run("甲") + inserted(run("乙")) + '<w:r><w:commentReference w:id="1"/></w:r>' + run("丙", "<w:vanish/>")
    )
    assert [note.kind for note in opened(body).notes] == ["tracked-changes", "comments", "hidden-text"]


def test_a_text_box_inside_an_insertion_is_read():
    box = f"<v:textbox><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox>"
    drawn = f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"
    assert read(paragraph(run("甲") + inserted(drawn)))[0] == ["甲", "框"]
