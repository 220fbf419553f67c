"""Beyond one machine: inputs that lie elsewhere, and results written by the workers themselves (extra ``cluster``).

Nothing else in gilint opens a connection, and this does only to what the caller names.
"""

from __future__ import annotations

from gilint.cluster.addresses import Remote, paths
from gilint.cluster.partitions import write

__all__ = ["Remote", "paths", "write"]
