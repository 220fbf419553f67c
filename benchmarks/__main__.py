"""``python -m benchmarks [PART …]``: measure, print, and with ``--write`` renew the tables of docs/performance.md."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import results
from benchmarks.parts import Settings

PARTS = ("cold", "imports", "warm", "readers", "linear", "bulk", "memory", "peers", "flames")
WITH_PEERS = ("peers",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all by default")
    parser.add_argument("--reports", type=int, default=1000, help="reports of a bulk run (%(default)s)")
    parser.add_argument("--documents", type=int, default=1000, help="Word files for the memory part (%(default)s)")
    parser.add_argument("--rounds", type=int, default=15, help="of processes that take no second (%(default)s)")
    parser.add_argument("--bulk-rounds", type=int, default=3, help="of those that take many (%(default)s)")
    parser.add_argument("--slow-reports", type=int, help="reports for peers that take minutes (as many as for all)")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="where peers are installed; else none is raced")
    work = Path("build", "benchmarks")
    parser.add_argument("--work", type=Path, default=work, help="for corpora and caches (%(default)s)")
    parser.add_argument("--write", action="store_true", help="keep the results and renew docs/performance.md")
    parser.add_argument("--render", action="store_true", help="only renew docs/performance.md from what was kept")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if arguments.render:
        results.write_document(results.kept())
        return 0
    settings = Settings(
        arguments.work.resolve(),
        arguments.reports,
        arguments.documents,
        arguments.rounds,
        arguments.bulk_rounds,
        arguments.peers.resolve() if arguments.peers else None,
        arguments.slow_reports or arguments.reports,
    )
    settings.work.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("GILINT_CACHE_DIR", str(settings.work / "gilint"))
    missed = 0
    for part in arguments.parts or [part for part in PARTS if part not in WITH_PEERS or settings.peers]:
        measured = import_module(f"benchmarks.{part}").measure(settings)
        print(results.shown(part, measured), flush=True)
        missed += sum(not goal.met for goal in measured.goals)
        if arguments.write:
            results.write(part, measured, settings)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
