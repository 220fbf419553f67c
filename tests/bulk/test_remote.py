"""Inputs that lie where fsspec leads, and partitions written there; without a cluster."""

import json
import pickle
import socket
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from conftest import EXAMPLES

from gilint import InputError, Linter, OutputError, UsageError, Workers
from gilint.limits import Limits

fsspec = pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")

from gilint.cluster import Remote, paths, write  # noqa: E402
from gilint.cluster.opening import shown  # noqa: E402

CLEAN = (EXAMPLES / "clean-2024.txt").read_bytes()
SLIP = (EXAMPLES / "miyun-2024.txt").read_bytes()
SECRET = "t0psecret"


@pytest.fixture(scope="module")
def linter():
    return Linter(config=False)


@pytest.fixture
def memory():
    files = fsspec.filesystem("memory")
    files.pipe({"/reports/a.txt": CLEAN, "/reports/deep/b.txt": SLIP, "/reports/c.md": b"no report"})
    yield files
    files.rm("/reports", recursive=True)
    if files.exists("/out"):
        files.rm("/out", recursive=True)


def names(found):
    return [each.__fspath__() for each in found]


def findings(result):
    return [(finding.rule, finding.message, finding.fingerprint) for finding in result.findings]


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("memory://reports/*.txt", ["memory:///reports/a.txt"]),
        ("memory://reports/**/*.txt", ["memory:///reports/a.txt", "memory:///reports/deep/b.txt"]),
        ("memory://reports/deep", ["memory:///reports/deep/b.txt"]),
        ("memory://reports/a.txt", ["memory://reports/a.txt"]),
    ],
)
def test_an_address_names_files_in_order(memory, pattern, found):
    assert names(paths(pattern)) == found


def test_a_report_at_an_address_is_judged_like_its_file(memory, linter):
    (remote,) = linter.lint_many(paths("memory://reports/deep/*"))
    assert findings(remote) == findings(linter.lint(EXAMPLES / "miyun-2024.txt"))
    assert remote.path == "memory:///reports/deep/b.txt"


def test_a_remote_report_is_read_again_for_its_text(memory, linter):
    with ThreadPoolExecutor(2) as threads:
        (result,) = linter.lint_many(paths("memory://reports/deep/*"), executor=threads)
        assert result.report.passages == linter.read(EXAMPLES / "miyun-2024.txt").passages


def test_a_document_in_a_remote_archive_is_read_again(memory, linter):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("one.txt", CLEAN)
        archive.writestr("two.txt", SLIP)
    memory.pipe_file("/reports/z.zip", stream.getvalue())
    with ThreadPoolExecutor(1) as threads:
        one, two = linter.lint_many([Remote("memory://reports/z.zip")], executor=threads)
        assert two.path == "memory://reports/z.zip!/two.txt"
        assert len(two.report.passages) > 10
    assert one.findings == ()


def test_local_addresses_are_read_by_other_processes(tmp_path, linter):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_bytes(SLIP)
    plain = list(linter.lint_many(sorted(map(str, tmp_path.iterdir()))))
    with Workers(1) as workers:
        remote = list(linter.lint_many(paths(f"file://{tmp_path}/*.txt"), executor=workers))
    assert [findings(each) for each in remote] == [findings(each) for each in plain]
    assert remote[0].path == f"file://{tmp_path}/0.txt"


def test_a_plain_address_is_refused_as_ever(linter):
    (result,) = linter.lint_many(["https://example.org/report.docx"])
    assert result.error.code == "remote"


# --- what is wrong ----------------------------------------------------------------------------------------------------


def why(source):
    with pytest.raises(InputError) as caught:
        source.content(Limits())
    return caught.value


def test_a_missing_file_is_said_to_be_missing(memory):
    assert why(Remote("memory://reports/none.txt")).code == "not-found"


def test_a_pattern_that_fits_nothing_is_an_error_of_its_own(memory):
    (error,) = paths("memory://reports/*.pdf")
    assert (error.code, error.path) == ("nothing-found", "memory://reports/*.pdf")


def test_a_file_over_the_limit_is_not_read_whole(memory):
    memory.pipe_file("/reports/large.txt", b"x" * 1_100_000)
    with pytest.raises(InputError) as caught:
        Remote("memory://reports/large.txt").content(Limits(file_mb=1))
    assert caught.value.code == "too-large"


def test_a_kind_of_address_that_nobody_knows_is_unreadable():
    assert why(Remote("nowhere://x/y.txt")).code == "unreadable"


def test_a_missing_package_is_named(monkeypatch):
    def missing(*_arguments, **_options):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    error = why(Remote("s3://bucket/a.txt"))
    assert error.code == "missing-extra"
    assert "s3fs" in error.message["zh"]
    assert "s3fs" in error.message["en"]


def test_keys_are_pickled_and_never_shown():
    remote = Remote(f"ftp://user:{SECRET}@localhost/a.txt?signature={SECRET}", {"secret": SECRET})
    again = pickle.loads(pickle.dumps(remote))  # noqa: S301
    assert again._options == {"secret": SECRET}
    error = why(Remote(f"nowhere://user:{SECRET}@localhost/a.txt", {"secret": SECRET}))
    for said in (repr(again), str(again), again.__fspath__(), str(error), str(error.message)):
        assert SECRET not in said


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("s3://bucket/a.txt", "s3://bucket/a.txt"),
        ("sftp://me:pw@host/a.txt", "sftp://host/a.txt"),
        ("https://host/a.txt?sig=1&key=2", "https://host/a.txt"),
        ("s3://bucket/a?.txt", "s3://bucket/a?.txt"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(address, seen):
    assert shown(address) == seen


# --- partitions -------------------------------------------------------------------------------------------------------


def lines(folder, table):
    return [
        json.loads(line)
        for file in sorted((folder / table).glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture
def sources(tmp_path):
    """Five files: two with findings, one without, one that is no report, one that is not there."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in {"1.txt": SLIP, "2.txt": CLEAN, "3.txt": b"no report", "4.txt": SLIP}.items():
        (folder / name).write_bytes(content)
    return [str(folder / f"{number}.txt") for number in (1, 2, 3, 4, 5)]


def test_partitions_hold_each_file_and_each_finding_once(sources, tmp_path, linter):
    count = len(linter.lint(EXAMPLES / "miyun-2024.txt").findings)
    with ThreadPoolExecutor(2) as threads:
        manifest = write(linter, sources, tmp_path / "out", executor=threads, file_format="jsonl", files_a_part=2)
    assert [(row["path"], row["error"]) for row in lines(tmp_path / "out", "files")] == [
        (sources[0], None),
        (sources[1], None),
        (sources[2], "not-a-report"),
        (sources[3], None),
        (sources[4], "not-found"),
    ]
    found = lines(tmp_path / "out", "findings")
    assert [row["path"] for row in found] == [sources[0]] * count + [sources[3]] * count
    assert (manifest["parts"], manifest["files"], manifest["failed"]) == (3, 5, 2)
    assert sum(manifest["rules"].values()) == 2 * count
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")) == manifest


def test_parquet_and_lines_say_the_same(sources, tmp_path, linter):
    from pyarrow import parquet

    with ThreadPoolExecutor(2) as threads:
        for kind in ("jsonl", "parquet"):
            write(linter, sources, tmp_path / kind, executor=threads, file_format=kind, regions=["密云区"])
    for table in ("files", "findings"):
        assert parquet.read_table(tmp_path / "parquet" / table).to_pylist() == lines(tmp_path / "jsonl", table)
    assert [row["region"] for row in lines(tmp_path / "jsonl", "files")] == ["密云区", None, None, "密云区", None]


def test_a_second_run_doubles_nothing_and_leaves_nothing_of_the_first(sources, tmp_path, linter):
    with ThreadPoolExecutor(2) as threads:
        write(linter, sources, tmp_path / "out", executor=threads, files_a_part=1)
        first = {path.name: path.read_bytes() for path in (tmp_path / "out" / "files").iterdir()}
        write(linter, sources[:2], tmp_path / "out", executor=threads, files_a_part=1)
    second = {path.name: path.read_bytes() for path in (tmp_path / "out" / "files").iterdir()}
    assert len(first) == 5
    assert second == {name: first[name] for name in ("part-00000.parquet", "part-00001.parquet")}


def test_partitions_go_to_an_address_too(memory, linter):
    with ThreadPoolExecutor(2) as threads:
        write(linter, paths("memory://reports/**/*.txt"), "memory://out", executor=threads, file_format="jsonl")
    assert memory.cat_file("/out/files/part-00000.jsonl").count(b"\n") == 2
    assert memory.exists("/out/manifest.json")


def test_a_folder_that_cannot_be_written_is_an_error_for_people(sources, tmp_path, linter):
    (tmp_path / "out").write_text("a file")
    with ThreadPoolExecutor(1) as threads, pytest.raises(OutputError):
        write(linter, sources, tmp_path / "out", executor=threads)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_a_file_name_that_is_no_text_is_a_row_like_any_other(memory, tmp_path, linter, kind):
    odd = "报告.txt".encode("gbk").decode("utf-8", "surrogateescape")
    memory.pipe(f"/reports/odd/{odd}", CLEAN)
    with ThreadPoolExecutor(1) as threads:
        manifest = write(linter, paths("memory://reports/odd"), tmp_path / "out", executor=threads, file_format=kind)
    assert (manifest["files"], manifest["failed"]) == (1, 0)
    assert b"\\udcb1" in (tmp_path / "out" / "files" / f"part-00000.{kind}").read_bytes()


def test_an_unknown_format_is_refused(tmp_path, linter):
    with ThreadPoolExecutor(1) as threads, pytest.raises(UsageError, match="jsonl"):
        write(linter, [], tmp_path / "out", executor=threads, file_format="csv")


def test_what_breaks_off_leaves_no_manifest(sources, tmp_path, linter):
    def broken():
        yield sources[0]
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as threads:
        write(linter, sources, tmp_path / "out", executor=threads)
        with pytest.raises(KeyboardInterrupt):
            write(linter, broken(), tmp_path / "out", executor=threads)
    assert not (tmp_path / "out" / "manifest.json").exists()


# --- an object store --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store():
    """Options for an S3 server on this machine that has a bucket with one report."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {"key": "k", "secret": SECRET, "client_kwargs": {"endpoint_url": f"http://{host}:{port}"}}
    files = fsspec.filesystem("s3", **options)
    files.mkdir("bucket")
    files.pipe_file("bucket/in/a.txt", SLIP)
    yield options
    server.stop()


@pytest.mark.filterwarnings("ignore")
def test_an_object_store_is_read_and_written(store, linter):
    with ThreadPoolExecutor(2) as threads:
        manifest = write(
            linter,
            paths("s3://bucket/in/*.txt", **store),
            "s3://bucket/out",
            executor=threads,
            file_format="jsonl",
            options=store,
        )
    assert (manifest["files"], manifest["failed"]) == (1, 0)
    assert sum(manifest["rules"].values()) == len(linter.lint(EXAMPLES / "miyun-2024.txt").findings)
    found = fsspec.filesystem("s3", **store).cat_file("bucket/out/files/part-00000.jsonl")
    assert json.loads(found)["path"] == "s3://bucket/in/a.txt"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["s3://bucket/none.txt", "s3://no-such-bucket/a.txt"])
def test_what_an_object_store_does_not_have_is_not_found(store, address):
    assert why(Remote(address, store)).code == "not-found"


@pytest.mark.filterwarnings("ignore")
def test_a_store_that_does_not_answer_is_unreachable(store):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        endpoint = {"endpoint_url": f"http://127.0.0.1:{closed.getsockname()[1]}"}
        quick = {"retries": {"max_attempts": 0}, "connect_timeout": 2}
        error = why(Remote("s3://bucket/a.txt", {**store, "client_kwargs": endpoint, "config_kwargs": quick}))
    assert error.code == "unreachable"
    assert SECRET not in str(error)
