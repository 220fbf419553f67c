"""Give the readers files that are a little wrong, for as long as wanted, and say how many they took and how they fared.

``scripts/fuzz.py docx pdf --seconds 300 --seed 7`` tries DOCX and PDF five minutes each. Every input is known by its
format, seed and number: ``--keep FOLDER`` keeps those at which something was wrong, ``--only NUMBER`` tries one.
A process of its own reads, so that one that crashes or does not come back is seen, and the next goes on behind it.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "hostile")]

import fuzzing  # noqa: E402

MEGABYTE = 1 << 20
PATIENCE = 90
"""Seconds without a sign of life after which a reader is taken to hang; conversions may take their time."""
SHOWN = 12
HEAD = "| reader | inputs | read | refused | wrong | slowest | most memory |\n|---|--:|--:|--:|--:|--:|--:|"


class Tally:
    """What became of the inputs of one format. ``wrong`` maps the number of an input to what was wrong."""

    def __init__(self):
        self.verdicts, self.wrong, self.slowest, self.most = Counter(), {}, (0.0, 0), (0.0, 0)

    @property
    def count(self):
        return sum(self.verdicts.values())

    def add(self, number, verdict, faults, seconds, memory):
        self.verdicts[verdict] += 1
        self.slowest = max(self.slowest, (seconds, number))
        self.most = max(self.most, (memory, number))
        if faults:
            self.wrong[number] = faults

    def row(self, kind):
        read = self.verdicts["report"]
        seconds, memory = f"{self.slowest[0]:.2f} s", f"{self.most[0]:.0f} MB"
        refused = self.count - read
        return f"| {kind} | {self.count:,} | {read:,} | {refused:,} | {len(self.wrong)} | {seconds} | {memory} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[[], *fuzzing.FUZZED], metavar="FORMAT")
    parser.add_argument("--seconds", type=float, default=60, help="for each format")
    parser.add_argument("--inputs", type=int, default=10**9, help="most inputs of each format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="make and try this input alone")
    parser.add_argument("--keep", help="folder for the inputs at which something was wrong")
    arguments = parser.parse_args()
    if arguments.keep:
        Path(arguments.keep).mkdir(parents=True, exist_ok=True)
    if arguments.only is not None:
        arguments.first, arguments.inputs = arguments.only, 1
    print(HEAD, flush=True)
    wrong = 0
    for kind in arguments.formats or fuzzing.FUZZED:
        tally = tried(kind, arguments)
        print(tally.row(kind), flush=True)
        wrong += len(tally.wrong)
        tell(kind, tally, arguments)
    return 1 if wrong else 0


def tell(kind, tally, arguments):
    """Each sort of fault once, with the number of an input that shows it."""
    sorts = {}
    for number, faults in tally.wrong.items():
        sorts.setdefault(faults[0][:120], []).append(number)
        if arguments.keep:
            fuzzing.keep(arguments.keep, kind, arguments.seed, number)
    for fault, numbers in sorted(sorts.items(), key=lambda sort: -len(sort[1]))[:SHOWN]:
        print(f"    {len(numbers)} times, first at --only {numbers[0]}: {fault}", file=sys.stderr)
    codes = ", ".join(f"{code} {count}" for code, count in tally.verdicts.most_common())
    slow, large = tally.slowest[1], tally.most[1]
    print(f"    {kind}: {codes}; slowest {slow}, largest {large}", file=sys.stderr, flush=True)


def tried(kind, arguments):
    """The tally of one format, whatever happens to the processes that read."""
    tally = Tally()
    end = time.monotonic() + arguments.seconds
    number = arguments.first
    while number < arguments.first + arguments.inputs and time.monotonic() < end:
        number = one_process(kind, arguments, number, end, tally)
    return tally


def one_process(kind, arguments, first, end, tally):
    """Try inputs from ``first`` on in one process, until it ends, dies or hangs; the number of the next one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    last = arguments.first + arguments.inputs
    process = context.Process(target=reads, args=(kind, arguments.seed, first, last, end - time.monotonic(), theirs))
    process.start()
    theirs.close()
    number = first
    try:
        while True:
            if not ours.poll(PATIENCE):
                tally.add(number, "hung", ["does not come back"], PATIENCE, 0)
                return number + 1
            seen = ours.recv()
            if seen is None:
                return last
            tally.add(number, *seen)
            number += 1
    except EOFError:
        process.join()
        tally.add(number, "died", [f"the process died: {process.exitcode}"], 0, 0)
        return number + 1
    finally:
        process.kill()
        process.join()


def reads(kind, seed, first, last, seconds, pipe):
    """The process that reads: sends what became of each input, and ``None`` at the end."""
    import gilint

    resource.setrlimit(resource.RLIMIT_AS, (4096 * MEGABYTE, 4096 * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    linter = gilint.Linter(config=False)
    fuzzing.seeds_of(kind)
    end = time.monotonic() + seconds
    for number in range(first, last):
        if time.monotonic() > end:
            break
        name, data = fuzzing.made(kind, seed, number)
        reset_peak()
        started = time.process_time()
        verdict, faults = fuzzing.examined(linter, name, data)
        pipe.send((verdict, faults, time.process_time() - started, peak()))
    pipe.send(None)


def reset_peak():
    """Forget how much memory was used at most until now."""
    Path("/proc/self/clear_refs").write_text("5")


def peak():
    """The most memory that this process used since, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    sys.exit(main())
