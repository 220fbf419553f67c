"""Judge the reports of a province on a cluster, and total them by region.

    python examples/cluster/lint_province.py 2000 --workers 2

Makes so many reports out of examples/clean-2024.txt, of eight organs in each of eight regions. Every seventh has a
row that does not add up, every eleventh a short period, every thirteenth a dot for a full stop. What the regions
come to is set against what was put in; exit code 1 if they differ.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow
from distributed import Client, LocalCluster
from pyarrow import dataset

import gilint
from gilint.cluster import paths, write

SAMPLE = Path(__file__).parent.parent / "clean-2024.txt"
OWN, HOME = "平澜县市场监督管理局", "平澜县"
REGIONS = ["平澜县", "青河县", "云山县", "临江县", "石桥县", "南岭县", "东湖县", "北川县"]
BUREAUS = ["市场监督管理局", "水务局", "教育局", "民政局", "司法局", "审计局", "统计局", "商务局"]
ROW = "4.无正当理由大量反复申请 | 0 | 0 | 0 | 0 | 0 | 0 | "
DEFECTS = {
    # rule: every so many reports, what stands there, what is put in its place
    "T303": (7, f"{ROW}0 |", f"{ROW}1 |"),
    "D109": (11, "2024年1月1日至2024年12月31日", "2024年1月1日至2024年11月30日"),
    "Y101": (13, "每月更换内容。", "每月更换内容."),
}
A_FOLDER = 1000


def make(folder: Path, count: int) -> Counter[tuple[str, str]]:
    """Write reports; returns how many of each region have which defect."""
    sample = SAMPLE.read_text(encoding="utf-8")
    assert all(sample.count(right) == 1 for _, right, _ in DEFECTS.values())
    put_in: Counter[tuple[str, str]] = Counter()
    for number in range(count):
        region = REGIONS[number % len(REGIONS)]
        text = sample.replace(OWN, region + BUREAUS[number // len(REGIONS) % len(BUREAUS)]).replace(HOME, region)
        for rule, (every, right, wrong) in DEFECTS.items():
            if number % every == 0:
                text = text.replace(right, wrong)
                put_in[region, rule] += 1
        place = folder / f"{number // A_FOLDER:03}" / f"{number:06}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return put_in


def total(results: Path) -> Counter[tuple[str, str]]:
    """How many findings of each rule the reports of a region have; partitions are read one after the other."""
    found: Counter[tuple[str, str]] = Counter()
    findings = dataset.dataset(results / "findings", format="parquet")
    for batch in findings.to_batches(columns=["region", "rule"]):
        counted = pyarrow.Table.from_batches([batch]).group_by(["region", "rule"]).aggregate([([], "count_all")])
        for row in counted.to_pylist():
            found[row["region"], row["rule"]] += row["count_all"]
    return found


def run(count: int, workers: int, folder: Path) -> int:
    start = time.perf_counter()
    put_in = make(folder / "reports", count)
    made = time.perf_counter()
    cluster = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0")
    with cluster, Client(cluster) as client:
        manifest = write(
            gilint.Linter(config=False),
            paths(f"file://{folder / 'reports'}/*/*.txt"),
            folder / "results",
            executor=client.get_executor(pure=False),
            regions=REGIONS,
        )
    judged = time.perf_counter()
    found = total(folder / "results")
    print(f"{manifest['files']} files, {manifest['failed']} failed, {manifest['parts']} partitions")
    print(f"made in {made - start:.1f} s, judged and written in {judged - made:.1f} s by {workers} workers")
    for region in REGIONS:
        print(region, " ".join(f"{rule} {found[region, rule]}/{put_in[region, rule]}" for rule in DEFECTS))
    print("top rules:", ", ".join(f"{rule} {many}" for rule, many in Counter(manifest["rules"]).most_common(5)))
    same = all(found[region, rule] == put_in[region, rule] for region in REGIONS for rule in DEFECTS)
    complete = (manifest["files"], manifest["failed"]) == (count, 0)
    print("totals are what was put in" if same and complete else "TOTALS DIFFER")
    return 0 if same and complete else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="how many reports are made")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument("--keep", help="a folder for reports and results, which stay")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        return run(options.count, options.workers, Path(options.keep or folder).resolve())


if __name__ == "__main__":
    sys.exit(main())
