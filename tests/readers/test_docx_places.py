"""Every slice of every text leads to the characters of the document that it was read from."""

import docx_pieces as pieces
from docx_pieces import cell, opened, paragraph, row, run, table
from hypothesis import given
from hypothesis import strategies as st

LETTERS = st.text("甲乙丙1２ 　a😀", min_size=1, max_size=4)
CHANGED = 'w:id="1" w:author="张"'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


class Piece:
    """A part of a paragraph, and what of it is text: ``LINE`` for a line break."""

    def __init__(self, xml, text):
        self.xml, self.text = xml, text


LINE = "\v"
PIECES = st.one_of(
    LETTERS.map(lambda text: Piece(run(text), text)),
    LETTERS.map(lambda text: Piece(f"<w:ins {CHANGED}>{run(text)}</w:ins>", text)),
    LETTERS.map(lambda text: Piece(f"<w:del {CHANGED}><w:r><w:delText>{text}</w:delText></w:r></w:del>", "")),
    LETTERS.map(lambda text: Piece(f"<w:moveFrom {CHANGED}>{run(text)}</w:moveFrom>", "")),
    LETTERS.map(lambda text: Piece(run(text, "<w:vanish/>"), "")),
    LETTERS.map(lambda text: Piece(f"<w:hyperlink>{run(text)}</w:hyperlink>", text)),
    LETTERS.map(lambda text: Piece(f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>", text)),
    st.just(Piece("<w:r><w:tab/></w:r>", "\t")),
    st.just(Piece("<w:r><w:br/></w:r>", LINE)),
)


class Written:
    """A paragraph: its pieces, whether it is an item of a list, and whether its end was deleted."""

    def __init__(self, parts, listed, runs_on):
        self.text = "".join(piece.text for piece in parts)
        self.listed, self.runs_on = listed, runs_on
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
        end = f"<w:rPr><w:del {CHANGED}/></w:rPr>" if runs_on else ""
        self.xml = f"<w:p><w:pPr>{number}{end}</w:pPr>{''.join(piece.xml for piece in parts)}</w:p>"


PARAGRAPHS = st.lists(
    st.builds(Written, st.lists(PIECES, max_size=5), st.booleans(), st.sampled_from([False, False, True])),
    min_size=1,
    max_size=5,
)
# A document needs a text, and the last paragraph one that its end does not take away.
LAST = Written([Piece(run("完"), "完")], False, False)


def expected(paragraphs):
    """The lines of the document as lists of (character, paragraph, place in it); a number stands where its paragraph
    begins."""
    number, characters, lines = 0, [], []
    for count, each in enumerate(paragraphs, 1):
        characters += [(character, count, at, at + 1) for at, character in enumerate(each.text)]
        if each.runs_on:
            continue
        if each.listed:
            number += 1
            first = next((place for _character, place, _at, _end in characters), count)
            characters = [(sign, first, 0, 0) for sign in f"（{'一二三四五六'[number - 1]}）"] + characters
        lines += _lines(characters)
        characters = []
    return lines


def _lines(characters):
    line, lines = [], []
    for each in characters:
        if each[0] == LINE:
            lines.append(line)
            line = []
        else:
            line.append(each)
    return [*lines, line]


@given(PARAGRAPHS)
def test_slices_of_paragraphs_lead_to_their_characters(paragraphs):
    written = [*paragraphs, LAST]
    blocks = opened("".join(each.xml for each in written), numbering=NUMBERING).blocks
    lines = expected(written)
    assert [block.text for block in blocks] == ["".join(each[0] for each in line) for line in lines]
    for block, line in zip(blocks, lines, strict=True):
        for start in range(len(line)):
            for end in range(start + 1, len(line) + 1):
                span = block.origin.span(start, end)
                first = line[start]
                # What goes on in another paragraph is shown as far as it stands in the first.
                last = [each for each in line[start:end] if each[1] == first[1]][-1]
                assert (span.paragraph, span.start, span.end) == (first[1], first[2], last[3])


@given(PARAGRAPHS)
def test_slices_of_cells_lead_to_their_characters(paragraphs):
    written = [*paragraphs, LAST]
    body = table(row("零", cell("".join(each.xml for each in written))), row("壹", "1"))
    (grid,) = opened(paragraph("前") + body, numbering=NUMBERING).blocks[1:]
    found = grid.rows[0][1]
    characters = _in_cell(written)
    assert found.text == "".join(each[0] for each in characters)
    for start in range(len(characters)):
        for end in (start + 1, (start + len(characters)) // 2 + 1, len(characters)):
            span = found.origin.span(start, end)
            assert (span.table, span.row, span.cell) == (1, 1, 2)
            if start < end:
                assert (span.start, span.end) == (characters[start][1], characters[end - 1][2])


def _in_cell(paragraphs):
    """The characters of a cell with their places; what computes a number takes up none."""
    number = place = 0
    characters, begun = [], []
    for each in paragraphs:
        begun.append(each)
        if each.runs_on:
            continue
        if characters or begun[0] is not paragraphs[0]:
            characters.append(("\n", place, place + 1))
            place += 1
        if each.listed:
            number += 1
            characters += [(sign, place, place) for sign in f"（{'一二三四五六'[number - 1]}）"]
        for character in _rejoined("".join(one.text for one in begun)):
            characters.append((character, place, place + 1))
            place += 1
        begun = []
    return characters


def _rejoined(text):
    """Line breaks as lines; those between digits are none."""
    result = ""
    for at, character in enumerate(text):
        if character != LINE:
            result += character
            continue
        before, after = text[:at].rstrip(LINE)[-1:], text[at:].lstrip(LINE)[:1]
        inside_number = before in "1２" and after in "1２" and before and after
        result += "" if inside_number else "\n"
    return result


def test_spans_of_a_document_are_in_the_order_of_reading():
    note = f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'
    body = paragraph(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + table(row("1", "2"), row("3", "4"))
    body += paragraph(run("乙") + "<w:r><w:br/></w:r>" + run("丙")) + table(row("5"))
    origins = []
    for block in opened(body, footnotes=note).blocks:
        origins += [block.origin] if hasattr(block, "text") else [each.origin for cells in block.rows for each in cells]
    orders = [origin.span(0, 1).order for origin in origins]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders) == 9
    assert pieces.spans(origins[0], "甲") == [{"kind": "docx", "paragraph": 1, "start": 0, "end": 1}]
