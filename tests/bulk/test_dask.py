"""A cluster of Dask: real worker processes on this machine, some of which die."""

import gc
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from conftest import EXAMPLES, ROOT
from plugging import module
from test_many import DEADLY

from gilint import Linter

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

import dask
from distributed import Client, LocalCluster

from gilint.cluster import paths, write
from gilint.reporters import Options, Run
from gilint.reporters.json import JsonReporter

pytestmark = pytest.mark.filterwarnings("ignore")
CLEAN = (EXAMPLES / "clean-2024.txt").read_text(encoding="utf-8")
OWN = "平澜县市场监督管理局"
COUNT = 40


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Two processes, which have the path of modules from this one and find the plugin of the tests on it.

    They are new in each test: what one test kills may be long in coming back.
    """
    module(tmp_path / "modules", "deadly_reader", DEADLY)
    monkeypatch.syspath_prepend(tmp_path / "modules")
    # One death is forgiven; what kills a second worker does so by itself.
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0")
        with cluster, Client(cluster) as client:
            yield client
    # What dangles of connections to killed workers complains when it is collected: here, not in some later test.
    gc.collect()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Reports of different organs, each third one with a year that is not that of the rest."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(COUNT):
        text = CLEAN.replace(OWN, f"平澜县第{number}管理局")
        if number % 3 == 0:
            text = text.replace("2024年", "2023年", 1)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def files(folder):
    return sorted(map(str, folder.iterdir()))


def shown(linter, results):
    """Results as the JSON reporter prints them."""
    rules = {rule.id: rule for rule in linter.rules}
    run = Run(tuple(results), (), rules, linter.ruleset.packs, os.getcwd())
    return "".join(JsonReporter(Options()).render(run))


def kill_one(client):
    """End a worker process the hard way."""
    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)


def test_results_are_those_of_one_process(client, folder):
    linter = Linter(config=False)
    here = shown(linter, linter.lint_many(files(folder)))
    there = shown(linter, linter.lint_many(files(folder), executor=client.get_executor()))
    assert here.count('"fingerprint"') > COUNT // 3
    assert there == here


def test_a_worker_that_is_killed_loses_and_doubles_nothing(client, folder):
    linter = Linter(config=False, ignore=["sisters"])
    results = linter.lint_many(files(folder) * 2, executor=client.get_executor())
    found = [next(results)]
    kill_one(client)
    found += results
    assert [result.path for result in found] == files(folder) * 2
    assert [result.error for result in found] == [None] * (2 * COUNT)


def test_a_worker_that_is_killed_doubles_no_partition(client, folder, tmp_path):
    linter = Linter(config=False)

    def sources():
        for number, path in enumerate(files(folder)):
            if number == 2 * COUNT // 3:
                kill_one(client)
            yield path

    manifest = write(
        linter, sources(), tmp_path / "out", executor=client.get_executor(), file_format="jsonl", files_a_part=5
    )
    told = [
        json.loads(line)["path"]
        for part in sorted((tmp_path / "out" / "files").iterdir())
        for line in part.read_text(encoding="utf-8").splitlines()
    ]
    assert told == files(folder)
    assert (manifest["files"], manifest["failed"]) == (COUNT, 0)


def test_a_file_that_kills_every_worker_is_an_error_and_the_rest_goes_on(client, folder, tmp_path):
    deadly = tmp_path / "x.deadly"
    deadly.write_text("DEADLY exit")
    sources = [*files(folder)[:4], str(deadly), *files(folder)[4:8]]
    linter = Linter(config=False, plugins=["deadly_reader"])
    manifest = write(linter, sources, tmp_path / "out", executor=client.get_executor(), file_format="jsonl")
    rows = (tmp_path / "out" / "files" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [(row["path"], row["error"]) for row in map(json.loads, rows)] == [
        (path, "worker-died" if path == str(deadly) else None) for path in sources
    ]
    assert (manifest["files"], manifest["failed"]) == (9, 1)


def test_a_file_that_hangs_every_worker_is_an_error_and_the_rest_goes_on(client, folder, tmp_path):
    deadly = tmp_path / "x.deadly"
    deadly.write_text("DEADLY hang")
    settings = tmp_path / "gilint.toml"
    settings.write_text("[limits]\nworker_seconds = 2\n", encoding="utf-8")
    sources = [*files(folder)[:4], str(deadly), *files(folder)[4:8]]
    linter = Linter(config=settings, plugins=["deadly_reader"])
    results = list(linter.lint_many(sources, executor=client.get_executor()))
    assert [result.path for result in results] == sources
    assert [result.error.code for result in results if result.error] == ["worker-died"]


def test_addresses_are_opened_by_the_workers(client, folder):
    linter = Linter(config=False)
    found = list(linter.lint_many(paths(f"file://{folder}/00*.txt"), executor=client.get_executor()))
    assert [result.path for result in found] == [f"file://{folder}/{number:03}.txt" for number in range(10)]
    assert [result.error for result in found] == [None] * 10


def test_the_example_of_the_documentation_runs(tmp_path):
    (example,) = re.findall(
        r"```py\n(import gilint\nfrom distributed.*?)```", (ROOT / "docs/cluster.md").read_text("utf-8"), re.S
    )
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.split() == ["0", "27"], done.stderr
