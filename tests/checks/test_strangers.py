"""Another organ's name where only the issuer can be meant."""

import pytest
from builders import FAMILY, report_with

from gilint.checks.matching import Hit
from gilint.checks.strangers import other_issuer
from gilint.errors import OptionError
from gilint.form import family_from_data
from gilint.model import Address, NotAssessable, Passage, Problem, TextOrigin

PATTERN = "(?P<issuer>.{2,9}邮局)报告如下"
KINDS = [
    {"key": "office", "title": {"zh": "邮局", "en": "office"}, "patterns": ["邮局$"]},
    {"key": "depot", "title": {"zh": "站", "en": "depot"}, "patterns": ["站$"]},
]


def said(text, name=None, *, issuer="青河市云山区邮局", kind="office", others=(), **options):
    """What the check says of a text in which ``name`` stands before 报告如下."""
    family = family_from_data("post", {"name": "Post", "titles": ["Post"], "issuer_kinds": KINDS}, [])
    report = report_with(issuer=issuer, issuer_kind=kind)
    passages = tuple(
        Passage(number, one, TextOrigin(((0, number + 1, 1),)), "prose", Address())
        for number, one in enumerate((text, *others))
    )
    report = report.replace(passages=passages, form=report.form.replace(family=family))
    prepared = other_issuer.prepare({"patterns": [PATTERN], **options}, FAMILY)
    hits = [Hit(passages[0], 0, len(text), "", PATTERN, {"issuer": name or text.removesuffix("报告如下")})]
    return list(other_issuer.function(report, prepared, hits))


@pytest.mark.parametrize("name", ["平澜县邮局", "青河市平澜县邮局", "云山区农村邮局"])
def test_the_name_of_a_sister_is_found_where_it_stands(name):
    (problem,) = said(f"{name}报告如下")
    assert isinstance(problem, Problem)
    assert problem.at.text == problem.values["found"] == name
    assert problem.values["issuer"] == "青河市云山区邮局"


@pytest.mark.parametrize("name", ["青河市云山区邮局", "云山区邮局", "区邮局", "邮局"])
def test_the_issuer_itself_may_be_named_in_short(name):
    assert said(f"{name}报告如下") == []


@pytest.mark.parametrize("name", ["青河市邮局", "青河市云山区柳溪镇邮局", "河东省邮局"])
def test_an_organ_above_or_below_is_no_sister(name):
    assert said(f"{name}报告如下") == []


@pytest.mark.parametrize("name", ["平澜县车站", "平澜县小学"])
def test_an_organ_of_another_kind_is_no_sister(name):
    assert said(f"{name}报告如下", name) == []


def test_spaces_within_a_name_are_part_of_the_place():
    (problem,) = said("由平澜县 邮局报告如下", "平澜县邮局")
    assert problem.at.text == "平澜县 邮局"


def test_a_name_that_is_spared_does_not_count():
    assert said("平澜县邮局报告如下", spared=["平澜"]) == []


def test_a_name_whose_part_is_told_elsewhere_in_the_report_does_not_count():
    assert said("平澜县邮局报告如下", unless_told=["合并"], others=["3月，平澜县邮局合并到我局。"]) == []
    assert len(said("平澜县邮局报告如下", unless_told=["合并"], others=["3月，两个栏目合并。"])) == 1


def test_without_an_issuer_nothing_is_judged():
    assert [type(one) for one in said("平澜县邮局报告如下", issuer=None)] == [NotAssessable]
    assert [type(one) for one in said("平澜县邮局报告如下", kind=None)] == [NotAssessable]


def test_a_pattern_has_to_mark_the_name():
    with pytest.raises(OptionError) as caught:
        other_issuer.prepare({"patterns": [PATTERN, "邮局报告如下"]}, FAMILY)
    assert caught.value.path == ("patterns", 1)
