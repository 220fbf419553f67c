"""The request table of a published report, laid out as text in the ways in which such tables reach us.

``table3(entry)`` gives the rows of an entry of ``data/figures.json``; every function of :data:`LAYOUTS` writes them
out. ``report(entry, layout)`` is a small complete report around it.
"""

import json
from pathlib import Path

DATA = Path(__file__).parent / "data" / "figures.json"
ENTRIES = json.loads(DATA.read_text(encoding="utf-8"))

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADER = (
    (NOTE, "申请人情况"),
    ("自然人", "法人或其他组织", "总计"),
    ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
)
COLUMNS = ("nat", "biz", "res", "pub", "law", "oth", "tot")
RESULTS = "三、本年度办理结果"
GROUPS = ("（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")
LABELS = 3

# The other two tables of each form, with nothing to report.
DISCLOSURE = {
    "2021": (
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t0\t0\t0",
        "行政规范性文件\t0\t0\t0",
        "第二十条第（五）项",
        "信息内容\t本年处理决定数量",
        "行政许可\t0",
        "第二十条第（六）项",
        "信息内容\t本年处理决定数量",
        "行政处罚\t0",
        "行政强制\t0",
        "第二十条第（八）项",
        "信息内容\t本年收费金额（单位：万元）",
        "行政事业性收费\t0",
    ),
    "2019": (
        "第二十条第（一）项",
        "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量",
        "规章\t0\t0\t0",
        "规范性文件\t0\t0\t0",
        "第二十条第（五）项",
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量",
        "行政许可\t0\t0\t0",
        "其他对外管理服务事项\t0\t0\t0",
        "第二十条第（六）项",
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量",
        "行政处罚\t0\t0\t0",
        "行政强制\t0\t0\t0",
        "第二十条第（八）项",
        "信息内容\t上一年项目数量\t本年增/减",
        "行政事业性收费\t0\t0",
        "第二十条第（九）项",
        "信息内容\t采购项目数量\t采购总金额",
        "政府集中采购\t0\t0",
    ),
}
DISPUTES = (
    "行政复议\t行政诉讼",
    "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉",
    "\t".join(["结果维持\t结果纠正\t其他结果\t尚未审结\t总计"] * 2),
    "\t".join(["0"] * 15),
)


# --- rows -------------------------------------------------------------------------------------------------------------


def table3(entry):
    """The rows of an entry, each ``(labels, values)``: the cells of its three label columns, with ``None`` where a
    cell above covers it, and its seven numbers as text, empty where they are blank."""
    rows = []
    groups = iter(GROUPS)
    for label, values in entry["table3"].items():
        texts = tuple("" if value is None else str(value) for value in values)
        if label[0] in "一二四":
            labels = (label,)
        elif label[0] == "（":
            labels = (RESULTS if label.startswith("（一）") else None, label)
        else:
            labels = (None, next(groups) if label.startswith("1.") else None, label)
        rows.append((labels, texts))
    return rows


def _spread(rows):
    """Merged cells vanished: only the labels that begin in a row stand in it."""
    return [[label for label in labels if label] + list(values) for labels, values in rows]


def _filled(rows):
    """Merged cells blank: every row has as many cells as the table has columns below and right of its labels."""
    return [[label or "" for label in labels] + list(values) for labels, values in rows]


# --- layouts ----------------------------------------------------------------------------------------------------------


def _lines(rows, write):
    return "\n".join(write(cells) for cells in rows)


def tab_rows(rows):
    """A row a line, its cells behind tabs."""
    return _lines([*HEADER, *_spread(rows)], "\t".join)


def tab_rows_merged(rows):
    return _lines([*HEADER, *_filled(rows)], "\t".join)


def pipes_open(rows):
    """A row a line with a pipe behind every cell."""
    return _lines([*HEADER, *_spread(rows)], lambda cells: "".join(f"{cell} | " for cell in cells).rstrip(" "))


def pipes_open_merged(rows):
    return _lines([*HEADER, *_filled(rows)], lambda cells: "".join(f"{cell} | " for cell in cells).rstrip(" "))


def pipes_closed(rows):
    """A row a line between pipes."""
    return _lines([*HEADER, *_spread(rows)], lambda cells: f"| {' | '.join(cells)} |")


def pipes_closed_merged(rows):
    return _lines([*HEADER, *_filled(rows)], lambda cells: f"| {' | '.join(cells)} |")


def markdown(rows):
    """A Markdown table: as many cells in every line, a rule below the first."""
    width = LABELS + len(COLUMNS)
    full = [list(line) + [""] * (width - len(line)) for line in HEADER]
    for labels, values in rows:
        names = [label or "" for label in labels]
        full.append([*names, *[""] * (LABELS - len(names)), *values])
    lines = [f"| {' | '.join(cells)} |" for cells in full]
    return "\n".join([lines[0], "|---" * width + "|", *lines[1:]])


def tab_cells(rows):
    """A cell a line behind a tab, an empty line behind every row, as Word tables are copied."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in cells) for cells in [*HEADER, *_filled(rows)]) + "\n"


def bare_cells(rows):
    """A cell a line without any mark, so that a blank one is an empty line."""
    return _lines([*HEADER, *_spread(rows)], "\n".join)


def runs(rows):
    """A label with its numbers behind it, separated by spaces, so that blank ones vanish."""
    return _lines(
        [*HEADER, *_spread(rows)],
        lambda cells: " ".join(cell for cell in cells if cell),
    )


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        tab_rows,
        tab_rows_merged,
        pipes_open,
        pipes_open_merged,
        pipes_closed,
        pipes_closed_merged,
        markdown,
        tab_cells,
        bare_cells,
        runs,
    )
}
LOSE_BLANKS = ("bare_cells", "runs")


# --- reports ----------------------------------------------------------------------------------------------------------


def report(entry, layout, rows=None):
    """A complete report with the request table of an entry, or with these rows, in this layout."""
    year, form = entry["year"] or 2024, entry["format"]
    rows = table3(entry) if rows is None else rows
    received = rows[0][1][-1]
    return "\n".join(
        (
            f"青河市云山区水务局{year}年政府信息公开工作年度报告",
            "",
            "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。",
            "",
            "一、总体情况",
            "",
            f"{year}年，我局新收政府信息公开申请{received}件。",
            "",
            "二、主动公开政府信息情况",
            "",
            *DISCLOSURE[form],
            "",
            "三、收到和处理政府信息公开申请情况",
            "",
            LAYOUTS[layout](rows),
            "",
            "四、政府信息公开行政复议、行政诉讼情况",
            "",
            *DISPUTES,
            "",
            "五、存在的主要问题及改进情况",
            "",
            "水质监测月报公布偏晚，8月起由专人在次月10日前报送。",
            "",
            "六、其他需要报告的事项",
            "",
            "全年未收取信息处理费。",
            "",
            "青河市云山区水务局",
            "",
            f"{year + 1}年1月16日",
            "",
        )
    )
