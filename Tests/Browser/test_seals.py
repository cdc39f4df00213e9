"""Results under the organ's electronic seal: made by themselves, verified by us, by anyone, and by other tools."""

import subprocess
import time

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import ok
from harness.programs import ROOT, program
from test_birth_story import fits_the_screen


@pytest.fixture
def licence(people) -> str:
    """A birth certificate that was just issued."""
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    draft = ok(mother.post("/api/v1/cases", json=body), 201)
    ok(mother.upload(draft["id"], PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{draft['id']}/submission"))
    url = f"/api/v1/cases/{draft['id']}"
    ok(people("clerk").post(f"{url}/acceptance"))
    granted = ok(people("officer-health").post(f"{url}/items/P01/grant", json={"results": {
        "birth-certificate": {"number": "P430000102", "issued_on": day(-19)}}}))
    return next(entry for entry in granted["items"] if entry["id"] == "P01")["results"][0]["licence"]


def sealed(person, licence: str, kind: str) -> bytes:
    """The sealed document, which is made in a moment after the decision."""
    for _ in range(200):
        answer = person.get(f"/api/v1/licences/{licence}/{kind}")
        if answer.status_code == 200:
            return answer.content
        time.sleep(0.1)
    raise AssertionError(answer.text)


@pytest.mark.covers("R06.11", "R06.12")
def test_a_result_is_sealed_and_verified_until_a_byte_changes(deployment, people, licence, new_page, tmp_path):
    ofd = sealed(people("mother"), licence, "ofd")
    file = tmp_path / "出生医学证明.ofd"

    def verify(candidate: bytes) -> tuple[int, str]:
        file.write_bytes(candidate)
        command = [program("yiciban"), "seal", "verify", file, "--data", deployment.data]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    code, said = verify(ofd)
    # Sound; whether its root is trusted is the deployment's own choice.
    assert code in (0, 4), said
    for position in range(len(ofd) // 7, len(ofd), len(ofd) // 7):
        changed = bytearray(ofd)
        changed[position] ^= 1
        code, said = verify(bytes(changed))
        assert code in (1, 3), f"byte {position}: {said}"

    page = new_page()
    page.goto("/verify")
    fits_the_screen(page)
    file.write_bytes(ofd)
    page.locator("#file").set_input_files(str(file))
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator("main")).to_contain_text("岳阳市卫生健康委员会")
    fits_the_screen(page)
    shot(page, f"verify-{deployment.database}")
    audit(deployment)


def test_other_tools_verify_the_pdf(people, licence, tmp_path):
    pdf = sealed(people("mother"), licence, "pdf")
    file = tmp_path / "证书.pdf"

    def pdfsig(candidate: bytes) -> str:
        file.write_bytes(candidate)
        return subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, timeout=60).stdout

    assert "Signature is Valid" in pdfsig(pdf)
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    assert "Signature is Valid" not in pdfsig(bytes(changed))
