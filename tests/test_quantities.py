"""Numbers in prose as intervals: what they say, and what says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.numerals import to_chinese
from gilint.quantities import _read_anew, quantities
from gilint.text import fold

UNITS = ("件", "条", "件次", "个", "次")


def read(text):
    text = fold(text)
    return [(each.low, each.high, each.unit) for each in quantities(text, 0, len(text), UNITS) if each.known]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12件", 12, 12),
        ("１２件", 12, 12),
        ("1 2 件", 12, 12),
        ("1,234件", 1234, 1234),
        ("三千件", 3000, 3000),
        ("一百零三件", 103, 103),
        ("两件", 2, 2),
        ("5500余件", 5501, 5599),
        ("3000多件", 3001, 3999),
        ("3万余件", 30001, 39999),
        ("十余件", 11, 19),
        ("八十多件", 81, 89),
        ("123余件", 124, None),
        ("近3000件", 2900, 2999),
        ("将近80件", 75, 79),
        ("近5件", 4, 4),
        ("1.2万件", 11500, 12499),
        ("3.2万件", 31500, 32499),
        ("1.25万件", 12450, 12549),
        ("约3000件", 2500, 3500),
        ("大约80件", 75, 85),
        ("80件左右", 75, 85),
        ("8件上下", 7, 9),
        ("100件以上", 100, None),
        ("100件以内", 0, 100),
        ("超过100件", 101, None),
        ("逾100件", 101, None),
        ("不足100件", 0, 99),
        ("不超过100件", 0, 100),
        ("至少8件", 8, None),
        ("5至8件", 5, 8),
        ("5-8件", 5, 8),
        ("5件至8件", 5, 8),
        ("上百件", 100, 999),
        ("数十件", 20, 99),
        ("几百件", 200, 999),
        ("附近8件", 8, 8),
        ("最近8次", 8, 8),
        ("预约8次", 8, 8),
        ("公约8件", 8, 8),
    ],
)
def test_a_number_is_an_interval(text, low, high):
    assert read(text)[-1][:2] == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "第三件",
        "每一件",
        "同一件",
        "逐一办理",
        "统一",
        "十分重视",
        "三方",
        "万众一心",
        "8.5件",
        "1.23456万件",
        "近100余件",
        "三百五件",
    ],
)
def test_what_counts_nothing_is_no_quantity(text):
    assert read(text) == []


def test_the_longest_unit_is_taken():
    assert read("8件次") == [(8, 8, "件次")]
    assert read("8人") == [(8, 8, "")]


def test_the_figure_and_its_hedges_are_told_apart():
    text = "收到近3000件左"
    (found,) = quantities(text, 0, len(text), UNITS)
    assert (text[found.before : found.after], text[found.start : found.end]) == ("近3000件", "3000")


COUNTS = st.integers(1, 10**9)


@given(COUNTS)
def test_a_plain_number_is_exact_however_it_is_written(value):
    full = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for written in (str(value), f"{value:,}", full, to_chinese(value)):
        assert read(f"{written}件") == [(value, value, "件")]


@given(COUNTS, st.sampled_from(["{}余件", "{}多件", "近{}件", "约{}件", "{}件左右", "超{}件", "不足{}件", "{}件以上"]))
def test_an_interval_is_not_empty_and_lies_where_its_hedge_says(value, form):
    ((low, high, unit),) = read(form.format(value))
    assert unit == "件"
    assert 0 <= low <= (low if high is None else high)
    if form[0] == "{" and form[2] in "余多":
        assert low == value + 1
    elif form[0] == "近":
        assert high == value - 1
    elif form[0] == "约" or "左右" in form:
        assert low <= value <= high


@given(st.integers(1000, 10**8))
def test_a_number_rounded_to_a_printed_digit_holds_the_number(value):
    """Half a printed digit either way: what 1.2万 was rounded from lies within it."""
    tenths = (value + 500) // 1000
    ((low, high, _),) = read(f"{tenths // 10}.{tenths % 10}万件")
    assert low <= value <= high


@given(st.text(st.sampled_from("0123456789,.万千百十余多约近上数至件次左右以第一三不超"), max_size=12))
def test_any_text_is_read_without_failing(text):
    for low, high, _ in read(text):
        assert 0 <= low <= (low if high is None else high)


@given(
    st.text("0123,.千万余多次约不超过近至到-件条个上百两三十同第以左右年 ", max_size=24),
    st.integers(0, 24),
    st.integers(0, 24),
)
def test_the_numbers_of_a_part_are_those_that_are_read_in_it_alone(text, start, end):
    start, end = min(start, len(text)), min(end, len(text))
    assert list(quantities(text, start, end, UNITS)) == list(_read_anew(text, start, end, UNITS))
