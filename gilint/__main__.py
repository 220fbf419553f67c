"""``python -m gilint``."""

import os
import sys

if __name__ == "__main__":
    # Python puts the current folder first, where beside the reports a module may lie that is named like one of the
    # standard library. gilint itself is found by now, wherever it lies.
    if not sys.flags.safe_path and sys.path[:1] in ([""], [os.getcwd()]):
        del sys.path[0]

    from gilint.cli import run

    run()
