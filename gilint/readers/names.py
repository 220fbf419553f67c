"""Which files of a folder or an archive are taken for reports when nobody named them.

What can be read and is no report is an error, and not passed over. So those files are left out which are known to
stand beside reports: the files of a project, of a saved web page, of a program.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = (".", "~$")
"""Hidden files; the marks that Word and WPS leave beside an open document."""
BESIDE = ("readme", "license", "licence", "copying", "changelog", "contributing", "security")
"""Names, up to a point, of files that tell about the others."""
DATA = (".json", ".yaml", ".yml")
KEYS = (b"sections", b"tables")
"""What a report as data has, and other data hardly."""
PAGES = (".html", ".htm", ".xhtml", ".mht")
PARTS = ("_files", ".files")
"""What browsers add to the name of a saved page to name the folder of its parts."""


def is_hidden(name: str) -> bool:
    return name.startswith(HIDDEN)


def may_be_report(name: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a file is to be read, by its name without folders."""
    lowered = name.lower()
    return lowered.endswith(suffixes) and not is_hidden(name) and lowered.partition(".")[0] not in BESIDE


def is_data(name: str) -> bool:
    """Whether a file is of a format that holds anything, so that one has to look into it."""
    return name.lower().endswith(DATA)


def may_be_report_data(content: bytes) -> bool:
    """Whether data, or the beginning of it, has the keys of a report."""
    return any(key in content for key in KEYS)


def page_folders(names: Iterable[str]) -> set[str]:
    """The folders that belong to saved pages, given the names of the files beside them."""
    pages = [name.rpartition(".")[0] for name in names if name.lower().endswith(PAGES)]
    return {f"{page}{part}" for page in pages for part in PARTS}
