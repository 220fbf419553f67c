"""``gilint`` as it is started, with its work counted from the first import on; the counts are the last line it says."""

import os
import sys

from benchmarks.counting import counter


def main() -> int:
    """Run the command; 0 whether it finds something or not, as the counts are what is asked for."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    with counter() as counting:
        from gilint.cli import main as gilint

        code = gilint(sys.argv[1:])
    import json

    print(json.dumps(counting.counts), file=sys.stderr)
    return 0 if code in (0, 1) else code


if __name__ == "__main__":
    sys.exit(main())
