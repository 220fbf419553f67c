"""The report as a page: what was read, with the findings beside their places. One file that loads nothing."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gilint.reporters import Options, Run
    from gilint.reporters.html.page import Line

INDEX = "index.html"


class HtmlReporter:
    """A page for the run; in a folder a page for each report, and ``index.html`` that leads to them."""

    name = "html"

    def __init__(self, options: Options) -> None:
        self._lang = options.lang

    def render(self, run: Run) -> Iterator[str]:
        from gilint.reporters.html.page import Page

        return Page(run, self._lang).whole()

    def files(self, run: Run, path: str) -> Iterator[tuple[str, Iterator[str]]]:
        """The path and content of every page to write at ``path``, one at a time."""
        from gilint.reporters.html.page import Page, line_of
        from gilint.reporters.where import quoted

        if not os.path.isdir(path):
            yield path, self.render(run)
            return
        page, taken = Page(run, self._lang), {INDEX}
        lines: list[Line] = []
        for result in run.results:
            name = free_name(result.path, taken)
            lines.append(line_of(result, quoted(name)))
            yield os.path.join(path, name), page.single(result, INDEX)
        yield os.path.join(path, INDEX), page.index(lines)


def free_name(path: str, taken: set[str]) -> str:
    """The name of the page of a file, with a number where another has it; capitals make no difference."""
    stem = path.replace(os.sep, "/").rpartition("/")[2] or "report"
    name, number = f"{stem}.html", 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.html"
    taken.add(name.lower())
    return name
