"""Other programs that turn an old document into one that gilint reads. They see one file, in a folder of their own.

LibreOffice runs with a profile that is made for this one run: no macros, no links, no proxy that would let it reach
anything, no home. Whatever becomes of it, it is ended when its time is over, and the folder is removed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import partial

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gilint.limits import Limits

MEGABYTE = 1024 * 1024
MOST_MEMORY = 512 * MEGABYTE
"""What a converter may allocate, where the system can be told."""
POSIX = os.name == "posix"
NAMES = ("soffice", "libreoffice") if POSIX else ("soffice.com", "soffice.exe")
PLACES = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
)
"""Where LibreOffice is installed without being on the path."""
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT")
"""What a converter sees of the environment."""
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")

SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    # Pictures that a document only names are asked for all the same; nothing answers at this address.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)
REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n'
)
ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'

GUARD = 'read -r group && { read -r _; kill -s KILL -- "-$group"; }; rm -rf -- "$0"'
"""What the shell is told to do; only ends of its standard input let it go on."""
WINDOWS_FLAGS = 0x00000200 | 0x08000000
"""A process group of its own, and no window."""

PACKAGE = "msdoc2docx"
PACKAGE_RUN = "import sys; sys.path.append(sys.argv[1]); import doc2docx; doc2docx.convert(sys.argv[2], sys.argv[3])"


class Program(Record):
    """A converter: its name for people, and the path of LibreOffice or of the folder that holds a Python package."""

    name: str
    path: str


class Failed(Exception):
    """Nothing came of a conversion: why, in zh and en. ``late`` says that time ran out."""

    def __init__(self, zh: str, en: str, *, late: bool = False) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.late = late


def find_libreoffice() -> Program | None:
    """LibreOffice, on the path or where it is usually installed; never from the current folder."""
    folders = [folder for folder in (*os.get_exec_path(), *PLACES) if os.path.isabs(folder)]
    for folder in folders:
        for name in NAMES:
            place = os.path.join(folder, name)
            if os.path.isfile(place) and os.access(place, os.X_OK):
                return Program("LibreOffice", place)
    return None


def find_msdoc2docx() -> Program | None:
    """The package of the extra ``doc``, if it is installed; never from the current folder."""
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    try:
        spec = find_spec("doc2docx")
    except (ImportError, ValueError):
        return None
    folder = os.path.dirname(os.path.dirname(spec.origin or "")) if spec else ""
    if not folder or folder == os.getcwd():
        return None
    try:
        return Program(f"{PACKAGE} {version(PACKAGE)}", folder)
    except PackageNotFoundError:
        return Program(PACKAGE, folder)


def with_libreoffice(program: Program, data: bytes, suffix: str, limits: Limits) -> bytes:
    """The document as DOCX; ``suffix`` is the end of the name that it is given. Raises :class:`Failed`."""
    with _folder() as folder:
        source, made = _write(folder, f"document.{suffix}", data), os.path.join(folder, "out", "document.docx")
        profile = os.path.join(folder, "profile")
        _write(os.path.join(profile, "user"), "registrymodifications.xcu", _registry())
        installation = _address(profile)
        command = [
            program.path,
            f"-env:UserInstallation={installation}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard"),
            *("--convert-to", "docx", "--outdir", os.path.dirname(made), source),
        ]
        try:
            code = _run(command, folder, limits.seconds)
        finally:
            _remove_socket(installation)
        return _read(made, code, limits)


def with_msdoc2docx(program: Program, data: bytes, limits: Limits) -> bytes:
    """The document as DOCX. In a process of its own, as no file can then keep this one busy. Raises :class:`Failed`."""
    with _folder() as folder:
        source, made = _write(folder, "document.doc", data), os.path.join(folder, "document.docx")
        code = _run([sys.executable, "-I", "-S", "-c", PACKAGE_RUN, program.path, source, made], folder, limits.seconds)
        return _read(made, code, limits)


# --- files ------------------------------------------------------------------------------------------------------------


def _folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="gilint-", ignore_cleanup_errors=True)
    except OSError as error:
        reason = error.strerror or f"{error}"
        raise Failed(f"不能写入临时文件夹：{reason}", f"the temporary folder cannot be written to: {reason}") from None


def _write(folder: str, name: str, content: bytes) -> str:
    """Write a file and say its path."""
    place = os.path.join(folder, name)
    try:
        os.makedirs(folder, exist_ok=True)
        with open(place, "wb") as file:
            file.write(content)
    except OSError as error:
        reason = error.strerror or f"{error}"
        raise Failed(f"不能写入临时文件夹：{reason}", f"the temporary folder cannot be written to: {reason}") from None
    return place


def _read(made: str, code: int, limits: Limits) -> bytes:
    """What came of a conversion; a program that fails may well say that all went well."""
    content = b""
    with suppress(OSError), open(made, "rb") as file:
        if os.fstat(file.fileno()).st_size > limits.unpacked_mb * MEGABYTE:
            raise Failed("转换后的文件过大", "what came of it is too large")
        content = file.read()
    if not content.startswith(b"PK"):
        raise Failed(f"没有得到结果（退出码 {code}）", f"nothing came of it (exit code {code})")
    return content


def _registry() -> bytes:
    return REGISTRY.format("".join(ITEM.format(*setting) for setting in SETTINGS)).encode()


def _address(folder: str) -> str:
    """A folder as LibreOffice wants it."""
    from urllib.request import pathname2url

    return f"file://{pathname2url(folder)}" if POSIX else f"file:{pathname2url(folder)}"


def _remove_socket(installation: str) -> None:
    """Remove the socket that LibreOffice makes outside its folders, and leaves when it is ended."""
    if not POSIX:
        return
    from hashlib import md5

    digest = md5(installation.encode("utf-16-le"), usedforsecurity=False).digest()
    # Each byte without its leading zero: this is how LibreOffice writes it.
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
    for folder in ("/tmp", "/var/tmp"):
        place = os.path.join(folder, name)
        if os.path.lexists(place):
            with suppress(OSError):
                os.unlink(place)


# --- running ----------------------------------------------------------------------------------------------------------


def _run(command: Sequence[str], folder: str, seconds: int) -> int:
    """Run a program to its end or that of its time; its exit code. Raises :class:`Failed`."""
    guard = _guard(folder)
    interrupts = _hold_interrupts()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            # A group of its own, so that all that it starts can be ended with it.
            start_new_session=POSIX,
            creationflags=0 if POSIX else WINDOWS_FLAGS,
        )
        try:
            interrupts()
            _watch(guard, process.pid)
            _limit_memory(process.pid)
            return process.wait(seconds)
        finally:
            _end(process)
    except subprocess.TimeoutExpired:
        raise Failed(f"{seconds} 秒内没有完成", f"it took more than {seconds} s", late=True) from None
    except OSError as error:
        reason = error.strerror or f"{error}"
        raise Failed(f"无法启动：{reason}", f"it cannot be started: {reason}") from None
    finally:
        if guard is not None:
            guard.kill()
            guard.communicate()
        interrupts()


def _hold_interrupts() -> Callable[[], object]:
    """Keep Ctrl-C away while a program is started, which nobody could end before it is known; gives the way back."""
    if not POSIX:
        return lambda: None
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    return partial(signal.pthread_sigmask, signal.SIG_SETMASK, before)


def _guard(folder: str) -> subprocess.Popen[bytes] | None:
    """A process that waits for the end of this one, which may be killed: then it ends the program that it was told of,
    with what that started, and removes the folder. Nobody else would, as programs are in groups of their own."""
    if not POSIX:
        return None
    nowhere, own = subprocess.DEVNULL, subprocess.PIPE
    with suppress(OSError):
        command = ["/bin/sh", "-c", GUARD, folder]
        # Its standard input ends with this process.
        return subprocess.Popen(command, stdin=own, stdout=nowhere, stderr=nowhere, cwd="/", start_new_session=True)
    return None


def _watch(guard: subprocess.Popen[bytes] | None, group: int) -> None:
    if guard is not None and guard.stdin is not None:
        with suppress(OSError):
            guard.stdin.write(b"%d\n" % group)
            guard.stdin.flush()


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **dict.fromkeys(HOMES, folder)}


def _limit_memory(process: int) -> None:
    """Bound what a process and those that it starts may allocate, where the system can be told after the start."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started, whatever its state."""
    if POSIX:
        import signal

        with suppress(OSError):  # they have ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
        process.kill()
    process.wait()
