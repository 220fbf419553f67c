"""The plugin contract: four hooks that collect. Implement those that you need and mark them with ``gilint.hookimpl``.

Every hook is called once, when a Linter is made, and returns a list (empty when there is nothing to offer). A plugin
is found through the entry-point group ``gilint``, or named with ``--plugin`` or ``plugins`` in the configuration.
"""

from __future__ import annotations

import pluggy

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from gilint.checks import Check
    from gilint.readers import Reader

hookspec = pluggy.HookspecMarker("gilint")
hookimpl = pluggy.HookimplMarker("gilint")


@hookspec
def gilint_checks() -> list[Check]:  # type: ignore[empty-body]
    """Check kinds, made with :func:`gilint.check`. A kind's name must not be taken."""


@hookspec
def gilint_readers() -> list[Reader]:  # type: ignore[empty-body]
    """Readers of further formats; they are asked before the built-in ones."""


@hookspec
def gilint_packs() -> list[str | os.PathLike[str]]:  # type: ignore[empty-body]
    """Folders of rule packs that are loaded beside the default pack."""


@hookspec
def gilint_reporters() -> list[type]:  # type: ignore[empty-body]
    """Reporter classes with a ``name``, made with an ``Options`` and asked to ``render`` a ``Run``."""
