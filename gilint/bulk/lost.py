"""What happens to inputs while many are judged: a worker does not come back from one, or one changes."""

from __future__ import annotations

import signal

from gilint.bulk.watchdog import EXIT
from gilint.errors import InputError


def lost(name: str, error: Exception, seconds: float) -> InputError:
    """The error of an input over which a worker ended; ``seconds`` is the time that it had."""
    code = getattr(error, "exitcode", None)
    if code == EXIT:
        return InputError(
            "timeout",
            name,
            {
                "zh": f"检查用时超过 {seconds:g} 秒，已停止",
                "en": f"stopped after {seconds:g} seconds",
            },
            {
                "zh": "请检查文件是否正常；确需更长时间的，可调大 [limits] 的 worker_seconds",
                "en": "look whether the file is sound; [limits] worker_seconds gives more time",
            },
        )
    zh, en = _cause(code, error)
    return InputError(
        "worker-died",
        name,
        {"zh": f"检查它的进程意外终止：{zh}", "en": f"the process that judged it died: {en}"},
        {
            "zh": "请单独检查这份文件；内存不足时可用 --jobs 减少进程",
            "en": "check this file by itself; where memory is short, --jobs takes fewer processes",
        },
    )


def changed(path: str) -> InputError:
    """The error of a file that was read again, and is another one by now."""
    return InputError(
        "changed",
        path,
        {"zh": "检查之后文件又改动了", "en": "it was changed after it had been judged"},
        {"zh": "请重新检查", "en": "check it again"},
    )


def _cause(code: int | None, error: Exception) -> tuple[str, str]:
    if code is None:
        said = str(error) or type(error).__name__
        return said, said
    if code >= 0:
        return f"退出码 {code}", f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"信号 {name}", f"signal {name}"
