"""A report of a hundred times the length: what it takes beside one of the usual length."""

from collections.abc import Callable
from functools import partial
from random import Random

from benchmarks import timing
from benchmarks.corpus.content import Content, content, paragraphs_of, varied
from benchmarks.corpus.rendering import rendered
from benchmarks.parts import REPORT, Goal, Measured, Settings, Table, figure
from gilint import Linter

TIMES = (1, 10, 100)
FORMATS = ("txt", "html", "docx")
ROUNDS = 3


def measure(settings: Settings) -> Measured:
    """The time of reports of several lengths, each prose paragraph written in so many variants, in units of the first."""
    linter = Linter(config=False)
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
            rows.append([f"{kind}, {step}", *(f"{len(data) / 1000:,.0f}" for data in files.values()), first, *map(figure, ratios)])
            if step == "lint":
                goals.append(Goal(f"a {kind} report 100 times as long", ratios[-1], 110))
    head = ["", *(f"kB, {times} ×" for times in TIMES), "ms, 1 ×", *(f"time, {times} ×" for times in TIMES[1:])]
    return Measured([Table(head, rows)], goals)


def longer(times: int) -> Content:
    """A generated report with ``times`` as much text: more variants of its prose, and the same tables ``times`` over.

    Tables of a report cannot be repeated, so the prose makes up for them.
    """
    paragraphs = paragraphs_of(REPORT.read_text(encoding="utf-8"))
    plain = content(paragraphs, 0)
    if times == 1:
        return plain
    prose = [len(block) for block in plain.blocks if isinstance(block, str) and is_prose(block)]
    wanted = times * len(rendered(plain, "txt", 0).decode()) - len(rendered(plain, "txt", 0).decode())
    copies = round(wanted / sum(prose))
    blocks: list[object] = []
    for block in plain.blocks:
        blocks.append(block)
        if isinstance(block, str) and is_prose(block):
            blocks += (_another(block, number) for number in range(copies))
    return Content(blocks, plain.data)  # type: ignore[arg-type]


def is_prose(text: str) -> bool:
    """Whether a paragraph is more than a heading."""
    return len(text) > 40


def _another(text: str, number: int) -> str:
    chance = Random(f"{text} {number}")
    (made,) = varied([text], chance, 2024)
    return f"{made}本段所述第{number}项工作共办理{chance.randint(10, 99999)}件次。"
