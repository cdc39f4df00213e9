"""Everything that is sent wrong, by mistake or on purpose: a clear answer, no 5xx, nothing half done."""

import json
import os
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from harness.api import Api
from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.days import day
from harness.deployment import Deployment, initialised, sample_deployment, served
from harness.files import PDF, png, zip_bomb
from harness.journal import audit, events
from harness.people import People, Person, ok, refused
from harness.programs import ROOT, program
from harness.server import free_port

JSON = {"Content-Type": "application/json"}
MEGABYTE = 1 << 20


@pytest.fixture
def mother(people) -> Person:
    return people("mother")


@pytest.fixture
def draft(mother) -> str:
    return new_draft(mother)


def new_draft(mother: Person) -> str:
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    return ok(mother.post("/api/v1/cases", json=body), 201)["id"]


def submitted(mother: Person) -> str:
    case = new_draft(mother)
    ok(mother.upload(case, PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{case}/submission"))
    return case


# --- JSON ---

@pytest.mark.parametrize("body", [
    b"{", b'{"theme": }', b"[]", b"null", b"7", b'"text"', b'{"theme": "birth"} {}', b"{'theme': 'birth'}",
    b'{"theme": NaN}', b'{"theme": "birth", "theme": "retirement"}', b"\x00", b"[" * 100_000,
    b'{"a":' * 100_000, b'{"theme": "\\ud800"}', b'{"theme": "bi\nrth"}', b'{"theme": "\xff\xfe"}',
    b'\xef\xbb\xbf{"theme": "birth"}', '{"theme": "birth"}'.encode("utf-16"),
], ids=lambda body: repr(body[:24]))
def test_what_is_no_json_object_is_refused(mother, body):
    problem = refused(mother.post("/api/v1/cases", data=body, headers=JSON), 400, "http.malformed_json")
    assert problem["detail"].endswith("。")


@pytest.mark.parametrize(("change", "field"), [
    ({"theme": 7}, "theme"), ({"theme": None}, "theme"), ({"theme": ["birth"]}, "theme"), ({"theme": ""}, "theme"),
    ({"theme": "x" * 61}, "theme"), ({"answers": "≤1月"}, "answers"), ({"answers": {"婴儿年龄": 1}}, "answers.婴儿年龄"),
    ({"submit": "yes"}, "submit"), ({"form": {"child_name": {"first": "小"}}}, "form.child_name"),
    ({"form": {"child_name": "长" * 2001}}, "form.child_name"), ({"surprise": 1}, "surprise"),
    ({"id": "01m82qx23f4rda3qbyy17r697y"}, "id"), ({"theme": "bi\u0000rth"}, "theme"),
], ids=str)
def test_wrong_types_and_unknown_fields_are_named(mother, change, field):
    body = {"theme": "birth", "answers": ANSWERS} | change
    problem = refused(mother.post("/api/v1/cases", json=body), 422, "input.invalid")
    assert field in [finding["field"] for finding in problem["findings"]]


def test_all_findings_come_at_once_and_with_the_submission(mother, draft):
    wrong = {"child_name": "小" * 300, "birth_day": "2026-13-40", "birth_weight": "heavy",
             "other_parent_id_number": "430602190904265455", "card_bank": "不存在的银行"}
    ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": wrong}))
    problem = refused(mother.post(f"/api/v1/cases/{draft}/submission"), 422, "input.invalid")
    assert {finding["field"] for finding in problem["findings"]} == {
        f"material.{PAPER_SLOT}", *(f"form.{name}" for name in wrong)}
    unknown = refused(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"childname": "陈"}}), 422, "input.invalid")
    assert "child_name" in unknown["findings"][0]["message"], "the nearest name is offered"
    now = ok(mother.get(f"/api/v1/cases/{draft}"))
    assert (now["version"], now["state"]) == (2, "draft"), "nothing half done"


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "'; DROP TABLE case_file; --", "{{csrf}}", "𠮷野家㐂🀄", "a\u0301" * 20,
    "%00%0a%0d", "../../etc/passwd", "${jndi:ldap://x}",
], ids=range(8))
def test_hostile_text_is_text_and_comes_back_the_same(mother, draft, text):
    ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"birth_place": text}}))
    assert ok(mother.get(f"/api/v1/cases/{draft}"))["form"]["birth_place"] == text


@pytest.mark.parametrize("text", ["\ufeff{}", "{}\u200b", "\u202e{}", "\u202d{}\u202c", "{}\u2060\u00ad", "\u3164{}"],
                         ids=ascii)
def test_characters_that_nobody_sees_come_off(mother, draft, text):
    """They come along with pasted text; a name with one of them would be another name that looks the same."""
    ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"birth_place": text.format("岳阳市妇幼"),
                                                             "household_address": text.format("")}}))
    form = ok(mother.get(f"/api/v1/cases/{draft}"))["form"]
    assert (form["birth_place"], form["household_address"]) == ("岳阳市妇幼", "")


@pytest.mark.parametrize("name", ["阿卜杜拉·买买提", "\U00020bb7\U0002a6dd\U00030ede", "葛\U000e0100三"], ids=ascii)
def test_rare_characters_of_names_stay(mother, draft, name):
    ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"child_name": name}}))
    assert ok(mother.get(f"/api/v1/cases/{draft}"))["form"]["child_name"] == name


@pytest.mark.parametrize("text", ["换\u0000行", "\u0007响铃"], ids=ascii)
def test_control_characters_are_refused(mother, draft, text):
    answer = mother.patch(f"/api/v1/cases/{draft}", json={"form": {"birth_place": text}})
    problem = refused(answer, 422, "input.invalid")
    assert problem["findings"][0]["field"] == "form.birth_place"


# --- HTTP ---

@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded",
                                  "application/json; charset=gbk", "multipart/form-data", "json", ""])
def test_another_content_type_is_refused(mother, kind):
    body = json.dumps({"theme": "birth", "answers": ANSWERS}).encode()
    headers = {"Content-Type": kind} if kind else {}
    refused(mother.post("/api/v1/cases", data=body, headers=headers), 415, "http.unsupported_type")


def test_fifty_megabytes_are_refused_at_once(deployment, mother, draft):
    huge = b'{"theme": "' + b"x" * (50 * MEGABYTE) + b'"}'
    for path, headers in (("/api/v1/cases", JSON), (f"/api/v1/cases/{draft}/materials/{PAPER_SLOT}",
                                                    {"Content-Type": "application/pdf"})):
        method = "POST" if headers is JSON else "PUT"
        assert answer_to_a_flood(mother, method, path, headers, huge) == 413
        assert answer_to_a_flood(mother, method, path, headers, huge, is_chunked=True) == 413
    ok(mother.get("/api/v1/me"))
    assert ok(mother.get(f"/api/v1/cases/{draft}"))["version"] == 1


def answer_to_a_flood(person: Person, method: str, path: str, headers: dict, body: bytes, *, is_chunked=False) -> int:
    """Sends on until the server answers, as a client that reads while it writes; gives the status."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {person.token}",
             *(f"{name}: {value}" for name, value in headers.items()),
             "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {len(body)}"]
    with connected(person.url) as connection:
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        connection.settimeout(0.01)
        for start in range(0, len(body), MEGABYTE):
            piece = body[start:start + MEGABYTE]
            try:
                connection.settimeout(10)
                connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
                connection.settimeout(0.01)
                head = connection.recv(64, socket.MSG_PEEK)
            except TimeoutError:
                continue
            except OSError:
                break
            if head:
                break
        connection.settimeout(10)
        return int(connection.recv(64).split(b" ")[1])


@contextmanager
def connected(url: str):
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        yield connection


@pytest.mark.parametrize("request_", [
    b"GARBAGE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /themes/%c0%ae%c0%ae HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /search?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v1/themes?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /static/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
], ids=range(11))
def test_broken_requests_get_no_5xx_and_harm_nobody(deployment, api, request_):
    with connected(deployment.url) as connection:
        connection.sendall(request_)
        connection.settimeout(5)
        try:
            answer = connection.recv(4096)
        except (TimeoutError, ConnectionResetError):
            answer = b""
    if answer:
        assert 400 <= int(answer.split(b" ")[1]) < 500, answer[:200]
        assert b"root:" not in answer
    assert api.get("/healthz").status_code == 200


def test_unknown_paths_and_methods(api):
    refused(api.get("/api/v1/nothing"), 404, "http.not_found")
    wrong = api.delete("/api/v1/themes")
    refused(wrong, 405, "http.method_not_allowed")
    assert "GET" in wrong.headers["Allow"]
    refused(api.get("/api/v1/themes?colour=red"), 422, "input.invalid")
    refused(api.get("/api/v1/themes/no-such-theme"), 404, "catalogue.theme_not_found")


# --- files ---

@pytest.mark.parametrize(("content", "name", "kind"), [
    (zip_bomb(), "材料.ofd", "application/ofd"), (zip_bomb(), "材料.pdf", "application/pdf"),
    (b"MZ\x90\x00" + b"\x00" * 200, "照片.jpg", "image/jpeg"), (png(), "材料.pdf", "application/pdf"),
    (PDF, "照片.png", "image/png"), (PDF, "材料.pdf.exe", "application/pdf"), (PDF, "材料.pdf", "image/png"),
    (b"%PDF-1.4\nno end", "材料.pdf", "application/pdf"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "图.svg", "image/svg+xml"),
    (b"<html><script>alert(1)</script></html>", "材料.html", "text/html"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x02\x00\x00\x00" + b"\x00" * 40,
     "大图.png", "image/png"),
    (b"PK\x05\x06" + b"\x00" * 18, "空.ofd", "application/ofd"),
    (b"x" * 64, "材料", "application/octet-stream"),
], ids=range(13))
def test_disguised_files_and_bombs_are_no_materials(mother, draft, content, name, kind):
    refused(mother.upload(draft, PAPER_SLOT, content, name, kind), 422, "storage.blob_refused")
    assert ok(mother.get(f"/api/v1/cases/{draft}"))["version"] == 1


def test_a_material_that_nobody_asked_for(mother, draft):
    assert mother.upload(draft, "no-such-slot").status_code in (404, 422)
    refused(mother.upload(draft, PAPER_SLOT, b""), 400, "input.file_missing")
    too_large = PDF[:-6] + b" " * (11 * MEGABYTE) + b"%%EOF\n"
    refused(mother.upload(draft, PAPER_SLOT, too_large), 422, "storage.blob_refused")


@pytest.mark.parametrize("name", ["../../../etc/passwd.pdf", "a\u0000b.pdf", "名" * 500 + ".pdf", "..pdf", "CON.pdf",
                                  "\r\nSet-Cookie: x=y.pdf"])
def test_a_hostile_file_name_is_only_a_name(mother, draft, name):
    answer = mother.upload(draft, PAPER_SLOT, name=name)
    if answer.status_code != 201:
        assert answer.json()["code"] in ("http.malformed_header", "storage.blob_refused"), answer.text
        return
    files = next(m["files"] for m in ok(answer, 201)["materials"] if m["id"] == PAPER_SLOT)
    assert "/" not in files[0]["name"] and "\u0000" not in files[0]["name"] and len(files[0]["name"]) <= 255
    back = mother.get(f"/api/v1/cases/{draft}/materials/{PAPER_SLOT}/{files[0]['id']}")
    assert back.content == PDF and "Set-Cookie" not in back.headers


def test_a_bomb_in_the_portal_is_told_on_the_page(deployment, people, draft, api):
    """The same refusal where people meet it: the page of the materials, in Chinese, and nothing kept."""
    cookie = {"Cookie": session_cookie(deployment, "mother")}
    page = api.get(f"/cases/{draft}/materials", headers=cookie)
    token = page.text.split('name="_csrf" value="')[1].split('"')[0]
    answer = api.post(f"/cases/{draft}/materials/{PAPER_SLOT}", headers=cookie, data={"_csrf": token},
                      files={"file": ("材料.ofd", zip_bomb(), "application/ofd")})
    assert answer.status_code == 422 and "压缩" in answer.text
    forged = api.post(f"/cases/{draft}/materials/{PAPER_SLOT}", headers=cookie, data={"_csrf": token[::-1]},
                      files={"file": ("材料.pdf", PDF, "application/pdf")})
    assert forged.status_code == 403 and "access.csrf" in forged.text
    assert ok(people("mother").get(f"/api/v1/cases/{draft}"))["version"] == 1


def session_cookie(deployment: Deployment, role: str) -> str:
    """Signs in at the portal and gives the session's cookie as a header's value."""
    account = deployment.account(role)
    with Api(deployment.url) as browser:
        token = browser.get("/sign-in").text.split('name="_csrf" value="')[1].split('"')[0]
        answer = browser.post("/sign-in", data={
            "_csrf": token, "name": account.username, "password": account.password, "returnTo": "/"})
        assert answer.status_code == 303, answer.text
        return f"yiciban-session={browser.cookies['yiciban-session']}"


# --- sessions ---

def test_a_tampered_token_is_nobodys(deployment, mother):
    token = mother.token
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[::-1], token + "x", "", "null", "A" * 5000):
        answer = mother.get("/api/v1/me", headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code in (401, 400, 431), answer.status_code
    refused(mother.get("/api/v1/me", headers={"Authorization": "Basic bW90aGVy"}), 401, "access.invalid_token")
    ok(mother.get("/api/v1/me"))


def test_a_session_that_ran_out_leads_to_the_sign_in_and_back(deployment, api, draft):
    name, _, value = session_cookie(deployment, "mother").partition("=")
    for cookie in (f"{name}={value[::-1]}", f"{name}=", f"{name}={'A' * 3000}"):
        answer = api.get(f"/cases/{draft}/form", headers={"Cookie": cookie})
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in?return=") and draft in answer.headers["Location"]


def test_guessing_passwords_is_slowed_and_locks_nobody_out(deployment):
    """Somebody else's guesses must not keep the owner out: the owner's known device still gets in."""
    account = deployment.account("grandfather")
    with Api(deployment.url) as owner, Api(deployment.url) as attacker:
        device = ok(owner.post("/api/v1/sessions", json={
            "name": account.username, "password": account.password}), 201)["device"]
        codes = {attacker.post("/api/v1/sessions", json={"name": account.username, "password": f"guess-{n}"})
                 .json()["code"] for n in range(8)}
        assert codes <= {"identity.credentials", "identity.too_many_attempts"}
        ok(owner.post("/api/v1/sessions", json={
            "name": account.username, "password": account.password, "device": device}), 201)


def test_nobody_learns_which_accounts_exist(deployment, api):
    known = deployment.account("supervisor").username
    answers = [refused(api.post("/api/v1/sessions", json={"name": name, "password": "wrong"}), 401,
                       "identity.credentials") for name in (known, "no-such-person")]
    assert answers[0]["detail"] == answers[1]["detail"]


# --- at once ---

def test_two_officers_decide_at_once_and_one_decision_stands(deployment, people, mother):
    case = submitted(mother)
    ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))
    officers = [Person(deployment, "officer-health") for _ in range(4)]
    body = {"results": {"birth-certificate": {"number": "P430000901", "issued_on": day(-19)}}}
    with ThreadPoolExecutor(len(officers)) as pool:
        answers = list(pool.map(
            lambda officer: officer.post(f"/api/v1/cases/{case}/items/P01/grant", json=body), officers))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    for answer in answers:
        if answer.status_code == 409:
            assert "已经办结" in refused(answer, 409, "casework.wrong_state")["detail"]
    assert events(deployment, case).count("case.item_decided P01 granted") == 1
    results = [item["results"] for item in ok(mother.get(f"/api/v1/cases/{case}"))["items"] if item["id"] == "P01"]
    assert len(results[0]) == 1


def test_one_key_sent_many_times_at_once_begins_one_case(mother):
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    key = {"Idempotency-Key": f"at-once-{new_child()}".encode().hex()[:60]}
    before = {line["id"] for line in ok(mother.get("/api/v1/cases?limit=100"))["items"]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: mother.post("/api/v1/cases", json=body, headers=key), range(8)))
    assert {answer.status_code for answer in answers} <= {201, 409}, [answer.text for answer in answers]
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    after = {line["id"] for line in ok(mother.get("/api/v1/cases?limit=100"))["items"]}
    assert len(made) == 1 and len(after - before) <= 1


def test_the_same_child_twice_at_once_is_one_case(mother):
    child = form(new_child())
    cases = []
    for _ in range(3):
        case = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS, "form": child}), 201)["id"]
        ok(mother.upload(case, PAPER_SLOT), 201)
        cases.append(case)
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda case: mother.post(f"/api/v1/cases/{case}/submission"), cases))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"casework.duplicate"}


# --- the machine ---

@contextmanager
def small_disk(folder, megabytes: int):
    """A file system of that size. Mounting one is root's; CI runs the suite as root in its container."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能挂载一个小磁盘")
@pytest.mark.timeout(180)
def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    with small_disk(tmp_path / "disk", 64) as disk, sample_deployment(disk, "sqlite") as deployment, People(
            deployment) as people:
        mother = people("mother")
        kept, draft = submitted(mother), new_draft(mother)
        ballast = disk / "ballast"
        fill(ballast)
        seen = None
        for number in range(60):
            seen = mother.upload(draft, PAPER_SLOT, PDF + f"%{number}\n".encode() * 500_000 + b"%%EOF\n")
            if seen.status_code != 201:
                break
        assert "空间" in refused(seen, 507, "storage.disk_full")["detail"]
        assert ok(mother.get(f"/api/v1/cases/{kept}"))["state"] == "submitted", "reading goes on"
        before = ok(mother.get(f"/api/v1/cases/{draft}"))
        ballast.unlink()
        assert ok(mother.get(f"/api/v1/cases/{draft}")) == before
        ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"gestation": "40"}}))
        audit(deployment)


@contextmanager
def failing_disk(folder):
    """A file system of its own that can be made to fail as a real one does: at once read-only under open files.

    Gives a function that makes it fail; `mend` afterwards checks and mounts it again.
    """
    image, disk = folder / "disk.img", folder / "disk"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(96 * MEGABYTE)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)

    def mount() -> None:
        done = subprocess.run(["mount", "-o", "loop", image, disk], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"没有回环设备：{done.stderr.strip()}")

    class Disk:
        path = disk

        def fail(self) -> None:
            subprocess.run(["mount", "-o", "remount,abort", disk], check=True)

        def mend(self) -> None:
            subprocess.run(["umount", disk], check=True)
            # 1: errors were corrected.
            assert subprocess.run(["fsck.ext4", "-y", "-f", image], capture_output=True).returncode in (0, 1)
            mount()

    mount()
    try:
        yield Disk()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能挂载磁盘")
@pytest.mark.timeout(180)
def test_a_disk_that_turns_read_only_is_told_and_loses_nothing(tmp_path):
    """What a failing disk does to a server that runs: the kernel makes it read-only from one moment to the next."""
    with failing_disk(tmp_path) as disk, initialised(disk.path, "sqlite") as deployment:
        deployment = replace(deployment, log=tmp_path / "server.log")
        with served(deployment, "yiciban"), People(deployment) as people:
            mother = people("mother")
            kept, draft = submitted(mother), new_draft(mother)
            before = ok(mother.get(f"/api/v1/cases/{draft}"))
            disk.fail()
            for _ in range(3):
                answer = mother.patch(f"/api/v1/cases/{draft}", json={"form": {"gestation": "41"}})
                assert "只读" in refused(answer, 503, "storage.read_only")["detail"]
            refused(mother.upload(draft, PAPER_SLOT), 503, "storage.read_only")
            refused(mother.post(f"/api/v1/cases/{kept}/withdrawal"), 503, "storage.read_only")
            assert ok(mother.get(f"/api/v1/cases/{kept}"))["state"] == "submitted", "reading goes on"
            assert ok(mother.get(f"/api/v1/cases/{draft}")) == before, "nothing half done"
        disk.mend()
        with served(deployment, "yiciban"), People(deployment) as people:
            mother = people("mother")
            assert ok(mother.get(f"/api/v1/cases/{kept}"))["state"] == "submitted"
            again = ok(mother.get(f"/api/v1/cases/{draft}"))
            assert (again["version"], again["form"]) == (before["version"], before["form"])
            ok(mother.patch(f"/api/v1/cases/{draft}", json={"form": {"gestation": "40"}}))
            audit(deployment)


def fill(ballast) -> None:
    """Writes until nothing more fits."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(64 << 10))


@pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能换成别的用户运行")
def test_a_data_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    """As another user, whom the folder's permissions bind; root would write anyhow."""
    data = tmp_path / "data"
    subprocess.run([program("yiciban"), "init", "--from", "yueyang", "--data", data], check=True, capture_output=True)
    for path in [data, *data.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    # pytest's folders are private to who runs it.
    for folder in tmp_path.parents:
        if folder.name.startswith("pytest-"):
            folder.chmod(0o755)
    tmp_path.chmod(0o755)
    done = subprocess.run(
        [program("yiciban"), "serve", "--port", str(free_port()), "--data", data], cwd=ROOT, capture_output=True,
        text=True, timeout=60, user="nobody", group="nogroup", extra_groups=[])
    assert done.returncode == 3, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("错误：")]
    assert len(lines) == 1 and str(data) in lines[0], done.stderr


def test_nothing_of_all_this_broke_the_journal(deployment):
    audit(deployment)
    faults = [line for line in deployment.log.read_text(encoding="utf-8", errors="replace").splitlines()
              if "request failed" in line or "Fatal error" in line]
    assert faults == []
