"""「出生」 from the first question to the licences, with the command line alone."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from harness.days import day
from harness.enterprise import credit_code
from harness.programs import ROOT, program

ANSWERS = [
    "婴儿年龄=≤1月", "婚姻状况=婚内", "出生地=本市助产机构", "是否跨省生育=否", "父母户籍=双方本市", "随谁落户=随母",
    "是否报销生育医疗费用=否", "是否登记科学育儿=否", "是否已办生育登记=是",
]
ITEMS = ["P01", "P02", "P03", "P04", "P05"]
CHILD_BODY = "43060219120101002"  # synthetic: born 1912


def child_id(body: str = CHILD_BODY) -> str:
    """The synthetic identity number with its check character (GB 11643)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


class Terminal:
    """`yiciban … --json` for one account of a deployment."""

    def __init__(self, deployment, role: str) -> None:
        self.deployment = deployment
        self.username = deployment.account(role).username

    def __call__(self, *arguments: str):
        done = self.try_(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def try_(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.deployment.run(*arguments, "--as", self.username, "--json", check=False)


def form(name: str) -> list[str]:
    return [
        f"child_name={name}", "child_gender=女", f"birth_day={day(-20)}", "birth_place=岳阳市示例妇幼保健院",
        "birth_weight=3200", "gestation=39", "applicant_relation=母亲", "other_parent_name=陈国强",
        "other_parent_id_number=430602190904265454", "household_head=陈国强",
        "household_address=湖南省岳阳市岳阳楼区五里牌街道示例路1号", "card_bank=中国建设银行",
    ]


@pytest.fixture
def paper(tmp_path):
    """A small PDF that is what it says."""
    path = tmp_path / "首次签发登记表.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return str(path)


def draft(mother: Terminal, name: str) -> str:
    """A draft with the form filled in; the caller attaches the one paper."""
    case = mother("case", "begin", "birth", "--answer", *ANSWERS)
    assert case["form"]["applicant_name"] == "李晓梅", "what is known is filled in"
    mother("case", "fill", case["id"], *form(name))
    return case["id"]


@pytest.mark.covers("R12.1")
def test_birth_by_command_line(deployment, paper):
    mother, clerk = Terminal(deployment, "mother"), Terminal(deployment, "clerk")

    plan = mother("case", "plan", "birth", "--answer", *ANSWERS)
    assert [item["id"] for item in plan["items"]] == ITEMS
    uploads = [m["id"] for m in plan["materials"] if m["provision"] == "upload" and not m["is_optional"]]
    assert uploads == ["registration-form"], "everything else the government holds already"

    case = draft(mother, "陈小满")
    refused = mother.try_("case", "submit", case)
    assert refused.returncode == 1
    assert [finding["field"] for finding in json.loads(refused.stdout)["error"]["findings"]] == [
        "material.registration-form"
    ]
    mother("case", "attach", case, "registration-form", paper)
    number = mother("case", "submit", case)["number"]

    assert number in [line["number"] for line in clerk("case", "queue", "--limit", "200")["items"]]
    mended = clerk("case", "correct", number, "--fault", "form.birth_place=请写医院全称", "form.gestation=请核对孕周")
    assert mended["state"] == "correction"
    again = mother.try_("case", "submit", number)
    assert json.loads(again.stdout)["error"]["code"] == "casework.nothing_to_correct"
    mother("case", "fill", number, "birth_place=岳阳市示例妇幼保健院东院", "gestation=38")
    mother("case", "submit", number)
    second = clerk.try_("case", "correct", number, "--fault", "form.card_bank=请换一家银行")
    assert (second.returncode, json.loads(second.stdout)["error"]["code"]) == (1, "casework.second_notice")
    assert clerk("case", "accept", number)["state"] == "in-progress"

    health, police = Terminal(deployment, "officer-health"), Terminal(deployment, "officer-police")
    labour, insurance = Terminal(deployment, "officer-labour"), Terminal(deployment, "officer-insurance")
    early = police.try_("case", "grant", number, "P03")
    assert json.loads(early.stdout)["error"]["code"] == "casework.wrong_state", "P03 waits for P01"
    mine = {line["item"] for line in health("case", "tasks", "--limit", "200")["items"] if line["number"] == number}
    assert mine == {"P01"}
    health("case", "grant", number, "P01", "--value", "birth-certificate.number=P430000001",
           f"birth-certificate.issued_on={day(-19)}")
    health("case", "grant", number, "P02", "--value", "vaccination-record.number=V1", "vaccination-record.clinic=五里牌接种门诊")
    police("case", "outside-number", number, "P03", "HJ-2026-1")
    police("case", "grant", number, "P03", "--value", "household-register.number=430602-000001",
           f"household-register.id_number={child_id()}", f"household-register.registered_on={day(-18)}", "--original", f"household-register={paper}")
    labour("case", "grant", number, "P04", "--value", "social-security-card.number=A1",
           f"social-security-card.issued_on={day(-17)}")
    insurance("case", "grant", number, "P05", "--value", "enrolment.number=C1", f"enrolment.starts_on={day(-20)}")

    done = mother("case", "show", number)
    assert done["state"] == "completed"
    assert done["form"]["subject_id_number"] == child_id(), "an earlier item supplied it to the later ones"
    assert [event["type"] for event in mother("case", "events", number)] == [
        "case.created", "case.draft_saved", "case.draft_saved", "case.submitted", "case.correction_requested",
        "case.draft_saved", "case.resubmitted", "case.accepted", "case.item_opened", "case.item_decided",
        "case.item_opened", "case.item_opened", "case.item_decided", "case.outside_number_recorded",
        "case.item_decided", "case.item_opened", "case.item_opened", "case.item_decided", "case.item_decided",
        "case.completed",
    ]


BRANCH_ANSWERS = [
    "企业类型=分公司", "住所来源=租赁", "经营许可=否", "当日招工=否", "印章与领票=否", "预约开户=否", "委托代理人=否",
]
TEA = {"name": "岳阳示例茶业有限公司", "code": "91430600MYY900012E"}


def branch_form(name: str) -> list[str]:
    return [f"company_name={name}", "company_address=湖南省岳阳市岳阳楼区示例路9号", "business_scope=茶叶零售。"]


@pytest.mark.covers("R06.10")
def test_an_agent_acts_for_its_enterprise(deployment, paper):
    """A branch office of an enterprise, set up by its agent: by name at one step, by credit code at the next."""
    agent, clerk, market = (Terminal(deployment, role) for role in ("agent", "clerk", "officer-market"))

    def for_tea(*arguments: str):
        return agent(*arguments, "--enterprise", TEA["name"])

    case = for_tea("case", "begin", "enterprise-setup", "--answer", *BRANCH_ANSWERS)
    assert (case["form"]["parent_name"], case["form"]["parent_credit_code"]) == (TEA["name"], TEA["code"])
    for_tea("case", "fill", case["id"], *branch_form("岳阳示例茶业有限公司南湖分公司"))
    needed = [m["id"] for m in case["materials"] if m["provision"] == "upload" and not m["is_optional"]]
    for slot in needed:
        for_tea("case", "attach", case["id"], slot, paper)
    # The enterprise whose branch it is applies itself, and agrees by that.
    number = agent("case", "submit", case["id"], "--enterprise", TEA["code"])["number"]
    clerk("case", "accept", number)
    market("case", "grant", number, "E01", "--value", "business-licence.number=430602000009",
           f"business-licence.credit_code={credit_code('MYY90010')}", f"business-licence.registered_on={day(-1)}",
           "--original", f"business-licence={paper}")
    assert for_tea("case", "show", number)["state"] == "completed"
    papers = for_tea("case", "papers", number)["papers"]
    assert [entry["kind"] for entry in papers] == ["receipt", "acceptance", "grant"]
    file = Path(paper).with_name("决定书.pdf")
    for_tea("case", "paper", number, papers[-1]["id"], "--to", str(file))
    said = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "准予行政许可决定书" in said and f"{TEA['name']}：" in said and "企业设立登记" in said
    entries = for_tea("case", "events", number)
    assert all(" for " in entry["actor"] and " by " in entry["actor"] for entry in entries
               if entry["type"] in ("case.created", "case.submitted")), "each act names the party and the mandate"


def test_nobody_acts_for_an_enterprise_without_its_mandate(deployment):
    mother = Terminal(deployment, "mother")
    for enterprise in (TEA["name"], TEA["code"], "没有这家企业"):
        refused = mother.try_("case", "list", "--enterprise", enterprise)
        assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (1, "identity.not_agent")
    alone = deployment.run("case", "queue", "--enterprise", TEA["name"], check=False)
    assert alone.returncode == 2 and "--as" in alone.stderr


def test_a_licence_is_verified_until_a_byte_changes(deployment, paper, tmp_path):
    mother, clerk, health = (Terminal(deployment, role) for role in ("mother", "clerk", "officer-health"))
    case = draft(mother, "陈小寒")
    mother("case", "attach", case, "registration-form", paper)
    number = mother("case", "submit", case)["number"]
    clerk("case", "accept", number)
    granted = health("case", "grant", number, "P01", "--value", "birth-certificate.number=P430000002",
                     f"birth-certificate.issued_on={day(-19)}")
    licence = next(item for item in granted["items"] if item["id"] == "P01")["results"][0]["licence"]
    file = tmp_path / "出生医学证明.licence"
    mother("licence", "show", licence, "--save", str(file))

    def verify(*roots: str) -> int:
        command = [program("yiciban"), "licence", "verify", str(file), *roots]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60).returncode

    root = ("--root", str(deployment.data / "keys/root.pem"))
    assert verify(*root) == 0, "valid under the root that is named"
    assert verify("--data", str(deployment.data)) == 0, "signed by this very deployment"
    assert verify() == 4, "intact, and nobody vouches for the signer"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert verify() == verify(*root) == 1, "changed"
    file.unlink()
    assert verify(*root) == 3, "not there"


def test_exit_codes_tell_scripts_how_it_ended(deployment, tmp_path):
    def code(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [program("yiciban"), *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    assert code("--help")[0] == 0
    assert code("case", "shwo")[0] == 2
    status, text = code("case", "list", "--as", "nobody", "--data", str(tmp_path / "missing"))
    assert status == 3 and "yiciban init" in text
    refused = deployment.run("case", "show", "0" * 26, check=False)
    assert refused.returncode == 1 and refused.stderr.startswith("错误：")
    withdrawn = deployment.run("case", "withdraw", "0" * 26, check=False)
    assert withdrawn.returncode == 2 and "--yes" in withdrawn.stderr


def test_sample_accounts_are_for_their_owner_alone(deployment):
    path = deployment.data / "sample-accounts.json"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert len({account.password for account in deployment.accounts}) == len(deployment.accounts)


def test_a_used_port_is_one_clear_line(deployment):
    port = deployment.url.rsplit(":", 1)[1]
    done = deployment.run("serve", "--port", port, check=False)
    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if line.startswith("错误：") and port in line]
