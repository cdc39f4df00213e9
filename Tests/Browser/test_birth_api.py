"""「出生」 over the HTTP interface: each answer, and the exact events in the journal."""

import subprocess

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.api import Api
from harness.birth import ANSWERS, PAPER_SLOT, child_id, form, new_child
from harness.contract import Contract
from harness.days import day
from harness.files import PDF
from harness.journal import audit, events
from harness.people import People, ok, refused
from harness.programs import ROOT, program

@pytest.fixture(scope="session")
def contract(deployment) -> Contract:
    with Api(deployment.url) as api:
        return Contract(ok(api.get("/openapi.json")))


@pytest.fixture
def submitted(people) -> dict:
    """A case of a child of its own, complete and submitted."""
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    draft = ok(mother.post("/api/v1/cases", json=body), 201)
    ok(mother.upload(draft["id"], PAPER_SLOT), 201)
    return ok(mother.post(f"/api/v1/cases/{draft['id']}/submission"))


def item(case: dict, name: str) -> dict:
    return next(entry for entry in case["items"] if entry["id"] == name)


def open_items(officer, case: str) -> set[str]:
    lines = ok(officer.get("/api/v1/tasks?limit=100"))["items"]
    days = [line["due"] for line in lines]
    assert days == sorted(days), "what is due first comes first"
    return {line["item"] for line in lines if line["case"] == case}


def test_openapi_is_accepted_by_a_public_validator(contract):
    OpenAPIV31SpecValidator(contract.document).validate()
    for path, operations in contract.document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["responses"]["default"], f"{method} {path}"


@pytest.mark.covers("R12.1", "R12.3", "R14.10")
def test_birth_over_http(deployment, people, contract):
    mother, clerk = people("mother"), people("clerk")
    health, police = people("officer-health"), people("officer-police")
    labour, insurance = people("officer-labour"), people("officer-insurance")

    found = ok(mother.get("/api/v1/themes", params={"q": "生孩子"}))["themes"]
    assert [theme["id"] for theme in found] == ["birth"]
    assert ok(mother.get("/api/v1/themes/birth"))["promised_limit"] == "10个工作日"
    plan = ok(mother.post("/api/v1/themes/birth/plan", json={"answers": ANSWERS}))
    assert [(entry["id"], entry["department"], entry["after"]) for entry in plan["items"]] == [
        ("P01", "卫健", []), ("P02", "卫健", ["P01"]), ("P03", "公安", ["P01"]), ("P04", "人社", ["P03"]),
        ("P05", "医保", ["P03"]),
    ]
    assert [material["id"] for material in plan["materials"] if material["provision"] == "upload"] == [PAPER_SLOT]
    assert all(material["reason"] for material in plan["materials"] if material["provision"] == "exempt")
    assert (plan["promised_limit"], plan["known_fees"], plan["unanswered"]) == ("10个工作日", 0, [])

    draft = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)
    case = draft["id"]
    url = f"/api/v1/cases/{case}"
    assert (draft["state"], draft["version"]) == ("draft", 1) and "number" not in draft
    assert draft["form"]["applicant_name"] == "李晓梅", "what is known is filled in"
    filled = mother.patch(url, json={"form": form(new_child())}, headers={"If-Match": '"1"'})
    assert ok(filled)["version"] == 2 and filled.headers["ETag"] == '"2"'

    missing = refused(mother.post(f"{url}/submission"), 422, "input.invalid")
    assert [(finding["field"], finding["code"]) for finding in missing["findings"]] == [
        (f"material.{PAPER_SLOT}", "material.required")
    ]
    attached = mother.upload(case, PAPER_SLOT, name="首次签发登记表.pdf")
    paper = next(m for m in ok(attached, 201)["materials"] if m["id"] == PAPER_SLOT)["files"][0]
    assert (paper["name"], paper["type"], paper["size"]) == ("首次签发登记表.pdf", "pdf", len(PDF))
    assert attached.headers["ETag"] == '"3"'
    downloaded = mother.get(f"{url}/materials/{PAPER_SLOT}/{paper['id']}")
    assert (downloaded.content, downloaded.headers["Content-Type"]) == (PDF, "application/pdf")

    case_now = ok(mother.post(f"{url}/submission"))
    assert case_now["state"] == "submitted" and case_now["number"] and case_now["accept_by"]["day"]
    assert case in [line["case"] for line in ok(clerk.get("/api/v1/acceptance?limit=100"))["items"]]
    reviews = ok(police.get("/api/v1/tasks/reviews", params={"limit": 100}))["items"]
    assert ("P03", case) in [(line["item"], line["case"]) for line in reviews], "a department sees what will come"
    days = [line["due"] for line in reviews]
    assert days == sorted(days), "what the window decides first comes first"
    waiting = ok(police.get("/api/v1/tasks", params={"state": "waiting", "limit": 100}))["items"]
    assert case not in [line["case"] for line in waiting], "it does not wait for an earlier item yet"
    refused(police.post(f"{url}/items/P01/faults", json={"target": "form.gestation", "text": "请核对"}), 404,
            "casework.not_found")
    ok(police.post(f"{url}/items/P03/faults", json={"target": "form.household_address", "text": "请写到门牌号"}))

    notice = ok(clerk.post(f"{url}/corrections", json={"faults": [
        {"target": "form.birth_place", "text": "请写医院全称"}]}), 201)
    assert notice["state"] == "correction"
    assert {fault["target"] for fault in notice["corrections"][0]["faults"]} == {
        "form.birth_place", "form.household_address"}, "one notice for clerk and departments"
    refused(mother.post(f"{url}/submission"), 422, "casework.nothing_to_correct")
    ok(mother.patch(url, json={"form": {"birth_place": "岳阳市示例妇幼保健院东院",
                                        "household_address": "湖南省岳阳市岳阳楼区五里牌街道示例路2号"}}))
    again = ok(mother.post(f"{url}/submission"))
    assert again["waiting_ms"] > 0 and again["corrections"][0]["answered_at"]
    second = refused(clerk.post(f"{url}/corrections", json={"faults": [
        {"target": "form.card_bank", "text": "请换一家银行"}]}), 409, "casework.second_notice")
    assert second["findings"][0]["field"] == "form.card_bank"

    accepted = ok(clerk.post(f"{url}/acceptance"))
    assert (accepted["state"], accepted["acceptance"]) == ("in-progress", "normal") and accepted["due"]["day"]
    assert [entry["state"] for entry in accepted["items"]] == ["open"] + ["waiting"] * 4
    early = refused(police.post(f"{url}/items/P03/grant", json={}), 409, "casework.wrong_state")
    assert "出生医学证明" in early["detail"], "the officer is told what the item waits for"
    assert open_items(health, case) == {"P01"} and open_items(police, case) == set()

    incomplete = refused(health.post(f"{url}/items/P01/grant", json={}), 422, "input.invalid")
    assert {finding["field"] for finding in incomplete["findings"]} == {
        "results.birth-certificate.number", "results.birth-certificate.issued_on"}
    granted = ok(health.post(f"{url}/items/P01/grant", json={"results": {
        "birth-certificate": {"number": "P430000101", "issued_on": day(-19)}}}))
    certificate = item(granted, "P01")["results"][0]["licence"]
    assert open_items(health, case) == {"P02"} and open_items(police, case) == {"P03"}
    assert open_items(labour, case) == open_items(insurance, case) == set()
    ok(health.post(f"{url}/items/P02/grant", json={"results": {
        "vaccination-record": {"number": "V101", "clinic": "五里牌接种门诊"}}}))
    ok(police.put(f"{url}/items/P03/outside-number", json={"number": "HJ-2026-101"}))
    ok(police.post(f"{url}/items/P03/grant", json={"results": {
        "household-register": {"number": "430602-000101", "id_number": child_id(), "registered_on": day(-18)}}}))
    assert open_items(labour, case) == {"P04"} and open_items(insurance, case) == {"P05"}
    known = ok(insurance.get(url))["form"]
    assert known["subject_id_number"] == child_id(), "an earlier item supplied it to the later ones"
    ok(labour.post(f"{url}/items/P04/grant", json={"results": {
        "social-security-card": {"number": "A101", "issued_on": day(-17)}}}))
    done = ok(insurance.post(f"{url}/items/P05/grant", json={"results": {
        "enrolment": {"number": "C101", "starts_on": day(-20)}}}))
    assert done["state"] == "completed" and done["closed_at"]
    refused(insurance.post(f"{url}/items/P05/grant", json={}), 409, "casework.wrong_state")
    refused(mother.post(f"{url}/withdrawal"), 409, "casework.wrong_state")

    wallet = {entry["licence"]["id"]: entry for entry in ok(mother.get("/api/v1/licences"))["items"]}
    results = [result for entry in ok(mother.get(url))["items"] for result in entry["results"]]
    assert len(results) == 5 and all(result["licence"] in wallet for result in results)
    assert wallet[certificate]["origin"] == "here"
    household = wallet[next(r["licence"] for r in results if r["result"] == "household-register")]
    assert household["origin"] == "elsewhere" and household["licence"]["issuer"]["name"] == "岳阳市公安局"
    refused(mother.get(f"/api/v1/licences/{household['licence']['id']}/file"), 404, "licences.no_file")

    assert events(deployment, case) == [
        "case.created", "case.draft_saved form", f"case.draft_saved material:{PAPER_SLOT}", "case.submitted",
        "case.fault_named P03 form.household_address", "case.correction_requested", "case.draft_saved form",
        "case.resubmitted", "case.accepted normal", "case.item_opened P01", "case.item_decided P01 granted",
        "case.item_opened P02", "case.item_opened P03", "case.item_decided P02 granted",
        "case.outside_number_recorded P03", "case.item_decided P03 granted", "case.item_opened P04",
        "case.item_opened P05", "case.item_decided P04 granted", "case.item_decided P05 granted", "case.completed",
    ]
    audit(deployment)
    assert [fault for answer in people.answers for fault in contract.faults(answer)] == []


def test_a_licence_file_is_verified_until_a_byte_changes(deployment, people, submitted, tmp_path):
    url = f"/api/v1/cases/{submitted['id']}"
    ok(people("clerk").post(f"{url}/acceptance"))
    granted = ok(people("officer-health").post(f"{url}/items/P01/grant", json={"results": {
        "birth-certificate": {"number": "P430000102", "issued_on": day(-19)}}}))
    licence = item(granted, "P01")["results"][0]["licence"]
    signed = people("mother").get(f"/api/v1/licences/{licence}/file")
    assert signed.status_code == 200 and "attachment" in signed.headers["Content-Disposition"]
    file = tmp_path / "出生医学证明.licence"

    def verify(candidate: bytes) -> tuple[int, str]:
        """The exit code of the command line, and the interface's verdict, which needs no account."""
        file.write_bytes(candidate)
        command = [program("yiciban"), "licence", "verify", file, "--root", deployment.data / "keys/root.pem"]
        code = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60).returncode
        with Api(deployment.url) as anyone:
            headers = {"Content-Type": "application/octet-stream"}
            answer = anyone.post("/api/v1/licences/verify", data=candidate, headers=headers)
        return code, ok(answer)["verdict"]

    assert verify(signed.content) == (0, "demonstration"), "sound; the sample deployment's certificate binds nobody"
    for position in range(0, len(signed.content), len(signed.content) // 12):
        changed = bytearray(signed.content)
        changed[position] ^= 1
        assert verify(bytes(changed)) == (1, "invalid"), f"byte {position}"


def test_a_key_that_is_replayed_submits_once(deployment, people, submitted):
    mother = people("mother")
    child = form(new_child())
    body = {"theme": "birth", "answers": ANSWERS, "form": child}
    key = {"Idempotency-Key": f"begin-{submitted['id']}"}
    first, second = (mother.post("/api/v1/cases", json=body, headers=key) for _ in range(2))
    assert ok(first, 201) == ok(second, 201)
    assert "Idempotent-Replayed" not in first.headers and second.headers["Idempotent-Replayed"] == "true"
    other = {"theme": "birth", "answers": ANSWERS}
    refused(mother.post("/api/v1/cases", json=other, headers=key), 422, "idempotency.key_reused")
    strange = ok(people("father").post("/api/v1/cases", json=body, headers=key), 201)
    assert strange["id"] != first.json()["id"], "a key is its sender's own"

    case = first.json()["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    key = {"Idempotency-Key": f"submit-{case}"}
    answers = [ok(mother.post(f"/api/v1/cases/{case}/submission", headers=key)) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert events(deployment, case).count("case.submitted") == 1
    refused(mother.post(f"/api/v1/cases/{case}/submission", headers={"Idempotency-Key": "two words"}), 400,
            "http.malformed_header")


def test_an_old_version_changes_nothing(people, submitted):
    clerk, url = people("clerk"), f"/api/v1/cases/{submitted['id']}"
    seen = clerk.get(url)
    assert clerk.get(url, headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
    refused(clerk.post(f"{url}/acceptance", headers={"If-Match": '"1"'}), 412, "casework.stale_version")
    refused(clerk.post(f"{url}/acceptance", headers={"If-Match": "1"}), 400, "http.malformed_header")
    assert ok(clerk.get(url))["state"] == "submitted"
    ok(clerk.post(f"{url}/acceptance", headers={"If-Match": seen.headers["ETag"]}))
    refused(clerk.post(f"{url}/acceptance", headers={"If-Match": seen.headers["ETag"]}), 412, "casework.stale_version")


@pytest.mark.covers("R03.8")
def test_strangers_are_told_nothing(deployment, people, submitted):
    url = f"/api/v1/cases/{submitted['id']}"
    with Api(deployment.url) as nobody:
        for path in (url, "/api/v1/cases", "/api/v1/me", "/api/v1/tasks", "/api/v1/acceptance", "/api/v1/licences"):
            refused(nobody.get(path), 401, "access.sign_in_required")
        refused(nobody.post(f"{url}/submission"), 401, "access.sign_in_required")
        refused(nobody.get(url, headers={"Authorization": "Bearer " + "A" * 43}), 401, "access.invalid_token")

    paper = f"{url}/materials/{PAPER_SLOT}/{submitted['materials'][0]['files'][0]['id']}"
    for role in ("retiree", "father", "officer-market", "clerk-pingjiang"):
        stranger = people(role)
        for path in (url, paper):
            refused(stranger.get(path), 404, "casework.not_found")
    for role in ("retiree", "father"):
        refused(people(role).post(f"{url}/withdrawal"), 404, "casework.not_found")
        refused(people(role).post(f"{url}/acceptance"), 403, "access.forbidden")
        refused(people(role).get("/api/v1/tasks"), 403, "access.forbidden")
    refused(people("clerk-pingjiang").post(f"{url}/acceptance"), 404, "casework.not_found")
    refused(people("officer-health").post(f"{url}/acceptance"), 403, "access.forbidden")
    refused(people("clerk").post(f"{url}/items/P01/grant", json={}), 403, "access.forbidden")
    refused(people("officer-police").post(f"{url}/items/P01/grant", json={}), 404, "casework.not_found")
    refused(people("operator").get(url), 404, "casework.not_found")

    only_mine = ok(people("officer-labour").get(url))
    assert "gestation" not in only_mine["form"] and PAPER_SLOT not in [m["id"] for m in only_mine["materials"]], (
        "an officer sees only what the item needs")
    refused(people("officer-labour").get(paper), 404, "casework.not_found")
    assert ok(people("clerk").get(url))["version"] == submitted["version"], "none of it left a trace"


def test_who_has_signed_out_is_nobody(deployment):
    with People(deployment) as people:
        grandfather = people("grandfather")
        assert ok(grandfather.get("/api/v1/me"))["name"] == "陈德明"
        assert grandfather.delete("/api/v1/sessions/current").status_code in (200, 204)
        refused(grandfather.get("/api/v1/me"), 401, "access.invalid_token")
