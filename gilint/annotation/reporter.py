"""The format ``docx``: an annotated copy of each Word document, and a page for each report that is none."""

from __future__ import annotations

import os

from gilint.annotation import ENDINGS
from gilint.errors import InputError, UsageError
from gilint.reporters import only_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gilint.model import Result
    from gilint.reporters import Options, Run

    File = tuple[str, Iterable[bytes] | Iterable[str]]

WORD, PAGE = "docx", ".html"
NAMES_SHOWN = 5


class DocxReporter:
    """One copy for one document; a folder takes those of any number. ``remarks`` tell what became a page instead."""

    name = "docx"
    binary = True

    def __init__(self, options: Options) -> None:
        self._options = options
        self.remarks: list[str] = []

    def render(self, run: Run) -> list[bytes]:
        """The copy of the only report. Raises ``UsageError`` where there are several, or it is no Word document."""
        return [self._copy(_only(run))]

    def files(self, run: Run, path: str) -> Iterator[File]:
        """The path and content of every copy and page: of one report, or of any number in a folder.

        Raises ``UsageError`` at the end for Word documents that could not be annotated.
        """
        pages: list[tuple[str, str]] = []
        refused: list[UsageError] = []
        for place, result in _places(run, path):
            if _is_word(result):
                try:
                    yield place, [self._copy(result)]
                except UsageError as error:
                    refused.append(error)
            else:
                pages.append((result.path, place))
                yield place, self._page(run, result)
        self.remarks = [_instead(pages)] if pages else []
        if refused:
            raise UsageError("\ngilint: ".join(map(str, refused)))

    def _page(self, run: Run, result: Result) -> Iterable[str]:
        from gilint.reporters.html import HtmlReporter

        return HtmlReporter(self._options).render(run.replace(results=(result,)))

    def _copy(self, result: Result) -> bytes:
        from gilint.annotation import annotated
        from gilint.inputs import load

        limits = self._options.limits
        try:
            return annotated(load(result.path, limits), result.path, result, self._options.lang, limits)
        except InputError as error:
            zh, en = error.message["zh"], error.message["en"]
            way = f"{error.advice['zh']} ({error.advice['en']})"
            raise UsageError(f"{error.path}: {zh} ({en})\n  {way}") from None


def _is_word(result: Result) -> bool:
    return result.report is not None and result.report.source.format == WORD


def _only(run: Run) -> Result:
    only, count = only_report(run)
    if only is not None:
        return only
    zh = f"一份副本对应一份文档，这里检查了 {count} 份；请给出文件夹：-f docx=文件夹"
    raise UsageError(f"{zh} (a copy is of one document, {count} were judged; name a folder)")


def _places(run: Run, path: str) -> Iterator[tuple[str, Result]]:
    """Where the copy or page of each report goes."""
    if not os.path.isdir(path):
        result = _only(run)
        yield (path if _is_word(result) else os.path.splitext(path)[0] + PAGE), result
        return
    taken: set[str] = set()
    for result in run.results:
        if result.report is not None:
            ending = "" if _is_word(result) else PAGE
            yield os.path.join(path, _free_name(result.path, ending, taken)), result


def _free_name(path: str, ending: str, taken: set[str]) -> str:
    """The name of a document, with a number where another of this run has it; capitals make no difference."""
    stem, own = os.path.splitext(path.replace(os.sep, "/").rpartition("/")[2])
    if ending:
        stem, own = stem + own, ending
    elif own.lower() not in ENDINGS:
        # Standard input has no name, and some documents have no ending.
        own += ".docx"
    name, number = stem + own, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}{own}"
    taken.add(name.lower())
    return name


def _instead(pages: list[tuple[str, str]]) -> str:
    """What is said of reports that are no Word documents."""
    more = "……" if len(pages) > NAMES_SHOWN else ""
    told = "、".join(f"{path} → {place}" for path, place in pages[:NAMES_SHOWN]) + more
    zh = f"{len(pages)} 份不是 Word 文档（.docx），不能写入批注，改写成 HTML 报告：{told}"
    return f"{zh} (no Word document, so it became a page; save DOC, WPS and ODT as .docx for comments)"
