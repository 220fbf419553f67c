"""The catalogue of defects, each as changes that spoil a clean report in the ways in which clerks spoil them.

A change is a function of a :class:`drafts.Draft`. It yields ``(spoilt draft, place)``, once for every way that fits
this report. The place is text that stands in the paragraph in question, ``(table, row, column)``, the key of a section
with a ``§`` before it, or ``None`` for the report as a whole. A draft that is ``None`` does not fit. The rules named
beside the item are the defect's own: any of them may tell of it.
"""

import re

CATALOGUE = {}
"""Item of the catalogue → its :class:`Defect`."""


class Defect:
    """``previous`` of a draft gives last year's report beside it, for the defects that only two years show."""

    def __init__(self, item, rules, change, facts, previous):
        self.item, self.rules, self.change, self.facts, self.previous = item, rules, change, facts, previous

    def spoil(self, draft):
        """The spoilt drafts with their places, those left out that do not fit the report."""
        return [(spoilt, place) for spoilt, place in self.change(draft) if spoilt is not None]


def defect(item, *rules, facts=None, previous=None):
    def keep(change):
        CATALOGUE[item] = Defect(item, frozenset(rules), change, facts or {}, previous)
        return change

    return keep


SECTIONS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
NUMBERS = "一二三四五六七八九"
REQUESTS, DISPUTES, DISCLOSURE = "requests", "disputes", "disclosure"
KINDS = ("nat", "biz", "res", "pub", "law", "oth")


def unnumbered(text):
    return re.sub(r"^[一二三四五六]、", "", text)


def everywhere(draft, sentence):
    """The sentence at the end of a paragraph of the overview, and as a paragraph in the fifth section."""
    yield draft.say(sentence), sentence
    yield draft.add("problems", sentence), sentence


# --- A: structure and headings ------------------------------------------------------------------------------------


@defect("A01", "S101", "S102")
def missing_section(draft):
    for key in SECTIONS:
        yield draft.without(key), None


@defect("A02", "S103")
def swapped_sections(draft):
    for first, second in (("problems", "other"), ("overview", "disclosure"), ("disputes", "problems")):
        other = draft.copy()
        moved = [block for block in other.blocks if block.section == second]
        at = next(index for index, block in enumerate(other.blocks) if block.section == first)
        rest = [block for block in other.blocks if block.section != second]
        other.blocks = [*rest[:at], *moved, *rest[at:]]
        one, two = draft.titles[first].text, draft.titles[second].text
        other.titles[first].text, other.titles[second].text = two[:2] + unnumbered(one), one[:2] + unnumbered(two)
        yield other, None


@defect("A03", "S104")
def unnumbered_section(draft):
    for key in SECTIONS:
        title = unnumbered(draft.titles[key].text)
        yield draft.titled(key, title), title


@defect("A04", "S105")
def shifted_numbers(draft):
    other = draft.copy()
    for number, key in enumerate(SECTIONS):
        title = unnumbered(draft.titles[key].text)
        other.titles[key].text = f"{NUMBERS[number - 1]}、{title}" if number else title
    yield other, None
    other = draft.copy()
    for number, key in enumerate(SECTIONS):
        other.titles[key].text = f"{NUMBERS[number + 1]}、{unnumbered(draft.titles[key].text)}"
    yield other, None


@defect("A05", "S106")
def doubled_number(draft):
    for number, key in enumerate(SECTIONS[1:], start=1):
        yield draft.titled(key, f"{NUMBERS[number - 1]}、{unnumbered(draft.titles[key].text)}"), None


@defect("A06", "S107")
def promoted_aspect(draft):
    for number, word in (("四", "平台建设"), ("五", "监督保障")):
        yield draft.sub(rf"^（{number}）(?=[^。]*{word}[^。]*$)", "二、", "overview"), word


@defect("A07", "S108", "S109")
def left_out_number(draft):
    for number in ("二", "三"):
        yield draft.sub(rf"^（{number}）", "", "overview"), None
    for number in ("二是", "一是"):
        yield draft.sub(rf"(?<=。){number}(?=.*三是)", "", "problems"), None


@defect("A08", "S110")
def repeated_number(draft):
    yield draft.sub(r"^（三）", "（二）", "overview"), "（二）"
    yield draft.sub(r"^（五）", "（四）", "overview"), "（四）"
    yield draft.sub(r"^（二）", "（一）", "problems"), "（一）"


@defect("A09", "S111")
def skipped_level(draft):
    if not draft.sub(r"^（一）", "1.", "problems"):
        return
    other = draft.copy()
    for block in other.texts("problems"):
        block.text = re.sub(r"^（([一二])）", lambda match: f"{NUMBERS.index(match[1]) + 1}.", block.text)
    yield other, "1."


@defect("A10", "S112")
def mixed_numbers(draft):
    yield draft.sub(r"^（三）", "3、", "overview"), None
    yield draft.sub(r"^（四）", "4.", "overview"), None


@defect("A11", "S113")
def reworded_title(draft):
    yield draft.titled("problems", "五、存在问题及下一步工作打算"), "下一步"
    yield draft.titled("requests", "三、受理政府信息公开申请情况"), "受理"
    yield draft.titled("disputes", "四、行政复议、行政诉讼的情况"), "行政复议"


@defect("A12", "S114")
def extra_section(draft):
    for title in ("七、下一年度工作安排", "七、政务新媒体运行情况"):
        yield draft.add("other", title, "2月底前印发年度任务分解表，3月起按月检查。"), title


@defect("A13", "S115")
def old_section(draft):
    yield draft.titled("overview", "一、概述"), "概述"
    yield draft.titled("disputes", "四、因政府信息公开申请行政复议、提起行政诉讼的情况"), "行政复议"
    yield draft.add("other", "七、政府信息公开的收费及减免情况", "全年没有收费，没有减免。"), "减免"


@defect("A14", "T101")
def old_labels(draft):
    if draft.trial:
        return
    yield draft.labelled(DISCLOSURE, "^现行有效件数$", "对外公开总数量"), None
    other = draft.labelled(DISCLOSURE, "^本年制发件数$", "本年新制作数量")
    yield other.labelled(DISCLOSURE, "^本年废止件数$", "本年新公开数量"), None


@defect("A15", "S116")
def empty_section(draft):
    for key in ("overview", "problems", "other"):
        yield draft.refill(key), unnumbered(draft.titles[key].text)


@defect("A16", "T102", "T103")
def missing_table(draft):
    for key in (DISCLOSURE, REQUESTS, DISPUTES):
        yield draft.without_table(key), f"§{key}"


@defect("A17", "T104", "T105", "T106")
def altered_table(draft):
    for label in ("行政强制", "8.属于行政查询事项", "（七）总计"):
        key = DISCLOSURE if label == "行政强制" else REQUESTS
        other = draft.copy()
        table = other.table(key)
        table.rows = [row for row in table.rows if all(slot.text != label for slot in row)]
        yield other, f"§{key}"


@defect("A18", "S117")
def preamble_in_overview(draft):
    said = "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。"
    year = f"{draft.year}年1月1日至{draft.year}年12月31日"
    other = draft.refill("overview", f"{said}本报告中所列数据的统计期限为{year}。")
    other.blocks = [block for block in other.blocks if block.section or block.role != "preamble"]
    yield other, "§overview"


@defect("A19", "S118")
def restarted_numbers(draft):
    other = draft.copy()
    for number, key in enumerate(SECTIONS[3:]):
        other.titles[key].text = f"{NUMBERS[number]}、{unnumbered(draft.titles[key].text)}"
    yield other, None


@defect("A20", "D105")
def wrong_kind(draft):
    for words in ("政务公开工作年度报告", "政务信息公开年度报告", "政务公开工作总结"):
        yield draft.reword("title", "政府信息公开工作年度报告", words), words


# --- B: title, preamble, sign-off, dates --------------------------------------------------------------------------


@defect("B01", "D102")
def short_title(draft):
    for words in ("政府信息公开年度报告", "政府信息公开工作年报", "政府信息公开工作报告"):
        yield draft.reword("title", "政府信息公开工作年度报告", words), words


@defect("B02", "D101")
def bare_title(draft):
    yield draft.reword("title", rf"{draft.year}年(?:度)?", ""), None


@defect("B03", "D103")
def year_twice(draft):
    yield draft.reword("title", r"年政府", "年度政府"), "年度"


@defect("B04", "D104")
def shortened_organ(draft):
    if draft.kind == "township":
        other = draft.reword("title", "人民政府", "")
        yield other.reword("signoff", "人民政府", ""), None
    if draft.kind == "subdistrict":
        other = draft.reword("title", "人民政府(.*)办事处", r"\1")
        yield other and other.reword("signoff", "人民政府(.*)办事处", r"\1"), None


@defect("B05", "D106")
def other_signoff(draft):
    yield draft.reword("signoff", r"^.*(?=人民政府$|.{2}局$|管理委员会$|厅$)", "南屏县"), "南屏县"
    yield draft.reword("signoff", r"^\D*$", "南屏县梓潭镇人民政府"), "梓潭镇"


@defect("B06", "D107")
def old_period(draft):
    year = str(draft.year)
    yield draft.sub(rf"{year}(?=年1月1日)(.*?){year}(?=年12月)", rf"{draft.year - 1}\g<1>{draft.year - 1}"), "1月1日"


@defect("B07", "D108")
def missing_period(draft):
    if "北京市" in draft.issuer:
        return
    yield draft.sub(r"[^。，]*?1月1日.*?12月31日止?", "数据口径与往年一致"), None


@defect("B08", "D109")
def short_period(draft):
    yield draft.sub("12月31日", "11月30日"), "11月30日"
    yield draft.sub("1月1日", "2月1日"), "2月1日"


@defect("B09", "D110")
def doubled_subject(draft):
    said = "本报告依据《中华人民共和国政府信息公开条例》第五十条的要求，结合实际编制本报告。"
    yield draft.sub(r"^", said), "结合实际编制本报告"


@defect("B10", "D111")
def missing_basis(draft):
    other = draft.copy()
    for section in (None, *SECTIONS):
        for block in other.texts(section):
            block.text = re.sub(r"《?[^《》，。]*信息公开条例》?|《条例》|该条例", "有关要求", block.text)
    yield other, None


@defect("B11", "D112", "D113", "D114")
def superseded_basis(draft):
    if draft.year > 2020:
        yield draft.sub("〔2021〕30号", "〔2019〕60号"), "〔2019〕60号"
    yield draft.sub("711号", "492号"), "492号"
    yield draft.sub("第五十条", "第三十二条"), "第三十二条"


@defect("B12", "D115")
def wrong_article(draft):
    if "第四十九条" not in draft.text(None):
        yield draft.sub("第五十条", "第四十七条"), "第四十七条"


@defect("B13", "D116")
def alias(draft):
    yield draft.sub(r"政府信息公开条例》(?!（)", "政府信息公开条例》（以下简称《信息条例》）"), "《信息条例》"


@defect("B14", "D117")
def wrong_list(draft):
    yield draft.sub("六部分|六个部分", "五个部分"), "五个部分"
    yield draft.sub("[，、]存在的主要问题及改进情况", ""), "其他需要报告的事项"


@defect("B15", "D118")
def missing_signoff(draft):
    other = draft.copy()
    other.blocks = [block for block in other.blocks if block.role != "signoff"]
    yield other, None


@defect("B16", "D119", "D120", "D121", facts={"deadline": "01-31"})
def late(draft):
    late = "2月7日" if draft.kind in ("department", "office") else "4月11日"
    yield draft.reword("signoff", r"年.*日", f"年{late}"), late


@defect("B17", "D122")
def signed_in_year(draft):
    yield draft.reword("signoff", r"20\d\d", str(draft.year)), str(draft.year)
    yield draft.reword("signoff", r"20\d\d", str(draft.year - 1)), str(draft.year - 1)


@defect("B18", "D123")
def date_style(draft):
    yield draft.reword("signoff", r"年.*日", "年01月09日"), "01月09日"
    yield draft.reword("signoff", r"20\d\d年.*日", f"{draft.year + 1}.1.9"), "1.9"


@defect("B19", "D124")
def open_contact(draft):
    yield draft.sub(r"$", "联系电话：XXXX-XXXXXXX。"), "XXXX"
    yield draft.sub(r"$", "本报告可在www.xxx.gov.cn查阅。"), "xxx"


@defect("B20", "D125")
def other_self(draft):
    word = {"township": "我局", "subdistrict": "我镇", "government": "我局", "vertical": "我镇", "zone": "我镇"}
    wrong = word.get(draft.kind, "我镇")
    sentence = f"{wrong}及时更新公开栏目。"
    yield draft.say(sentence), sentence


@defect("B20 given", "D126", facts={"other_organs": ["梓潭县民政局"]})
def other_name(draft):
    sentence = "梓潭县民政局按月核对栏目内容。"
    yield from everywhere(draft, sentence)


@defect("B16 published", "D119", "D120", "D121", facts={"published": "2031-02-20", "deadline": "01-31"})
def published_late(draft):
    yield draft.copy(), None


# --- C: table of disclosure ---------------------------------------------------------------------------------------


def norms(draft):
    """The columns of 规范性文件 and their numbers."""
    columns = [column for row, column in draft.slots(DISCLOSURE) if row == "norm"]
    return columns, [draft.value(DISCLOSURE, "norm", column) for column in columns]


@defect("C01", "T201")
def no_number(draft):
    for column, text in ((norms(draft)[0][0], "-2"), (norms(draft)[0][2], "若干")):
        yield draft.print(DISCLOSURE, {("norm", column): text}), (DISCLOSURE, "norm", column)


@defect("C02", "T202")
def blank_disclosure(draft):
    column = norms(draft)[0][1]
    yield draft.print(DISCLOSURE, {("norm", column): ""}), (DISCLOSURE, "norm", column)


@defect("C03", "T203", "T204", "T213", facts={"rulemaking": False})
def regulations(draft):
    if draft.kind in ("department", "township", "subdistrict") or "县" in draft.issuer:
        column = norms(draft)[0][2]
        yield draft.print(DISCLOSURE, {("reg", column): "2"}), (DISCLOSURE, "reg", column)


@defect("C04", "T205", "T212")
def too_few_valid(draft):
    if not draft.trial:
        cells = {("norm", "issued"): "40", ("norm", "repealed"): "3", ("norm", "valid"): "12"}
        yield draft.print(DISCLOSURE, cells), (DISCLOSURE, "norm", "valid")


def a_year_earlier(draft):
    """The report with every year one less."""
    other = draft.copy()
    for block in other.blocks:
        if block.kind != "table":
            for year in range(draft.year - 3, draft.year + 2):
                block.text = block.text.replace(f"{year}", f"{year - 1}")
    return other


def last_year(draft):
    """Last year's report, from whose figures those of the report follow."""
    other = a_year_earlier(draft)
    if draft.trial:
        return other
    follows = {("carry_out", column): draft.value(REQUESTS, "carry_in", column) for column in (*KINDS, "tot")}
    stock = draft.value(DISCLOSURE, "norm", "valid") - draft.value(DISCLOSURE, "norm", "issued")
    stock += draft.value(DISCLOSURE, "norm", "repealed")
    return other.print(REQUESTS, follows).print(DISCLOSURE, {("norm", "valid"): stock})


@defect("C05", "T603", "T604", "T605", previous=last_year)
def stock_jumps(draft):
    if not draft.trial:
        yield draft.raised(DISCLOSURE, {("norm", "valid"): 6}), (DISCLOSURE, "norm", "valid")


@defect("C06", "T603", "T605", previous=a_year_earlier)
def stock_copied(draft):
    """Last year's report has the very same figures."""
    if not draft.trial and norms(draft)[1][0] != norms(draft)[1][1]:
        yield draft.copy(), None


@defect("C07", "T206")
def yuan(draft):
    if re.search("[县区乡镇]", draft.issuer) and draft.kind in ("department", "township") and not draft.trial:
        yield draft.print(DISCLOSURE, {("fee", "amount"): "1268000"}), (DISCLOSURE, "fee", "amount")


@defect("C08", "T207")
def fee_unit(draft):
    if not draft.trial:
        for text in ("3.6万元", "21600元"):
            yield draft.print(DISCLOSURE, {("fee", "amount"): text}), (DISCLOSURE, "fee", "amount")


@defect("C09", "T531", "T532", "T533", "T534", "T535", "T536")
def documents_differ(draft):
    if draft.trial:
        return
    _columns, (issued, _repealed, valid) = norms(draft)
    if draft.kind == "government":
        return
    yield draft.say(f"全年制发行政规范性文件{issued + 3}件。"), f"{issued + 3}件"
    yield draft.say(f"目前现行有效的行政规范性文件{valid + 2}件。"), f"{valid + 2}件"
    penalties = draft.value(DISCLOSURE, "penalty", "decisions")
    yield draft.say(f"全年作出行政处罚决定{penalties + 7}件。"), f"{penalties + 7}件"


@defect("C10", "T541", "T542", "T543", "T544", "T545")
def documents_denied(draft):
    if draft.kind in ("government", "office", "zone"):
        return
    if not draft.trial and norms(draft)[1][0]:
        yield draft.say("全年未制发行政规范性文件。"), "未制发"
    if not draft.trial and draft.value(DISCLOSURE, "penalty", "decisions"):
        yield draft.say("全年没有作出行政处罚决定。"), "没有作出行政处罚"


@defect("C12", "T210", facts={"enforcement": True})
def no_penalties(draft):
    yield draft.print(DISCLOSURE, {("penalty", "decisions"): "0"}), (DISCLOSURE, "penalty", "decisions")


@defect("C12 no power", "T211", facts={"enforcement": False})
def penalties(draft):
    yield draft.print(DISCLOSURE, {("penalty", "decisions"): "35"}), (DISCLOSURE, "penalty", "decisions")


@defect("C11", "T201", "T208")
def fraction(draft):
    column = norms(draft)[0][2]
    for text in ("6.5", "6.0"):
        yield draft.print(DISCLOSURE, {("norm", column): text}), (DISCLOSURE, "norm", column)


# --- D: table of requests -----------------------------------------------------------------------------------------


@defect("D01", "T301", "T315")
def unbalanced(draft):
    yield draft.raised(REQUESTS, {("new", "nat"): 1, ("new", "tot"): 1}), (REQUESTS, "new", "nat")
    yield draft.raised(REQUESTS, {("carry_out", "biz"): 2, ("carry_out", "tot"): 2}), (REQUESTS, "carry_out", "biz")
    if draft.value(REQUESTS, "new", "nat"):
        yield draft.raised(REQUESTS, {("new", "nat"): -1, ("new", "law"): 1}), (REQUESTS, "new", "nat")


@defect("D02", "T302")
def wrong_results(draft):
    if draft.value(REQUESTS, "result", "tot"):
        cells = {("result", "nat"): 1, ("result", "tot"): 1}
        if draft.value(REQUESTS, "carry_out", "nat"):
            cells |= {("carry_out", "nat"): -1, ("carry_out", "tot"): -1}
            yield draft.raised(REQUESTS, cells), (REQUESTS, "result", "nat")
        moved = {("open", "nat"): 1, ("open", "tot"): 1}
        yield draft.raised(REQUESTS, moved), (REQUESTS, "open", "nat")


@defect("D03", "T303")
def wrong_total(draft):
    for row in ("open", "none_1", "deny_4", "new"):
        yield draft.raised(REQUESTS, {(row, "tot"): 1}), (REQUESTS, row, "tot")


@defect("D04", "T601", "T602", previous=last_year)
def carried_differently(draft):
    if draft.trial:
        return
    cells = {(row, column): 2 for row in ("carry_in", "carry_out") for column in ("nat", "tot")}
    yield draft.raised(REQUESTS, cells), (REQUESTS, "carry_in", "tot")
    if draft.value(REQUESTS, "carry_in", "nat"):
        cells = {(row, column): more for row in ("carry_in", "new") for column, more in (("nat", -1), ("law", 1))}
        cells = {place: more if place[0] == "carry_in" else -more for place, more in cells.items()}
        if draft.value(REQUESTS, "new", "law"):
            yield draft.raised(REQUESTS, cells), (REQUESTS, "carry_in", "nat")


@defect("D05", "T305")
def blank_requests(draft):
    yield draft.print(REQUESTS, {("deny_3", "res"): "", ("refuse_5", "pub"): ""}), (REQUESTS, "deny_3", "res")


@defect("D06", "T306")
def mixed_marks(draft):
    cells = {("deny_3", "res"): "/", ("refuse_5", "pub"): "—", ("refuse_5", "law"): "无"}
    yield draft.print(REQUESTS, cells), None


@defect("D07", "T304", "T307", "T308", "T309")
def odd_numbers(draft):
    for row, column, text in (("deny_2", "res", "-1"), ("none_2", "pub", "0.5"), ("deny_8", "law", "0件")):
        yield draft.print(REQUESTS, {(row, column): text}), (REQUESTS, row, column)


@defect("D08", "T311")
def blank_totals(draft):
    if draft.value(REQUESTS, "new", "tot"):
        rows = [row for row, column in draft.slots(REQUESTS) if column == "tot"]
        yield draft.print(REQUESTS, {(row, "tot"): "" for row in rows}), None


@defect("D09", "T314")
def one_result(draft):
    if draft.trial:
        return
    cells = dict.fromkeys(draft.slots(REQUESTS), "0")
    filled = {(row, column): "24" for row in ("new", "other_3", "result") for column in ("nat", "tot")}
    yield draft.print(REQUESTS, cells | filled), (REQUESTS, "other_3", "tot")


COUNTED = (
    r"新收[^，。；、]*?申请(\d+)件",
    r"(?:办结|答复)(?:申请)?(\d+)件(?=[，。；、（])",
    r"结转下(?:年度?|一年度)(?:继续办理)?(\d+)件",
    r"上年(?:度)?结转的?(\d+)件",
    r"予以公开(\d+)件",
    r"部分公开(\d+)件",
    r"不予公开(\d+)件",
    r"无法提供(\d+)件",
    r"不予处理(\d+)件",
    r"其他处理(\d+)件",
    r"自然人(?:申请)?(\d+)件",
)
ABOUT_REQUESTS = ("T501", "T502", "T503", "T504", "T505", *(f"T52{last}" for last in range(1, 10)), "T537", "T538")


@defect("D10", *ABOUT_REQUESTS)
def requests_differ(draft):
    for pattern in COUNTED:
        for block in draft.texts("overview"):
            match = re.search(pattern, block.text)
            if match and "申请" in block.text:
                wrong = match[0].replace(match[1], str(int(match[1]) + 3))
                yield draft.sub(re.escape(match[0]), wrong, "overview"), wrong
                break


@defect("D11", "T511", "T512", "T513")
def requests_denied(draft):
    if draft.value(REQUESTS, "new", "tot"):
        sentence = "全年未收到政府信息公开申请。"
        other = draft.copy()
        said = [block for block in other.texts("overview") if "申请" in block.text and "件" in block.text]
        for block in said:
            head = re.match(r"（.）[^。]*?(?:。|情况[。：]|方面：)|（.）", block.text)
            block.text = (head[0] if head else "") + sentence
        yield other, "未收到政府信息公开申请"


@defect("D12", "T551")
def unmentioned(draft):
    if draft.value(REQUESTS, "new", "tot"):
        other = draft.copy()
        for block in other.texts("overview"):
            if re.search(r"申请.*\d件|依申请公开类", block.text):
                block.text = "依申请公开渠道保持畅通。"
        yield other, None


@defect("D13", "T552", "T515")
def all_finished(draft):
    if draft.value(REQUESTS, "carry_out", "tot"):
        yield draft.say("收到的政府信息公开申请已全部办结。"), "全部办结"


@defect("D15", "T107")
def missing_note(draft):
    yield draft.labelled(REQUESTS, "^.*勾稽关系.*$", "项目"), None


@defect("D16", "T301", "T302", "T303")
def shifted_row(draft):
    if draft.value(REQUESTS, "new", "tot") and draft.value(REQUESTS, "new", "nat"):
        order = (*KINDS, "tot")
        values = [draft.slots(REQUESTS)["new", column].text for column in order]
        shifted = dict(zip(order, ["0", *values[:-2], values[-1]], strict=True))
        yield draft.print(REQUESTS, {("new", column): text for column, text in shifted.items()}), None


@defect("D17", "F141", "F142", "F143", "C509")
def wrong_share(draft):
    for sentence in ("回复留言40条，其中当日回复12条，占130%。", "公众留言按期答复率达到106%。"):
        yield draft.say(sentence), sentence
    yield draft.say("收到咨询250件，其中电话咨询100件，占60%。"), "占60%"


@defect("D18", "T315", "T301")
def no_result(draft):
    if not draft.value(REQUESTS, "new", "tot"):
        return
    new = {(row, column) for row, column in draft.slots(REQUESTS) if row in ("new", "carry_in")}
    yield draft.print(REQUESTS, {place: "0" for place in draft.slots(REQUESTS) if place not in new}), None


# --- E: table of reviews and suits --------------------------------------------------------------------------------


@defect("E01", "T401")
def wrong_disputes(draft):
    for group in ("rv", "ld", "la"):
        yield draft.raised(DISPUTES, {(group, "tot"): 1}), (DISPUTES, group, "tot")


@defect("E02", "T506", "T507", "T508")
def disputes_differ(draft):
    reviews = draft.value(DISPUTES, "rv", "tot")
    suits = draft.value(DISPUTES, "ld", "tot") + draft.value(DISPUTES, "la", "tot")
    if "行政复议" not in draft.text("overview"):
        said = f"全年因政府信息公开被申请行政复议{reviews + 2}件。"
        yield draft.say(said), said
        said = f"因政府信息公开被提起行政诉讼{suits + 1}件。"
        yield draft.say(said), said
    for pattern in (r"行政复议(\d+)件", r"行政诉讼(\d+)件"):
        match = re.search(pattern, draft.text("overview"))
        if match:
            wrong = match[0].replace(match[1], str(int(match[1]) + 4))
            yield draft.sub(match[0], wrong, "overview"), wrong


@defect("E03", "T516", "T517")
def disputes_denied(draft):
    if draft.value(DISPUTES, "rv", "tot"):
        said = "全年没有因政府信息公开工作被申请行政复议。"
        yield draft.say(said), said
    if draft.value(DISPUTES, "ld", "tot") and not draft.value(DISPUTES, "la", "tot"):
        said = "未发生因政府信息公开引起的行政诉讼。"
        yield draft.say(said), said


@defect("E04", "T403", "T404")
def blank_disputes(draft):
    yield draft.print(DISPUTES, {("la", "fix"): "", ("ld", "oth"): ""}), (DISPUTES, "ld", "oth")


@defect("E06", "T104", "T105", "T106")
def cut_disputes(draft):
    other = draft.copy()
    table = other.table(DISPUTES)
    table.rows[-1] = table.rows[-1][:10]
    yield other, "§disputes"


@defect("E07", "T411")
def suit_without_review(draft):
    if not draft.value(DISPUTES, "rv", "tot") and not draft.value(DISPUTES, "la", "tot"):
        yield draft.raised(DISPUTES, {("la", "up"): 1, ("la", "tot"): 1}), (DISPUTES, "la", "tot")


# --- F: first section ---------------------------------------------------------------------------------------------


@defect("F01", "S121")
def missing_aspect(draft):
    if draft.trial:
        return
    aspects = next(section.aspects for section in draft.form.sections if section.key == "overview")
    for aspect in aspects[2:5]:
        other = draft.copy()
        blocks = other.texts("overview")
        heads = [at for at, block in enumerate(blocks) if re.match(r"（.）|\d\.", block.text)]
        hit = next((at for at in heads if aspect.title[-2:] in blocks[at].text[:16]), None)
        if hit is None:
            continue
        gone = blocks[hit : next((at for at in heads if at > hit), len(blocks))]
        other.blocks = [block for block in other.blocks if all(block is not one for one in gone)]
        if not any(word in other.text("overview") for word in aspect.words):
            yield other, None


def unsaid(draft, words):
    """The overview without the sentences and clauses that hold one of these words."""
    other = draft.copy()
    for block in other.texts("overview"):
        block.text = re.sub(rf"[^。；，]*(?:{words})[^。；，]*(?:[。；，]|$)", "", block.text)
    other.blocks = [block for block in other.blocks if block.text or block.kind == "table"]
    return other


@defect("F02", "S122")
def missing_assessment(draft):
    if draft.kind in ("government", "township"):
        yield unsaid(draft, "考核|考评"), None


@defect("F03", "S123")
def missing_review(draft):
    if draft.kind in ("government", "township"):
        yield unsaid(draft, "评议|满意|问卷|评估|测评"), None


@defect("F04", "S124")
def missing_accountability(draft):
    if draft.kind in ("government", "township"):
        yield unsaid(draft, "追究|追责|问责|约谈|批评|责任|谈话|检查|诫勉"), None


@defect("F05", "C501")
def no_figures(draft):
    other = draft.copy()
    for block in other.texts("overview"):
        block.text = re.sub(r"(?<![第（])\d[\d.,]*万?(?:多|余)?(?=\D)", "多", block.text)
    yield other, None


@defect("F06", "C502")
def duties(draft):
    said = (
        "本机关政府信息公开工作机构认真履行下列职能：办理本机关的政府信息公开事宜；维护和更新本机关公开的政府信息；"
        "组织编制本机关的政府信息公开指南、政府信息公开目录和政府信息公开工作年度报告；"
        "组织开展对拟公开政府信息的审查；本机关规定的与政府信息公开有关的其他职能。"
    )
    yield draft.add("overview", said), "维护和更新"


@defect("F07", "C503")
def general_subject(draft):
    if draft.kind in ("department", "vertical", "office", "township", "subdistrict"):
        for sentence in ("一些地方政府通过微博发布信息。", "许多行政机关建立了发言人制度。"):
            yield draft.say(sentence), sentence


@defect("F10", "C504")
def uncertain(draft):
    for sentence in ("年内可能举办了两期业务讲座。", "下半年大概开展过一次自查。", "也许还更新了公开指南。"):
        yield draft.say(sentence), sentence


@defect("F12", "L141")
def approximate(draft):
    yield draft.say("全年发布动态信息300余条。"), "300余条"


@defect("F14", "F131", "F132", "F133")
def wrong_parts(draft):
    yield draft.say("全年编发简讯120条，其中动态81条、公告52条。"), "120条"
    yield draft.say("全年培训3期，共计90人次，其中甲期40人次、乙期35人次、丙期25人次。"), "90人次"


# --- G: problems, other matters -----------------------------------------------------------------------------------


@defect("G01", "C505", "S116")
def hardly_any(draft):
    for text in ("无。", "本年度没有发现突出问题。"):
        yield draft.refill("problems", text), "§problems"


@defect("G04", "C506")
def vague(draft):
    said = (
        "对照群众期待，政府信息公开工作仍存在差距：一是思想认识有待进一步提高，工作主动性不够强；"
        "二是公开内容不够丰富、形式较为单一；三是业务人员能力有待加强。下一步将加强学习，强化督导，努力提升水平。"
    )
    yield draft.refill("problems", said), "§problems"


@defect("G05", "C507")
def hedged(draft):
    for sentence in ("个别栏目可能存在更新偏慢的情况。", "上述差距或许与人手变动有关。"):
        yield draft.add("problems", sentence), sentence


@defect("G07", "T608", previous=last_year)
def same_problems(draft):
    yield draft.copy(), "§problems"


@defect("G09", "S116", "S102")
def nothing_else(draft):
    yield draft.refill("other"), "其他"
    yield draft.without("other"), None


@defect("G10", "C508", "T321")
def no_fee(draft):
    if not draft.trial:
        for text in ("无。", "没有需要另行说明的情况。"):
            yield draft.refill("other", text), "§other"


@defect("G12", "T322")
def fee_denied(draft):
    if not draft.trial and draft.value(REQUESTS, "other_2", "tot"):
        yield draft.refill("other", "全年未发出信息处理费收费通知，未收取信息处理费。"), "未发出"


# --- H: language --------------------------------------------------------------------------------------------------


@defect("H01", "L101", "L102", "C504", "C507")
def hedging(draft):
    yield draft.say("公众对栏目改版大概比较满意。"), "大概"
    yield draft.say("据了解，查阅点已能正常使用。"), "据了解"
    yield draft.say("各科室似乎都能按期报送。"), "似乎"


@defect("H02", "L151")
def slogans(draft):
    said = "我们高度重视、多措并举、扎实推进，工作走深走实，取得显著成效，开创新局面，迈上新台阶。"
    yield draft.add("overview", said), "走深走实"


@defect("H03", "L103")
def absolute(draft):
    for sentence in ("彻底杜绝了错发漏发。", "全年工作零失误。", "公众满意度达到百分之百满意，人人满意。"):
        yield draft.say(sentence), sentence[:4]


RESIDUE = (
    "全年举办XX场政策宣讲。",
    "此处填写培训情况。",
    "[待补充]各栏目更新数量。",
    "希望以上内容对您有帮助。",
    "作为一个人工智能助手，我无法获取实时数据。",
    "**规范审查流程**，落实责任。",
    "全年共主动公开条，其中动态信息居多。",
    "栏目更新情况&nbsp;已核对。",
    "办事指南已更新[3]。",
    "审查记录保存____年。",
)


@defect("H04", "L104", "L105", "L106", "L107", "L108", "L109")
def residue(draft):
    for sentence in RESIDUE:
        yield draft.add("overview", sentence), sentence.strip("*[]。")[:6]
    tail = "切实保障群众的知情权南屏市人民政府."
    yield draft.add("overview", tail), tail


@defect("H05", "L120", "L121", "L122", "L123", "L124")
def obsolete(draft):
    said = "坚持以公开为原则、不公开为例外。"
    yield draft.say(said), said
    if draft.year > 2020:
        for sentence in ("会同县工商局开展宣传。", "与市环保局共享监测数据。", "配合县国土资源局公布地价。"):
            yield draft.say(sentence), sentence


@defect("H06", "L130", "L131", "L132", "L133")
def misspelt(draft):
    for sentence in (
        "全面布署年度任务。",
        "截止2月底完成栏目改版。",
        "园满完成更新任务。",
        "解读材料复盖各乡村。",
        "按规定建立工作台帐。",
        "公众可登陆网站查询。",
    ):
        yield draft.say(sentence), sentence


@defect("H07", "L150")
def colloquial(draft):
    yield draft.say("把公开栏搞好，让老百姓看得明白。"), "老百姓"


@defect("H08", "L160")
def doubled(draft):
    for sentence in ("各科室核对核对口径后发布。", "及时更新更新过的目录。", "公布发布的的公告。"):
        yield draft.say(sentence), sentence


@defect("H09", "Y115", "L109", "L105")
def broken(draft):
    yield draft.add("overview", "政策文件发布后，由办公室统一归集并"), "统一归集并"


# --- I: typography ------------------------------------------------------------------------------------------------


@defect("I01", "Y101")
def half_stop(draft):
    yield draft.add("overview", "各栏目按月核对."), "核对."


@defect("I02", "Y102", "Y103")
def half_marks(draft):
    for sentence in ("各栏目按月核对,及时更新。", "指南(含目录)已更新。", "任务分三项:核对、更新、归档。"):
        yield draft.say(sentence), sentence


@defect("I03", "Y115")
def no_final_mark(draft):
    yield draft.add("problems", "各栏目更新周期已经公布，办公室按月核对并通报核对结果"), "通报核对结果"


@defect("I04", "Y104")
def doubled_marks(draft):
    for sentence in ("各栏目按月核对。。", "核对结果，。按月通报。", "核对、，通报按月进行。"):
        yield draft.say(sentence), sentence


@defect("I05", "Y105")
def spaces(draft):
    yield draft.say("各栏目按月核对 。"), "核对 。"


@defect("I06", "Y106", "Y107")
def lonely_marks(draft):
    for sentence in ("开设“一问一答专栏。", "按《公文处理办法归档。", '开设"一问一答"专栏。', "指南（含目录已更新。"):
        yield draft.add("overview", sentence), sentence


@defect("I07", "Y108")
def nested_titles(draft):
    sentence = "落实《关于印发《县政务公开要点》的通知》要求。"
    yield draft.say(sentence), sentence


@defect("I08", "Y109")
def document_number(draft):
    for number in ("国办函[2020]109号", "国办函（2020）109号", "国办函〔2020〕第109号", "国办函【2020】109号"):
        yield draft.say(f"落实{number}文件。"), number


@defect("I09", "Y110")
def number_comma(draft):
    yield draft.add("problems", "1、报送不及时。2月的动态晚报3天。"), "1、"


@defect("I10", "Y110")
def bracket_comma(draft):
    yield draft.sub("^（一）", "（一）、", "overview"), "（一）、"


@defect("I11", "Y111")
def range_dash(draft):
    yield draft.say("3月1日——4月30日开展自查。"), "3月1日"


@defect("I12", "Y112")
def wide_digits(draft):
    yield draft.say("全年更新目录２次。"), "２次"


@defect("I13", "Y113")
def short_year(draft):
    yield draft.say(f"{draft.year % 100}年，全年共更新目录2次。"), f"{draft.year % 100}年"


@defect("I15", "Y116")
def unseen(draft):
    yield draft.say("目录按\u200b月更新。"), "月更新"
