import pytest
from samples import example, read, report, roles

DAY = (2025, 1, 16)
VARIANTS = {
    "two lines": ("平澜县水务局\n2025年1月16日", "平澜县水务局", DAY, 2),
    "apart": ("平澜县水务局\n\n\n2025年1月16日", "平澜县水务局", DAY, 2),
    "one line": ("平澜县水务局 2025年1月16日", "平澜县水务局", DAY, 1),
    "wide gap": ("平澜县水务局　　　2025年1月16日", "平澜县水务局", DAY, 1),
    "joined": ("平澜县水务局2025年1月16日。", "平澜县水务局", DAY, 1),
    "reversed": ("2025年1月16日\n平澜县水务局", "平澜县水务局", DAY, 2),
    "Chinese numerals": ("平澜县水务局\n二〇二五年一月十六日", "平澜县水务局", DAY, 2),
    "spaces": ("平澜县水务局\n2025 年 1 月 16 日", "平澜县水务局", DAY, 2),
    "dashes": ("平澜县水务局\n2025-01-16", "平澜县水务局", DAY, 2),
    "points": ("平澜县水务局\n2025.1.16", "平澜县水务局", DAY, 2),
    "tabs": ("\t\t平澜县水务局\n\t\t2025年1月16日", "平澜县水务局", DAY, 2),
    "seal": ("平澜县水务局（盖章）\n2025年1月16日", "平澜县水务局", DAY, 2),
    "seal first": ("（公章）平澜县水务局\n2025年1月16日", "平澜县水务局", DAY, 2),
    "seal above": ("（盖章）\n平澜县水务局\n2025年1月16日", "平澜县水务局", DAY, 3),
    "seal between": ("平澜县水务局\n（盖章）\n2025年1月16日", "平澜县水务局", DAY, 3),
    "seal below": ("平澜县水务局\n2025年1月16日\n（盖章）", "平澜县水务局", DAY, 2),
    "seal in one line": ("平澜县水务局 （公章） 2025年1月16日", "平澜县水务局", DAY, 1),
    "seal behind": ("平澜县水务局2025年1月16日（盖章）", "平澜县水务局", DAY, 1),
    "brackets": ("（平澜县水务局 2025年1月16日）", "平澜县水务局", DAY, 1),
    "month": ("平澜县水务局\n2025年1月", "平澜县水务局", (2025, 1, 0), 2),
    "date alone": ("2025年1月16日", None, DAY, 1),
    "note behind": ("平澜县水务局\n2025年1月16日\n（此件公开发布）", "平澜县水务局", DAY, 2),
    "annex behind": ("平澜县水务局\n2025年1月16日\n附件：1.报告表\n2.名单", "平澜县水务局", DAY, 2),
    "long annex behind": ("平澜县水务局\n2025年1月16日\n附件\n" + "附件的一行。\n" * 60, "平澜县水务局", DAY, 2),
}


@pytest.mark.parametrize(("text", "issuer", "date", "lines"), VARIANTS.values(), ids=VARIANTS)
def test_a_sign_off_is_found(text, issuer, date, lines):
    found = read(report(signoff=text))
    signoff = found.signoff
    assert (signoff.issuer and signoff.issuer.text, signoff.date) == (issuer, date)
    assert len(roles(found)["signoff"]) == lines


def test_what_follows_the_sign_off_is_outside():
    found = read(report(signoff="平澜县水务局\n2025年1月16日\n附件：1.报告表\n2.名单"))
    assert roles(found)["outside"] == ["附件：1.报告表", "2.名单"]
    assert [passage.text for passage in found.sections["other"].passages] == ["无。"]


def test_the_date_is_quoted_as_it_stands():
    found = read(report(signoff="平澜县水务局 2025年1月16日"))
    assert (found.signoff.date_at.text, found.signoff.date_at.span.column) == ("2025年1月16日", 8)


@pytest.mark.parametrize("text", ["", "平澜县水务局", "平澜县水务局\n2025年1月16日印发"])
def test_without_a_date_of_its_own_there_is_none(text):
    found = read(report(signoff=text))
    assert (found.signoff.issuer, found.signoff.date) == (None, None)
    assert "signoff" not in roles(found)


def test_a_date_in_the_text_is_no_sign_off():
    found = read(report(overview="全年情况如下。\n截至2024年12月31日。\n公开12条。", signoff=""))
    assert found.signoff.date is None


# --- attachments ------------------------------------------------------------------------------------------------------

ANNEXES = {
    "list": "附件：1.年度报告.docx\n2.年度报告.pdf",
    "links": "相关附件\n平澜县水务局年度报告.pdf\n相关链接：条例",
    "form": "附表：统计表\n指标\t统计数\n一、主动公开情况\t——\n（一）主动公开政府信息数\t326\n三、申请情况\t8",
    "one with a sign-off": "附件\n公开指南\n一、机构信息\n办公地址：河滨路18号\n平澜县水务局\n2024年6月30日",
    "one with a date": "附件1\n工作要点完成情况\n1\t公开\t完成\n2025年1月20日",
    "one of another organ": "附件2：通知\n请各单位执行。\n平澜县人民政府办公室\n2024年3月1日",
    "long, with sections": "附件\n" + "一、总体情况\n好。\n二、其他事项\n无。\n" * 30,
    "form in brackets": "【附件下载】\n年报.pdf",
}


@pytest.mark.parametrize("annex", ANNEXES.values(), ids=ANNEXES)
def test_what_is_attached_is_outside_and_the_sign_off_stands_before_it(annex):
    found = read(report(signoff=f"平澜县水务局\n2025年1月16日\n{annex}"))
    assert (found.signoff.issuer.text, found.signoff.date) == ("平澜县水务局", DAY)
    assert [passage.text for passage in found.sections["other"].passages] == ["无。"]
    assert list(found.sections) == list(read(report()).sections)
    assert found.sections["other"].headings == ()


@pytest.mark.parametrize(
    "annex", ["附件：\n1.年报.pdf\n2.年报.docx", "相关附件：年报.pdf\n年报.docx", "附件1\n统计表\n公开数 12"]
)
def test_attachments_of_a_report_without_a_sign_off_are_outside(annex):
    found = read(report(signoff=annex))
    assert [passage.text for passage in found.sections["other"].passages] == ["无。"]
    assert found.sections["other"].headings == ()


def test_the_list_of_attachments_before_the_sign_off_is_outside():
    found = read(report(signoff="附件：1.统计表\n      2.图解\n平澜县水务局\n2025年1月16日"))
    assert [text.strip() for text in roles(found)["outside"]] == ["附件：1.统计表", "2.图解"]
    assert found.signoff.date == DAY


def test_a_sentence_about_attachments_is_text():
    found = read(report(other="附件：见年度报告专栏。\n未收取费用。"))
    assert [passage.text for passage in found.sections["other"].passages] == ["附件：见年度报告专栏。", "未收取费用。"]


def test_of_two_dates_the_one_below_the_organ_of_the_title_counts():
    found = read(report(signoff="平澜县水务局\n2025年1月16日\n平澜县水务局办公室 2025年1月17日"))
    assert (found.signoff.issuer.text, found.signoff.date) == ("平澜县水务局", DAY)


def test_the_tables_of_the_form_may_be_attached():
    text = example("clean-2024")
    begin, end = text.index("三、收到和处理"), text.index("四、政府信息公开行政复议")
    heading, table = text[begin:end].split("\n", 1)
    moved = f"{text[:begin]}{heading}\n\n见附表。\n\n{text[end:].rstrip()}\n\n附表：\n{table}\n"
    found = read(moved)
    assert found.signoff.date == read(text).signoff.date
    assert len(found.tables["requests"]) == 175
