"""Make ``tests/data/formats/{xlsx,xls,ods}-features.*``: one workbook of everything that cells can hold.

openpyxl writes it, which calculates nothing; LibreOffice Calc calculates it and saves it in each format.
"""

import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "formats"
LINES = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))


def main() -> None:
    book = openpyxl.Workbook()
    values(book.active)
    hidden = book.create_sheet("隐藏")
    hidden["A1"] = "看不见的表"
    hidden.sheet_state = "hidden"
    merged(book.create_sheet("合并"))
    book.properties.title, book.properties.creator = "各种单元格", "办公室"
    book.properties.created = datetime(2025, 1, 20, 8, 30)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "source" / "features.xlsx"
        source.parent.mkdir()
        book.save(source)
        for kind in ("xlsx", "xls", "ods"):
            profile = f"-env:UserInstallation=file://{place / 'profile'}"
            command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
            subprocess.run(command, check=True, capture_output=True)
            (place / f"features.{kind}").rename(FOLDER / f"{kind}-features.{kind}")


def values(sheet: Worksheet) -> None:
    """A sheet of single cells, each in column B behind its name in column A."""
    sheet.title = "单元格"
    rows = [
        ("整数", 12),
        ("小数", 251000.55),
        ("一成", 0.1),
        ("和", "=0.1+0.2"),
        ("负数", -3),
        ("大数", 12345678901),
        ("文本数字", "0012"),
        ("折行数字", "1\n288"),
        ("日期", datetime(2025, 1, 20), 'yyyy"年"m"月"d"日"'),
        ("短日期", datetime(2025, 1, 20), "yyyy/m/d"),
        ("百分比", 0.856, "0.00%"),
        ("真", True),
        ("错误", "=1/0"),
        ("拼接", '="甲"&"乙"'),
        ("空文本", '=""'),
        ("两行", "第一行\n第二行"),
        ("富文本", CellRichText("前", TextBlock(InlineFont(b=True), "粗"), "后")),
        ("长文本", "甲乙丙丁戊己庚辛壬癸" * 450),
        ("长拉丁", "abcdefghij" * 900),
        ("隐藏行", 99),
    ]
    for number, (name, value, *style) in enumerate(rows, 1):
        sheet.cell(number, 1, name)
        cell = sheet.cell(number, 2, value)
        cell.number_format = style[0] if style else cell.number_format
        sheet.cell(number, 3, "隐藏列")
    sheet.row_dimensions[len(rows)].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B1"].comment = Comment("核对", "审核人")


def merged(sheet: Worksheet) -> None:
    """A table away from the corner, with a title across, labels merged, and a row that nobody filled in."""
    sheet["C2"] = "表的标题"
    sheet.merge_cells("C2:G2")
    rows = [
        ["项目", None, "甲", "乙", "合计"],
        ["收", "一", 1, 2, "=E4+F4"],
        [None, "二", 3, None, "=E5+F5"],
        [None] * 5,
    ]
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 3):
            cell = sheet.cell(number, column, value)
            cell.border = LINES
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("C4:C5")
    sheet["C9"] = "落款"


if __name__ == "__main__":
    main()
