"""Consents and licences in place of papers over the HTTP interface, with somebody who tries to cheat."""

import pytest

from harness.birth import ANSWERS, form, new_child
from harness.people import agree, ok, refused

GRANDFATHER = {"householder_name": "陈德明", "householder_id_number": "430681190204218433"}
WITH_GRANDPARENTS = ANSWERS | {"随谁落户": "随祖父母"}


def draft(mother, answers=WITH_GRANDPARENTS, **values) -> str:
    """A draft of the mother with all papers that are asked for."""
    fields = form(new_child()) | (GRANDFATHER if "随祖父母" in answers.values() else {}) | values
    case = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": answers, "form": fields}), 201)
    for material in case["materials"]:
        if material["provision"] == "upload" and not material["is_optional"]:
            ok(mother.upload(case["id"], material["id"]), 201)
    return case["id"]


def test_a_consent_can_not_be_forged_and_does_not_outlive_a_change(people):
    mother, grandfather, retiree = people("mother"), people("grandfather"), people("retiree")
    own = {"householder_name": "李晓梅", "householder_id_number": "430682190603084141"}
    case = draft(mother, **own)
    url = f"/api/v1/cases/{case}"
    refused(mother.post(f"{url}/consents/householder"), 422, "input.invalid")
    refused(agree(mother, url, "householder"), 422, "casework.consent_refused")
    ok(mother.patch(url, json={"form": {"householder_name": "周建国", "householder_id_number": "430611191003012733"}}))
    refused(mother.post(f"{url}/submission"), 409, "casework.consent_missing")

    ok(mother.patch(url, json={"form": GRANDFATHER | {"householder_name": "陈德民"}}))
    [asked] = [item for item in ok(grandfather.get("/api/v1/consents"))["items"] if item["case"] == case]
    assert not asked["is_open"] and "不一致" in asked["note"]
    refused(agree(grandfather, url, "householder"), 422, "casework.consent_refused")
    ok(mother.patch(url, json={"form": GRANDFATHER}))
    ok(agree(grandfather, url, "householder"))
    ok(mother.patch(url, json={"form": {"household_address": "湖南省汨罗市别处1号"}}))
    assert "重新确认" in next(c for c in ok(mother.get(url))["consents"] if c["role"] == "householder")["note"]
    refused(mother.post(f"{url}/submission"), 409, "casework.consent_missing")
    refused(grandfather.get(url), 404, "casework.not_found")
    ok(agree(grandfather, url, "householder"))
    ok(mother.patch(url, json={"form": {"householder_name": "周建国", "householder_id_number": "430611191003012733"}}))
    refused(grandfather.get(url), 404, "casework.not_found")
    ok(agree(retiree, url, "householder"))
    ok(mother.post(f"{url}/submission"))


def test_a_party_says_no_or_takes_its_consent_back_until_the_case_is_submitted(people):
    mother, grandfather = people("mother"), people("grandfather")
    url = f"/api/v1/cases/{draft(mother)}"
    refused(people("retiree").post(f"{url}/consents/householder/refusal", json={}), 404, "casework.not_found")
    ok(agree(grandfather, url, "householder"))
    offer = ok(grandfather.post(f"{url}/consents/householder/refusal", json={"reason": "家里住不下了"}))
    assert offer["is_refused"] and not offer["is_given"] and offer["is_open"]
    refused(grandfather.get(url), 404, "casework.not_found")
    [line] = [c for c in ok(mother.get(url))["consents"] if c["role"] == "householder"]
    assert line["is_refused"] and "家里住不下了" in line["note"]
    problem = refused(mother.post(f"{url}/submission"), 409, "casework.consent_missing")
    assert "已表示不同意" in problem["detail"]
    ok(agree(grandfather, url, "householder"))
    ok(mother.post(f"{url}/submission"))
    refused(grandfather.post(f"{url}/consents/householder/refusal", json={}), 409, "casework.wrong_state")


def test_a_party_sees_what_it_agrees_to_and_no_more(people):
    mother, grandfather = people("mother"), people("grandfather")
    case = draft(mother)
    url = f"/api/v1/cases/{case}"
    refused(people("retiree").get(f"{url}/consents/householder"), 404, "casework.not_found")
    offer = ok(grandfather.get(f"{url}/consents/householder"))
    shown = {line["value"] for line in offer["fields"]}
    assert offer["applicant"] == "李晓梅" and "湖南省岳阳市岳阳楼区五里牌街道示例路1号" in shown
    ok(grandfather.post(f"{url}/consents/householder", json={"digest": offer["digest"]}))
    seen = grandfather.get(url)
    assert set(ok(seen)["form"].values()) <= shown
    for secret in ("430682190603084141", "19900000001", "430602190904265454"):
        assert secret not in seen.text
    assert case in {item["id"] for item in ok(grandfather.get("/api/v1/cases"))["items"]}


def test_a_marriage_certificate_stands_for_the_spouse_alone(people):
    mother, father = people("mother"), people("father")
    case = draft(mother, ANSWERS)
    url = f"/api/v1/cases/{case}"

    def provisions() -> dict[str, dict]:
        return {material["id"]: material for material in ok(mother.get(url))["materials"]}

    assert provisions()["other-parent-identity"]["provision"] == "exempt"
    ok(mother.patch(url, json={"form": {"other_parent_name": "周建国", "other_parent_id_number": "430611191003012733"}}))
    for slot in ("other-parent-identity", "marriage-certificate"):
        assert provisions()[slot]["provision"] == "upload" and "不一致" in provisions()[slot]["reason"]
    problem = refused(mother.post(f"{url}/submission"), 422, "input.invalid")
    assert any("不一致" in finding["message"] for finding in problem["findings"])

    ok(mother.patch(url, json={"form": {"other_parent_name": "陈国强", "other_parent_id_number": "430602190904265454"}}))
    ok(agree(father, url, "other-parent"))
    card = provisions()["other-parent-identity"]
    assert "《居民身份证》" in card["reason"], "with his consent his own card serves"
    ok(mother.post(f"{url}/submission"))


@pytest.mark.parametrize("role", ["clerk", "officer-police"])
def test_who_decides_sees_the_licence_that_serves(people, role):
    mother = people("mother")
    case = draft(mother, ANSWERS)
    url = f"/api/v1/cases/{case}"
    ok(mother.post(f"{url}/submission"))
    official = people(role)
    material = next(m for m in ok(official.get(url))["materials"] if m["id"] == "marriage-certificate")
    assert material["evidence"] and "您" not in material["reason"]
    licence = ok(official.get(f"{url}/materials/marriage-certificate/evidence"))
    assert (licence["number"], licence["issuer"]) == ("J430602-2024-000001", "岳阳市岳阳楼区民政局")
    assert {holder["title"] for holder in licence["holders"]} == {"李晓梅", "陈国强"}
    refused(people("officer-labour").get(f"{url}/materials/marriage-certificate/evidence"), 404, "casework.not_found")
    refused(mother.get(f"{url}/materials/marriage-certificate/evidence"), 404, "casework.not_found")


def test_an_anonymous_plan_promises_no_sign_in_that_was_not_and_itemises_fees(api):
    plan = ok(api.post("/api/v1/themes/birth/plan", json={"answers": ANSWERS}))
    assert "您已实名登录" not in str(plan)
    [fee] = plan["fees"]
    assert (fee["item"], fee["title"], fee.get("amount"), fee["text"]) == ("P05", "年度个人缴费", None, "按标准")
