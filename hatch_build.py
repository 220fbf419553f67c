"""Puts the compiled packs into the wheel, so that the first run on a machine need not compile them."""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPacks(BuildHookInterface[Any]):
    """An editable install has none: there rules and code are meant to change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from gilint.packs.shipped import FILE, pack_up

            content = pack_up()
        finally:
            sys.path.remove(self.root)
        handle, self.made = tempfile.mkstemp(prefix="gilint-packs-")
        with open(handle, "wb") as file:
            file.write(content)
        build_data["force_include"][self.made] = os.path.relpath(FILE, self.root)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            os.unlink(self.made)
