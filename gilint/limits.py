"""How large an input may be: a report stays far below, and what goes beyond is refused rather than waited for."""

from __future__ import annotations

from gilint.record import Record


class Limits(Record):
    """Upper bounds for one input; the keys are those of ``[limits]`` in ``gilint.toml``.

    ``file_mb`` and ``unpacked_mb`` are megabytes of 1,048,576 bytes, of the file and of all that is unpacked from it,
    archives in archives included; ``ratio`` is how many times larger than packed a member may be, ``members`` how many
    an archive may have. ``lines`` are those of a text. ``table_rows`` and ``table_columns`` count the slots of one
    table, merged cells spread out, ``cells`` those of all. ``characters`` are those of all text, which judging takes
    time for. ``pages`` are those of a PDF, ``seconds`` the time that a conversion by another program may take,
    ``worker_seconds`` that of one input where a worker process judges it.
    """

    file_mb: int = 20
    lines: int = 300_000
    unpacked_mb: int = 64
    ratio: int = 250
    members: int = 1000
    table_rows: int = 5000
    table_columns: int = 64
    cells: int = 200_000
    characters: int = 250_000
    pages: int = 300
    seconds: int = 30
    worker_seconds: int = 120


DEFAULT = Limits()
