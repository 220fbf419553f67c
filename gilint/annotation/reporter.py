"""The format ``docx``: an annotated copy of each Word document."""

from __future__ import annotations

import os

from gilint.errors import InputError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.model import Result
    from gilint.reporters import Options, Run


class DocxReporter:
    """One copy for one document; a folder takes those of any number."""

    name = "docx"
    binary = True

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> list[bytes]:
        """The copy of the only report. Raises ``UsageError`` where there are several, or it is no Word document."""
        judged = [result for result in run.results if result.report is not None]
        if len(judged) != 1:
            zh = f"一份副本对应一份文档，这里检查了 {len(judged)} 份；请给出文件夹：-f docx=文件夹"
            raise UsageError(f"{zh} (a copy is of one document, {len(judged)} were judged; name a folder)")
        return [self._copy(judged[0])]

    def files(self, run: Run, path: str) -> Iterator[tuple[str, list[bytes]]]:
        """The path and content of every copy, a file for one document or those in a folder for any number."""
        if not os.path.isdir(path):
            yield path, self.render(run)
            return
        taken: set[str] = set()
        refused: list[UsageError] = []
        for result in run.results:
            if result.report is None:
                continue
            try:
                copy = self._copy(result)
            except UsageError as error:
                refused.append(error)
                continue
            yield os.path.join(path, _free_name(result.path, taken)), [copy]
        if refused:
            raise UsageError("\ngilint: ".join(map(str, refused)))

    def _copy(self, result: Result) -> bytes:
        from gilint.annotation import annotated
        from gilint.linter import Linter

        linter = Linter(config=False, lang=self._lang)
        try:
            data, name = linter._content(result.path, None)
            return annotated(data, name, result, self._lang, linter.config.limits)
        except InputError as error:
            zh, en = error.message["zh"], error.message["en"]
            way = f"{error.advice['zh']} ({error.advice['en']})"
            raise UsageError(f"{error.path}: {zh} ({en})\n  {way}") from None


def _free_name(path: str, taken: set[str]) -> str:
    """The name of a document, with a number where another of this run has it; capitals make no difference."""
    stem, ending = os.path.splitext(path.replace(os.sep, "/").rpartition("/")[2])
    name, number = stem + ending, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}{ending}"
    taken.add(name.lower())
    return name
