"""Write the rule reference, docs/reference/, and docs/coverage.md from the rule files.

``--check`` writes nothing and exits with 1 when a page is missing, stale, or of a rule that is gone.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the script also runs where gilint is not installed
sys.path.insert(0, str(ROOT / "scripts"))

from reference_coverage import DATA, coverage  # noqa: E402
from reference_index import browser, front, index  # noqa: E402
from reference_pages import COMMAND, Shelf, page  # noqa: E402

from gilint.linter import Linter  # noqa: E402

RULES = ROOT / "rules"
DOCS = ROOT / "docs"
FOLDER = DOCS / "reference"


def main() -> int:
    pages = reference()
    old = {path: path.read_text(encoding="utf-8") for path in written()}
    stale = sorted({path for path in pages.keys() | old.keys() if pages.get(path) != old.get(path)})
    if sys.argv[1:] == ["--check"]:
        print("\n".join(f"{path.relative_to(ROOT)} is stale: run {COMMAND}" for path in stale[:10]) or "fresh")
        return 1 if stale else 0
    for path in stale:
        if path not in pages:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    print(f"{len(pages)} pages, {len(stale)} changed")
    return 0


def written() -> Iterator[Path]:
    """Every page that is there."""
    yield from (path for path in FOLDER.rglob("*") if path.suffix in (".md", ".html"))
    if (DOCS / "coverage.md").is_file():
        yield DOCS / "coverage.md"


def reference() -> dict[Path, str]:
    """Every page that should be there, by its path."""
    kept = shelves()
    pages = {FOLDER / name: text for name, text in front(kept).items()}
    pages[FOLDER / "index.html"] = browser(kept)
    for shelf in kept:
        folder = FOLDER / shelf.pack.id
        pages.update((folder / name, text) for name, text in index(shelf).items())
        pages.update((folder / f"{rule.id}.md", page(shelf, rule)) for rule in shelf.rules)
    pages[DOCS / "coverage.md"] = coverage(kept, ROOT / DATA)
    return pages


def shelves() -> list[Shelf]:
    """The packs that come with gilint, those that others extend first, with the rules of each."""
    found: dict[str, Shelf] = {}
    folders: dict[str, str] = {}
    for path in sorted(RULES.rglob("pack.yaml")):
        linters = {lang: Linter([path.parent], config=False, lang=lang) for lang in ("zh", "en")}
        ruleset = linters["zh"].ruleset
        pack = next(pack for pack in ruleset.packs if Path(pack.path).resolve() == path.parent.resolve())
        rules = [rule for rule in ruleset.rules if rule.pack == pack.id]
        folders.update((rule.id, rule.pack) for rule in ruleset.rules)
        found[pack.id] = Shelf(pack, rules, linters, folders)
    return list(found.values())


if __name__ == "__main__":
    sys.exit(main())
