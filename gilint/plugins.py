"""Built-in and plugged-in checks, readers, rule packs and reporters behind one door.

Built-ins are ``module:object`` strings, resolved on first use. A plugin is a module (or any object) that implements
some of the four hooks of :mod:`gilint.hookspecs`; it is found through the entry-point group ``gilint`` or named by the
user. Each is loaded alone: one that fails is recorded and named, the others go on.
"""

from __future__ import annotations

import os
import sys

from gilint import checks, discovery, readers
from gilint.causes import cause
from gilint.errors import InputError, PluginError
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.limits import Limits
    from gilint.model import Document
    from gilint.plugged import Offer
    from gilint.readers import Reader


class Plugin(Record):
    """A plugin by name, with its version where that is known."""

    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}" if self.version else self.name


class PluginFailure(Record):
    """A plugin that could not be loaded, or that raised, and the cause."""

    plugin: Plugin
    cause: str

    def __str__(self) -> str:
        return f"{self.plugin}: {self.cause}"


class Registry:
    """What checks, readers, packs and reporters there are. Plugins are loaded when the registry is made.

    ``modules`` are plugins that the user names, which may lie in the current folder; ``configured`` those that a
    configuration names, which may not. ``installed`` says whether installed ones are looked for.
    """

    def __init__(self, modules: Sequence[str] = (), configured: Sequence[str] = (), *, installed: bool = True) -> None:
        self._failures: dict[PluginFailure, None] = {}
        self._checks: dict[str, Check] = {}
        self._readers: dict[str, Reader] = {}
        self._reporters: dict[str, Any] = {}
        self._packs: dict[str, Plugin] = {}
        self._owners: dict[tuple[str, str], Plugin] = {}
        self._dropped: dict[str, PluginFailure] = {}
        self._stamps: list[tuple[str, object]] = []
        self._loaded: list[Any] = []
        for name, target, version in discovery.installed_plugins() if installed else ():
            self._load(Plugin(name, version), target, here=False)
        for module in configured:
            self._load(Plugin(module), module, here=False)
        for module in modules:
            self._load(Plugin(module), module, here=True)

    # --- what the loader of rule packs asks for --------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """Names of all check kinds."""
        return tuple(sorted({*checks.BUILTIN, *self._checks}))

    def get(self, name: str) -> Check | None:
        if name in self._checks:
            return self._checks[name]
        return checks.builtin(name) if name in checks.BUILTIN else None

    @property
    def incomplete(self) -> bool:
        """Whether a plugin failed, so that a kind of check that nobody knows may have been its."""
        return bool(self._failures)

    def key(self) -> tuple[object, ...]:
        """What compiled rules depend on: the plugins, their files, and which of them failed."""
        return (*self._stamps, *map(str, self._failures))

    # --- what plugins bring ----------------------------------------------------------------------------------------

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """Plugins that failed so far."""
        return tuple(self._failures)

    @property
    def packs(self) -> Mapping[str, Plugin]:
        """The folders of packs that plugins bring."""
        return dict(self._packs)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Plugged-in readers, which are asked before the built-in ones."""
        return tuple(self._readers.values())

    def suffixes(self) -> tuple[str, ...]:
        """How the names of files end that some reader takes."""
        plugged = [suffix for reader in self._readers.values() for suffix in reader.suffixes]
        return (*plugged, *readers.SUFFIXES)

    def reporters(self, builtin: Mapping[str, str]) -> tuple[str, ...]:
        """Names of all reporters, given the table of the built-in ones (which live in a higher layer)."""
        for name in sorted(builtin.keys() & self._reporters.keys()):
            del self._reporters[name]
            self.fail(self._owners.pop(("reporter", name)), _taken("输出格式", "reporter", name))
        return tuple(sorted({*builtin, *self._reporters}))

    def reporter(self, name: str, builtin: Mapping[str, str]) -> Any:
        """The reporter class of this name. Raises ``KeyError``."""
        return discovery.resolve(builtin[name]) if name in builtin else self._reporters[name]

    def owner(self, sort: str, name: str) -> Plugin | None:
        """The plugin that a check, reader or reporter comes from; ``None`` for a built-in one."""
        return self._owners.get((sort, name))

    # --- failures --------------------------------------------------------------------------------------------------

    def fail(self, plugin: Plugin, reason: str) -> PluginFailure:
        """Record what went wrong with a plugin; the same twice counts once."""
        failure = PluginFailure(plugin, reason)
        self._failures[failure] = None
        return failure

    def drop_check(self, name: str, reason: str) -> bool:
        """Take a kind of check that breaks rules out of use; false for a built-in one, or one that is gone."""
        if self._checks.pop(name, None) is None:
            return False
        self._dropped[name] = self.fail(self._owners["check", name], reason)
        return True

    def drop_pack(self, folder: str, reason: str) -> None:
        """Leave out a pack that a plugin brings."""
        self.fail(self._packs.pop(folder), reason)

    def missing(self, check: str) -> str:
        """Why there is no such kind of check."""
        dropped = self._dropped.get(check)
        failures = "; ".join(map(str, [dropped] if dropped else self.failures))
        return f"没有检查种类 {check}，插件出错 (no check kind {check!r}; a plugin broke): {failures}"

    # --- loading ---------------------------------------------------------------------------------------------------

    def _load(self, plugin: Plugin, target: str, *, here: bool) -> None:
        from gilint.plugged import offer_of

        try:
            module = discovery.load(target, here=here)
            if any(module is other for other in self._loaded):
                return
            self._loaded.append(module)
            plugin = plugin.replace(version=plugin.version or str(getattr(module, "__version__", "")))
            offer = offer_of(module, plugin.name)
            self._refuse_taken(offer)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may raise anything, SystemExit too
            self.fail(plugin, cause(error))
            return
        self._take(plugin, offer)
        self._stamps.append((str(plugin), _files(target)))

    def _refuse_taken(self, offer: Offer) -> None:
        for sort, zh, things, builtin in (
            ("check", "检查种类", offer.checks, checks.BUILTIN),
            ("reader", "读取器", offer.readers, readers.BUILTIN),
            ("reporter", "输出格式", offer.reporters, {}),
        ):
            names = [thing.name for thing in things]
            for at, name in enumerate(names):
                if name in builtin or (sort, name) in self._owners or name in names[:at]:
                    raise ValueError(_taken(zh, sort, name, self._owners.get((sort, name))))

    def _take(self, plugin: Plugin, offer: Offer) -> None:
        self._checks.update((each.name, each) for each in offer.checks)
        self._readers.update((each.name, self._guarded(each, plugin)) for each in offer.readers)
        self._reporters.update((each.name, each) for each in offer.reporters)
        self._packs.update(dict.fromkeys(offer.packs, plugin))
        for sort, things in (("check", offer.checks), ("reader", offer.readers), ("reporter", offer.reporters)):
            self._owners.update(((sort, each.name), plugin) for each in things)

    def _guarded(self, reader: Reader, plugin: Plugin) -> Reader:
        """A reader that passes over a file when it cannot tell, and names the plugin when it breaks."""

        def sniff(data: bytes, name: str) -> bool:
            try:
                return bool(reader.sniff(data, name))
            except (Exception, SystemExit) as error:
                self.fail(plugin, cause(error))
                return False

        def read(data: bytes, name: str, limits: Limits) -> Document:
            try:
                return _document(reader.read(data, name, limits))
            except InputError:
                raise
            except (Exception, SystemExit) as error:
                raise PluginError(f"{plugin}: {cause(error)}") from error

        return reader.replace(sniff=sniff, read=read)


def _taken(zh: str, en: str, name: str, other: Plugin | None = None) -> str:
    return f"{zh} {name} 已有（{other or 'gilint'}），请改名 (the {en} {name!r} exists already, in {other or 'gilint'})"


def _document(found: Any) -> Document:
    from gilint.model import Document

    if not isinstance(found, Document):
        raise TypeError(f"a reader returns a gilint.Document, not {found!r:.80}")
    return found


def _files(target: str) -> tuple[tuple[str, int], ...]:
    """The files of a package that are loaded, with their times: rules are compiled again when it is edited."""
    top = target.partition(":")[0].partition(".")[0]
    found: list[tuple[str, int]] = []
    for name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and (name == top or name.startswith(f"{top}.")):
            found.append((file, os.stat(file).st_mtime_ns if os.path.isfile(file) else 0))
    return tuple(found)
