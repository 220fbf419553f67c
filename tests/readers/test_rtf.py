import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from gilint.errors import InputError
from gilint.limits import DEFAULT, Limits
from gilint.readers.rtf import DEEPEST, refuse_unreadable

SAVED = (ROOT / "tests" / "data" / "formats" / "clean-2024-writer.rtf").read_bytes()


def refusal(data, limits=DEFAULT):
    with pytest.raises(InputError) as error:
        refuse_unreadable(data, "a.rtf", limits)
    return error.value


WHOLE = {
    "as a program saved it": SAVED,
    "with zeros behind it": SAVED + bytes(100),
    "with braces in its text": rb"{\rtf1 \{ \\{x} \}}",
    "with bytes that are no RTF": b"{\\rtf1 {\\pict\\bin5 }}}}}}}",
    "with bytes behind a blank": b"{\\rtf1 \\bin3 {{{}",
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_whole_file_is_let_through(data):
    assert refuse_unreadable(data, "a.rtf", DEFAULT) is None


CUT_OFF = {
    "half": SAVED[: len(SAVED) // 2],
    "without its last brace": SAVED.rstrip()[:-1],
    "only its beginning": b"{\\rtf1",
    "bytes beyond its end": b"{\\rtf1 {\\pict\\bin2000000000 abc}}",
    "an escaped brace at its end": rb"{\rtf1 \}",
}


@pytest.mark.parametrize("data", CUT_OFF.values(), ids=CUT_OFF)
def test_a_file_that_is_cut_off_is_damaged(data):
    error = refusal(data)
    assert (error.code, "完整" in error.message["zh"]) == ("damaged", True)


def test_groups_are_nested_up_to_a_bound():
    def nested(depth):
        return b"{\\rtf1" + b"{" * (depth - 1) + b"}" * depth

    assert refuse_unreadable(nested(DEEPEST), "a.rtf", DEFAULT) is None
    assert refusal(nested(DEEPEST + 1)).code == "damaged"


LARGE = {
    "table_columns": rb"\trowd\cellx1\cellx2\cellx3\trowd\cellx1\cellx2\cellx3\cellx4",
    "cells": rb"\cell\nestcell\cell\cell",
    "table_rows": rb"\row\row\nestrow\row",
    "characters": rb"\par\line\tab\u8212",
}


@pytest.mark.parametrize("key", LARGE)
def test_more_than_the_limits_allow_is_refused_with_the_key_to_raise(key):
    data = b"{\\rtf1 " + LARGE[key] + b"}"
    assert refuse_unreadable(data, "a.rtf", Limits(**{key: 4})) is None
    error = refusal(data, Limits(**{key: 3}))
    assert (error.code, key in error.advice["zh"], key in error.advice["en"]) == ("too-large", True, True)


def test_words_that_begin_alike_are_others():
    data = rb"{\rtf1 \pard\pard\lines\rowx\cells\ul\uc1}"
    assert refuse_unreadable(data, "a.rtf", Limits(characters=1, cells=1, table_rows=1)) is None


@given(st.lists(st.sampled_from([b"{", b"}", b"\\", b"\\bin9 ", b"\\row", b"x", b"\\'e9", b"\\cellx"]), max_size=60))
def test_any_bytes_are_let_through_or_refused(parts):
    try:
        refuse_unreadable(b"{\\rtf1" + b"".join(parts), "a.rtf", DEFAULT)
    except InputError as error:
        assert error.code == "damaged"  # noqa: PT017
