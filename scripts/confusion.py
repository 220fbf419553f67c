"""Write docs/confusion.md: which rule tells of which defect in the reports of tests/corpus.

``--all`` spoils every report with every defect and prints the table instead, some minutes long.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "corpus")]

from verdicts import every_case, judge, sampled, table  # noqa: E402


def main() -> None:
    if "--all" in sys.argv[1:]:
        verdicts = [judge(*case) for case in every_case()]
        print(table(verdicts))
        print(*(verdict for verdict in verdicts if not verdict.placed), sep="\n")
    else:
        (ROOT / "docs" / "confusion.md").write_text(table(sampled()), encoding="utf-8")


if __name__ == "__main__":
    main()
