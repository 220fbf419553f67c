"""XLS and XLSB: records of bytes. What other programs read of them is what gilint reads."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sheet_pieces import at, record, row_head, seen, wide, xlsb

from gilint.errors import InputError
from gilint.limits import DEFAULT
from gilint.readers.spreadsheet import read
from gilint.readers.spreadsheet.biff import Strings, text_at

DATA = Path(__file__).parent.parent / "data" / "formats"
XLS = (DATA / "xls-features.xls").read_bytes()


def as_calamine_reads(data):
    """Texts and numbers by sheet, row and column, hidden sheets left out."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for index, about in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(index)
        if f"{about.visible}" != "SheetVisibleEnum.Visible" or sheet.start is None:
            continue
        for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
            found.update(
                {(index, row, column): value for column, value in enumerate(values) if value not in ("", None)}
            )
    return found


def as_gilint_reads(data):
    found = {}
    for block in read(data, "book.xls", DEFAULT).blocks:
        for cell in [cell for row in getattr(block, "rows", [[block]]) for cell in row]:
            if cell.text:
                place = cell.origin.number, cell.origin.row, cell.origin.column
                found[place] = f"{found[place]}\n{cell.text}" if place in found else cell.text
    return found


@pytest.mark.parametrize("name", ["miyun-2024-calc.xls", "clean-2024-calc.xls"])
def test_an_old_workbook_reads_as_another_library_reads_it(name):
    data = (DATA / name).read_bytes()
    theirs, ours = as_calamine_reads(data), as_gilint_reads(data)
    assert ours.keys() == theirs.keys()
    for place, value in theirs.items():
        if isinstance(value, str):
            assert ours[place] == value
        else:
            assert float(ours[place]) == value


def test_texts_that_go_on_over_the_borders_of_records():
    found = as_gilint_reads(XLS)
    assert found[0, 17, 1] == "甲乙丙丁戊己庚辛壬癸" * 450
    assert found[0, 18, 1] == "abcdefghij" * 900


def test_comments_and_hidden_parts_of_an_old_workbook_are_told():
    notes = {note.kind: note.count for note in read(XLS, "book.xls", DEFAULT).notes}
    # 19 cells of the hidden column, and the three of the hidden row.
    assert notes == {"comments": 1, "hidden-sheets": 1, "hidden-cells": 22}


def refusal(data):
    with pytest.raises(InputError) as caught:
        read(data, "book.xls", DEFAULT)
    return caught.value.code


@pytest.mark.parametrize("length", [600, 5000, 20_000])
def test_an_old_workbook_that_is_cut_off_is_damaged(length):
    assert refusal(XLS[:length]) == "damaged"


def test_sheets_that_share_their_records_are_damage():
    # A workbook of 2,000 sheets that all begin where the first does would be read 2,000 times.
    begin = record_of(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    sheet = record_of(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + record_of(0x0200, b"") * 5000
    names = [struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"s"] * 2000
    place = len(begin) + sum(len(name) + 4 for name in names) + 4
    names = [struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"s"] * 2000
    stream = begin + b"".join(record_of(0x85, name) for name in names) + record_of(0x0A, b"") + sheet
    assert refusal(compound(stream)) == "damaged"


def test_a_workbook_under_a_password_is_told():
    begin = record_of(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    assert refusal(compound(begin + record_of(0x2F, b"\x01\x00") + record_of(0x0A, b""))) == "encrypted"


def test_the_encoding_of_excel_95_is_that_of_its_code_page():
    begin = record_of(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + record_of(0x42, struct.pack("<H", 936))
    name = "收费表".encode("gbk")
    entry = bytes([len(name)]) + name
    place = len(begin) + 4 + 6 + len(entry) + 4
    label = "规章".encode("gbk")
    sheet = (
        record_of(0x0809, struct.pack("<HHHH", 0x0500, 16, 0, 0))
        + record_of(0x0204, struct.pack("<HHHH", 0, 0, 0, len(label)) + label)
        + record_of(0x0203, struct.pack("<HHHd", 0, 1, 0, 96.8))
        + record_of(0x0A, b"")
    )
    stream = begin + record_of(0x85, struct.pack("<IBB", place, 0, 0) + entry) + record_of(0x0A, b"") + sheet
    document = read(compound(stream, name="Book"), "book.xls", DEFAULT)
    assert seen(document) == [[["规章", "96.8"]]]
    assert str(document.blocks[0].rows[0][1].origin.span(0, 1)) == "收费表!B1"


def record_of(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def compound(stream, name="Workbook"):
    """A compound file of one stream, which is filled up to the size from which on streams have sectors of their own."""
    stream = stream.ljust(max(len(stream) + -len(stream) % 512, 4096), b"\x00")
    count = len(stream) // 512
    tables = -(-(count + 1) // 127)

    def entry(name, kind, start, size, child=0xFFFFFFFF):
        text = name.encode("utf-16-le") + b"\x00\x00"
        links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
        head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + links
        return head.ljust(116, b"\x00") + struct.pack("<IQ", start, size)

    # First the allocation table, then the directory, then the stream.
    following = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    following += [*range(tables + 2, tables + 1 + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(following)}I", *following).ljust(tables * 512, b"\xff")
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, tables + 1, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(f"<{tables}I", *range(tables)).ljust(436, b"\xff")
    return header + table + directory.ljust(512, b"\x00") + stream


@given(
    st.lists(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=30), max_size=6),
    st.data(),
)
def test_shared_texts_may_be_cut_anywhere(texts, data):
    """Written with a border of records inside the characters of texts, one or two bytes wide on each side of it."""
    records, current = [], b""
    for text in texts:
        cut = data.draw(st.integers(0, len(text)))
        first, second = text[:cut], text[cut:]
        runs = data.draw(st.integers(0, 3))
        flags = (8 if runs else 0) | (1 if not first.isascii() else 0)
        current += struct.pack("<HB", len(text), flags) + (struct.pack("<H", runs) if runs else b"")
        current += first.encode("latin-1" if first.isascii() else "utf-16-le")
        if second:
            records.append(current)
            current = b"\x00" + second.encode("latin-1") if second.isascii() else b"\x01" + second.encode("utf-16-le")
        current += b"\x00" * 4 * runs
    assert list(Strings([*records, current])) == texts


@given(st.binary(max_size=40))
def test_shared_texts_of_anything_end(content):
    try:
        list(Strings([content[:20], content[20:]]))
    except (IndexError, struct.error):
        return


def test_a_text_of_one_byte_a_character_and_of_two():
    assert text_at(b"\x02\x00\x00ab", 0, short=False, codec=None) == "ab"
    assert text_at(b"\x01\x01\x00\x4e", 0, short=True, codec=None) == "一"
    assert text_at(b"\x02\xd2\xbb", 0, short=True, codec="gb18030") == "一"


# --- XLSB -------------------------------------------------------------------------------------------------------------


def number(column, value, style=0):
    return record(5, at(column, style) + struct.pack("<d", value))


def test_the_cells_of_a_binary_workbook():
    sheet = (
        row_head(0)
        + record(7, at(0) + struct.pack("<I", 0))
        + number(1, 251000.55)
        + record(2, at(2) + struct.pack("<I", 1288 << 2 | 2))
        + row_head(1)
        + record(6, at(0) + wide("直接"))
        + number(1, 45677, 1)
        + record(4, at(2) + b"\x01")
        + row_head(2)
        + record(8, at(0) + wide("结果") + bytes(10))
        + record(9, at(1) + struct.pack("<d", 3.5) + bytes(10))
        + record(3, at(2) + b"\x17")
        + row_head(3)
        + record(62, at(0) + b"\x00" + wide("富文本"))
        + record(1, at(1))
        + record(10, at(2) + b"\x00" + bytes(10))
    )
    document = read(xlsb(sheet, strings=["共享"], codes=['yyyy"年"m"月"d"日"']), "book.xlsb", DEFAULT)
    assert seen(document) == [
        [
            ["共享", "251000.55", "1288"],
            ["直接", "2025年1月20日", "TRUE"],
            ["结果", "3.5", "#REF!"],
            ["富文本", "", "FALSE"],
        ]
    ]
    assert str(document.blocks[0].rows[1][1].origin.span(0, 1)) == "数据!B2"
    assert document.format == "xlsb"


def test_a_binary_workbook_reads_as_another_library_reads_it():
    cells = b"".join(
        row_head(row) + b"".join(number(column, row * 10 + column) for column in range(4)) for row in range(5)
    )
    data = xlsb(cells)
    assert {place: float(text) for place, text in as_gilint_reads(data).items()} == as_calamine_reads(data)


def test_merged_and_hidden_cells_of_a_binary_workbook():
    sheet = (
        record(60, struct.pack("<IIIIH", 2, 2, 0, 0, 1))
        + row_head(0)
        + record(6, at(0) + wide("项目"))
        + number(2, 9)
        + number(3, 1)
        + row_head(1, hidden=True)
        + number(0, 7)
        + record(176, struct.pack("<IIII", 0, 0, 0, 1))
    )
    document = read(xlsb(sheet), "book.xlsb", DEFAULT)
    assert seen(document) == [[[("项目", 1, 2), "1"]]]
    assert {note.kind: note.count for note in document.notes} == {"hidden-cells": 2}


@pytest.mark.parametrize("cut", [3, 11, 30])
def test_a_binary_workbook_with_a_record_that_is_cut_off_is_damaged(cut):
    sheet = row_head(0) + record(6, at(0) + wide("文字"))
    broken = row_head(0) + record(6, (at(0) + wide("文字"))[: min(cut, 11)])
    assert seen(read(xlsb(sheet), "book.xlsb", DEFAULT)) == ["文字"]
    assert refusal(xlsb(broken)) == "damaged"
