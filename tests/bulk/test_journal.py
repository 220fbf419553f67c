"""The journal of a run: what it keeps, and what the end of a process in the middle of a record does to it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint import ConfigError, OutputError
from gilint.bulk.journal import MAGIC, Journal
from gilint.bulk.spool import Spool

SETTINGS = b"\1" * 16
DIGEST = b"\2" * 16


def written(path, *names):
    journal = Journal(str(path), SETTINGS)
    for name in names:
        journal.put(name, DIGEST, [name.encode(), b"second"])
    journal.close()
    return path


def known(path, *names):
    journal = Journal(str(path), SETTINGS)
    found = [journal.get(name, DIGEST) for name in names]
    journal.close()
    return found


def test_what_was_put_in_is_there_the_next_time(tmp_path):
    path = written(tmp_path / "j", "甲", "乙")
    assert known(path, "甲", "乙", "丙") == [[b"\xe7\x94\xb2", b"second"], [b"\xe4\xb9\x99", b"second"], None]


def test_another_content_of_the_same_path_is_not_known(tmp_path):
    journal = Journal(str(written(tmp_path / "j", "甲")), SETTINGS)
    assert journal.get("甲", b"\3" * 16) is None
    journal.close()


def test_the_second_run_adds_to_the_first(tmp_path):
    written(tmp_path / "j", "甲")
    path = written(tmp_path / "j", "乙")
    assert None not in known(path, "甲", "乙")


@given(st.data())
def test_a_journal_that_was_cut_short_keeps_its_whole_records(tmp_path_factory, data):
    path = written(tmp_path_factory.mktemp("journal") / "j", "a", "b", "c")
    ends = [len(MAGIC) + 33]
    one = (path.stat().st_size - ends[0]) // 3
    ends += [ends[0] + one * count for count in (1, 2, 3)]
    length = data.draw(st.integers(ends[0], ends[-1]))
    os.truncate(path, length)
    whole = sum(length >= end for end in ends[1:])
    assert [found is not None for found in known(path, "a", "b", "c")] == [number < whole for number in range(3)]
    # What comes next is written behind the last whole record.
    written(path, "d")
    assert known(path, "d") == [[b"d", b"second"]]


def test_a_damaged_record_ends_what_is_believed(tmp_path):
    path = written(tmp_path / "j", "a", "b")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    first, second = known(path, "a", "b")
    assert first is not None
    assert second is None


def test_other_settings_are_refused_and_nothing_is_lost(tmp_path):
    path = written(tmp_path / "j", "a")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="other rules"):
        Journal(str(path), b"\x09" * 16)
    assert path.read_bytes() == before


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text("这是一份报告", encoding="utf-8")
    with pytest.raises(ConfigError, match="no journal"):
        Journal(str(path), SETTINGS)
    assert path.read_text(encoding="utf-8") == "这是一份报告"


def test_two_runs_cannot_use_one_journal_at_a_time(tmp_path):
    pytest.importorskip("fcntl")
    first = Journal(str(tmp_path / "j"), SETTINGS)
    with pytest.raises(ConfigError, match="another run"):
        Journal(str(tmp_path / "j"), SETTINGS)
    first.close()
    Journal(str(tmp_path / "j"), SETTINGS).close()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(OutputError, match="no-such"):
        Journal(str(tmp_path / "no-such" / "j"), SETTINGS)


# --- spool ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=60)))
def test_a_spool_gives_back_what_was_put_in(contents):
    spool = Spool()
    assert [spool.append(content) for content in contents] == list(range(len(contents)))
    assert [spool[number] for number in reversed(range(len(spool)))] == contents[::-1]


@given(st.lists(st.binary(max_size=60), min_size=1))
def test_a_spool_can_be_read_between_writing(contents):
    spool = Spool()
    for content in contents:
        assert spool[spool.append(content)] == content


def test_a_number_that_was_not_given_is_an_index_error():
    with pytest.raises(IndexError):
        Spool()[0]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")
def test_a_full_disk_is_told_with_the_place(monkeypatch):
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: open("/dev/full", "r+b", buffering=0))  # noqa: SIM115
    with pytest.raises(OutputError, match="disk is full"):
        Spool().append(b"x" * 100)
