"""What the journal says, read with the command line as an operator would."""

import json

from harness.deployment import Deployment


def events(deployment: Deployment, case: str, role: str = "mother") -> list[str]:
    """The events of a case in their order, each as its type and what it was about: `case.item_decided P01 granted`."""
    username = deployment.account(role).username
    entries = json.loads(deployment.run("case", "events", case, "--as", username, "--json").stdout)
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    return [_brief(entry) for entry in entries]


def _brief(entry: dict) -> str:
    body = entry["body"]
    parts = (body.get(key) for key in ("part", "role", "item", "outcome", "target", "mode"))
    return " ".join([entry["type"], *(part for part in parts if part)])


def audit(deployment: Deployment) -> dict:
    """The result of `yiciban audit verify`, which must have found the journal sound."""
    result = json.loads(deployment.run("audit", "verify", "--json").stdout)
    assert result["sound"] and not result["findings"], result
    return result
