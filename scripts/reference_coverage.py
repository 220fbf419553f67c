"""docs/coverage.md: what reviewers and other checkers look for, mapped to rules by tests/data/coverage.yaml."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reference_pages import MARK, Shelf, escaped

from gilint.source import load, read_text

DATA = "tests/data/coverage.yaml"
HEAD = f"""\
{MARK}

# Coverage

Which rule says what a reviewer of 政府信息公开工作年度报告 looks for, and what no rule says, with the reason. The
[reference](reference/README.md) has a page for every rule. The lists stand in `{DATA}`.
"""
SEVERITIES = {"E": "error", "W": "warning", "I": "info", "E/W": "error or warning"}


def coverage(shelves: Sequence[Shelf], path: Path) -> str:
    """The whole page."""
    data = load(str(path), read_text(str(path))).data
    pages = {rule.id: f"reference/{shelf.pack.id}/{rule.id}.md" for shelf in shelves for rule in shelf.rules}
    measured = path.parents[2] / "docs" / "confusion.md"
    told = "How well the rules tell the defects apart is [measured](confusion.md).\n" if measured.is_file() else ""
    return HEAD + told + "\n".join(_lines(data, pages)) + "\n"


def _lines(data: Mapping[str, Any], pages: Mapping[str, str]) -> Iterator[str]:
    items = data["catalogue"]
    covered = sum(bool(item["rules"]) for item in items)
    checks = data["checkers"]
    yield from ("", f"Of {len(items)} defects {covered} have a rule; of {len(checks)} checks of other checkers")
    yield f"{sum(bool(check['rules']) for check in checks)} have one. What has none says why."
    yield from ("", "## Defects", "")
    yield "The severity is the one that the list gives; a rule may give less where no published source decides."
    for group, title in data["groups"].items():
        yield from ("", f"### {group}. {title}", "", "| | defect | severity | rules |", "|---|---|---|---|")
        for item in items:
            if item["item"].startswith(group):
                severity = SEVERITIES[item["severity"]]
                yield f"| {item['item']} | {escaped(item['title'])} | {severity} | {_said(item, pages)} |"
    yield from ("", "## What other checkers check", "", "| check | gilint |", "|---|---|")
    yield from (f"| {escaped(check['title'])} | {_said(check, pages)} |" for check in checks)
    yield from ("", "## Beyond both lists", "", "| | rules |", "|---|---|")
    yield from (f"| {escaped(item['title'])} | {_said(item, pages)} |" for item in data["beyond"])


def _said(item: Mapping[str, Any], pages: Mapping[str, str]) -> str:
    """The rules of an item with what is to be said of them, or the reason why there is none."""
    rules = ", ".join(f"[{rule}]({pages[rule]})" if rule in pages else rule for rule in item["rules"])
    told = escaped(item.get("note") or item.get("why") or "")
    return f"{rules} ({told})" if rules and told else rules or f"– {told}"
