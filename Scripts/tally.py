#!/usr/bin/env python3
"""Adds up the JUnit files of a folder and prints one closing line.

Usage: Scripts/tally.py FOLDER

Exits with 1 if a test failed, or if no test ran at all.
"""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def counts(file: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped test cases of one JUnit file."""
    passed = failed = skipped = 0
    for case in ET.parse(file).iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            failed += 1
        elif "skipped" in outcomes:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main() -> int:
    files = sorted(Path(sys.argv[1]).glob("*.xml"))
    passed, failed, skipped = (sum(column) for column in zip(*map(counts, files), strict=True)) if files else (0, 0, 0)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
