"""What an exception of somebody else's code says to a person who did not write it."""

from __future__ import annotations

import os

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
_PYTHON = os.path.dirname(os.path.abspath(os.__file__)) + os.sep


def cause(error: BaseException) -> str:
    """Type, message and, where code of a stranger raised it, file and line: ``ValueError: no (stamp.py:12)``."""
    text = str(error)
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if os.path.isabs(file) and not file.startswith(_OURS) and not _passes_on(file):
            place = f" ({os.path.basename(file)}:{trace.tb_lineno})"
        trace = trace.tb_next
    return said + place


def _passes_on(file: str) -> bool:
    """Whether a file belongs to Python or to pluggy, which pass on what a plugin raises."""
    folders = file.split(os.sep)
    return "pluggy" in folders or (file.startswith(_PYTHON) and "site-packages" not in folders)
