"""What stands in a generated report: paragraphs of the real one, varied, and tables with figures that add up."""

import re
from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

SEED = 20241231
PLACES = ["密云", "朝阳", "海淀", "丰台", "通州", "大兴", "顺义", "昌平", "怀柔", "平谷", "延庆", "房山"]
OFFICES = [
    "商务局",
    "教育委员会",
    "财政局",
    "民政局",
    "水务局",
    "卫生健康委员会",
    "统计局",
    "司法局",
    "审计局",
    "应急管理局",
]
MORE = (
    "全年共收到政府信息公开申请{many}件，同比增长{few}%。",
    "发布政策解读{many}篇，其中图文解读{few}篇.",
    "通过政务新媒体发布信息{many}条(含转载{few}条)。",
    "本年度没有发生收费减免情况，也没有举办培训班{few}次 。",
    "召开新闻发布会{few}场 ,接受媒体采访{many}次。",
    "办理行政复议{few}件，行政诉讼0件。",
)
"""Sentences with something to find for rules of wording."""

APPLICANTS = ("自然人", "商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = "三、本年度办理结果"
REFUSED, UNABLE, UNPROCESSED, OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"
ROWS: tuple[tuple[str, str, str], ...] = (
    ("一、本年新收政府信息公开申请数量", "", ""),
    ("二、上年结转政府信息公开申请数量", "", ""),
    (RESULTS, "（一）予以公开", ""),
    (RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    (RESULTS, REFUSED, "1.属于国家秘密"),
    (RESULTS, REFUSED, "2.其他法律行政法规禁止公开"),
    (RESULTS, REFUSED, "3.危及“三安全一稳定”"),
    (RESULTS, REFUSED, "4.保护第三方合法权益"),
    (RESULTS, REFUSED, "5.属于三类内部事务信息"),
    (RESULTS, REFUSED, "6.属于四类过程性信息"),
    (RESULTS, REFUSED, "7.属于行政执法案卷"),
    (RESULTS, REFUSED, "8.属于行政查询事项"),
    (RESULTS, UNABLE, "1.本机关不掌握相关政府信息"),
    (RESULTS, UNABLE, "2.没有现成信息需要另行制作"),
    (RESULTS, UNABLE, "3.补正后申请内容仍不明确"),
    (RESULTS, UNPROCESSED, "1.信访举报投诉类申请"),
    (RESULTS, UNPROCESSED, "2.重复申请"),
    (RESULTS, UNPROCESSED, "3.要求提供公开出版物"),
    (RESULTS, UNPROCESSED, "4.无正当理由大量反复申请"),
    (RESULTS, UNPROCESSED, "5.要求行政机关确认或重新出具已获取信息"),
    (RESULTS, OTHER, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (RESULTS, OTHER, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    (RESULTS, OTHER, "3.其他"),
    (RESULTS, "（七）总计", ""),
    ("四、结转下年度继续办理", "", ""),
)
RECEIVED, CARRIED_IN, FIRST, TOTAL, CARRIED_OUT = 0, 1, 2, 23, 24
KEYS = ("natural", "commercial", "research", "welfare", "legal", "other", "total")


class Cell(NamedTuple):
    """The text of a cell, and over how many columns and rows it stands."""

    text: str
    columns: int = 1
    rows: int = 1


class Place(NamedTuple):
    """A place of the grid: the cell over it, and how far right and down of the cell's beginning it lies."""

    cell: Cell
    right: int
    down: int


class Table(NamedTuple):
    """Rows of cells, each of which stands in the first row that it covers."""

    rows: Sequence[Sequence[Cell]]

    def grid(self) -> list[list[Place]]:
        """Every place of the table, row by row."""
        places: dict[tuple[int, int], Place] = {}
        width = sum(cell.columns for cell in self.rows[0])
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in places:
                    column += 1
                for down in range(cell.rows):
                    for right in range(cell.columns):
                        places[row + down, column + right] = Place(cell, right, down)
                column += cell.columns
        return [[places[row, column] for column in range(width)] for row in range(len(self.rows))]


class Content(NamedTuple):
    """Paragraphs and tables in order, and the same as plain data for tools that read JSON."""

    blocks: Sequence[str | Table]
    data: dict[str, Any]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of the real report; the lines of its tables, which begin with a tab, are left out."""
    paragraphs: list[str] = []
    in_table = False
    for line in text.split("\n"):
        if line.startswith("\t"):
            in_table = True
        elif in_table and not re.match(r"[一二三四五六七]、", line):
            continue  # the text of a cell that goes on in another line
        elif line.strip():
            in_table = False
            paragraphs.append(line)
    return paragraphs


def content(paragraphs: Sequence[str], number: int) -> Content:
    """The report of a number."""
    chance = Random(SEED * 100_003 + number)
    year = chance.choice((2022, 2023, 2024))
    prose = varied(paragraphs, chance, year)
    figures = balanced(chance)
    if chance.random() < 0.5:
        figures[chance.randrange(25)][chance.randrange(7)] += chance.choice((1, 2, 10))
    disputes = [figure for _ in range(3) for figure in with_total(chance)]
    tables = [published(chance), requests(figures), reviews(disputes)]
    blocks: list[str | Table] = []
    for paragraph in prose:
        blocks.append(paragraph)
        if re.match(r"[二三四]、", paragraph):
            blocks.append(tables.pop(0))
    return Content(blocks, as_data(blocks, figures, disputes, year))


def varied(paragraphs: Sequence[str], chance: Random, year: int) -> list[str]:
    """The paragraphs for another office and year, sentences in another order, some with one more."""
    place, office = chance.choice(PLACES), chance.choice(OFFICES)
    made = []
    for paragraph in paragraphs:
        text = paragraph.replace("密云", place).replace("商务局", office)
        text = re.sub(r"20(2[45])年", lambda match: f"{year + int(match[1]) - 24}年", text)
        if len(text) > 60:
            sentences = re.findall(r"[^。]+。?", text)
            if len(sentences) > 2 and chance.random() < 0.5:
                chance.shuffle(sentences)
            if chance.random() < 0.3:
                sentences.append(chance.choice(MORE).format(many=chance.randint(1, 9999), few=chance.randint(0, 99)))
            text = "".join(sentences)
        made.append(text)
    return made


# --- figures ----------------------------------------------------------------------------------------------------------


def balanced(chance: Random) -> list[list[int]]:
    """The 25 rows of 7 figures about requests, in which all adds up."""
    figures = [[0] * 7 for _ in ROWS]
    for column in range(6):
        for row in range(FIRST, TOTAL):
            if chance.random() < 0.35:
                figures[row][column] = chance.randint(0, 12 if column else 60)
        total = figures[TOTAL][column] = sum(figures[row][column] for row in range(FIRST, TOTAL))
        later = figures[CARRIED_OUT][column] = chance.randint(0, 4)
        earlier = figures[CARRIED_IN][column] = chance.randint(0, min(5, total + later))
        figures[RECEIVED][column] = total + later - earlier
    for values in figures:
        values[6] = sum(values[:6])
    return figures


def with_total(chance: Random) -> list[int]:
    """Four figures of disputes and their sum."""
    figures = [chance.choice((0, 0, 0, 1, 2)) for _ in range(4)]
    return [*figures, sum(figures)]


# --- tables -----------------------------------------------------------------------------------------------------------


def published(chance: Random) -> Table:
    """What was issued: rules, permits, penalties, fees."""

    def row(name: str, most: int) -> list[Cell]:
        return [Cell(name), Cell(str(chance.randint(0, most)), 3)]

    def documents(name: str, most: int) -> list[Cell]:
        return [Cell(name), *(Cell(str(chance.randint(0, most))) for _ in range(3))]

    decided = [Cell("信息内容"), Cell("本年处理决定数量", 3)]
    return Table(
        [
            [Cell("第二十条第（一）项", 4)],
            [Cell(head) for head in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")],
            documents("规章", 3),
            documents("行政规范性文件", 30),
            [Cell("第二十条第（五）项", 4)],
            decided,
            row("行政许可", 9000),
            [Cell("第二十条第（六）项", 4)],
            decided,
            row("行政处罚", 900),
            row("行政强制", 90),
            [Cell("第二十条第（八）项", 4)],
            [Cell("信息内容"), Cell("本年收费金额（单位：万元）", 3)],
            row("行政事业性收费", 500),
        ]
    )


def requests(figures: Sequence[Sequence[int]]) -> Table:
    """The large table: what became of requests, by who made them."""
    rows = [
        [Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), Cell("申请人情况", 7)],
        [Cell("自然人", 1, 2), Cell("法人或其他组织", 5), Cell("总计", 1, 2)],
        [Cell(name) for name in APPLICANTS[1:6]],
    ]
    seen: set[str] = set()
    for (group, kind, item), values in zip(ROWS, figures, strict=True):
        labels = []
        if not kind:
            labels.append(Cell(group, 3))
        elif group not in seen:
            labels.append(Cell(group, 1, sum(row[0] == group for row in ROWS)))
        if kind and not item:
            labels.append(Cell(kind, 2))
        elif kind not in seen and kind:
            labels.append(Cell(kind, 1, sum(row[1] == kind for row in ROWS)))
        if item:
            labels.append(Cell(item))
        seen |= {group, kind}
        rows.append([*labels, *(Cell(str(value)) for value in values)])
    return Table(rows)


def reviews(disputes: Sequence[int]) -> Table:
    """The table of disputes: a row of three groups of five."""
    heads = ("结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总计")
    return Table(
        [
            [Cell("行政复议", 5), Cell("行政诉讼", 10)],
            [*(Cell(head, 1, 2) for head in heads), Cell("未经复议直接起诉", 5), Cell("复议后起诉", 5)],
            [Cell(head) for head in heads * 2],
            [Cell(str(value)) for value in disputes],
        ]
    )


def as_data(
    blocks: Sequence[str | Table], figures: Sequence[Sequence[int]], disputes: Sequence[int], year: int
) -> dict[str, Any]:
    """The report as a tool for JSON would have to be given it."""
    prose = [block for block in blocks if isinstance(block, str)]
    first = next(block for block in blocks if isinstance(block, Table))
    return {
        "title": prose[0],
        "year": year,
        "paragraphs": [{"id": number, "text": text} for number, text in enumerate(prose)],
        "table2": {row[0].text: [cell.text for cell in row[1:]] for row in first.rows},
        "table3": [
            {"id": number, "group": group, "sub": kind, "item": item, "values": dict(zip(KEYS, row, strict=True))}
            for number, ((group, kind, item), row) in enumerate(zip(ROWS, figures, strict=True), 1)
        ],
        "table4": {"review": disputes[:5], "direct": disputes[5:10], "after": disputes[10:]},
    }
