"""Writes the bill of materials of an archive: SPDX 2.3 as JSON.

Usage: sbom.py VERSION Package.resolved DEBS BUILT

What is compiled in comes from SwiftPM's resolution and the linker's list of objects, the runtime libraries from the Debian
packages that go along, the Swift runtime from the compiler that built the program.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def identifier(name: str) -> str:
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def licence(checkout: Path) -> str:
    """The licence of a Swift package by the first words of its text."""
    for file in sorted(checkout.glob("LICENSE*")):
        text = file.read_text(encoding="utf-8", errors="replace")
        if "Apache License" in text:
            return "Apache-2.0"
        if "Permission is hereby granted, free of charge" in text:
            return "MIT"
    return "NOASSERTION"


def package(name: str, version: str, where: str, purl: str, declared: str = "NOASSERTION") -> dict:
    return {
        "name": name, "SPDXID": identifier(f"{name}-{version}"), "versionInfo": version, "downloadLocation": where,
        "licenseConcluded": "NOASSERTION", "licenseDeclared": declared, "copyrightText": "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}],
    }


def is_compiled(checkout: Path, targets: set[str]) -> bool:
    """Whether something of a package is in the program; others are only named by one that we use."""
    folders = [folder for depth in ("*", "*/*") for folder in checkout.glob(depth) if folder.is_dir()]
    return any(folder.name in targets for folder in folders)


def swift_packages(resolved: Path, built: Path) -> list[dict]:
    objects = (built / "yiciban.product" / "Objects.LinkFileList").read_text(encoding="utf-8")
    targets = set(re.findall(r"/([^/]+)\.build/", objects))
    pins = [
        pin for pin in json.loads(resolved.read_text(encoding="utf-8"))["pins"]
        if is_compiled(checkout(pin), targets)
    ]
    return [
        package(
            pin["identity"], pin["state"].get("version", pin["state"].get("revision", "")), pin["location"],
            f"pkg:swift/{pin['location'].removeprefix('https://').removesuffix('.git')}@{pin['state'].get('version', '')}",
            licence(checkout(pin)))
        for pin in pins
    ]


def checkout(pin: dict) -> Path:
    return ROOT / ".build" / "checkouts" / Path(pin["location"]).name.removesuffix(".git")


def debian_packages(debs: Path) -> list[dict]:
    found = []
    for file in sorted(debs.glob("*.deb")):
        fields = output("dpkg-deb", "--show", "--showformat=${Package} ${Version} ${Architecture}", str(file))
        name, version, architecture = fields.split()
        purl = f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro=bookworm"
        found.append(package(name, version, "NOASSERTION", purl))
    return found


def main(version: str, resolved: Path, debs: Path, built: Path) -> dict:
    swift = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    own = package("yiciban", version, "NOASSERTION", f"pkg:generic/yiciban@{version}", "Apache-2.0")
    parts = [
        *swift_packages(resolved, built), *debian_packages(debs),
        package("swift-runtime", swift, "https://www.swift.org", f"pkg:generic/swift-runtime@{swift}", "Apache-2.0"),
    ]
    commit = output("git", "rev-parse", "HEAD")
    made = datetime.fromtimestamp(int(output("git", "log", "-1", "--format=%ct")), UTC)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"yiciban-{version}",
        "documentNamespace": f"urn:yiciban:{version}:{commit}",
        "creationInfo": {"created": made.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: yiciban-sbom"]},
        "packages": [own, *parts],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]},
            *({"spdxElementId": own["SPDXID"], "relationshipType": "DEPENDS_ON", "relatedSpdxElement": part["SPDXID"]}
              for part in parts),
        ],
    }


if __name__ == "__main__":
    json.dump(main(sys.argv[1], *map(Path, sys.argv[2:5])), sys.stdout, ensure_ascii=False, indent=1)
