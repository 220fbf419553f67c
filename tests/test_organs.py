"""Whether two names may mean one organ, and whether one organ may stand above another."""

import pytest

from gilint.organs import may_be_above, may_be_one


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青河市水务局", "青河市水务局"),
        ("青河市水务局", "水务局"),
        ("青河市水务局", "市水务局"),
        ("青河市云山区水务局", "区水务局"),
        ("北京市密云区商务局", "密云区商务局"),
        ("青河市云山区城关街道办事处", "城关街道"),
        ("青河市云山区城关街道办事处", "青河市城关街道办事处"),
        ("平澜县柳溪镇人民政府", "柳溪镇"),
        ("平澜县柳溪镇人民政府", "柳溪镇政府"),
        ("平澜县人民政府", "平澜县政府"),
        ("青河市平澜县人民政府办公室", "县政府办公室"),
        ("平澜县发展和改革委员会", "平澜县发改委"),
        ("云山区人力资源和社会保障局", "云山区人社局"),
        ("青河市市场监督管理局", "市市场监管局"),
        ("青河经济技术开发区管理委员会", "经济技术开发区管委会"),
        ("青河市水 务局", "青河市水务局"),
        ("青河市水务局", ""),
    ],
)
def test_a_short_name_may_be_the_same_organ(name, other):
    assert may_be_one(name, other)
    assert may_be_one(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("市教育局", "市教育考试院"),
        ("青河市教育局", "青河市教育考试管理局"),
        ("青河市体育局", "青河市教育体育局"),
        ("青河市水务局", "青河市云山区水务局"),
        ("北京市商务局", "北京市密云区商务局"),
        ("云山区水务局", "平澜县水务局"),
        ("云山区水务局", "云山区水务局执法大队"),
        ("平澜县人民政府", "平澜县人民政府办公室"),
        ("平澜县人民政府", "平澜县柳溪镇人民政府"),
        ("青河市人民政府", "青河市平澜县人民政府"),
        ("青河市财政局", "青河市民政局"),
        ("水务局", "引水务局"),
    ],
)
def test_a_name_that_only_leaves_out_characters_is_not_the_same_organ(name, other):
    assert not may_be_one(name, other)
    assert not may_be_one(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青河市水务局", "青河市云山区水务局"),
        ("青河市水务局", "云山区水务局"),
        ("河东省水利厅", "青河市水务局"),
        ("平澜县人民政府", "柳溪镇人民政府"),
    ],
)
def test_an_organ_of_a_place_around_or_of_another_rank_may_be_above(name, other):
    assert may_be_above(name, other)
    assert may_be_above(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("平澜县水务局", "云山区水务局"),
        ("云山区农业农村局", "云山区水务局"),
        ("清河镇人民政府", "平澜县柳溪镇人民政府"),
        ("城关街道办事处", "河滨街道办事处"),
        ("水务局", "云山区水务局"),
    ],
)
def test_organs_side_by_side_are_not_above_each_other(name, other):
    assert not may_be_above(name, other)
