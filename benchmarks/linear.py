"""A report of a hundred times the length: what it takes beside one of the usual length."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from random import Random

from benchmarks import timing
from benchmarks.corpus.content import Content, content, paragraphs_of, varied
from benchmarks.corpus.rendering import rendered, text_of
from benchmarks.parts import REPORT, Goal, Measured, Settings, Table, figure
from gilint import Config, Linter
from gilint.limits import Limits

TIMES = (1, 10, 100)
FORMATS = ("txt", "html", "docx")
ROUNDS = 3
WORDS = [first + second for first in "协调统筹规划落实" for second in "渠道流程机制材料目标进度成果队伍"]
"""Words without a meaning that a rule looks for."""


def measure(settings: Settings) -> Measured:
    """The time of reports of several lengths, in units of the first."""
    linter = Linter(config=Config(limits=Limits(characters=10_000_000)))
    rounds = max(ROUNDS, settings.rounds // 5)
    rows, goals = [], []
    for kind in FORMATS:
        files = {times: rendered(longer(times), kind, 0) for times in TIMES}
        for step, function in (("read", linter.read), ("lint", linter.lint)):
            tasks: dict[str, Callable[[], object]] = {
                str(times): partial(function, data, f"report.{kind}") for times, data in files.items()
            }
            taken = timing.seconds(tasks, rounds)
            ratios = [timing.ratio(taken[str(times)], taken["1"]) for times in TIMES[1:]]
            first = figure(1000 * timing.middle(taken["1"]))
            sizes = [f"{len(data) / 1000:,.0f}" for data in files.values()]
            rows.append([f"{kind}, {step}", *sizes, first, *map(figure, ratios)])
            if step == "lint":
                goals.append(Goal(f"a {kind} report 100 times as long", ratios[-1], 110))
    head = ["", *(f"kB, {times} ×" for times in TIMES), "ms, 1 ×", *(f"time, {times} ×" for times in TIMES[1:])]
    return Measured([Table(head, rows)], goals)


def longer(times: int) -> Content:
    """A generated report of ``times`` the length as plain text: more variants of its prose between the same tables.

    The tables of a report cannot be repeated, so the prose makes up for them.
    """
    plain = _like_the_rest(content(paragraphs_of(REPORT.read_text(encoding="utf-8")), 0))
    more: dict[int, list[str]] = {}
    missing = (times - 1) * len(text_of(plain).encode())
    prose = [at for at, block in enumerate(plain.blocks) if isinstance(block, str) and is_prose(block)]
    for number, at in enumerate(cycle(prose)):
        if missing <= 0:
            break
        another = _another(str(plain.blocks[at]), number)
        more.setdefault(at, []).append(another)
        missing -= len(another.encode()) + 2  # and two line ends
    blocks = [each for at, block in enumerate(plain.blocks) for each in (block, *more.get(at, ()))]
    return Content(blocks, plain.data)


def _like_the_rest(made: Content) -> Content:
    """A report whose own prose is of the same kind as what makes it longer."""
    blocks = [
        _another(block, -at) if isinstance(block, str) and is_prose(block) else block
        for at, block in enumerate(made.blocks)
    ]
    return Content(blocks, made.data)


def is_prose(text: str) -> bool:
    """Whether a paragraph is more than a heading."""
    return len(text) > 40


def _another(text: str, number: int) -> str:
    chance = Random(f"{text} {number}")
    (made,) = varied([text], chance, 2024)
    # Paragraphs that say the same would be found as repetitions, each with all others.
    return f"{made}{''.join(chance.sample(WORDS, 9))}。"
