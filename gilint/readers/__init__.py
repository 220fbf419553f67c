"""Readers: bytes of one format → Document. One file a format, chosen by content and not by name.

A reader is a function (data: bytes, name: str, limits: Limits) → Document; it imports its library inside, and raises
``InputError`` for what it cannot read. ``BUILTIN`` lists those of gilint; what tells their formats apart is in
:mod:`gilint.readers.detect`.
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gilint.limits import Limits
    from gilint.model import Document


class Builtin(Record):
    """A reader of gilint's own: the ``module:function`` that reads, and the usual ends of file names."""

    target: str
    suffixes: tuple[str, ...]


BUILTIN = {
    "docx": Builtin("gilint.readers.docx:read", (".docx", ".docm", ".dotx")),
    "odt": Builtin("gilint.readers.odt:read", (".odt", ".fodt")),
    "spreadsheet": Builtin("gilint.readers.spreadsheet:read", (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")),
    "word": Builtin("gilint.readers.word:read", (".doc", ".wps", ".wpt", ".dot", ".rtf")),
    "wordxml": Builtin("gilint.readers.wordxml:read", ()),
    "pdf": Builtin("gilint.readers.pdf:read", (".pdf",)),
    "html": Builtin("gilint.readers.html:read", (".html", ".htm", ".xhtml", ".shtml")),
    "mhtml": Builtin("gilint.readers.mhtml:read", (".mhtml", ".mht")),
    "json": Builtin("gilint.readers.structured:read_json", (".json",)),
    "yaml": Builtin("gilint.readers.structured:read_yaml", (".yaml", ".yml")),
    "markdown": Builtin("gilint.readers.markdown:read", (".md", ".markdown", ".mkd")),
    "text": Builtin("gilint.readers.text:read", (".txt", ".text")),
}
"""All formats that gilint reads by itself, by name."""

ARCHIVES = (".zip",)
"""Ends of names of files that hold several documents."""

REFUSED = (".ofd", ".ceb", ".uof", ".uot", ".pages", ".rtfd", ".rar", ".7z")
"""Ends of names of files that may be reports, or hold them, and cannot be read: found in a folder, they are told."""

SUFFIXES = (*(suffix for builtin in BUILTIN.values() for suffix in builtin.suffixes), *ARCHIVES, *REFUSED)
"""Ends of names of the files that a folder or an archive is searched for."""


class Reader(Record):
    """A reader that a plugin brings; it is asked before those of gilint.

    ``sniff`` (data, name) says whether the content is of its format. ``read`` (data, name, limits) raises
    ``InputError`` for what it cannot read.
    """

    name: str
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, Limits], Document]
    suffixes: tuple[str, ...] = ()
