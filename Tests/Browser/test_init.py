"""A deployment is made whole or not at all."""

import json
import shutil
import subprocess
from contextlib import ExitStack
from time import monotonic, sleep

import pytest
import requests

from harness.postgres import temporary_database
from harness.programs import ROOT, program


def test_init_touches_no_foreign_folder(tmp_path):
    (tmp_path / "照片.txt").write_text("我的照片", encoding="utf-8")
    done = subprocess.run(
        [program("yiciban"), "init", "--from", "yueyang", "--data", str(tmp_path)],
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and "照片.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["照片.txt"]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_an_init_that_is_killed_is_done_again(tmp_path, database):
    with ExitStack() as stack:
        data = tmp_path / "data"
        command = [program("yiciban"), "init", "--from", "yueyang", "--data", data]
        if database == "postgres":
            command += ["--database", stack.enter_context(temporary_database())]
        began = monotonic()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        whole = monotonic() - began
        if database == "postgres":
            command[-1] = stack.enter_context(temporary_database())
        cut = 0
        for part in range(1, 10, 2):
            shutil.rmtree(data, ignore_errors=True)
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                sleep(whole * part / 10)
                process.kill()
            if (data / "settings.yaml").exists():
                # It was faster this time; the database is full now.
                if database == "postgres":
                    command[-1] = stack.enter_context(temporary_database())
                continue
            cut += 1
            listed = subprocess.run(
                [program("yiciban"), "audit", "verify", "--data", data], capture_output=True, text=True)
            assert listed.returncode == 3 and "yiciban init" in listed.stderr, "nothing looks like a deployment"
            again = subprocess.run(command, capture_output=True, text=True, timeout=120)
            assert again.returncode == 0, again.stderr
            assert not (data / "init-unfinished").exists()
            verified = subprocess.run([program("yiciban"), "audit", "verify", "--data", data])
            assert verified.returncode == 0
            if database == "postgres":
                command[-1] = stack.enter_context(temporary_database())
        assert cut >= 1, "it was killed in the middle"


def test_a_script_learns_where_the_server_listens(tmp_path):
    data = tmp_path / "data"
    subprocess.run(
        [program("yiciban"), "init", "--from", "yueyang", "--data", data], check=True, capture_output=True, timeout=120)
    command = [program("yiciban"), "serve", "--data", data, "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            ready = json.loads(process.stdout.readline())
            assert ready["process_id"] == process.pid and ready["data"] == str(data)
            assert requests.get(f"{ready['url']}/healthz", timeout=30).ok
            assert ready["url"].endswith(f":{ready['port']}")
        finally:
            process.terminate()
        assert process.stdout.read() == "", "nothing but JSON is printed"
        assert process.wait(60) == 0


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_county_begins_with_a_folder_of_its_own_and_no_synthetic_people(tmp_path, database):
    own = tmp_path / "pingjiang"
    shutil.copytree(ROOT / "Apps/Deployments/yueyang", own)
    for name in ("sample.yaml", "items.csv", "norms.csv"):
        (own / name).unlink()
    data = tmp_path / "data"
    with ExitStack() as stack:
        place = ["--database", stack.enter_context(temporary_database())] if database == "postgres" else []

        def run(*arguments, code=(0,)):
            done = subprocess.run(
                [program("yiciban"), *arguments, "--data", data], capture_output=True, text=True, timeout=120)
            assert done.returncode in code, done.stdout + done.stderr
            return done.stdout + done.stderr

        (own / "organisation.yaml").rename(own / "elsewhere.yaml")
        assert "organisation.yaml" in run("init", "--from", own, *place, code=(3,))
        (own / "elsewhere.yaml").rename(own / "organisation.yaml")
        assert "还没有账号" in run("init", "--from", own, *place)
        assert not (data / "sample-accounts.json").exists()
        staff = tmp_path / "人员.csv"
        staff.write_text("登录名,姓名,单位,角色\nfirst.admin,张示例,岳阳市行政审批服务局,单位管理员\n", encoding="utf-8")
        run("organisation", "import", staff, "--passwords", tmp_path / "passwords.csv")
        assert "first.admin" in run("account", "list")
        # The throw-away PostgreSQL is set up to lose data, which doctor rightly calls a fault.
        assert "示例账号" not in run("doctor", code=(0, 1))
        run("audit", "verify")
