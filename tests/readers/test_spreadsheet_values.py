"""What numbers, dates and other values of cells are as text."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.readers.spreadsheet.biff import compressed_number
from gilint.readers.spreadsheet.formats import BUILTIN, Formats, number_text

JANUARY_20 = 45677.0
"""20 January 2025, a Monday, in days since 1900."""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (251000.55, "251000.55"),
        (96.799999999999997, "96.8"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (2.0**53, "9007199254740992"),
        (1e20, "100000000000000000000"),
        (float("nan"), "#NUM!"),
        (float("-inf"), "#NUM!"),
    ],
)
def test_a_number_is_written_exactly(value, text):
    assert number_text(value) == text


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_written_as_one(number):
    assert number_text(float(number)) == str(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=5))
def test_a_number_as_typed_comes_back(number):
    text = number_text(float(number))
    assert Decimal(text) == number
    assert "e" not in text.lower()


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_any_number_keeps_the_digits_that_a_sheet_keeps(number):
    text = number_text(number)
    assert float(text) == pytest.approx(number, rel=1e-14, abs=0)
    assert not text.endswith(".")
    assert set(text) <= set("-.0123456789")


# --- formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", "45677"),
        ("General", "45677"),
        ('General"件"', "45677"),
        ("#,##0.00", "45677"),
        ("0.00E+00", "45677"),
        ("@", "45677"),
        ('yyyy"年"m"月"d"日"', "2025年1月20日"),
        ("yyyy年mm月dd日", "2025年01月20日"),
        ('yyyy"年"m"月"d"日";@', "2025年1月20日"),
        ("[$-804]yyyy\\-mm\\-dd", "2025-01-20"),
        ("yyyy/m/d", "2025/1/20"),
        ("yy.m.d", "25.1.20"),
        ("[Red]m/d", "1/20"),
        ('e"年"', "2025年"),
        ("d-mmm-yy", "20-Jan-25"),
        ("mmmm yyyy", "January 2025"),
        ("mmmmm", "J"),
        ("aaaa", "星期一"),
        ("aaa", "一"),
        ("dddd", "Monday"),
        ("ddd", "Mon"),
        ("[$-804]ddd", "周一"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年一月二十日"),
        ("[$-F800]dddd\\, mmmm dd\\, yyyy", "2025年1月20日"),
        ("yyyy_)*-m", "20251"),
    ],
)
def test_a_date_is_written_as_its_cell_shows_it(code, text):
    assert Formats([code]).text(JANUARY_20, 0) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("h:mm", "15:05"),
        ("hh:mm:ss", "15:05:09"),
        ("h:mm AM/PM", "3:05 PM"),
        ('上午/下午h"时"mm"分"', "下午3时05分"),
        ("mm:ss", "05:09"),
        ("mm:ss.0", "05:09.2"),
        ("yyyy/m/d h:mm", "2025/1/20 15:05"),
        ('[h]"时"mm"分"', "1096263时05分"),
        ("[mm]:ss", "65775785:09"),
        ("[$-F400]h:mm:ss\\ AM/PM", "15:05:09"),
    ],
)
def test_a_time_is_written_as_its_cell_shows_it(code, text):
    moment = JANUARY_20 + (15 * 3600 + 5 * 60 + 9.25) / 86400
    assert Formats([code]).text(moment, 0) == text


@pytest.mark.parametrize(("value", "text"), [(0.856, "85.6%"), (1, "100%"), (0.07, "7%"), (12.5, "1250%"), (0, "0%")])
def test_per_cent_are_written_with_all_their_digits(value, text):
    assert Formats(["0%"]).text(value, 0) == text


def test_formats_that_files_do_not_spell_out_are_those_of_chinese_versions():
    shown = {number: Formats([BUILTIN[number]]).text(JANUARY_20, 0) for number in (14, 31, 57, 58)}
    assert shown == {14: "2025/1/20", 31: "2025年1月20日", 57: "2025年1月", 58: "1月20日"}


def test_the_days_of_some_workbooks_begin_in_1904():
    assert Formats(["yyyy/m/d"], since_1904=True).text(0, 0) == "1904/1/1"
    assert Formats(["yyyy/m/d"], since_1904=True).text(JANUARY_20 - 1462, 0) == "2025/1/20"


def test_days_before_march_1900_count_a_day_that_never_was():
    dates = Formats(["yyyy/m/d"])
    assert [dates.text(day, 0) for day in (1, 59, 61)] == ["1900/1/1", "1900/2/28", "1900/3/1"]


@pytest.mark.parametrize("value", [-1.0, 1e9, 1e300])
def test_a_number_that_is_no_day_stays_a_number(value):
    assert Formats(["yyyy/m/d"]).text(value, 0) == number_text(value)


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_every_day_is_found_again(moment):
    days = (moment.replace(hour=0, minute=0, second=0, microsecond=0) - datetime(1899, 12, 30)) / timedelta(days=1)
    assert Formats(["yyyy-mm-dd"]).text(days, 0) == f"{moment:%Y-%m-%d}".zfill(10)


@given(st.text('yYmMdDhHsSeEaA0#?.,;:@%/\\"_*[]$-+ 年月日上下午GgnrlLPp', max_size=20), st.floats(-1e6, 1e6))
def test_no_format_breaks_the_reading(code, value):
    assert isinstance(Formats([code]).text(value, 0), str)


# --- numbers in four bytes --------------------------------------------------------------------------------------------


@given(st.integers(-(2**29), 2**29 - 1))
def test_whole_numbers_in_four_bytes(number):
    assert compressed_number((number << 2 | 2) & 0xFFFFFFFF) == number
    assert compressed_number((number << 2 | 3) & 0xFFFFFFFF) == number / 100


def test_fractions_in_four_bytes():
    assert compressed_number(0x3FF80000) == 1.5
    assert compressed_number(0xC0590001) == -1.0
