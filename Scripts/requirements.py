#!/usr/bin/env python3
"""Says which requirement rows no test claims, and counts the claims per programme.

Usage: Scripts/requirements.py [--quiet] [--strict]

Rows are those of Docs/requirements.json. Swift tests claim them by `.covers("R12.3", …)`, the API and browser suites by
`@pytest.mark.covers("R12.3", …)`. A claim on a row that does not exist is always an error; `--strict` makes an
unclaimed row one too, and `--quiet` prints the totals alone.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The plan's five programmes (五大工程) and the numbered items under each, as its text divides them.
PROGRAMMES = {
    "总体要求": range(0, 1),
    "一 改革深化先导工程": range(1, 5),
    "二 线上服务提质工程": range(5, 9),
    "三 便捷服务强基工程": range(9, 15),
    "四 行政效能提升工程": range(15, 18),
    "五 能力建设培育工程": range(18, 21),
}

CLAIM = re.compile(r"\.covers\(([^()]*)\)")
ROW_ID = re.compile(r'"([^"]*)"')
COMMENT = {".swift": re.compile(r"^\s*//.*$", re.MULTILINE), ".py": re.compile(r"^\s*#.*$", re.MULTILINE)}


@dataclass(frozen=True)
class Row:
    """One requirement: `R12.3`, its Chinese name, and what sort of thing it is."""

    id: str
    name: str
    kind: str

    @property
    def programme(self) -> str:
        item = int(self.id[1:].split(".")[0])
        return next(name for name, items in PROGRAMMES.items() if item in items)

    @property
    def testable(self) -> bool:
        """False for rows that the plan states and no software fulfils."""
        return self.kind != "not software"


@dataclass(frozen=True)
class Claim:
    """A test's claim on a row, with the place where it stands."""

    row: str
    file: Path
    line: int


def rows(path: Path) -> list[Row]:
    table = json.loads(path.read_text(encoding="utf-8"))
    return [Row(row["id"], row["name"], row["kind"]) for row in table["rows"]]


def claims(folder: Path) -> list[Claim]:
    found = []
    sources = [*folder.rglob("*.swift"), *(folder / "Browser").rglob("*.py")]
    for file in sorted(sources):
        # Comments are blanked and not removed, so that line numbers stay right.
        text = COMMENT[file.suffix].sub("", file.read_text(encoding="utf-8"))
        for claim in CLAIM.finditer(text):
            line = text.count("\n", 0, claim.start()) + 1
            found += [Claim(row, file, line) for row in ROW_ID.findall(claim[1])]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="列出还没有测试认领的需求。")
    parser.add_argument("--quiet", action="store_true", help="只打印合计")
    parser.add_argument("--strict", action="store_true", help="有未认领的需求时以 1 退出")
    options = parser.parse_args()

    table = rows(ROOT / "Docs" / "requirements.json")
    known = {row.id for row in table}
    made = claims(ROOT / "Tests")
    unknown = [claim for claim in made if claim.row not in known]
    claimed = {claim.row for claim in made}

    by_programme: dict[str, list[Row]] = defaultdict(list)
    for row in table:
        if row.testable:
            by_programme[row.programme].append(row)

    missing_total = 0
    for programme in PROGRAMMES:
        wanted = by_programme[programme]
        missing = [row for row in wanted if row.id not in claimed]
        missing_total += len(missing)
        print(f"{programme}:共 {len(wanted)} 项,已有测试 {len(wanted) - len(missing)} 项,尚缺 {len(missing)} 项")
        if not options.quiet:
            for row in missing:
                print(f"    {row.id:<7}{row.name}")

    testable = sum(map(len, by_programme.values()))
    print(
        f"合计:共 {testable} 项,已有测试 {testable - missing_total} 项,尚缺 {missing_total} 项;"
        f"另有 {len(table) - testable} 项不由软件实现"
    )
    for claim in unknown:
        place = f"{claim.file.relative_to(ROOT)}:{claim.line}"
        print(f"错误:{place} 认领的 {claim.row} 不在 Docs/requirements.json 中,请改正编号。", file=sys.stderr)
    return 1 if unknown or (options.strict and missing_total) else 0


if __name__ == "__main__":
    sys.exit(main())
