"""Built-in and plugged-in checks, readers, rule packs and reporters behind one door.

Built-ins are ``module:object`` strings, resolved on first use. A plugin is a module (or any object) that implements
some of the four hooks of :mod:`gilint.hookspecs`; it is found through the entry-point group ``gilint`` or named by the
user. Each is loaded alone: one that fails is recorded and named, the others go on.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from gilint import cache, checks, readers
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.readers import Reader

GROUP = "gilint"
HOOKS = ("gilint_checks", "gilint_readers", "gilint_packs", "gilint_reporters")


class PluginFailure(Record):
    """A plugin that could not be loaded, or that raised: its name, version and the cause."""

    name: str
    version: str
    cause: str

    def __str__(self) -> str:
        version = f" {self.version}" if self.version else ""
        return f"{self.name}{version}: {self.cause}"


class Registry:
    """What checks, readers, packs and reporters there are. Plugins are loaded when the registry is made.

    ``modules`` are plugins named by the user; ``installed`` says whether installed ones are looked for.
    """

    def __init__(self, modules: Sequence[str] = (), *, installed: bool = True) -> None:
        self.failures: list[PluginFailure] = []
        self._checks: dict[str, Check] = {}
        self._readers: dict[str, Reader] = {}
        self._reporters: dict[str, Any] = {}
        self._packs: list[str] = []
        self._versions: list[tuple[str, str]] = []
        names = [(name, value, version) for name, value, version in (entry_points() if installed else ())]
        names += [(module, module, "") for module in modules]
        if names:
            self._load(names)

    # The three methods that the loader of rule packs asks for.

    def names(self) -> tuple[str, ...]:
        """Names of all check kinds."""
        return tuple(sorted({*checks.BUILTIN, *self._checks}))

    def get(self, name: str) -> Check | None:
        if name in self._checks:
            return self._checks[name]
        return checks.builtin(name) if name in checks.BUILTIN else None

    def key(self) -> tuple[Any, ...]:
        """What compiled rules depend on: the plugins with their versions, and their options."""
        return (*self._versions, *((name, repr(kind.options)) for name, kind in sorted(self._checks.items())))

    @property
    def packs(self) -> tuple[str, ...]:
        """Pack folders that plugins bring."""
        return tuple(self._packs)

    def readers(self) -> Iterable[Reader]:
        """Readers in the order in which they are asked; plugged-in ones first."""
        yield from self._readers.values()
        for target in readers.BUILTIN.values():
            yield resolve(target)

    def reporters(self, builtin: Mapping[str, str]) -> tuple[str, ...]:
        """Names of all reporters, given the table of the built-in ones (which live in a higher layer)."""
        return tuple(sorted({*builtin, *self._reporters}))

    def reporter(self, name: str, builtin: Mapping[str, str]) -> Any:
        """The reporter class of this name. Raises ``KeyError``."""
        return self._reporters[name] if name in self._reporters else resolve(builtin[name])

    def _load(self, names: Iterable[tuple[str, str, str]]) -> None:
        import pluggy

        from gilint import hookspecs

        for name, value, version in names:
            manager = pluggy.PluginManager(GROUP)
            manager.add_hookspecs(hookspecs)
            try:
                manager.register(resolve(value), name)
                manager.check_pending()
                self._collect(manager, name)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a plugin may raise anything, and must not take the others with it
                self.failures.append(PluginFailure(name, version, f"{type(error).__name__}: {error}"))
            else:
                self._versions.append((name, version))

    def _collect(self, manager: Any, name: str) -> None:
        """Everything that one plugin offers; taken over only when all of it is well-formed."""
        found: dict[str, list[Any]] = {}
        for hook in HOOKS:
            offered = getattr(manager.hook, hook)()
            found[hook] = [thing for things in offered for thing in things]
        for thing in found["gilint_checks"]:
            if not isinstance(thing, checks.Check):
                raise TypeError(f"gilint_checks of {name} returned {thing!r}, which @gilint.check did not make")
            if thing.name in checks.BUILTIN or thing.name in self._checks:
                raise ValueError(f"the check kind {thing.name!r} exists already")
        self._checks.update((thing.name, thing) for thing in found["gilint_checks"])
        self._readers.update((thing.name, thing) for thing in found["gilint_readers"])
        self._reporters.update((thing.name, thing) for thing in found["gilint_reporters"])
        self._packs.extend(os.fspath(path) for path in found["gilint_packs"])


def resolve(target: str) -> Any:
    """The object that ``module:object`` names, or the module when no object is named."""
    module, _, attribute = target.partition(":")
    found: Any = import_module(module)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def entry_points() -> tuple[tuple[str, str, str], ...]:
    """(name, value, version) of the installed plugins; the scan is cached until a folder of ``sys.path`` changes."""
    key = tuple((folder, _changed(folder)) for folder in sys.path)
    known = cache.load("entry-points", key)
    if known is not None:
        return tuple((str(name), str(value), str(version)) for name, value, version in known)
    from importlib.metadata import entry_points as scan

    found = tuple((point.name, point.value, point.dist.version if point.dist else "") for point in scan(group=GROUP))
    cache.store("entry-points", key, found)
    return found


def _changed(folder: str) -> int:
    try:
        return os.stat(folder or ".").st_mtime_ns
    except OSError:
        return 0
