"""Records: hot ones, which are made in another way for speed, behave as all others."""

import copy
import pickle

import pytest

from gilint.record import WRITTEN_OUT_AFTER, Record


class Plain(Record):
    first: int
    second: int = 2


class Hot(Record, hot=True):
    first: int
    second: int = 2


class Derived(Hot):
    third: int = 3


SORTS = pytest.mark.parametrize("make", [Plain, Hot, Derived])


@SORTS
def test_fields_are_given_by_place_by_name_or_by_default(make):
    assert (make(7).first, make(7).second) == (7, 2)
    assert make(7, 8) == make(first=7, second=8) != make(7)
    assert type(make(7)) is make


@SORTS
@pytest.mark.parametrize("wrong", [{}, {"third": 1, "fourth": 1}, {"first": 1, "fourth": 1}])
def test_a_missing_or_unknown_field_is_refused(make, wrong):
    with pytest.raises(TypeError):
        make(**wrong)


@SORTS
def test_too_many_fields_are_refused(make):
    with pytest.raises(TypeError):
        make(1, 2, 3, 4)


@SORTS
def test_nothing_changes_a_record(make):
    record = make(7)
    with pytest.raises(AttributeError):
        record.first = 8
    with pytest.raises(AttributeError):
        del record.first
    assert record.first == 7


@SORTS
def test_a_copy_is_equal_and_of_the_same_class(make):
    record = make(7, 8)
    pickled = pickle.loads(pickle.dumps(record))  # noqa: S301
    copies = [copy.copy(record), copy.deepcopy(record), pickled, record.replace()]
    assert copies == [record] * 4
    assert {type(one) for one in copies} == {make}
    assert record.replace(second=9) == make(7, 9)


def test_a_derived_hot_record_has_its_own_field():
    assert Derived(7, third=9).third == 9
    assert Derived(7) != Derived(7, third=9)


def test_records_of_different_classes_are_never_equal():
    assert Hot(7) != Plain(7)
    assert Hot(7) != Derived(7)


@pytest.mark.parametrize("count", [1, 2 * WRITTEN_OUT_AFTER])
def test_a_hot_record_may_have_fields_of_any_name(count):
    class Odd(Record, hot=True):
        kind: str
        values: str
        made: str = "m"
        cls: str = "c"

    for _ in range(count):
        made = Odd(kind="k", values="v")
    assert (made.kind, made.values, made.replace(kind="x").kind, made.made, made.cls) == ("k", "v", "x", "m", "c")
