"""Chinese numerals, and the content of table cells."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.numerals import Reading, chinese_number, read_cell, to_chinese

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPACE = st.text(st.sampled_from(" \t\n\u00a0\u3000\u2009\u200b\ufeff"), max_size=3)
COUNTS = st.integers(0, 10**18 - 1)
CELL_LIKE = st.text(
    st.sampled_from("0123456789０９,，.．-－—/／%％+增减约近余多左右万亿元件（）()无没有 \u00a0\u3000\u200b其中一O"),
    max_size=12,
)


def optional(*parts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("",) * len(parts) + parts)


# Whatever the pieces, they hold no digit besides those of the number.
NUMBER_LIKE = st.builds(
    "{}{}{:{}}{}{}{}{}".format,
    optional("约", "近", "大约 ", " "),
    optional("+", "-", "－", "增", "减少"),
    st.one_of(COUNTS, st.decimals(0, 10**9, places=2)),
    optional(","),
    optional("余", " 多"),
    optional("万", "亿", "万元"),
    optional("件", "%", "元", "人次", "左右"),
    optional("（其中）", "(无)", "\u3000"),
)


# --- Chinese numerals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("〇", 0), ("零", 0), ("一", 1), ("两", 2), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21),
        ("九十九", 99), ("一百", 100), ("一百零三", 103), ("一百〇三", 103), ("一百一十", 110), ("一百十二", 112),
        ("两千三百", 2300), ("一千零三", 1003), ("一千零三十", 1030), ("三万", 30_000), ("三万零五百", 30_500),
        ("十二万三千四百五十六", 123_456), ("一千零一万零一", 10_010_001), ("两亿", 200_000_000),
        ("二〇二四", 2024), ("二○二四", 2024), ("二零二四", 2024), ("一二", 12), ("零三", 3),
    ],
)  # fmt: skip
def test_a_numeral_has_its_value(numeral, value):
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    "text",
    [
        "件", "1", "12", "十十", "百", "三百五", "三万二", "一百三", "二十零三", "零十", "十百", "万", "万三",
        "一十〇", "二两", "第一", "一、", "亿亿",
        "",
        " 一",
        "一" * 30_000,
        "十" * 30_000,
        "一万" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_numeral_has_no_value(text):
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (110, "一百一十")],
)
def test_a_number_is_spelled_as_headings_do(number, numeral):
    assert to_chinese(number) == numeral


@pytest.mark.parametrize("number", [0, -1, 10**16])
def test_a_number_without_heading_numeral_is_refused(number):
    with pytest.raises(ValueError, match="no numeral"):
        to_chinese(number)


@given(st.integers(1, 10**16 - 1))
def test_spelling_and_reading_are_inverse(number):
    assert chinese_number(to_chinese(number)) == number


def test_every_heading_number_survives_spelling():
    assert [chinese_number(to_chinese(number)) for number in range(1, 100)] == list(range(1, 100))


@given(st.text(st.sampled_from("零〇一二两三九十百千万亿"), max_size=8))
def test_the_value_of_any_numeral_is_what_its_spelling_says(text):
    value = chinese_number(text)
    assert not value or chinese_number(to_chinese(value)) == value


# --- cells: kinds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", "\u3000", "\t\n", "\u00a0\u3000 ", "\ufeff", "\u200b"])
def test_nothing_but_space_is_blank(raw):
    assert read_cell(raw) == Reading("blank")


@pytest.mark.parametrize(
    "raw", ["/", "／", "-", "--", "－", "－－", "–", "—", "——", "———", "−", " — ", "\u3000/\u00a0"]
)
def test_a_stroke_alone_is_a_dash(raw):
    assert read_cell(raw) == Reading("dash")


@pytest.mark.parametrize("raw", ["无", " 无 ", "没有", "没 有", "暂无", "N/A", "n/a", "Ｎ／Ａ"])
def test_a_word_for_none_is_a_word(raw):
    assert read_cell(raw) == Reading("word")


@pytest.mark.parametrize(
    "raw",
    [
        "一", "十二", "百分之三", "3百", "3千", "3万万", "3万余元", "35个百分点", "3平方公里面积", "第3", "3或4",
        "3至5", "12无", "无3", "12其中修订3件", "3件5",
        "O", "o", "l2", "abc", "1e5", "0x1F", "1_000", "inf", "NaN", "#REF!", "٣", "①", "²", "不详", "详见附件", "余",
        "约", "件", "%", "+", "增", "///",
        "12.", ".5", "12。5", "1.2.3", "3/5", "2024-01-05", "5-", "--5", "—5", "–5", "3件（", "3（）", "（3）",
        "3（万件）", "3(千)",
        "1,23", "1,2345", "12,34", "1234,567", "0,123", "1,234，567", "1,,234", ",123",
        "1 2", "100 20", "1\n295", "1\u3000295", "- 4 -", "- 5", "3 万余 元",
        "6\u202e12", "\u202e12",
    ],
)  # fmt: skip
def test_what_is_unclear_is_text(raw):
    assert read_cell(raw) == Reading("text")


# --- cells: numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value", "style"),
    [
        ("0", 0, ()),
        ("０", 0, ()),
        ("\u00a00", 0, ()),
        ("7 ", 7, ()),
        ("１２", 12, ()),
        ("007", 7, ()),
        ("1\u200b2", 12, ()),
        ("1,234", 1234, ("separator",)),
        ("1，234", 1234, ("separator",)),
        ("1 295", 1295, ("separator",)),
        ("1\u00a0295", 1295, ("separator",)),
        ("1\u2009295\u2009000", 1_295_000, ("separator",)),
        ("12,345,678", 12_345_678, ("separator",)),
        ("12.0", Decimal("12.0"), ("decimals",)),
        ("12．5", Decimal("12.5"), ("decimals",)),
        ("96171.6", Decimal("96171.6"), ("decimals",)),
        ("1,234.50", Decimal("1234.50"), ("separator", "decimals")),
        ("3件", 3, ("unit",)),
        ("3 件", 3, ("unit",)),
        ("251000元", 251_000, ("unit",)),
        ("35%", 35, ("unit",)),
        ("35.5％", Decimal("35.5"), ("unit", "decimals")),
        ("3平方公里", 3, ("unit",)),
        ("1.2万元", Decimal("1.2"), ("unit", "decimals")),
        ("3亿元", 3, ("unit",)),
        ("约20", 20, ("hedge",)),
        ("大约 20", 20, ("hedge",)),
        ("近20", 20, ("hedge",)),
        ("20余", 20, ("hedge",)),
        ("20多", 20, ("hedge",)),
        ("20左右", 20, ("hedge",)),
        ("20余件", 20, ("unit", "hedge")),
        ("20件左右", 20, ("unit", "hedge")),
        ("20多万元", 20, ("unit", "hedge")),
        ("12（其中修订3件）", 12, ("annotated",)),
        ("12 (其中 修订3件)", 12, ("annotated",)),
        ("12件（其中修订3件）", 12, ("unit", "annotated")),
        ("1.2万", 12_000, ("scaled",)),
        ("1.20万", 12_000, ("scaled",)),
        ("3万", 30_000, ("scaled",)),
        ("3亿", 300_000_000, ("scaled",)),
        ("2601.953875万", Decimal("26019538.75"), ("scaled", "decimals")),
        ("3.2万件", 32_000, ("unit", "scaled")),
        ("20多万", 200_000, ("hedge", "scaled")),
        ("3万余件", 30_000, ("unit", "hedge", "scaled")),
        ("+1036", 1036, ("signed",)),
        ("增1558", 1558, ("signed",)),
        ("增加5", 5, ("signed",)),
        ("减38", -38, ("signed",)),
        ("减少38件", -38, ("unit", "signed")),
        ("-5", -5, ("signed",)),
        ("－５", -5, ("signed",)),
        ("−5", -5, ("signed",)),
        ("-1.5", Decimal("-1.5"), ("decimals", "signed")),
        ("-1,234", -1234, ("separator", "signed")),
        ("-0", 0, ("signed",)),
        ("9" * 18, 10**18 - 1, ()),
    ],
)
def test_a_number_is_read_exactly_with_what_is_odd_about_it(raw, value, style):
    assert read_cell(raw) == Reading("number", value, style)


@pytest.mark.parametrize("raw", ["12.0", "12.00", "0.50"])
def test_decimals_keep_the_printed_precision(raw):
    assert str(read_cell(raw).value) == raw


@pytest.mark.parametrize(
    "raw",
    [
        "9" * 19,
        "9" * 30_000,
        "9" * 30_000 + "件",
        "1" + ",234" * 10_000,
        "0." + "1" * 30_000,
        "-" * 30_000,
        "1" + " " * 30_000 + "x",
    ],
)
def test_an_endless_cell_is_text_at_once(raw):
    began = time.perf_counter()
    assert read_cell(raw) == Reading("text")
    assert time.perf_counter() - began < 1


# --- cells: properties --------------------------------------------------------------------------------------------


@given(COUNTS, SPACE, SPACE)
def test_padding_does_not_change_a_number(number, before, after):
    assert read_cell(f"{before}{number}{after}") == Reading("number", number)


@given(COUNTS, SPACE)
def test_full_width_digits_are_digits(number, space):
    assert read_cell(space + str(number).translate(FULL_WIDTH)) == Reading("number", number)


@given(st.integers(1000, 10**18 - 1), st.sampled_from([",", "，", " ", "\u00a0", "\u2009", "\u202f"]), SPACE)
def test_separators_do_not_change_a_number(number, separator, space):
    assert read_cell(f"{number:,}".replace(",", separator) + space) == Reading("number", number, ("separator",))


@given(st.integers(-(10**18) + 1, -1))
def test_a_minus_makes_a_negative_number(number):
    assert read_cell(str(number)) == Reading("number", number, ("signed",))


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_decimals_are_exact(digits, places):
    number = Decimal(digits).scaleb(-places)
    assert read_cell(f"{number:f}").value == number


@given(st.integers(0, 10**9), st.integers(0, 8))
def test_scaled_numbers_are_exact(digits, places):
    number = Decimal(digits).scaleb(-places)
    assert read_cell(f"{number:f}万").value == number * 10_000


@given(
    st.integers(0, 10**15),
    st.sampled_from(
        ["约{}", "近{}", "{}余", "{}多", "{}左右", "{}件", "{}元", "{}%", "{}万元", "{}（注）", "+{}", "增{}"]
    ),
)
def test_what_surrounds_a_number_does_not_change_it(number, form):
    assert read_cell(form.format(number)).value == number


@given(st.one_of(st.text(), CELL_LIKE))
def test_a_reading_has_a_value_exactly_when_it_is_a_number(raw):
    reading = read_cell(raw)
    assert reading.kind in {"number", "blank", "dash", "word", "text"}
    assert (reading.value is not None) == (reading.kind == "number")
    assert reading.kind == "number" or not reading.style


@given(st.one_of(CELL_LIKE, NUMBER_LIKE))
def test_a_value_is_decimal_exactly_when_the_style_says_so(raw):
    reading = read_cell(raw)
    assert isinstance(reading.value, Decimal) == ("decimals" in reading.style)
    assert not isinstance(reading.value, float)


@given(st.one_of(CELL_LIKE, NUMBER_LIKE))
def test_a_value_consists_of_the_digits_that_stand_there(raw):
    reading = read_cell(raw)
    if reading.kind == "number" and not {"scaled", "annotated"} & set(reading.style):
        assert digits(f"{reading.value}") == digits(raw)


def digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal()).lstrip("0")


@given(NUMBER_LIKE)
def test_a_value_written_plainly_reads_as_itself(raw):
    value = read_cell(raw).value
    if value is not None and abs(value) < 10**16:
        assert read_cell(f"{value:f}" if isinstance(value, Decimal) else str(value)).value == value
