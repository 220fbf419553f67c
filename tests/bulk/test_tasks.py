"""Inputs handed out to executors: none is lost or done twice, whatever becomes of a task."""

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint import ConfigError
from gilint.bulk.tasks import BYTES_A_TASK, FILES_A_TASK, Tasks, chunks


class Here(Executor):
    """Does what it is given at once, and remembers it. Deadly inputs kill the task that they are in."""

    def __init__(self, deadly=(), count=2):
        self.deadly = set(deadly)
        self.count = count
        self.tasks = []

    def submit(self, function, /, *arguments):
        self.tasks.append(arguments[1])
        future = Future()
        if self.deadly.intersection(arguments[1]):
            future.set_exception(OSError("the worker died"))
        else:
            future.set_result(function(*arguments))
        return future


def judge(inputs):
    return [[str(one).encode()] for one in inputs]


def said(executor, inputs):
    return dict(Tasks(executor, judge).run(enumerate(inputs)))


@given(st.integers(0, 90), st.sets(st.integers(0, 89)))
def test_each_input_is_answered_once_whatever_dies(count, deadly):
    answers = said(Here(deadly), range(count))
    assert sorted(answers) == list(range(count))
    for number, answer in answers.items():
        assert isinstance(answer, OSError) if number in deadly else answer == [str(number).encode()]


@given(st.integers(1, 200), st.sets(st.integers(0, 199), max_size=3))
def test_a_dead_task_costs_no_more_than_its_own_inputs_again_and_a_last_try(count, deadly):
    executor = Here(deadly)
    said(executor, range(count))
    sent = sum(map(len, executor.tasks))
    assert sent <= count + (FILES_A_TASK + 1) * len(deadly)


def test_what_is_under_way_is_bounded():
    started, gate = [], threading.Event()

    def slow(inputs):
        gate.wait(10)
        return judge(inputs)

    def inputs():
        for number in range(100_000):
            started.append(number)
            if len(started) == 90 * FILES_A_TASK:
                gate.set()
            yield number, number

    with ThreadPoolExecutor(2) as executor:
        tasks = Tasks(executor, slow).run(inputs())
        next(tasks)
        tasks.close()
        # 64 tasks wait, where an executor does not tell how many workers it has.
        assert len(started) <= 66 * FILES_A_TASK
        gate.set()


def test_large_files_go_by_themselves():
    large = b"x" * (BYTES_A_TASK // 2 + 1)
    sizes = [len(chunk) for chunk in chunks(enumerate([large, large, b"", b"", large]))]
    assert sizes == [1, 3, 1]


def test_many_small_inputs_go_together():
    assert [len(chunk) for chunk in chunks(enumerate(range(25)))] == [10, 10, 5]


def test_a_mistake_of_the_caller_is_raised_and_not_told_of_each_file():
    def wrong(_inputs):
        raise ConfigError("no such pack")

    with ThreadPoolExecutor(1) as executor, pytest.raises(ConfigError, match="no such pack"):
        list(Tasks(executor, wrong).run(enumerate(range(3))))


def test_inputs_of_an_executor_that_is_shut_down_are_all_answered():
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    answers = said(executor, range(40))
    assert sorted(answers) == list(range(40))
    assert all(isinstance(answer, RuntimeError) for answer in answers.values())


class Remembering(Executor):
    """Answers equal arguments as it did before, as Dask does; the first time that it has a task it fails."""

    def __init__(self):
        self.known = {}

    def submit(self, function, /, *arguments):
        key = repr(arguments[1:])
        if key not in self.known:
            self.known[key] = Future()
            first = len(self.known) == 1
            if first:
                self.known[key].set_exception(OSError("the worker died"))
            else:
                self.known[key].set_result(function(*arguments))
        return self.known[key]


def test_an_answer_to_an_earlier_task_is_none_to_its_repetition():
    executor = Remembering()
    assert said(executor, ["one"]) == {0: [b"one"]}
    versions = iter("abc")
    for expected in "abc":
        answers = dict(Tasks(executor, lambda _inputs: [[next(versions).encode()]]).run([(0, "file")]))
        assert answers == {0: [expected.encode()]}
