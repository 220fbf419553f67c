"""Rules that judge all reports of a run: the contract with a kind of check, and how results come."""

import io
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice

import pytest
from conftest import EXAMPLES
from plugging import module, rule

import gilint
from gilint.bulk import comparison
from gilint.bulk.batch import Batch
from gilint.bulk.kept import kept
from gilint.bulk.settings import settings_digest
from gilint.cli import main
from gilint.failures import gist_of
from gilint.runs import Assembly

BASE = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
OWN = "平澜县市场监督管理局"
KIND = """
    import gilint

    def first(report, options):
        if "甲" in report.issuer:
            return gilint.NotApplicable({"zh": "甲不比", "en": "not this one"})
        if "乙" in report.issuer:
            return gilint.NotAssessable({"zh": "乙读不出", "en": "cannot tell"})
        if "丙" in report.issuer:
            raise ValueError("丙坏了")
        return report.year

    @gilint.check("same-year", values=("count",), scope="run", digest=first)
    def same_year(members, options):
        '''Reports of the same year.'''
        years = [member.digest for member in members]
        for number, member in enumerate(members):
            if "丁" in member.report.issuer:
                raise ValueError("丁坏了")
            if years.count(member.digest) > 1:
                yield number, gilint.Problem(member.report, {"count": years.count(member.digest)})

    @gilint.hookimpl
    def gilint_checks():
        return [same_year]
"""


def text(name, year=2024):
    return BASE.replace(OWN, f"青河市{name}局").replace("2024年", f"{year}年")


@pytest.fixture
def linter(tmp_path, monkeypatch):
    """A linter that has the kind, and one rule of it."""
    module(tmp_path, "years_plugin", KIND)
    monkeypatch.syspath_prepend(str(tmp_path))
    path = rule(tmp_path / "local", check="same-year", message="{count}", options="{}")
    return gilint.Linter(path, config=False, select="LOC101", plugins="years_plugin")


def reports(linter, *names, years=None):
    years = years or [2024] * len(names)
    return [linter.read(text(name, year).encode(), f"{name}.txt") for name, year in zip(names, years, strict=True)]


def said(results):
    return [
        (result.path, [one.message for one in result.findings], str(result.outcomes["LOC101"])) for result in results
    ]


# --- the contract -----------------------------------------------------------------------------------------------------


def test_a_kind_of_scope_run_gets_all_reports_of_the_run(linter):
    results = linter.lint_many(reports(linter, "水务", "审计", "林业", years=[2024, 2023, 2024]))
    assert said(results) == [
        ("水务.txt", ["2"], "failed"),
        ("审计.txt", [], "passed"),
        ("林业.txt", ["2"], "failed"),
    ]


def test_a_report_by_itself_has_nothing_to_be_compared_with(linter):
    (report,) = reports(linter, "水务")
    for result in (linter.lint(report), *linter.lint_many([report])):
        assert result.outcomes["LOC101"].status == "not_applicable"
        assert "只有一份报告" in result.outcomes["LOC101"].reason


def test_a_digest_may_say_that_a_report_is_not_compared(linter):
    results = list(linter.lint_many(reports(linter, "甲", "水务", "乙", "审计")))
    assert said(results) == [
        ("甲.txt", [], "not_applicable"),
        ("水务.txt", ["2"], "failed"),
        ("乙.txt", [], "could_not_check"),
        ("审计.txt", ["2"], "failed"),
    ]
    assert results[0].outcomes["LOC101"].reason == "甲不比"


def test_a_digest_that_breaks_breaks_the_rule_for_its_report_alone(linter):
    results = list(linter.lint_many(reports(linter, "丙", "水务", "审计")))
    assert [str(result.outcomes["LOC101"]) for result in results] == ["broke", "failed", "failed"]
    assert "丙坏了" in results[0].outcomes["LOC101"].reason
    assert "years_plugin" in results[0].outcomes["LOC101"].reason


def test_a_kind_that_breaks_breaks_the_rule_for_all_reports(linter):
    results = list(linter.lint_many(reports(linter, "水务", "丁")))
    assert [result.outcomes["LOC101"].status for result in results] == ["broke", "broke"]
    assert all("丁坏了" in result.outcomes["LOC101"].reason for result in results)


def test_what_cannot_be_judged_is_no_part_of_the_run(linter):
    (report,) = reports(linter, "水务")
    broken, result = linter.lint_many([b"", report])
    assert broken.error is not None
    assert result.outcomes["LOC101"].status == "not_applicable"


@pytest.mark.parametrize("wrong", [{"scope": "run"}, {"digest": len}, {"scope": "folder", "digest": len}])
def test_a_kind_has_the_scope_run_and_a_digest_or_neither(wrong):
    with pytest.raises(ValueError, match="digest"):
        gilint.check("odd", **wrong)


# --- how results come -------------------------------------------------------------------------------------------------


def sisters():
    """A linter, and texts of three organs: two share all, another one has nothing of theirs."""
    own = (EXAMPLES / "years" / "2023.txt").read_bytes()
    return gilint.Linter(config=False, select="sisters"), [text("审计").encode(), own, text("民政").encode()]


def verdicts(results):
    """Where each of the results is found fault with, and as a sister of whom."""
    return sorted(
        (result.report.issuer, one.rule, one.excerpt, one.related[0].message)
        for result in results
        for one in result.findings
    )


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_workers_find_what_one_process_finds(pool):
    linter, texts = sisters()
    alone = list(linter.lint_many(texts))
    assert {one for one, *_ in verdicts(alone)} == {"青河市审计局", "青河市民政局"}
    with pool(2) as executor:
        together = list(linter.lint_many(texts, executor=executor))
    assert verdicts(together) == verdicts(alone)
    assert [result.report.issuer for result in together] == [result.report.issuer for result in alone]


def test_the_order_of_the_reports_changes_no_finding(tmp_path):
    linter, texts = sisters()
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, content in zip(paths, texts, strict=True):
        path.write_bytes(content)
    assert verdicts(linter.lint_many(paths)) == verdicts(linter.lint_many(paths[::-1]))


def test_digests_are_small():
    linter, (text, *_) = sisters()
    from gilint.runs import digests_of

    (result,) = linter.lint_many([text])
    digests = digests_of(result, linter.engine_of)
    assert set(digests) == {"T701", "T702", "T703"}
    assert len(pickle.dumps(digests)) < 3000


def test_results_come_one_by_one_where_no_rule_judges_the_whole_run():
    read = []

    def texts():
        for number in range(3):
            read.append(number)
            yield BASE.encode()

    next(gilint.Linter(config=False, ignore="sisters").lint_many(texts()))
    assert read == [0]
    read.clear()
    next(gilint.Linter(config=False).lint_many(texts()))
    assert read == [0, 1, 2]


def test_a_finding_of_the_run_can_be_waived(tmp_path):
    for name in ("审计", "民政"):
        (tmp_path / f"{name}.txt").write_text(text(name), encoding="utf-8")
    waivers = "waivers:\n" + "".join(f"  - {{rule: {one}, reason: 合署办公}}\n" for one in ("T701", "T703"))
    (tmp_path / "gilint.waivers.yaml").write_text(waivers, encoding="utf-8")
    results = list(gilint.Linter(config=False, select="sisters").lint_many(sorted(tmp_path.glob("*.txt"))))
    assert [result.findings for result in results] == [(), ()]
    assert all({one.finding.rule for one in result.waived} == {"T701", "T703"} for result in results)


def test_the_command_compares_the_reports_of_a_folder(tmp_path, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    for name in ("审计", "民政"):
        (tmp_path / f"{name}.txt").write_text(text(name), encoding="utf-8")
    code = main(["check", str(tmp_path), "--no-config", "--select", "T701,T703", "--fail-on", "warning"])
    assert code == 1
    assert out.getvalue().count("警告 T701") == 2
    assert out.getvalue().count("警告 T703") == 2  # a block for both of the tables
    assert "青河市审计局" in out.getvalue()


# --- partners ---------------------------------------------------------------------------------------------------------

PARTNERS = """
    import os

    import gilint

    def year(report, options):
        return report.year

    def same_year(members, options):
        for number, member in enumerate(members):
            if "己" in member.issuer:
                raise ValueError("己坏了")
        years = [member.digest for member in members]
        return {
            number: [other for other, each in enumerate(years) if each == years[number] and other != number]
            for number in range(len(members))
        }

    @gilint.check("beside", values=("others",), scope="run", digest=year, partners=same_year)
    def beside(members, options):
        '''Reports beside those of the same year.'''
        own, *others = members
        if "丁" in own.report.issuer:
            raise ValueError("丁坏了")
        if "戊" in own.report.issuer:
            os._exit(7)
        yield gilint.Problem(own.report, {"others": "、".join(one.report.issuer[3:] for one in others)})

    @gilint.hookimpl
    def gilint_checks():
        return [beside]
"""


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A linter with a kind that names partners, and one rule of it; processes find the plugin as well."""
    module(tmp_path, "beside_plugin", PARTNERS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = rule(tmp_path / "local", check="beside", message="{others}", options="{}")
    return gilint.Linter(path, config=False, select="LOC101", plugins="beside_plugin")


def files(folder, *names, years=None):
    years = years or [2024] * len(names)
    for name, year in zip(names, years, strict=True):
        (folder / f"{name}.txt").write_text(text(name, year), encoding="utf-8")
    return [str(folder / f"{name}.txt") for name in names]


def judged(linter, sources, executor=None, kept=None):
    batch = Batch(linter, kept=kept)
    for _done in (*batch.judge(sources, executor), *batch.compare(executor)):
        pass
    return [(one.path[-6:], [each.message for each in one.findings], str(one.outcomes["LOC101"])) for one in batch]


def test_a_kind_with_partners_judges_each_report_beside_those_that_it_named(beside):
    results = beside.lint_many(reports(beside, "水务", "审计", "林业", years=[2024, 2023, 2024]))
    assert said(results) == [
        ("水务.txt", ["林业局"], "failed"),
        ("审计.txt", [], "passed"),
        ("林业.txt", ["水务局"], "failed"),
    ]


def test_a_kind_that_breaks_over_a_report_and_its_partners_breaks_for_that_report(beside):
    results = list(beside.lint_many(reports(beside, "水务", "丁")))
    assert said(results) == [("水务.txt", ["丁局"], "failed"), ("丁.txt", [], "broke")]
    assert "丁坏了" in results[1].outcomes["LOC101"].reason


def test_a_kind_that_breaks_over_the_choice_of_partners_breaks_for_all(beside):
    results = list(beside.lint_many(reports(beside, "水务", "己")))
    assert [result.outcomes["LOC101"].status for result in results] == ["broke", "broke"]


def test_workers_say_of_partners_what_one_process_says(beside, tmp_path):
    sources = files(tmp_path, "水务", "审计", "林业", "丁", years=[2024, 2023, 2024, 2023])
    alone = judged(beside, sources)
    with gilint.Workers(2) as workers:
        assert judged(beside, sources, workers) == alone
    assert [status for *_, status in alone] == ["failed", "failed", "failed", "broke"]


def test_a_worker_that_dies_over_partners_breaks_the_rule_for_that_report(beside, tmp_path):
    sources = files(tmp_path, "水务", "戊", "林业")
    with gilint.Workers(2) as workers:
        results = list(beside.lint_many(sources, executor=workers))
    assert [str(one.outcomes["LOC101"]) for one in results] == ["failed", "broke", "failed"]
    assert "退出码 7" in results[1].outcomes["LOC101"].reason


def test_what_was_said_of_partners_is_kept_until_one_of_them_changes(beside, tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    sources = files(tmp_path, "水务", "审计", "林业", years=[2024, 2023, 2024])
    store = kept(settings_digest(beside))
    first = judged(beside, sources, kept=store)
    asked = []
    monkeypatch.setattr("gilint.bulk.comparison.compare", lambda linter, groups: asked.append(groups))
    assert judged(beside, sources, kept=store) == first
    assert not asked
    monkeypatch.undo()
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(str(tmp_path))
    files(tmp_path, "审计")
    assert judged(beside, sources, kept=store) == [
        ("水务.txt", ["审计局、林业局"], "failed"),
        ("审计.txt", ["林业局、水务局"], "failed"),
        ("林业.txt", ["审计局、水务局"], "failed"),
    ]


def test_those_whose_partners_stayed_the_same_are_not_compared_again(beside, tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    store, asked = kept(settings_digest(beside)), []
    sources = files(tmp_path, "水务", "审计", "林业", "民政", years=[2024, 2023, 2024, 2023])
    first = judged(beside, sources, kept=store)
    (tmp_path / "审计.txt").write_text(text("审计", 2023) + "\n", encoding="utf-8")
    compare = comparison.compare
    monkeypatch.setattr(comparison, "compare", lambda linter, groups: asked.extend(groups) or compare(linter, groups))
    assert judged(beside, sources, kept=store) == first
    assert [group.parts[0].source[-6:] for group in asked] == ["审计.txt", "民政.txt"]


@pytest.mark.parametrize("name", ["丁", "己"])
def test_of_a_run_in_which_a_rule_broke_it_is_found_out_anew_what_is_to_be_compared(
    beside, tmp_path, monkeypatch, name
):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    store, asked = kept(settings_digest(beside)), []
    judge = Assembly.judge
    monkeypatch.setattr(Assembly, "judge", lambda self: asked.append(self) or judge(self))
    first, second = (judged(beside, files(tmp_path, "水务", name), kept=store) for _ in range(2))
    assert first == second
    assert len(asked) == 2


def test_what_broke_over_partners_is_not_kept(beside, tmp_path, monkeypatch):
    monkeypatch.setenv("GILINT_CACHE_DIR", str(tmp_path / "cache"))
    store = kept(settings_digest(beside))
    sources = files(tmp_path, "水务", "丁")
    judged(beside, sources, kept=store)
    asked = []
    compare = comparison.compare
    monkeypatch.setattr(comparison, "compare", lambda linter, groups: asked.append(groups) or compare(linter, groups))
    judged(beside, sources, kept=store)
    assert len(asked) == 1


@pytest.mark.parametrize("compared", [0, 1, 3])
def test_an_interrupted_run_says_which_reports_were_not_compared(beside, tmp_path, compared):
    run = Batch(beside)
    for _done in run.judge(files(tmp_path, "水务", "审计", "林业"), None):
        pass
    for _done in islice(run.compare(), compared):
        pass
    run.interrupt()
    outcomes = [result.outcomes["LOC101"] for result in run]
    assert [one.status for one in outcomes].count("failed") == compared
    assert ["检查中断" in one.reason for one in outcomes].count(True) == 3 - compared


def test_partners_go_with_the_scope_run():
    with pytest.raises(ValueError, match="partners"):
        gilint.check("odd", partners=len)


def test_a_finding_beside_partners_counts_for_the_exit_code(beside, tmp_path):
    run = Batch(beside)
    for _done in (*run.judge(files(tmp_path, "水务", "审计"), None), *run.compare()):
        pass
    assert list(run.gists()) == [gist_of(result) for result in run] != [0, 0]
    with gilint.Workers(1) as workers:
        together = Batch(beside)
        for _done in together.judge(files(tmp_path, "水务", "审计"), workers):
            pass
        for _done in together.compare(workers):
            pass
    assert list(together.gists()) == list(run.gists())
