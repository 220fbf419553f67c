"""The pictures of the documents show what the command prints today."""

import re
import xml.etree.ElementTree as ElementTree
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from conftest import ROOT

from gilint.text import width

SPEC = spec_from_file_location("make_pictures", ROOT / "scripts" / "make_pictures.py")
assert SPEC is not None
assert SPEC.loader is not None
make_pictures = module_from_spec(SPEC)
SPEC.loader.exec_module(make_pictures)

NAMESPACE = "{http://www.w3.org/2000/svg}"
BUILT = sorted(make_pictures.PICTURES)


def texts(svg: str) -> list[str]:
    """What stands in a picture, read from left to right in each of its rows."""
    rows: dict[int, dict[int, str]] = {}
    for element in ElementTree.fromstring(svg).iter(f"{NAMESPACE}text"):
        places = map(int, element.attrib["x"].split())
        rows.setdefault(int(element.attrib["y"]), {}).update(zip(places, element.text, strict=True))
    return ["".join(char for _place, char in sorted(rows[row].items())) for row in sorted(rows)]


@pytest.mark.parametrize("name", BUILT)
def test_a_picture_is_fresh(name):
    stored = make_pictures.path_of(name).read_text(encoding="utf-8")
    assert stored == make_pictures.picture(name), f"run {make_pictures.COMMAND}"


@pytest.mark.parametrize("name", BUILT)
def test_a_picture_shows_every_character_that_is_printed(name):
    printed = make_pictures.ESCAPES.sub("", make_pictures.printed(make_pictures.PICTURES[name]))
    lines = [re.sub(r"[ │─├╭]", "", line) for line in printed.splitlines()]
    # The first line is the command.
    assert texts(make_pictures.picture(name))[1:] == [line for line in lines if line]


@pytest.mark.parametrize("name", BUILT)
def test_the_characters_of_a_picture_do_not_overlap(name):
    for element in ElementTree.fromstring(make_pictures.picture(name)).iter(f"{NAMESPACE}text"):
        places = list(map(int, element.attrib["x"].split()))
        for place, char, following in zip(places, element.text, places[1:], strict=False):
            # A wide character stands in the middle of two cells.
            assert place + make_pictures.CELL * width(char) - 2 * (width(char) == 2) <= following


def test_no_picture_is_left_over():
    stored = {path.stem for path in make_pictures.FOLDER.glob("which-cell-*.svg")}
    assert stored == set(make_pictures.PICTURES)
