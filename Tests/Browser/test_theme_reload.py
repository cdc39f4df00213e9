"""A theme that is put into the data folder is served without a restart and without a lost request."""

import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import requests

from harness.deployment import initialised, served
from harness.programs import ROOT, program

PATIENCE = 30.0  # seconds; a reload usually takes two


@pytest.fixture
def open_deployment(tmp_path):
    """A deployment of its own that serves every theme it finds."""
    with initialised(tmp_path, "sqlite") as deployment:
        settings = deployment.data / "settings.yaml"
        kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if "enabled:" not in line]
        settings.write_text("\n".join(kept) + "\n", encoding="utf-8")
        with served(deployment, "yiciban"):
            yield deployment


def titles(deployment) -> list[str]:
    answer = requests.get(f"{deployment.url}/api/v1/themes", timeout=10)
    answer.raise_for_status()
    return [theme["title"] for theme in answer.json()["themes"]]


def guide(deployment) -> dict:
    answer = requests.get(f"{deployment.url}/api/v1/themes/reload-sample", timeout=10)
    answer.raise_for_status()
    return answer.json()


def eventually(deployment, title: str) -> bool:
    """Waits until a theme of this title is served."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if title in titles(deployment):
            return True
        time.sleep(0.3)
    return False


def logged(deployment, words: str) -> bool:
    """Waits until the server's log has these words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if words in deployment.log.read_text(encoding="utf-8", errors="replace"):
            return True
        time.sleep(0.3)
    return False


def rename(deployment, old: str, new: str) -> None:
    path = deployment.data / "themes" / "reload-sample" / "theme.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.covers("R00.3", "R02.10")
def test_a_theme_is_reloaded_without_a_restart_and_without_a_lost_request(open_deployment):
    deployment = open_deployment
    stop = Event()

    def ask() -> list[int]:
        """Asks without pause until told to stop; gives every status that was not a success."""
        bad = []
        with requests.Session() as session:
            while not stop.is_set():
                status = session.get(f"{deployment.url}/api/v1/themes/birth", timeout=10).status_code
                if status != 200:
                    bad.append(status)
                time.sleep(0.02)
        return bad

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            subprocess.run(
                [program("yiciban"), "theme", "new", "reload-sample", "--title", "热更新样例",
                 "--folder", deployment.data / "themes"],
                cwd=ROOT, check=True, capture_output=True, timeout=60,
            )
            assert eventually(deployment, "热更新样例")
            first = guide(deployment)
            rename(deployment, "default: 2wd", "default: 1wd")
            rename(deployment, "热更新样例", "热更新样例二")
            assert eventually(deployment, "热更新样例二")
            second = guide(deployment)
            assert second["hash"] != first["hash"], "each text is a version of its own"
            # The change stands everywhere within one cycle, and how long it took is measured.
            assert "热更新样例二" in requests.get(f"{deployment.url}/themes/reload-sample", timeout=10).text
            lag = [line for line in requests.get(f"{deployment.url}/metrics", timeout=10).text.splitlines()
                   if line.startswith("yiciban_catalogue_lag_seconds")]
            assert len(lag) == 1 and 0 <= float(lag[0].split()[-1]) < 10, lag
            limits = [[item["promised_limit"] for item in each["items"]] for each in (first, second)]
            assert limits[0] != limits[1]
            # A faulty version is not applied: the one before it stays in force.
            path = deployment.data / "themes" / "reload-sample" / "theme.yaml"
            faulty = path.read_text(encoding="utf-8").replace("热更新样例二", "热更新样例三") + "\nno_such_key: 1\n"
            path.write_text(faulty, encoding="utf-8")
            assert logged(deployment, "no_such_key"), "the server never said what is wrong with the theme"
            assert "热更新样例二" in titles(deployment)
            # A bundle that is taken away is served no more, and the log says so.
            shutil.rmtree(path.parent)
            assert logged(deployment, "theme withdrawn")
            assert "热更新样例二" not in titles(deployment)
        finally:
            stop.set()
        assert [asked.result() for asked in asking] == [[], []]


def test_a_theme_that_is_enabled_and_not_there_is_told_at_the_start(tmp_path):
    with initialised(tmp_path, "sqlite") as deployment:
        settings = deployment.data / "settings.yaml"
        text = settings.read_text(encoding="utf-8")
        assert "[birth, " in text
        settings.write_text(text.replace("[birth, ", "[birth, no-such-theme, "), encoding="utf-8")
        with served(deployment, "yiciban"):
            assert logged(deployment, "no-such-theme")
