"""``gilint`` as it is started, with its work counted from the first import on; the counts are the last line it says."""

import io
import json
import sys

from benchmarks.counting import Counter


def main() -> int:
    """Run the command; 0 where it found something or nothing, as the counts are what is asked for."""
    sys.stdout = io.StringIO()
    with Counter() as counter:
        from gilint.cli import main as gilint

        code = gilint(sys.argv[1:])
    print(json.dumps(counter.counts), file=sys.stderr)
    return 0 if code in (0, 1) else code


if __name__ == "__main__":
    sys.exit(main())
