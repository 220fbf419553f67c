"""Give every hostile input to the real command, and print what became of it, how long it took and how much memory.

``scripts/hostile.py [PART OF A NAME …]`` takes those whose name contains one of the parts; ``--keep FOLDER`` keeps
their files.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "hostile")]

from confined import Confinement  # noqa: E402
from corpus import CORPUS  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--keep")
    parser.add_argument("--quiet", action="store_true", help="only what went wrong")
    arguments = parser.parse_args()
    chosen = [one for one in CORPUS if not arguments.parts or any(part in one.name for part in arguments.parts)]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Confinement(folder)
        files = Path(arguments.keep or Path(folder) / "files")
        files.mkdir(exist_ok=True, parents=True)
        place.check(ROOT / "examples" / "clean-2024.txt")
        for hostile in chosen:
            faults, line = judged(hostile, place, files, keep=bool(arguments.keep))
            wrong += bool(faults)
            if faults or not arguments.quiet:
                print(line, *faults, sep="\n    ", flush=True)
    print(f"{len(chosen)} inputs, {wrong} of them wrong")
    return 1 if wrong else 0


def judged(hostile, place, files, *, keep):
    """What is wrong with what became of an input, and a line about it."""
    file = files / f"{hostile.name.replace('/', '-')}{Path(hostile.file).suffix}"
    data = hostile.build()
    file.write_bytes(data)
    outcome = place.check(file)
    if not keep:
        file.unlink()
    faults, codes = outcome.faults, []
    if outcome.code in (0, 1, 2):
        codes = sorted({one["error"]["code"] if "error" in one else "report" for one in outcome.files})
        if hostile.codes and not set(codes) <= set(hostile.codes):
            faults.append(f"should be {' or '.join(hostile.codes)}")
    if outcome.cpu > 5:
        faults.append("too slow")
    if outcome.peak > 512:
        faults.append("too much memory")
    shown = " ".join(codes) or "-"
    return faults, f"{outcome.cpu:6.2f} s {outcome.peak:6.0f} MB {len(data):10}  {shown:20} {hostile.name}"


if __name__ == "__main__":
    sys.exit(main())
