"""Findings as comments in a copy of a Word document. Everything else of it stays as it is."""

from __future__ import annotations

import os

from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilint.linter import Linter
    from gilint.model import Result
    from gilint.sources import Source

ENDINGS = (".docx", ".docm", ".dotx", ".dotm")


def annotate(source: Source, result: Result | None = None, *, linter: Linter | None = None, **options: Any) -> bytes:
    """A copy of a Word document (a path, its bytes, or the report of a file) with a comment at each finding.

    It is judged as :func:`gilint.lint` does with ``options``, or by ``linter``, unless its ``result`` is given.
    Comments of an earlier copy are replaced.

    Raises ``InputError``: for a report that cannot be judged, ``no-word-document`` for anything but a Word document in
    the transitional format, ``changed`` where the document is not the one that was judged, ``damaged`` where its
    comments cannot be read.
    """
    from gilint.linter import Linter
    from gilint.model import Document, Report

    place = source.source.name if isinstance(source, Report) else source
    if not isinstance(place, str | bytes | os.PathLike):
        raise _no_document(source.name if isinstance(source, Document) else "<data>")
    if linter is None:
        lang = options.pop("lang", None)
        previous = options.pop("previous", None)
        linter = Linter(lang=lang, **options)
    else:
        previous = options.pop("previous", None)
    data, name = linter._content(place, None)
    if result is None:
        result = linter.lint(source, previous=previous)
    return annotated(data, name, result, linter.lang, linter.config.limits)


def annotated(data: bytes, name: str, result: Result, lang: str, limits: Any) -> bytes:
    """The copy of the document ``data``. Raises ``InputError`` as :func:`annotate` does."""
    from gilint.annotation.building import build

    if result.report is None or result.report.source.format != "docx" or not data.startswith(b"PK"):
        raise _no_document(name)
    return build(data, name, result, lang, limits)


def _no_document(name: str) -> InputError:
    return InputError(
        "no-word-document",
        name,
        {"zh": "只有 Word 文档（.docx）可以写入批注", "en": "only Word documents (.docx) can be annotated"},
        {
            "zh": "请用其他格式输出，如 -f html=文件；DOC、WPS、ODT 请先另存为 .docx",
            "en": "use another format, such as -f html=FILE; save DOC, WPS and ODT as .docx first",
        },
    )
