"""Which plugins are installed, and how their code is imported: never from the current folder unasked.

A stranger's folder may hold a configuration and modules of any name; checking the reports in it must not run them.
"""

from __future__ import annotations

import os
import sys

from gilint import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

GROUP = "gilint"


def installed_plugins() -> tuple[tuple[str, str, str], ...]:
    """(name, ``module:object``, version) of the installed plugins, sorted.

    The scan is cached until a folder of ``sys.path`` changes, as it does when anything is installed.
    """
    # The empty entry is the current folder, which nobody installs into.
    folders = [folder for folder in sys.path if folder]
    key = tuple((folder, _changed(folder)) for folder in folders)
    known = cache.load("entry-points", key)
    if known is None:
        known = _scan(folders)
        cache.store("entry-points", key, known)
    return tuple((str(name), str(target), str(version)) for name, target, version in known)


def _scan(folders: list[str]) -> list[tuple[str, str, str]]:
    from importlib.metadata import distributions

    found: dict[str, list[tuple[str, str, str]]] = {}
    for distribution in distributions(path=folders):
        points = [point for point in distribution.entry_points if point.group == GROUP]
        # Of two copies of a distribution the first one is what is imported.
        found.setdefault(
            str(distribution.metadata["Name"]),
            [(point.name, point.value, distribution.version) for point in points],
        )
    return sorted(point for points in found.values() for point in points)


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def resolve(target: str) -> Any:
    """The object that ``module:object`` names, or the module when no object is named."""
    module, _, attribute = target.partition(":")
    __import__(module)  # ``importlib`` takes a while to load
    found: Any = sys.modules[module]
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def load(target: str, *, here: bool) -> Any:
    """The plugin that ``target`` names. ``here`` says that the user asked for it, so it may lie in the current folder.

    Raises whatever the plugin raises, and ``ImportError`` for one that may not be loaded.
    """
    top = target.partition(":")[0].partition(".")[0]
    if top not in sys.modules:
        from importlib.util import find_spec

        spec = find_spec(top)
        if spec is None and here:
            _import_from_current_folder(top)
        elif spec is not None and not here and _is_unasked(spec):
            raise ImportError(
                f"{top} 在当前文件夹中，未经指明不予加载；请安装它，或用 --plugin 指明 "
                f"({top} lies in the current folder: install it, or name it with --plugin)"
            )
    return resolve(target)


def _is_unasked(spec: ModuleSpec) -> bool:
    """Whether a module is found only because Python looks into the current folder by itself."""
    current = os.getcwd()
    places = list(spec.submodule_search_locations or ()) or [spec.origin or ""]
    return current not in sys.path and any(os.path.dirname(os.path.abspath(place)) == current for place in places)


def _import_from_current_folder(top: str) -> None:
    """Import a module of the current folder without putting that folder on ``sys.path``, where it could hide others."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec(top, [os.getcwd()])
    if spec is None or spec.loader is None:
        return
    module = sys.modules[top] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[top]
        raise
