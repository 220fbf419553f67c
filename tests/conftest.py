"""What all tests share: where things lie, and how Hypothesis searches."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

posix = pytest.mark.skipif(os.name != "posix", reason="needs the signals, modes and special files of POSIX")

# A slow machine is no defect. In CI the same inputs every time: a red build must be the change's fault.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of sample reports."""
    return EXAMPLES


@pytest.fixture(scope="session")
def miyun() -> Path:
    """A real report with known defects, as plain text."""
    return EXAMPLES / "miyun-2024.txt"


@pytest.fixture
def without_collector() -> Iterator[None]:
    """The garbage collector runs when the test says so, not in between."""
    was_enabled = gc.isenabled()
    gc.disable()
    yield
    if was_enabled:
        gc.enable()


class Done(NamedTuple):
    """How the command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run the command in this process, without the wishes of who runs the tests."""
    for name in ("GILINT_LANG", "NO_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Done:
        from gilint.cli import main

        code = main([str(argument) for argument in arguments])
        return Done(code, *capsys.readouterr())

    return run
