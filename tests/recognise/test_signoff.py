import pytest
from samples import read, report, roles

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
