"""Taken up by every Python that the tests confine: says what a program may not do, and keeps a record of what it tried.

The record is the file GUARD_RECORD, a line a trespass. Writing is free below the folders of GUARD_FREE; programs may
be started that GUARD_PROGRAMS names.
"""

import os
import sys

RECORD = os.environ["GUARD_RECORD"]
FREE = tuple(os.environ["GUARD_FREE"].split(os.pathsep))
PROGRAMS = tuple(os.environ.get("GUARD_PROGRAMS", "").split(os.pathsep))
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto")
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(what):
    descriptor = os.open(RECORD, os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, what.encode("utf-8", "backslashreplace") + b"\n")
    os.close(descriptor)
    raise PermissionError(what)


def _is_free(path, folder=-1):
    """Whether a path, below an open folder if one is given, may be changed."""
    if isinstance(path, int):
        return True
    base = os.readlink(f"/proc/self/fd/{folder}") if folder >= 0 else os.getcwd()
    place = os.path.normpath(os.path.join(base, os.fsdecode(path)))
    # LibreOffice puts the socket of a run where it likes, so gilint may have to remove it there.
    return place in (RECORD, os.devnull) or place.startswith(FREE) or "/OSL_PIPE_" in place


def _watch(event, details):
    if event in NETWORK:
        _refuse(f"{event} {details[1:]}")
    elif event == "open":
        path, _mode, flags = details
        if flags & WRITING and path is not None and not _is_free(path):
            _refuse(f"write {path!r}")
    elif event in CHANGES:
        # What they change comes first, the folder that a relative path is below last.
        folder = details[-1] if len(details) > 1 and isinstance(details[-1], int) and event != "os.truncate" else -1
        if not _is_free(details[0], folder):
            _refuse(f"{event} {details[0]!r}")
    elif event in ("os.system", "os.exec", "os.spawn", "os.posix_spawn", "subprocess.Popen"):
        program = os.path.basename(str(details[0]))
        if program not in PROGRAMS:
            _refuse(f"{event} {program}")


sys.addaudithook(_watch)
