"""Dates and periods in running text."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.dates import Date, find_dates, find_periods, is_real
from gilint.numerals import to_chinese

# Neither digits nor anything that could be a part of a date or join two.
AROUND = st.text(st.sampled_from("本单位收到信息，。（）《》abc \n"), max_size=12)
DATES = st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def parts(date: Date) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def chinese(date: datetime.date) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{date.year:04}")
    return f"{year}年{to_chinese(date.month)}月{to_chinese(date.day)}日"


FORMS = {
    "plain": lambda date: f"{date.year}年{date.month}月{date.day}日",
    "padded": lambda date: f"{date.year}年{date.month:02}月{date.day:02}日",
    "spaced": lambda date: f"{date.year} 年\u3000{date.month}\u00a0月 {date.day}日",
    "full-width": lambda date: f"{date.year}年{date.month}月{date.day}日".translate(FULL_WIDTH),
    "chinese": chinese,
}


# --- find_dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "style"),
    [
        ("2025年1月16日", (2025, 1, 16), ()),
        ("2025年1月16号", (2025, 1, 16), ()),
        ("2025年1月", (2025, 1, 0), ()),
        ("1月1日", (0, 1, 1), ()),
        ("2025 年 1 月 16 日", (2025, 1, 16), ("spaced",)),
        ("2025\n年1月", (2025, 1, 0), ("spaced",)),
        ("２０２５年１月１６日", (2025, 1, 16), ()),
        ("2025年01月16日", (2025, 1, 16), ("padded",)),
        ("2025年1月06日", (2025, 1, 6), ("padded",)),
        ("二〇二五年一月十六日", (2025, 1, 16), ("chinese",)),
        ("二○二四年十二月三十一日", (2024, 12, 31), ("chinese",)),
        ("二零二五年十月二十日", (2025, 10, 20), ("chinese",)),
        ("一月一日", (0, 1, 1), ("chinese",)),
        ("24年1月16日", (2024, 1, 16), ("short-year",)),
        ("24年1月", (2024, 1, 0), ("short-year",)),
        ("98年5月", (1998, 5, 0), ("short-year",)),
        ("2025.1.16", (2025, 1, 16), ("dotted",)),
        ("２０２５．１．１６", (2025, 1, 16), ("dotted",)),
        ("2025-01-16", (2025, 1, 16), ("padded", "dashed")),
        ("2025/1/16", (2025, 1, 16), ("dashed",)),
        ("2025年2月30日", (2025, 2, 30), ()),
        ("2025年13月1日", (2025, 13, 1), ()),
    ],
)
def test_a_date_is_found_whole_with_its_style(text, expected, style):
    assert find_dates(text) == [Date(*expected, 0, len(text), style)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025", "2025年", "24年", "1月", "12个月", "16日", "20251月", "2025年0月", "0月0日", "12024年1月1日",
        "024年1月", "123月1日", "2025.1", "2025.13.1", "2025.1.32", "2025.1.16.3", "2025.1-16", "12025-01-16",
        "v2025.1.16", "/2025/1/16", "1.2.3", "3/5", "1-2",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_found(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年1月份", "2025年1月"),
        ("2025年1月123日", "2025年1月"),
        ("2025年1月2025年度", "2025年1月"),
        ("当年1月1日", "1月1日"),
        ("（2025年1月16日印发）", "2025年1月16日"),
        ("2025年1月 日", "2025年1月"),
    ],
)
def test_a_date_ends_where_its_last_mark_stands(text, found):
    (date,) = find_dates(text)
    assert text[date.start : date.end] == found


def test_dates_come_in_order():
    found = find_dates("2024年1月1日、2024-02-03、三月四日，5月6日")
    assert [parts(date) for date in found] == [(2024, 1, 1), (2024, 2, 3), (0, 3, 4), (0, 5, 6)]


@given(DATES, st.sampled_from(sorted(FORMS)), AROUND, AROUND)
def test_a_written_date_is_found_at_its_place(date, form, before, after):
    written = FORMS[form](date)
    (found,) = find_dates(before + written + after)
    assert parts(found) == (date.year, date.month, date.day)
    assert (found.start, found.end) == (len(before), len(before) + len(written))


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(".-/"))
def test_a_pointed_date_is_found_at_its_place(date, point):
    written = f"{date.year}{point}{date.month}{point}{date.day}"
    (found,) = find_dates(f"日期：{written}。")
    assert (*parts(found), found.start, found.end) == (date.year, date.month, date.day, 3, 3 + len(written))


@given(st.text(st.sampled_from("0123456789２年月日号一二十〇.-/至—自起止 信"), max_size=30))
def test_any_text_has_dates_with_a_month_and_one_more_part(text):
    for date in find_dates(text):
        assert date.month > 0
        assert date.year > 0 or date.day > 0
        assert 0 <= date.start < date.end <= len(text)


@given(st.text(st.sampled_from("0123456789年月日一二十.-至 "), max_size=30))
def test_dates_do_not_overlap(text):
    found = find_dates(text)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("piece", ["2", "2024年", "1月", "十", "年月", " ", "2025.1.", "2024年1月1日至"])
def test_a_long_text_is_searched_in_no_time(piece):
    began = time.perf_counter()
    find_periods(piece * 10_000)
    assert time.perf_counter() - began < 3


# --- find_periods -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年1月1日至2024年12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日至12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日到12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("自2024年1月1日起至12月31日止", (2024, 1, 1), (2024, 12, 31)),
        ("自2024年1月1日起，至2024年12月31日止", (2024, 1, 1), (2024, 12, 31)),
        ("从2024年1月1日起，", None, None),
        ("2024年1月1日始至2024年12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日—12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("1月1日——2023年12月31日", (0, 1, 1), (2023, 12, 31)),
        ("2024年1月1日–12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日-12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日－12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日 ~ 12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("2024年1月1日～12月31日", (2024, 1, 1), (2024, 12, 31)),
        ("1月1日至12月31日", (0, 1, 1), (0, 12, 31)),
        ("2024年1月至12月", (2024, 1, 0), (2024, 12, 0)),
        ("2024年1月至2024年12月", (2024, 1, 0), (2024, 12, 0)),
        ("2024.1.1-2024.12.31", (2024, 1, 1), (2024, 12, 31)),
        ("2024-01-01至2024-12-31", (2024, 1, 1), (2024, 12, 31)),
        ("二〇二四年一月一日至十二月三十一日", (2024, 1, 1), (2024, 12, 31)),
        ("2023年12月1日至1月31日", (2023, 12, 1), (2023, 1, 31)),
        ("2024年1月1日、12月31日", None, None),
        ("2024年1月1日至今", None, None),
        ("2024年1月1日12月31日", None, None),
    ],
)
def test_a_period_is_two_joined_dates(text, start, end):
    expected = [] if start is None else [(start, end)]
    assert [(parts(first), parts(last)) for first, last in find_periods(text)] == expected


def test_the_dates_of_a_period_keep_their_own_places():
    text = "期限自2024年1月1日起至12月31日止。"
    ((first, last),) = find_periods(text)
    assert text[first.start : first.end] == "2024年1月1日"
    assert text[last.start : last.end] == "12月31日"


@given(DATES, DATES, st.sampled_from(["至", "到", "起至", "—", "——", "~", "～", "-", " 至 "]), AROUND, AROUND)
def test_a_written_period_is_found(first, last, joint, before, after):
    plain = FORMS["plain"]
    ((start, end),) = find_periods(f"{before}{plain(first)}{joint}{plain(last)}{after}")
    assert parts(start) == (first.year, first.month, first.day)
    assert parts(end) == (last.year, last.month, last.day)


# --- is_real ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "real"),
    [
        ((2024, 2, 29), True),
        ((2023, 2, 29), False),
        ((2000, 2, 29), True),
        ((1900, 2, 29), False),
        ((2025, 4, 31), False),
        ((2025, 12, 31), True),
        ((2025, 13, 1), False),
        ((2025, 0, 1), False),
        ((2025, 1, 0), False),
        ((2025, 1, 32), False),
        ((0, 1, 1), False),
    ],
)
def test_the_calendar_decides_what_is_real(date, real):
    assert is_real(*date) is real


@given(st.integers(0, 9999), st.integers(-1, 14), st.integers(-1, 33))
def test_real_dates_are_those_that_datetime_accepts(year, month, day):
    try:
        datetime.date(year, month, day)
    except ValueError:
        assert not is_real(year, month, day)
    else:
        assert is_real(year, month, day)
