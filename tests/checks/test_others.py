"""Whose numbers the prose states."""

import pytest
from annual import family

from gilint.checks.others import Others

DEPARTMENT, COUNTY = "青河市云山区水务局", "平澜县人民政府"


@pytest.mark.parametrize(
    ("issuer", "lead"),
    [
        (DEPARTMENT, "市商务局"),
        (DEPARTMENT, "2024年市商务局共"),
        (DEPARTMENT, "全年县教育局新"),
        (DEPARTMENT, "其中区人民政府"),
        (COUNTY, "县教育局"),
        (COUNTY, "桥头镇"),
    ],
)
def test_the_name_of_another_organ_is_told(issuer, lead):
    assert Others(family(), issuer).act(lead)


@pytest.mark.parametrize(
    ("issuer", "lead"),
    [
        (DEPARTMENT, ""),
        (DEPARTMENT, "我局"),
        (DEPARTMENT, "本机关全年"),
        (DEPARTMENT, "区水务局"),
        (DEPARTMENT, "2024年水务局共"),
        (DEPARTMENT, "青河市云山区水务局"),
        (DEPARTMENT, "局办公室"),
        (DEPARTMENT, "水务局办公室"),
        (DEPARTMENT, "全年"),
        (DEPARTMENT, "当面"),
        (DEPARTMENT, "通过网络"),
        (COUNTY, "县政府"),
        (COUNTY, "全县"),
        (COUNTY, "各镇"),
        (COUNTY, "政府办公室"),
    ],
)
def test_the_reporting_organ_and_its_parts_are_no_others(issuer, lead):
    assert not Others(family(), issuer).act(lead)


def test_nothing_is_another_organ_where_the_reporting_one_is_unknown():
    assert not Others(family(), "").act("市商务局")
