"""What one plugin brings, asked through its hooks and looked over: a wrong thing is refused here, not in a run."""

from __future__ import annotations

import os

import pluggy

from gilint import checks, hookspecs, readers
from gilint.record import Record
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from gilint.checks import Check
    from gilint.readers import Reader

HOOKS = ("gilint_checks", "gilint_readers", "gilint_packs", "gilint_reporters")


class Offer(Record):
    """All that one plugin brings, well-formed."""

    checks: tuple[Check, ...]
    readers: tuple[Reader, ...]
    packs: tuple[str, ...]
    reporters: tuple[Any, ...]


def offer_of(module: Any, name: str) -> Offer:
    """What a plugin brings. Raises what its hooks raise, and ``TypeError`` for hooks and things that are wrong."""
    manager = pluggy.PluginManager("gilint")
    manager.add_hookspecs(hookspecs)
    _refuse_strange_hooks(manager, module)
    manager.register(module, name)
    found = {hook: _things(hook, getattr(manager.hook, hook)()) for hook in HOOKS}
    for reader in found["gilint_readers"]:
        _refuse_odd_suffixes(reader)
    return Offer(
        checks=tuple(found["gilint_checks"]),
        readers=tuple(found["gilint_readers"]),
        packs=tuple(os.path.abspath(os.fspath(folder)) for folder in found["gilint_packs"]),
        reporters=tuple(found["gilint_reporters"]),
    )


def _refuse_strange_hooks(manager: pluggy.PluginManager, module: Any) -> None:
    marked = [name for name in dir(module) if manager.parse_hookimpl_opts(module, name) is not None]
    for name in marked:
        if name not in HOOKS:
            raise TypeError(unknown("钩子", "hook", name, HOOKS))
    for name in HOOKS:
        if name not in marked and callable(getattr(module, name, None)):
            raise TypeError(f"{name} 没有用 @gilint.hookimpl 标记 ({name} is not marked with @gilint.hookimpl)")
    if not marked:
        raise TypeError(f"不是插件：没有实现任何钩子 (no plugin: it implements none of {', '.join(HOOKS)})")


def _refuse_odd_suffixes(reader: Reader) -> None:
    """A single text would be taken for its letters, and every file whose name ends with one of them be read."""
    suffixes: Any = reader.suffixes
    if isinstance(suffixes, list | tuple) and all(isinstance(one, str) and one[:1] == "." for one in suffixes):
        return
    zh, en = 'suffixes 应为 (".abc",) 这样的元组', 'suffixes are a tuple like (".abc",)'
    raise TypeError(f"读取器 {reader.name}：{zh} (the reader {reader.name!r}: {en}, not {suffixes!r:.80})")


def _things(hook: str, answers: Sequence[Any]) -> list[Any]:
    """What a hook returned, all in one list; each of the right sort."""
    found: list[Any] = []
    for things in answers:
        if not isinstance(things, list | tuple):
            raise TypeError(f"{hook} 应返回列表 ({hook} must return a list, not {things!r:.80})")
        found += things
    is_right, wanted = _SORTS[hook]
    for thing in found:
        if not is_right(thing):
            raise TypeError(f"{hook} 返回的内容不对 ({hook} must return {wanted}, not {thing!r:.80})")
    return found


def _is_reporter(thing: Any) -> bool:
    return isinstance(thing, type) and isinstance(getattr(thing, "name", None), str) and hasattr(thing, "render")


_SORTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "gilint_checks": (lambda thing: isinstance(thing, checks.Check), "functions under @gilint.check"),
    "gilint_readers": (lambda thing: isinstance(thing, readers.Reader), "instances of gilint.Reader"),
    "gilint_packs": (lambda thing: isinstance(thing, str | os.PathLike), "paths of folders"),
    "gilint_reporters": (_is_reporter, "classes with a 'name' and 'render'"),
}
