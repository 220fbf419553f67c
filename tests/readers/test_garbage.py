"""What a reader leaves behind. Runs collect garbage seldom, so what waits for that piles up over thousands of files."""

import gc
from pathlib import Path

import pytest

from gilint.limits import Limits
from gilint.readers.opening import read_document

pytestmark = pytest.mark.usefixtures("without_collector")
FORMATS = Path(__file__).parent.parent / "data" / "formats"
NAMES = [
    "clean-2024-calc.ods",
    "clean-2024-calc.xls",
    "clean-2024-calc.xlsx",
    "clean-2024-writer.docx",
    "clean-2024-writer.html",
    "clean-2024-writer.odt",
    "docx-writer.fodt",
    "html-trs-chromium.mhtml",
    "odt-writer.odt",
    "xlsx-features.xlsx",
]


@pytest.mark.parametrize("name", NAMES)
def test_reading_leaves_nothing_to_the_collector(name):
    data = (FORMATS / name).read_bytes()
    read_document(data, name, (), Limits())  # What is made once, on first use, is no part of it.
    gc.collect()
    read_document(data, name, (), Limits())
    assert gc.collect() == 0
