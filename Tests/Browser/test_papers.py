"""The papers of a case as people meet them: read and printed in the portal, kept by the command line, packed for the
archive. Other programs than ours read the files."""

import json
import re
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.people import ok, refused
from harness.programs import ROOT, program
from test_birth_story import fits_the_screen, sign_in

pytestmark = pytest.mark.covers("R10.4")


@pytest.fixture
def accepted(people) -> dict:
    """A case of a child of its own that the window has accepted."""
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{case}/submission"))
    return ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))


def text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


def test_papers_over_http(people, accepted):
    mother, clerk, health = people("mother"), people("clerk"), people("officer-health")
    url = f"/api/v1/cases/{accepted['id']}/papers"
    papers = ok(mother.get(url))["papers"]
    assert [paper["kind"] for paper in papers] == ["receipt", "acceptance"]
    reply = mother.get(f"{url}/{papers[1]['id']}")
    assert reply.status_code == 200 and reply.headers["Content-Type"] == "application/pdf"
    said = text(reply.content)
    assert "受理通知书" in said and "李晓梅" in said and accepted["number"] in said and papers[1]["number"] in said
    assert mother.get(f"{url}/{papers[1]['id']}").content == reply.content, "the same paper is the same file"

    # Who has nothing to do with it, and who decides another matter, learns nothing.
    refused(people("agent").get(url), 404, "casework.not_found")
    assert ok(health.get(url))["papers"] == []
    refused(health.get(f"{url}/{papers[1]['id']}"), 404, "casework.not_found")
    refused(mother.post(f"{url}/{papers[1]['id']}/service", json={"way": "electronic", "recipient": "李晓梅"}),
            404, "casework.not_found")
    wrong = refused(clerk.post(f"{url}/{papers[1]['id']}/service", json={"way": "post", "recipient": "李晓梅"}),
                    422, "input.invalid")
    assert [finding["field"] for finding in wrong["findings"]] == ["tracking"]
    served = ok(clerk.post(f"{url}/{papers[1]['id']}/service",
                           json={"way": "post", "recipient": "李晓梅", "tracking": "EA123456789CN"}), 201)["papers"]
    assert [paper["kind"] for paper in served] == ["receipt", "acceptance", "service"]
    assert served[1]["tracking"] == "EA123456789CN" and served[2]["serves"] == papers[1]["id"]


def test_a_clerk_prints_a_paper_and_records_its_service(deployment, new_page, people, accepted):
    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto(f"/staff/acceptance/{accepted['id']}?message=accepted")
    expect(clerk.get_by_role("status")).to_contain_text("受理通知书可以打印")
    fits_the_screen(clerk)
    shot(clerk, "acceptance-papers")
    link = clerk.get_by_role("link", name=re.compile("^受理通知书"))
    reply = clerk.request.get(link.get_attribute("href"))
    assert reply.headers["content-type"] == "application/pdf" and "inline" in reply.headers["content-disposition"]
    clerk.get_by_role("link", name="打印、登记送达").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("文书和送达")
    clerk.locator("summary", has_text="受理通知书").click()
    entry = clerk.locator("li", has=clerk.get_by_role("link", name=re.compile("^受理通知书")))
    expect(entry.get_by_label("由谁收件")).to_have_value("李晓梅")
    entry.get_by_label("邮寄送达").check()
    entry.get_by_role("button", name="登记送达").click()
    expect(clerk.get_by_role("alert")).to_contain_text("请填写邮件号码")
    fits_the_screen(clerk)
    shot(clerk, "papers-error")
    entry.get_by_label("直接送达").check()
    entry.get_by_role("button", name="登记送达").click()
    expect(clerk.get_by_role("status")).to_contain_text("送达已经登记")
    expect(clerk.get_by_role("link", name=re.compile("^送达回证"))).to_be_visible()
    fits_the_screen(clerk)
    shot(clerk, "papers")

    mother = new_page()
    sign_in(mother, deployment, "mother")
    mother.goto(f"/cases/{accepted['id']}")
    papers = mother.locator("section", has=mother.get_by_role("heading", name="文书"))
    assert papers.get_by_role("listitem").count() == 3
    expect(papers).to_contain_text("收件人李晓梅")
    expect(papers.get_by_role("link", name="打印、登记送达")).to_have_count(0)
    fits_the_screen(mother)
    shot(mother, "case-papers")
    mother.goto(f"/staff/papers/{accepted['id']}")
    expect(mother.locator("main")).to_contain_text("没有找到")


def test_the_packet_of_a_case(deployment, people, accepted, tmp_path):
    packet = tmp_path / "case.zip"
    done = deployment.run("case", "archive", accepted["number"], "--to", str(packet), "--json")
    index = json.loads(done.stdout)
    with zipfile.ZipFile(packet) as archive:
        names = set(archive.namelist())
        assert names == {member["name"] for member in index["members"]} | {"目录.json", "目录.pdf"}
        assert archive.testzip() is None
        for member in index["members"]:
            content = archive.read(member["name"])
            digest = subprocess.run(["openssl", "dgst", "-sm3", "-r"], input=content, capture_output=True, check=True)
            assert digest.stdout.decode().split()[0] == member["sm3"], member["name"]
        events = json.loads(archive.read("过程.json"))["events"]
        assert [event["type"] for event in events][-2:] == ["case.accepted", "case.item_opened"]
    again = deployment.run("case", "archive", accepted["number"], "--to", str(packet), check=False)
    assert again.returncode == 1 and "已经存在" in again.stderr

    clerk = people("clerk")
    reply = clerk.get(f"/api/v1/cases/{accepted['id']}/archive")
    assert reply.status_code == 200 and reply.headers["Content-Type"] == "application/zip"
    assert int(reply.headers["Content-Length"]) == len(reply.content)
    packet.write_bytes(reply.content)
    assert set(zipfile.ZipFile(packet).namelist()) == names
    refused(people("mother").get(f"/api/v1/cases/{accepted['id']}/archive"), 403, "casework.forbidden")


def test_papers_by_command_line(deployment, accepted, tmp_path):
    def terminal(*arguments: str):
        return json.loads(deployment.run("case", *arguments, "--json").stdout)

    papers = terminal("papers", accepted["number"])["papers"]
    file = tmp_path / "paper.pdf"
    terminal("paper", accepted["number"], papers[1]["number"], "--to", str(file))
    assert "受理通知书" in text(file.read_bytes())
    kept = deployment.run("case", "paper", accepted["number"], papers[1]["id"], "--to", str(file), check=False)
    assert kept.returncode == 1, "what is there is not overwritten"
    terminal("serve", accepted["number"], papers[1]["number"], "--way", "electronic", "--recipient", "李晓梅",
             "--as", "clerk")
    assert terminal("papers", accepted["number"])["papers"][1]["way"] == "electronic"


def test_a_county_changes_a_template_and_a_fault_is_told(deployment, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()

    def paper(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program("yiciban"), "paper", *arguments, "--data", str(tmp_path)], cwd=ROOT,
                              capture_output=True, text=True, timeout=60)

    shown = paper("template", "show", "acceptance").stdout
    (folder / "acceptance.txt").write_text(shown.replace("受理通知书", "受理告知单"))
    assert paper("check").returncode == 0
    assert "受理通知书　文号字 受　本地" in paper("template", "list").stdout
    (folder / "acceptance.txt").write_text(shown.replace("{办理期限}", "{办里期限}"))
    faulty = paper("check")
    assert faulty.returncode == 1
    assert "papers/acceptance.txt:" in faulty.stdout and "是否想写 {办理期限}" in faulty.stdout

    # What is wrong stops the start, as it does in the settings.
    data = tmp_path / "data"
    subprocess.run([program("yiciban"), "init", "--from", "yueyang", "--data", str(data)], cwd=ROOT, check=True,
                   capture_output=True, timeout=60)
    (data / "papers").symlink_to(folder)
    start = subprocess.run([program("yiciban"), "serve", "--port", "0", "--data", str(data)], cwd=ROOT,
                           capture_output=True, text=True, timeout=60)
    assert start.returncode != 0 and "是否想写 {办理期限}" in start.stderr
