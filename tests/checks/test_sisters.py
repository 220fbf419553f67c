"""What reports of different organs in one run have in common, and how few pairs of them are compared."""

from array import array
from zlib import crc32

import pytest
from builders import FAMILY, report_with
from test_repetition import LONG, OTHER, report_of

from gilint.checks import Member, Particulars, sisters
from gilint.checks.sisters import NEAR, _grams, shared_table, shared_text
from gilint.model import Echo, NotAssessable

PASSAGE = LONG + OTHER
"""Forty-five characters: of a shorter one no gram may be among those that are kept."""
OWN = "信筒的油漆由各所自己修补，颜色照旧，木牌换成铁牌"
PARCELS = {"parcels": {"new": [1204, 33, 1237], "lost": [2, 0, 2]}}


def judged(check, *reports, **options):
    """What the check says of these reports: for each the problems that it has."""
    prepared = check.prepare(options, FAMILY) if check.prepare else options
    digests = [check.digest(report, prepared) for report in reports]
    found = [[] for _ in reports]
    members = [member(report, digest) for report, digest in zip(reports, digests, strict=True)]
    for number, partners in check.partners(members, prepared).items():
        found[number] += check.function([members[one] for one in (number, *partners)], prepared)
    return found


def member(report, digest):
    named = Particulars(report.source.name, report.form, report.issuer, report.issuer_kind, report.year)
    return Member(named, digest, lambda: report)


def texts(*reports, above=0, **options):
    return judged(shared_text, *reports, **{"sections": ["traffic"], "above": above, **options})


def said(issuer, *words, **changes):
    return report_of(*words, issuer=issuer, **changes)


def counted(issuer, tables=PARCELS, **changes):
    return report_with(tables, issuer=issuer, **changes)


# --- text -------------------------------------------------------------------------------------------------------------


def test_a_shared_passage_is_found_in_both_reports_at_the_passage_with_the_place_in_the_other_one():
    north, south = texts(said("North", OWN, "前言" + PASSAGE), said("South", PASSAGE))
    (problem,) = north
    assert problem.at.text == PASSAGE
    assert problem.at.start == 2
    assert (problem.values["other"], problem.values["other_path"]) == ("South", "report.txt")
    (echo,) = problem.related
    assert isinstance(echo, Echo)
    assert (echo.at.text, echo.last.text, echo.issuer) == (PASSAGE, PASSAGE, "South")
    assert [one.values["other"] for one in south] == ["North"]


def test_the_share_is_that_of_the_section_it_stands_in():
    north, south = texts(said("North", PASSAGE, OWN), said("South", PASSAGE))
    assert north[0].values["length"] == sum(map(str.isalnum, PASSAGE + OWN))
    assert north[0].values["repeated"] == south[0].values["length"] == sum(map(str.isalnum, PASSAGE))
    assert south[0].values["share"] == "100"


def test_only_more_than_the_share_is_a_finding():
    north, south = texts(said("North", PASSAGE, OWN * 3), said("South", PASSAGE), above=50)
    assert north == []
    assert len(south) == 1


def test_texts_of_their_own_are_no_sisters():
    assert texts(said("North", PASSAGE), said("South", OWN)) == [[], []]


@pytest.mark.parametrize("year", [2021, 2024])
def test_another_copy_or_another_year_of_the_same_organ_is_no_sister(year):
    assert texts(said("North", PASSAGE), said("North", PASSAGE, year=year)) == [[], []]


def test_a_report_whose_organ_is_not_known_is_not_compared():
    options = shared_text.prepare({"above": 0}, FAMILY)
    assert isinstance(shared_text.digest(said(None, LONG), options), NotAssessable)
    assert isinstance(shared_table.digest(counted(None), {}), NotAssessable)


def test_boilerplate_and_titles_are_not_shared():
    words = f"《{PASSAGE}》{OWN}"
    assert texts(said("North", words), said("South", words), boilerplate=[OWN]) == [[], []]


def test_a_passage_shorter_than_the_run_is_not_shared():
    run = sum(map(str.isalnum, PASSAGE))
    assert all(texts(said("North", PASSAGE), said("South", PASSAGE), run=run))
    assert not any(texts(said("North", PASSAGE), said("South", PASSAGE), run=run + 1))


def test_a_sister_is_found_among_many_years_of_the_same_organ():
    years = [said("North", PASSAGE, year=1990 + number) for number in range(2 * NEAR)]
    *own, south = texts(*years, said("South", PASSAGE, year=1990 + NEAR))
    assert len(south) == 1
    assert any(own)


def test_the_comparisons_grow_with_the_reports_and_not_with_their_square(monkeypatch):
    compared = []
    common = sisters.common
    monkeypatch.setattr(sisters, "common", lambda *arguments: compared.append(1) or common(*arguments))
    assert all(texts(*(said(f"Organ {number:03}", PASSAGE) for number in range(200))))
    assert len(compared) == 200


def test_a_gram_has_the_same_hash_in_every_process():
    # 邮 is 37038, 车 36710, 每 27599, 天 22825, 早 26089, 上 19978, 六 20845, 点 28857, 从 20174, 车, 站 31449,
    # 出 20986, 发 21457, 沿 27839, 河 27827, 岸 23736: the first one that 8 divides
    gram = "岸经过七个村庄包裹分拣机坏"
    assert crc32(gram.encode()) in array("I", _grams("".join(filter(str.isalnum, PASSAGE))))


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_with_all_figures_of_another_organ_is_found_at_the_table():
    north, south = judged(shared_table, counted("North"), counted("South"))
    (problem,) = north
    assert problem.at.key == "parcels"
    assert problem.values["count"] == 5
    assert problem.values["other"] == "South"
    assert problem.values["figures"].startswith("1204、33、1237")
    assert len(south) == 1


def test_a_figure_that_differs_makes_it_another_table():
    other = {"parcels": {"new": [1204, 33, 1237], "lost": [2, 1, 3]}}
    assert judged(shared_table, counted("North"), counted("South", other)) == [[], []]


def test_a_few_small_figures_may_be_the_same_by_chance():
    few = {"parcels": {"new": [1, 2, 3], "lost": [1, 0, 1]}}
    assert judged(shared_table, counted("North", few), counted("South", few)) == [[], []]
    # 1, 2 and 3 are three digits; four are asked for at least
    more = {"parcels": {"new": [1, 12, 13], "lost": [1, 0, 1]}}
    assert all(judged(shared_table, counted("North", more), counted("South", more), digits=5))


def test_the_same_organ_may_have_its_table_twice():
    assert judged(shared_table, counted("North"), counted("North")) == [[], []]


def test_only_the_tables_that_are_named_are_compared():
    assert judged(shared_table, counted("North"), counted("South"), tables=["letters"]) == [[], []]
