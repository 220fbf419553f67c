"""fsspec: the file system of an address, and what its errors mean."""

from __future__ import annotations

import re

from gilint.errors import InputError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_LOGIN = re.compile(r"(?<=://)[^/@]*@")
_QUERY = re.compile(r"(?<=[^*?\[/])\?[^/]*=.*$", re.DOTALL)


def opened(address: str, options: Mapping[str, Any]) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises ``UsageError`` without fsspec, or its errors."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise UsageError('需要安装 (install) pip install "gilint[cluster]"') from None
    files, path = url_to_fs(address, **options)
    return files, path


def shown(address: str) -> str:
    """An address as people may see it: without name and password before the host, and without a signature behind."""
    return _QUERY.sub("", _LOGIN.sub("", address))


def why(address: str, error: Exception) -> InputError:
    """The error of an address that could not be read. Texts of file systems are left out: they may hold keys."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, ImportError):
        return _said(address, "missing-extra", _missing(error), ("请安装后再试", "install it and try again"))
    if isinstance(error, UsageError):
        return _said(address, "missing-extra", ("没有安装 fsspec", "fsspec is not installed"), (f"{error}", f"{error}"))
    if isinstance(error, FileNotFoundError):
        bucket = "bucket" in str(error).lower() and "not exist" in str(error).lower()
        said = ("存储桶不存在", "no such bucket") if bucket else ("文件不存在", "no such file")
        return _said(address, "not-found", said, ("请检查地址", "check the address"))
    if isinstance(error, PermissionError) or "NoCredentialsError" in names:
        said = ("没有读取权限，或密钥不对", "permission denied, or wrong keys")
        return _said(address, "permission", said, ("请检查密钥与权限", "check the keys and their rights"))
    if isinstance(error, IsADirectoryError):
        return _said(
            address, "directory", ("这是文件夹", "this is a folder"), ("请指定其中的文件", "name a file in it")
        )
    if isinstance(error, ConnectionError | TimeoutError) or any(
        "Connect" in name or "Timeout" in name for name in names
    ):
        said = ("连接不上存储服务", "the storage cannot be reached")
        return _said(address, "unreachable", said, ("请检查地址与网络", "check the address and the network"))
    kind = type(error).__name__
    return _said(
        address, "unreadable", (f"无法读取：{kind}", f"cannot be read: {kind}"), ("请检查地址", "check the address")
    )


def _missing(error: ImportError) -> tuple[str, str]:
    """What fsspec asks to have installed for an address of this kind, such as s3fs."""
    asked = re.search(r"(?:[Ii]nstall|named) '?([\w.-]+)", str(error))
    name = asked[1] if asked else "fsspec"
    return f"读取这种地址需要 {name}", f"such an address needs the package {name}"


def _said(address: str, code: str, message: tuple[str, str], advice: tuple[str, str]) -> InputError:
    return InputError(
        code,
        shown(address),
        dict(zip(("zh", "en"), message, strict=True)),
        dict(zip(("zh", "en"), advice, strict=True)),
    )
