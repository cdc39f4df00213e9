"""Any subset of the four plugins boots, and a disabled one is not there (插件的启用与停用)."""

import json
import re
from itertools import chain, combinations

import pytest
import yaml

from harness.deployment import initialised

PLUGINS = ("age-friendly", "certificate-free", "cross-region", "zone-empowerment")
SUBSETS = list(chain.from_iterable(combinations(PLUGINS, count) for count in range(len(PLUGINS) + 1)))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with initialised(tmp_path_factory.mktemp("subsets"), "sqlite") as deployment:
        yield deployment


def enable(deployment, chosen) -> None:
    """Leaves everything else of the settings as it is."""
    path = deployment.data / "settings.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^plugins: .*$", f"plugins: [{', '.join(chosen)}]", text), encoding="utf-8")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["plugins"] == list(chosen)


@pytest.mark.timeout(240)
def test_every_subset_of_the_plugins_boots(place):
    owners = {}
    for chosen in SUBSETS:
        enable(place, chosen)
        entries = json.loads(place.run("access", "list", "--json").stdout)["entries"]
        owners[chosen] = {entry["owner"] for entry in entries} & set(PLUGINS)
    assert owners == {chosen: set(chosen) for chosen in SUBSETS}


def test_a_plugin_that_nobody_knows_is_refused_with_the_nearest_name(place):
    enable(place, ["age-frendly"])
    refused = place.run("access", "list", check=False)
    assert refused.returncode != 0 and "age-friendly" in refused.stderr
    enable(place, PLUGINS)
