"""Backing up beside a serving server, and coming back on an empty machine, with either database."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.deployment import Deployment, initialised, served
from harness.files import PDF
from harness.journal import audit
from harness.people import Person, ok
from harness.postgres import run_sql, temporary_database
from harness.programs import ROOT, program
from harness.server import free_port

WAYS = [("sqlite", "sqlite"), ("sqlite", "postgres"), ("postgres", "postgres"), ("postgres", "sqlite")]


def yiciban(*arguments, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [program("yiciban"), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=check, capture_output=True, text=True, timeout=120)


def submit(person: Person, child: str) -> dict:
    """One application with one paper."""
    case = ok(person.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS, "form": form(child)}), 201)["id"]
    ok(person.upload(case, PAPER_SLOT), 201)
    return ok(person.post(f"/api/v1/cases/{case}/submission"))


class Writing(threading.Thread):
    """Submits one case after the other until it is stopped."""

    def __init__(self, deployment: Deployment) -> None:
        super().__init__()
        self.deployment, self.stopped, self.submitted = deployment, threading.Event(), []

    def run(self) -> None:
        with Person(self.deployment, "mother") as mother:
            while not self.stopped.is_set():
                self.submitted.append(submit(mother, new_child())["number"])

    def __enter__(self) -> "Writing":
        self.start()
        while not self.submitted:
            sleep(0.01)
        return self

    def __exit__(self, *_) -> None:
        self.stopped.set()
        self.join()


def restored(stack: ExitStack, backup: Path, folder: Path, database: str, key: Path, deployment: Deployment) -> Deployment:
    """The deployment from a backup and the master key alone, in a folder and a database of its own."""
    where = ["--database", stack.enter_context(temporary_database()) if database == "postgres" else "sqlite"]
    data = folder / "restored"
    yiciban("restore", backup, "--data", data, "--master-key", key, *where)
    return replace(
        deployment, url=f"http://127.0.0.1:{free_port()}", data=data, database=database, log=folder / "restored.log")


@pytest.mark.parametrize(("origin", "target"), WAYS)
def test_a_machine_is_lost_and_another_goes_on(tmp_path, origin, target):
    key, backups = tmp_path / "safe" / "master.key", tmp_path / "backups"
    with ExitStack() as stack:
        deployment = stack.enter_context(initialised(tmp_path, origin))
        key.parent.mkdir()
        shutil.copy2(deployment.data / "keys" / "master.key", key)
        with served(deployment, "yiciban"), Person(deployment, "mother") as mother:
            first = submit(mother, "李安安")
            with Writing(deployment) as writing:
                made = json.loads(deployment.run("backup", "--to", f"{backups}/", "--json").stdout)
                counted = len(writing.submitted)
                while len(writing.submitted) < counted + 2:
                    sleep(0.01)
            # The server goes on taking cases while the backup is made and after it.
        backup = Path(made["file"])
        sound = json.loads(yiciban("backup", "verify", backup, "--json").stdout)
        assert sound["sound"] and sound["rows"]["case_file"] == made["rows"]["case_file"] >= 2

        # What is personal is nowhere to be read in the file, and nor are the keys.
        content = backup.read_bytes()
        secrets = [key.read_bytes().split()[-1], PDF, b"dbname="]
        secrets += (deployment.data / "keys" / "deployment.key").read_bytes().splitlines()[1:-1]
        secrets += [text.encode() for text in ["李安安", "李晓梅", "430602190904265454"]]
        assert [secret for secret in secrets if secret in content] == []
        with tarfile.open(backup) as archive:
            assert archive.getnames()[0] == "README.txt" and archive.getnames()[-1] == "manifest.sig"

        shutil.rmtree(deployment.data)
        again = restored(stack, backup, tmp_path, target, key, deployment)
        audit(again)
        with served(again, "yiciban-server"), Person(again, "mother") as mother:
            case = ok(mother.get(f"/api/v1/cases/{first['id']}"))
            assert (case["number"], case["form"]["child_name"]) == (first["number"], "李安安")
            found = ok(mother.get("/api/v1/themes", params={"q": "生孩子"}))["themes"]
            assert found[0]["id"] == "birth"
            submit(mother, "李安乐")
        audit(again)


def fill(deployment: Deployment, pieces: int) -> None:
    """Puts pieces of a quarter of a megabyte into the database, so that there is a middle in which to be killed."""
    if deployment.database == "sqlite":
        with sqlite3.connect(deployment.data / "yiciban.db") as database:
            database.executemany(
                "INSERT INTO blob_chunk (division, id, number, sealed) VALUES ('430600', 'filler', ?, randomblob(262144))",
                [(number,) for number in range(pieces)])
    else:
        settings = (deployment.data / "settings.yaml").read_text()
        conninfo = json.loads(settings.split("postgresql: ")[1].splitlines()[0])
        run_sql(
            f"INSERT INTO blob_chunk (division, id, number, sealed) SELECT '430600', 'filler', n, "
            f"decode(repeat(md5(n::text), 8192), 'hex') FROM generate_series(0, {pieces} - 1) n",
            dict(pair.split("=", 1) for pair in conninfo.split()))


def emptied(data: Path, where: str) -> None:
    """Takes the pieces out again, which belong to no file, as the audit would tell."""
    statement = "DELETE FROM blob_chunk WHERE id = 'filler'"
    if where == "sqlite":
        with sqlite3.connect(data / "yiciban.db") as database:
            database.execute(statement)
    else:
        run_sql(statement, dict(pair.split("=", 1) for pair in where.split()))


def killed(command: list, ready) -> None:
    """Starts a command and kills it as soon as it is in the middle of its work."""
    process = subprocess.Popen([program("yiciban"), *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    while not ready():
        assert process.poll() is None, "it ended before it could be killed"
        sleep(0.001)
    process.kill()
    assert process.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_what_is_killed_is_done_again(tmp_path, database):
    with ExitStack() as stack:
        deployment = stack.enter_context(initialised(tmp_path, database))
        fill(deployment, 400)
        backups = tmp_path / "backups"
        partial = backups / "yiciban-430600.tar.partial"
        key = tmp_path / "master.key"
        shutil.copy2(deployment.data / "keys" / "master.key", key)

        killed(
            ["backup", "--to", f"{backups}/", "--data", deployment.data],
            lambda: partial.exists() and partial.stat().st_size > 5 << 20)
        assert os.listdir(backups) == [partial.name]
        assert yiciban("backup", "verify", partial, check=False).returncode == 3
        made = json.loads(deployment.run("backup", "--to", f"{backups}/", "--json").stdout)
        assert os.listdir(backups) == [Path(made["file"]).name]
        assert json.loads(yiciban("backup", "verify", made["file"], "--json").stdout)["sound"]

        where = stack.enter_context(temporary_database()) if database == "postgres" else "sqlite"
        data = tmp_path / "restored"
        restore = ["restore", made["file"], "--data", data, "--master-key", key, "--database", where]
        rows = lambda: written(data, where)  # noqa: E731
        killed(restore, lambda: rows() > 3)
        refused = yiciban("case", "list", "--data", data, check=False)
        assert refused.returncode == 3 and "没有做完的恢复" in refused.stderr
        yiciban(*restore)
        emptied(data, where)
        audit(replace(deployment, data=data))
        assert "已有部署" in yiciban(*restore, check=False).stderr


def written(data: Path, where: str) -> int:
    """How far a restoring has come: megabytes of SQLite's files, or pieces in PostgreSQL."""
    if where == "sqlite":
        return sum(file.stat().st_size for file in data.glob("yiciban.db*")) >> 20
    try:
        return int(run_sql("SELECT count(*) FROM blob_chunk", dict(pair.split("=", 1) for pair in where.split())))
    except subprocess.CalledProcessError:
        return 0


def test_what_would_lose_something_is_refused(tmp_path):
    with initialised(tmp_path, "sqlite") as deployment, temporary_database() as used:
        backup = tmp_path / "a.tar"
        deployment.run("backup", "--to", str(backup))
        key = deployment.data / "keys" / "master.key"
        before = backup.read_bytes()

        def refusal(*arguments) -> str:
            done = yiciban(*arguments, check=False)
            assert done.returncode in (2, 3), done.stdout + done.stderr
            return done.stderr

        assert "已经存在" in refusal("backup", "--to", backup, "--data", deployment.data)
        assert backup.read_bytes() == before
        assert "已有部署" in refusal("restore", backup, "--data", deployment.data, "--master-key", key)
        assert "没有主密钥" in refusal("restore", backup, "--data", tmp_path / "b")
        yiciban("init", "--from", "yueyang", "--data", tmp_path / "other", "--database", used)
        other = tmp_path / "other" / "keys" / "master.key"
        assert "不相配" in refusal("restore", backup, "--data", tmp_path / "b", "--master-key", other)
        assert "已有表" in refusal("restore", backup, "--data", tmp_path / "b", "--master-key", key, "--database", used)
        damaged = tmp_path / "damaged.tar"
        damaged.write_bytes(before.replace(b"\xe5\xb2\xb3\xe9\x98\xb3", b"\xe5\xb2\xb3\xe9\x98\xb4", 1))
        assert "没有恢复任何内容" in refusal("restore", damaged, "--data", tmp_path / "b", "--master-key", key)
        assert yiciban("backup", "verify", damaged, check=False).returncode == 1
        assert "不是 yiciban backup 做的备份" in refusal("restore", key, "--data", tmp_path / "b", "--master-key", key)
        assert not (tmp_path / "b").exists()
        assert "--keep" in refusal("backup", "--to", tmp_path / "c.tar", "--keep", "3", "--data", deployment.data)
