"""The rules of a run: those of gilint, of the configuration, of plugins and of the caller."""

from __future__ import annotations

import os

from gilint import overrides
from gilint.errors import CheckError, UsageError
from gilint.packs import DEFAULT_PACK, family_packs, load_ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.config import Config
    from gilint.plugins import Registry
    from gilint.ruleset import Ruleset


def load_rules(config: Config, registry: Registry, sources: Sequence[str]) -> Ruleset:
    """All rules; packs and kinds of check that a plugin brings are left out when they are broken.

    Raises ``ConfigError`` and ``RuleError``.
    """
    while True:
        try:
            return _load_packs(config, registry, sources)
        except CheckError as error:
            if not registry.drop_check(error.check, str(error)):
                raise
        except UsageError:
            if not _drop_broken_packs(registry):
                raise


def _load_packs(config: Config, registry: Registry, sources: Sequence[str]) -> Ruleset:
    plugged = list(registry.packs)
    installed = {os.path.basename(folder): folder for folder in plugged}
    configured = overrides.packs_of(config, installed)
    return load_ruleset([*family_packs(), *configured, *plugged, *sources], registry, installed)


def _drop_broken_packs(registry: Registry) -> bool:
    """Leave out the packs of plugins that cannot be loaded by themselves; whether there was one."""
    before = len(registry.packs)
    for folder in registry.packs:
        try:
            load_ruleset([DEFAULT_PACK, folder], registry)
        except UsageError as error:
            registry.drop_pack(folder, str(error))
    return len(registry.packs) < before
