"""What all tests share: where things lie, and how Hypothesis searches."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

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
