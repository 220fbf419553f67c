"""Fonts that a PDF names and does not bring along: it reads the same on every machine, and nobody else is disturbed."""

import subprocess
import sys

import pytest
from conftest import ROOT
from pdf_pieces import Page, pdf, read_pdf, texts

FONTS = [b"STSong-Light", b"SimSun", b"FangSong_GB2312", b"NoSuchFont"]
XS, YS = [60, 100, 140, 180], [80, 130, 150]
HEAD, ROW = ["结\n果\n维\n持", "总\n计", "其\n他"], ["3", "3", "0"]


@pytest.mark.parametrize("font", FONTS)
def test_characters_that_are_written_by_themselves_are_read(font):
    page = Page().text(60, 60, "四、复议情况").ruled(XS, [80, 150, 170]).cells(XS, [80, 150], [HEAD, ROW])
    assert texts(read_pdf(page, font=font)) == ["四、复议情况", ["结果维持", "总计", "其他"], ["3", "3", "0"]]


def test_a_document_reads_as_if_it_had_brought_its_font():
    page = Page().text(90, 100, "2024年新收12件，办结10件。").text(90, 130, "无").text(400, 160, "局")
    assert texts(read_pdf(page, font=FONTS[0])) == texts(read_pdf(page))


SHOWN = """
import hashlib, sys
import pypdfium2

data = open(sys.argv[1], "rb").read()


def shown():
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render()
    print(hashlib.sha256(bytes(picture.buffer)).hexdigest())


def read():
    from gilint.limits import Limits
    from gilint.readers.pdf import read
    assert read(data, "report.pdf", Limits()).blocks


for each in sys.argv[2].split():
    globals()[each]()
"""


@pytest.mark.parametrize("order", ["read shown", "read shown read shown", "shown read shown"])
def test_who_shows_pages_in_the_same_process_sees_the_fonts_of_the_system(tmp_path, order):
    path = tmp_path / "report.pdf"
    page = Page().text(90, 100, "结果维持 2024", size=40).text(90, 200, "件", size=40)
    path.write_bytes(pdf(page, font=b"SimSun"))

    def pictures(order):
        command = [sys.executable, "-c", SHOWN, str(path), order]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)
        return set(done.stdout.split())

    assert pictures(order) == pictures("shown")
