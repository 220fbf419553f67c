"""A result built by hand after a real report with known defects: what reporters are tried on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gilint.form import Family, Form, FormColumn, FormRow, FormSection, FormTable, IssuerKind
from gilint.formulas import compile_equation
from gilint.model import (
    Address,
    Cause,
    Cell,
    Document,
    Failure,
    Finding,
    Heading,
    Outcome,
    Passage,
    Period,
    Related,
    Report,
    Result,
    Section,
    Signoff,
    Slice,
    Suggestion,
    Table,
    TextOrigin,
    UnreadRow,
)

PATH = "examples/miyun-2024.txt"
REQUESTS = "三、收到和处理政府信息公开申请情况"

COLUMNS = {
    "nat": "自然人",
    "biz": "商业企业",
    "sci": "科研机构",
    "soc": "社会公益组织",
    "law": "法律服务机构",
    "oth": "其他",
    "tot": "总计",
}
ROWS = {
    "new": "一、本年新收政府信息公开申请数量",
    "carry_in": "二、上年结转政府信息公开申请数量",
    "open": "（一）予以公开",
    "deny_5": "5.属于三类内部事务信息",
    "other_3": "3.其他",
    "result": "（七）总计",
    "carry_out": "四、结转下年度继续办理",
}
FIGURES = {
    "new": (139, "7 1 0 0 0 0 8"),
    "carry_in": (149, "0 0 0 0 0 0 0"),
    "open": (160, "2 0 0 0 0 0 2"),
    "deny_5": (240, "3 0 0 0 0 0 3"),
    "other_3": (410, "3 0 0 0 0 0 3"),
    "result": (420, "8 0 0 0 0 0 8"),
    "carry_out": (430, "0 0 0 0 0 0 0"),
}


def passage(text: str, number: int, role: str = "prose", trail: tuple[str, ...] = (), section: str | None = None):
    return Passage(number, text, TextOrigin(((0, number, 1),)), role, Address(trail, section))


def part(of: Passage, text: str) -> Slice:
    start = of.text.index(text)
    return Slice(of, start, start + len(text))


def heading(text: str, number: int, level: int = 2, section: str | None = None) -> Heading:
    whole = passage(text, number, "heading", (text,), section)
    return Heading(level, 1 if level else 0, text, Slice(whole, 0, len(text)), section)


# --- form ---------------------------------------------------------------------------------------------------------


def form() -> Form:
    family = Family(
        "annual-report",
        "政府信息公开工作年度报告",
        (),
        (IssuerKind("department", {"zh": "政府部门", "en": "department"}, ()),),
        (),
        (),
        (),
        {},
        (),
        {},
    )
    columns = tuple(FormColumn(key, label, (), None) for key, label in COLUMNS.items())
    group = FormRow(None, "三、本年度办理结果", (), (), (), None)
    value_rows = [FormRow(key, label, (), (), tuple(COLUMNS), None) for key, label in ROWS.items()]
    fees = FormTable(
        "proactive",
        "proactive",
        "主动公开政府信息情况",
        "count",
        "rows",
        (FormColumn("amount", "本年收费金额（单位：万元）", (), "amount"),),
        (FormRow("fees", "行政事业性收费", (), (), ("amount",), None),),
        (),
        None,
    )
    requests = FormTable(
        "requests",
        "requests",
        "收到和处理政府信息公开申请情况",
        "count",
        "rows",
        columns,
        (*value_rows[:2], group, *value_rows[2:]),
        (),
        None,
    )
    return Form(
        "annual-report/2021",
        {"zh": "2021 年格式", "en": "form of 2021"},
        2021,
        None,
        (),
        {},
        (
            FormSection("overview", 1, "总体情况", {}, ()),
            FormSection("proactive", 2, "主动公开政府信息情况", {}, ()),
            FormSection("requests", 3, "收到和处理政府信息公开申请情况", {}, ()),
            FormSection("other", 6, "其他需要报告的事项", {}, ()),
        ),
        (fees, requests),
        family,
    )


def equations(of: Form | None = None) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
    """The equations of the rules that findings below are of, as a run has them."""
    of = of or form()
    table = of.table("requests")
    written = {
        "T301": ("column", "new + carry_in == result + carry_out"),
        "T302": ("column", "result == open + deny_5 + other_3"),
        "T303": ("row", "tot == nat + biz + sci + soc + law + oth"),
    }
    return {rule: {of.id: compile_equation(text, table, for_each, of)} for rule, (for_each, text) in written.items()}


# --- report -------------------------------------------------------------------------------------------------------


def cell(table: str, row: str, column: str, raw: str, line: int, place: str) -> Cell:
    text = raw.strip()
    value = None if not text else Decimal(text) if "." in text else int(text)
    address = Address((REQUESTS, "收到和处理政府信息公开申请情况", place), table, table, row, column)
    kind = "number" if text else "blank"
    return Cell(raw, kind, value, (), address, TextOrigin(((0, line, 3),)))


def requests(**changes: str) -> Table:
    """Table 3 of the report; ``row="7 1 …"`` replaces the figures of a row."""
    cells = {}
    labels = {}
    for row, (line, figures) in FIGURES.items():
        labels[row] = part(passage(ROWS[row], line, "table"), ROWS[row])
        for offset, (column, raw) in enumerate(zip(COLUMNS, changes.get(row, figures).split(" "), strict=True)):
            place = f"{ROWS[row]} × {COLUMNS[column]}"
            cells[row, column] = cell("requests", row, column, raw, line + offset, place)
    address = Address((REQUESTS, "收到和处理政府信息公开申请情况"), "requests", "requests")
    return Table("requests", "收到和处理政府信息公开申请情况", cells, (), (), labels, (), address)


def proactive() -> Table:
    cells = {("fees", "amount"): cell("proactive", "fees", "amount", "0.038", 120, "行政事业性收费 × 金额")}
    label = part(passage("行政事业性收费", 119, "table"), "行政事业性收费")
    return Table("proactive", "主动公开政府信息情况", cells, (), (), {"fees": label}, (), Address((), "proactive"))


def unread_table() -> Table:
    """Table 3 with a row that was not read, one that is missing and a blank cell."""
    table = requests(carry_in="  0 0 0 0 0".replace("  ", " 0 ").lstrip() + " ")
    gone = {"open", "deny_5"}
    where = part(passage(ROWS["open"], 160, "table"), ROWS["open"])
    unread = UnreadRow("open", ROWS["open"], "2 0 0 2", "blanks", table.address.replace(row="open"), where)
    cells = {key: value for key, value in table.cells.items() if key[0] not in gone}
    return table.replace(cells=cells, unread=(unread,), missing_rows=("deny_5",))


def report(table: Table | None = None) -> Report:
    title = passage("北京市密云区商务局2024年政府信息公开年度报告", 1, "title")
    preamble = passage("报告所列数据的统计期为2024年1月1日至2024年12月31日。", 7, "preamble")
    prose = passage("区商务局高度重视。", 11, trail=("总体情况", "（一）组织领导"), section="overview")
    issuer = passage("北京市密云区商务局", 540, "signoff")
    date = passage("2025年1月16日", 542, "signoff")
    overview = Section(
        "overview",
        heading("总体情况", 8, 1, "overview"),
        (prose,),
        (heading("（一）组织领导", 10), heading("1.机构设置", 12, 3), heading("主动公开", 23, 0)),
        (),
        Address(("总体情况",), "overview"),
    )
    received = Section("requests", heading(REQUESTS, 125, 1), (), (), ("requests",), Address((REQUESTS,), "requests"))
    period = part(preamble, "2024年1月1日至2024年12月31日")
    return Report(
        form=form(),
        source=Document(PATH, "text", "utf-8", (), {}),
        title=Slice(title, 0, len(title.text)),
        issuer="北京市密云区商务局",
        issuer_kind="department",
        year=2024,
        period=Period((2024, 1, 1), (2024, 12, 31), period),
        signoff=Signoff(Slice(issuer, 0, 9), (2025, 1, 16), Slice(date, 0, 10)),
        passages=(title, preamble, prose, issuer, date),
        headings=(overview.heading, *overview.headings, received.heading),
        sections={"overview": overview, "requests": received},
        tables={"proactive": proactive(), "requests": table or requests()},
        foreign_labels=(),
        facts={},
        address=Address(),
    )


# --- findings -----------------------------------------------------------------------------------------------------

NOTICE = ({"document": "国办公开办函〔2021〕30号", "clause": "附表三 表头注"},)
PUNCTUATION = ({"document": "GB/T 15834—2011", "clause": "4.1"},)
GUIDE = ({"document": "国办公开办函〔2021〕30号", "clause": "二、发布内容"},)

MISBOOKED = Cause("requests:nat-biz", "1 件申请的类别前后不一：新收记为商业企业，办理结果记为自然人；总计平衡")
MENDS = (
    Suggestion(
        (("requests", "new", "nat", 7, 8), ("requests", "new", "biz", 1, 0)),
        "新收：自然人 7 → 8，商业企业 1 → 0，则 8 + 0 = 8 + 0，0 + 0 = 0 + 0",
    ),
    Suggestion(
        (("requests", "result", "nat", 8, 7), ("requests", "result", "biz", 0, 1)),
        "办理结果总计：自然人 8 → 7，商业企业 0 → 1，并相应改动一行明细（共 4 格）",
    ),
)


def finding(rule: str, name: str, severity: str, message: str, at, basis=GUIDE, advice="", **more) -> Finding:
    excerpt = getattr(at, "text", None) or getattr(at, "raw", "")
    return Finding(rule, name, severity, name, message, advice, basis, at.address, at.span, excerpt, "f00d", at, **more)


def balance(of: Report, column: str, message: str, **more) -> Finding:
    table = of.tables["requests"]
    related = tuple(
        Related(table[row, column].address, table[row, column].span, "") for row in ("carry_in", "result", "carry_out")
    )
    found = finding(
        "T301",
        "requests-balance",
        "error",
        message,
        table["new", column],
        NOTICE,
        "逐列核对新收、结转与办理结果，使第一项加第二项等于第三项加第四项。",
        related=related,
        cause=MISBOOKED,
        **more,
    )
    return found.replace(title="申请办理表各列不平衡")


def balances(of: Report) -> tuple[Finding, ...]:
    return (
        balance(of, "nat", "自然人列：7 + 0 ≠ 8 + 0，相差 1", suggestions=MENDS),
        balance(of, "biz", "商业企业列：1 + 0 ≠ 0 + 0，相差 1"),
    )


STOPS = {
    53: "以扩大信息传播范围和影响力，满足不同用户群体的信息获取需求.",
    57: "及时发布项目进展、优惠政策等信息，方便企业和投资者查询.",
    61: "通过设置在线咨询、留言板等板块，加强与公众的互动交流，及时回应公众关切和诉求.",
    71: "确保公民、法人和其他组织能够及时、准确地获取政府信息北京市密云区人民政府.",
    73: "以保证信息公开工作的质量和效果北京市密云区人民政府.",
}


def stop(line: int, text: str) -> Finding:
    place = part(passage(text, line, trail=("总体情况", "（五）平台建设"), section="overview"), ".")
    return finding("I101", "full-width-stop", "warning", "句末用了半角“.”", place, PUNCTUATION, "改为“。”。")


def hedge() -> Finding:
    text = (
        "为提升工作人员的信息公开意识和业务能力，可能组织了相关培训活动，如开展信息采集与整理规范培训，让各科室明确。"
    )
    place = part(passage(text, 65, trail=("总体情况", "（六）教育培训"), section="overview"), "可能组织了")
    message = "对本机关自己的工作用了不确定的说法“可能组织了”"
    return finding("H101", "no-uncertain-deeds", "error", message, place, GUIDE, "核实后如实写明，未开展的删去。")


def numbering() -> Finding:
    place = heading("1.存在的主要问题", 520, 3, "problems")
    message = "“一、”之下直接用“1.”，常例是“（一）”"
    return finding("A109", "heading-levels", "info", message, place, GUIDE, "可改为“（一）存在的主要问题”。")


OUTCOMES = {
    "A109": Outcome("failed"),
    "G110": Outcome("passed"),
    "H101": Outcome("failed"),
    "I101": Outcome("failed"),
    "T301": Outcome("failed"),
    "T302": Outcome("passed"),
    "C103": Outcome("not_applicable"),
    "Y101": Outcome("could_not_check", "没有上一年度的报告"),
    "Y102": Outcome("could_not_check", "没有上一年度的报告"),
    "D116": Outcome("could_not_check", "不知道公布日期"),
}


def result() -> Result:
    of = report()
    findings = (*balances(of), *(stop(*each) for each in STOPS.items()), hedge(), numbering())
    return Result(PATH, of, findings, OUTCOMES)


def clean() -> Result:
    outcomes = {rule: Outcome("passed") if out.status == "failed" else out for rule, out in OUTCOMES.items()}
    return Result("clean.txt", report(), (), outcomes)


def unreadable() -> Result:
    return Result("scan.pdf", None, (), {}, Failure("scanned", "这是扫描件，没有文字", "请提供可复制文字的版本。"))
