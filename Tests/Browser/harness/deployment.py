"""The sample deployment 岳阳, made anew in a temporary folder and served on a free port."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.days import day
from harness.postgres import temporary_database
from harness.programs import ROOT, program
from harness.server import free_port, running


@dataclass(frozen=True)
class Account:
    """A synthetic person of the sample deployment, with the password generated for this run."""

    username: str
    password: str
    name: str
    role: str


@dataclass(frozen=True)
class Deployment:
    """A running deployment: `url` without a trailing slash, its data folder, its database and its accounts."""

    url: str
    data: Path
    database: str
    log: Path
    accounts: tuple[Account, ...]

    def account(self, role: str) -> Account:
        """The first account with that role; an unknown role names those there are."""
        for account in self.accounts:
            if account.role == role:
                return account
        known = "、".join(sorted({account.role for account in self.accounts}))
        raise KeyError(f"示例账号中没有角色「{role}」,现有:{known}")

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs `yiciban ARGUMENTS… --data …` on this deployment."""
        command = [program("yiciban"), *arguments, "--data", self.data]
        return subprocess.run(command, cwd=ROOT, check=check, capture_output=True, text=True, timeout=120)


@contextmanager
def sample_deployment(folder: Path, database: str, server: str = "yiciban") -> Iterator[Deployment]:
    """Initialises and serves the sample deployment while the block lasts.

    - folder: an empty folder for data and log.
    - database: `sqlite` or `postgres`.
    - server: `yiciban` (its `serve` command) or `yiciban-server`.
    """
    with initialised(folder, database) as deployment:
        _send_at_night_too(deployment.data / "settings.yaml")
        _celebrate(deployment.data / "settings.yaml")
        _own_devices(deployment.data / "settings.yaml")
        with served(deployment, server):
            yield deployment


def _send_at_night_too(settings: Path) -> None:
    """Lets short messages go at any hour, so that the tests find the same whenever they run."""
    text = settings.read_text(encoding="utf-8")
    assert text.count("\n  sms:\n") == 1, text
    settings.write_text(text.replace("\n  sms:\n", '\n  sms:\n    quietHours: "off"\n'), encoding="utf-8")


def _celebrate(settings: Path) -> None:
    """Makes an occasion of the age that somebody born in 1904 reaches in a week: sample persons are that old."""
    text = settings.read_text(encoding="utf-8")
    assert text.count("ages: [80, 90, 100]") == 1, text
    settings.write_text(text.replace("ages: [80, 90, 100]", f"ages: [{int(day(7)[:4]) - 1904}]"), encoding="utf-8")


def _own_devices(settings: Path) -> None:
    """Each deployment asks a port of its own for its windows' devices: several run on this machine at once."""
    text = settings.read_text(encoding="utf-8")
    assert "counterDevices: http://127.0.0.1:9527" in text
    settings.write_text(text.replace("127.0.0.1:9527", f"127.0.0.1:{free_port()}"), encoding="utf-8")


@contextmanager
def initialised(folder: Path, database: str) -> Iterator[Deployment]:
    """Initialises the sample deployment, which `served` serves at its `url`."""
    data = folder / "data"
    with ExitStack() as stack:
        initialise = [program("yiciban"), "init", "--from", "yueyang", "--data", data]
        if database == "postgres":
            initialise += ["--database", stack.enter_context(temporary_database())]
        made = subprocess.run(initialise, cwd=ROOT, capture_output=True, text=True, timeout=120)
        if made.returncode:
            raise RuntimeError(f"yiciban init 失败,退出码 {made.returncode}。\n{made.stdout}{made.stderr}")
        url = f"http://127.0.0.1:{free_port()}"
        yield Deployment(url, data, database, folder / "server.log", _accounts(data))


@contextmanager
def served(deployment: Deployment, server: str) -> Iterator[subprocess.Popen]:
    """Serves a deployment at its `url` while the block lasts."""
    verb = ["serve"] if server == "yiciban" else []
    port = deployment.url.rsplit(":", 1)[1]
    command = [program(server), *verb, "--data", deployment.data, "--port", port]
    with running(command, deployment.url, deployment.log) as process:
        yield process


def _accounts(data: Path) -> tuple[Account, ...]:
    entries = json.loads((data / "sample-accounts.json").read_text(encoding="utf-8"))
    return tuple(Account(*(entry[key] for key in ("username", "password", "name", "role"))) for entry in entries)
