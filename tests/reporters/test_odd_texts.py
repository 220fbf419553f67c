"""Whatever stands in a report or its name, every output stays one that its readers can read, and the same each time."""

import csv
import io
import json
import os
import subprocess
import sys

import jsonschema
import openpyxl
import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from runs import FORMATS, everything, render

from gilint.writing import encoded

SCHEMAS = ROOT / "tests/data/schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8")))
RDJSON = jsonschema.Draft4Validator(json.loads((SCHEMAS / "rdjson-diagnostic-result.json").read_text("utf-8")))
JUNIT = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
ODD = st.text(st.characters(categories=None) | st.sampled_from("]>&<'\"\0\x1b\r\n\t\x85\u2028\ufffe\ud800=|%:,，"))


def written(name, text):
    """The bytes of an output of which every text is ``text``."""
    output = render(name, everything(text, path=f"a{text.replace('/', '')}.txt"))
    return b"".join(encoded(output))


def read_csv(data):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 5


def read_workbook(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [sheet.max_row for sheet in book] == [5, 3, 4]


def read_lines(data):
    """GitHub reads lines, and ends one at a carriage return too."""
    lines = data.decode().splitlines()
    assert len(lines) == 4
    assert all(line.startswith("::error ") for line in lines)


def read_issues(data):
    issues = json.loads(data)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4


def read_markdown(data):
    rows = [line for line in data.decode().splitlines() if line.startswith("|")]
    assert len(rows) == 7
    assert "\x1b" not in data.decode()


READERS = {
    "sarif": lambda data: SARIF.validate(json.loads(data)),
    "junit": lambda data: JUNIT.assertValid(etree.fromstring(data)),
    "github": read_lines,
    "gitlab": read_issues,
    "rdjson": lambda data: RDJSON.validate(json.loads(data)),
    "csv": read_csv,
    "xlsx": read_workbook,
    "markdown": read_markdown,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40)
@given(ODD)
@example("")
@example("]]>")
@example("\0\x08\x1b[31m\x85\u2028\ufffe\uffff")
@example("\ud800")
@example("\U0001f600" * 5000)
@example("a\r\n::error::b")
def test_an_output_of_odd_texts_can_be_read(name, text):
    READERS[name](written(name, text))


@pytest.mark.parametrize("name", FORMATS)
def test_an_output_is_the_same_every_time(name):
    outputs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "gilint", "check", "miyun-2024.txt", "clean-2024.txt", "-f", name],
            cwd=EXAMPLES,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            timeout=120,
        )
        assert done.returncode == 1
        outputs.add(done.stdout)
    assert len(outputs) == 1
