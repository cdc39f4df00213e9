"""「企业开办」 and 「退休」 over the HTTP interface, to their end."""

import pytest

from harness.birth import child_id
from harness.days import day
from harness.enterprise import credit_code
from harness.journal import audit, events
from harness.people import People, agree, ok, refused
from test_messaging import messages_about, until

ENTREPRENEUR = {"name": "彭志远", "id_number": "43060319060617135X"}
SETUP_ANSWERS = {
    "企业类型": "有限责任公司", "股东人数": "一名", "住所来源": "租赁", "经营许可": "否", "当日招工": "是", "印章与领票": "是", "预约开户": "是",
    "委托代理人": "是",
}
RETIREMENT_ANSWERS = {
    "参保身份": "灵活就业", "缴费年限": "是", "退休类型": "正常", "视同缴费": "无", "公积金": "是", "独生子女父母": "否",
    "老年人待遇": "是",
}


def setup_form(company: str) -> dict[str, str]:
    return {
        "company_name": company, "company_address": "湖南省岳阳市岳阳楼区示例路8号", "business_scope": "日用百货零售。",
        "capital": "100000.00", "capital_term": day(1460), "legal_name": ENTREPRENEUR["name"],
        "legal_id_number": ENTREPRENEUR["id_number"], "legal_mobile": "19900000005",
        "shareholder_name": ENTREPRENEUR["name"], "shareholder_id_number": ENTREPRENEUR["id_number"],
        "shareholder_share": "100000.00", "seal_set": "只刻公章", "tax_agent_name": ENTREPRENEUR["name"],
        "tax_agent_id_number": ENTREPRENEUR["id_number"], "invoice_kind": "增值税普通发票", "employee_count": "3",
        "fund_ratio": "8", "bank_branch": "示例银行岳阳支行", "bank_visit_on": day(6),
    }


class Office:
    """Grants items of one case as the officers that decide them."""

    def __init__(self, people: People, case: str) -> None:
        self.people = people
        self.url = f"/api/v1/cases/{case}"

    def grants(self, role: str, item: str, **results: dict[str, str]) -> dict:
        answers = {name.replace("_", "-"): fields for name, fields in results.items()}
        return ok(self.people(role).post(f"{self.url}/items/{item}/grant", json={"results": answers}))


def test_bounds_are_told_with_the_plan_and_held_at_the_submission(people):
    agent = people("agent")
    plan = ok(agent.post("/api/v1/themes/enterprise-setup/plan", json={"answers": SETUP_ANSWERS}))
    told = {field["id"]: (field.get("minimum"), field.get("maximum")) for field in plan["fields"]}
    assert told["fund_ratio"] == ("5", "12") and told["capital"] == ("0.01", "1000000000000.00")
    assert told["bank_visit_on"][0] == day(0) and told["company_name"] == (None, None)
    lengths = {field["id"]: field.get("maximum_length") for field in plan["fields"]}
    assert lengths["company_name"] == 60 and lengths["fund_ratio"] is None

    form = setup_form("岳阳示例越界有限公司") | {
        "fund_ratio": "13", "capital": "0.00", "bank_visit_on": day(-1), "capital_term": day(3000)}
    draft = ok(agent.post("/api/v1/cases", json={
        "theme": "enterprise-setup", "answers": SETUP_ANSWERS, "form": form}), 201)["id"]
    problem = refused(agent.post(f"/api/v1/cases/{draft}/submission"), 422, "input.invalid")
    codes = {finding["field"]: finding["code"] for finding in problem["findings"]}
    assert {name: codes.get(f"form.{name}") for name in ("fund_ratio", "capital", "bank_visit_on", "capital_term")} == {
        "fund_ratio": "field.range", "capital": "field.range", "bank_visit_on": "field.too_early",
        "capital_term": "field.too_late"}
    ok(agent.post(f"/api/v1/cases/{draft}/withdrawal"))


@pytest.mark.covers("R04.9")
def test_a_company_is_set_up_by_an_agent(deployment, people):
    agent, owner, clerk = people("agent"), people("entrepreneur"), people("clerk")
    form = setup_form("岳阳示例便利店有限公司")
    draft = ok(agent.post("/api/v1/cases", json={
        "theme": "enterprise-setup", "answers": SETUP_ANSWERS, "form": form}), 201)
    case, url = draft["id"], f"/api/v1/cases/{draft['id']}"
    assert draft["form"]["agent_name"] == "何丽娟" and "subject_credit_code" not in draft["form"]
    uploads = [m["id"] for m in draft["materials"] if m["provision"] == "upload"]
    for slot in uploads:
        ok(agent.upload(case, slot), 201)

    refused(agent.post(f"{url}/submission"), 409, "casework.consent_missing")
    refused(people("retiree").post(f"{url}/consents/shareholder", json={"digest": "unseen"}), 404, "casework.not_found")
    for role in ("legal-representative", "shareholder"):
        ok(agree(owner, url, role))
    submitted = ok(agent.post(f"{url}/submission"))
    assert all(consent["is_given"] for consent in submitted["consents"])
    accepted = ok(clerk.post(f"{url}/acceptance"))
    assert [item["state"] for item in accepted["items"]] == ["open"] + ["waiting"] * 5

    second = ok(agent.post("/api/v1/cases", json={
        "theme": "enterprise-setup", "answers": SETUP_ANSWERS, "form": form}), 201)["id"]
    for slot in uploads:
        ok(agent.upload(second, slot), 201)
    for role in ("legal-representative", "shareholder"):
        ok(agree(owner, f"/api/v1/cases/{second}", role))
    refused(agent.post(f"/api/v1/cases/{second}/submission"), 409, "casework.duplicate")

    office = Office(people, case)
    licence = {"number": "430602000001", "credit_code": credit_code(), "registered_on": day(-2)}
    wrong = {"results": {"business-licence": licence | {"credit_code": credit_code()[:-1] + "?"}}}
    refused(people("officer-market").post(f"{url}/items/E01/grant", json=wrong), 422, "input.invalid")
    office.grants("officer-market", "E01", business_licence=licence)
    known = ok(people("officer-tax").get(url))["form"]
    assert known["subject_credit_code"] == credit_code(), "the new company has its code for the later items"
    office.grants("officer-police", "E02", seals={"number": "4306000001"}, filing={"number": "B-1"})
    office.grants("officer-tax", "E03", invoices={"number": "T-1", "count": "25"}, ukey={"number": "U-1"})
    office.grants("officer-labour", "E04", registration={"number": "S-1"})
    office.grants("officer-fund", "E05", account={"number": "G-1"})
    done = office.grants("officer-bank", "E06",
                         booking={"number": "Y-1", "account": "1001", "visit_on": day(6)})
    assert done["state"] == "completed"
    results = [result["result"] for item in ok(agent.get(url))["items"] for result in item["results"]]
    assert len(results) == 8
    assert events(deployment, case, "agent") == [
        "case.created", "case.draft_saved form", *(f"case.draft_saved material:{slot}" for slot in uploads),
        "case.consent_given legal-representative", "case.consent_given shareholder", "case.submitted",
        "case.accepted normal", "case.item_opened E01", "case.item_decided E01 granted",
        *(f"case.item_opened E0{number}" for number in range(2, 7)),
        *(f"case.item_decided E0{number} granted" for number in range(2, 7)), "case.completed",
    ]
    audit(deployment)


def test_a_retirement_with_one_item_refused(deployment, people):
    retiree, clerk = people("retiree"), people("clerk")
    draft = ok(retiree.post("/api/v1/cases", json={
        "theme": "retirement", "answers": RETIREMENT_ANSWERS,
        "form": {"work_started_on": "1990-07-01", "post": "其他", "retire_on": day(36),
                 "bank_account": "6222000000000000"}}), 201)
    case, url = draft["id"], f"/api/v1/cases/{draft['id']}"
    assert (draft["form"]["applicant_gender"], draft["form"]["applicant_birth_day"]) == ("男", "1910-03-01")
    for material in draft["materials"]:
        if material["provision"] == "upload":
            ok(retiree.upload(case, material["id"]), 201)
    ok(retiree.post(f"{url}/submission"))
    accepted = ok(clerk.post(f"{url}/acceptance"))
    assert {item["id"] for item in accepted["items"] if item["state"] == "open"} == {"P71", "P78"}

    civil, labour = people("officer-civil"), people("officer-labour")
    why = {"reason": "未达到规定的年龄。", "remedy": "可以在六十日内申请行政复议。"}
    refused(civil.post(f"{url}/items/P78/refusal", json={"reason": why["reason"]}), 422, "input.invalid")
    ok(civil.post(f"{url}/items/P78/refusal", json=why))
    ok(labour.post(f"{url}/items/P71/pause", json={
        "procedure": "expert-review", "reason": "核对档案。", "expected_days": 3}))
    paused = refused(labour.post(f"{url}/items/P71/grant", json={}), 409, "casework.wrong_state")
    assert "特殊程序" in paused["detail"]
    ok(labour.post(f"{url}/items/P71/resumption"))

    office = Office(people, case)
    office.grants("officer-labour", "P71", approval={"retires_on": day(36)},
                  retirement_certificate={"number": "T430600001"})
    office.grants("officer-labour", "P73", pension={"monthly": "3200.00", "starts_on": "2027-01-01"})
    office.grants("officer-insurance", "P74")
    office.grants("officer-fund", "P76")
    done = office.grants("officer-fund", "P75", payment={"amount": "52000.00"})
    assert done["state"] == "completed"
    refusal = next(item for item in ok(retiree.get(url))["items"] if item["id"] == "P78")
    assert (refusal["outcome"], refusal["reason"], refusal["remedy"]) == ("refused", why["reason"], why["remedy"])
    flow = events(deployment, case, "retiree")
    assert flow[flow.index("case.submitted"):] == [
        "case.submitted", "case.accepted normal", "case.item_opened P71", "case.item_opened P78",
        "case.item_decided P78 refused", "case.item_paused P71", "case.item_resumed P71",
        "case.item_decided P71 granted", "case.item_opened P73", "case.item_opened P74", "case.item_opened P76",
        "case.item_decided P73 granted", "case.item_decided P74 granted", "case.item_decided P76 granted",
        "case.item_opened P75", "case.item_decided P75 granted", "case.completed",
    ]
    audit(deployment)


def test_who_does_not_qualify_is_told_where_to_go(people):
    answers = RETIREMENT_ANSWERS | {"缴费年限": "否"}
    plan = ok(people("retiree").post("/api/v1/themes/retirement/plan", json={"answers": answers}))
    assert plan["outcome_title"] and "12333" in plan["outcome_text"] and not plan["items"]
    refused(people("retiree").post("/api/v1/cases", json={"theme": "retirement", "answers": answers}), 422,
            "casework.not_applicable")


def act_as(person, **whom: str) -> None:
    """Acts for an enterprise, or for oneself again: in a session of its own."""
    person.headers["Authorization"] = f"Bearer {ok(person.put('/api/v1/me/acting', json=whom))['token']}"


def test_a_branch_is_set_up_with_the_consent_of_its_enterprise(deployment, people):
    owner, agent, clerk = people("entrepreneur"), people("agent"), people("clerk")
    answers = SETUP_ANSWERS | {
        "企业类型": "分公司", "当日招工": "否", "印章与领票": "否", "预约开户": "否", "委托代理人": "否"}
    del answers["股东人数"]
    tea = {"parent_name": "岳阳示例茶业有限公司", "parent_credit_code": "91430600MYY900012E"}
    draft = ok(owner.post("/api/v1/cases", json={
        "theme": "enterprise-setup", "answers": answers,
        "form": {"company_name": "岳阳示例茶业有限公司云溪分公司", "company_address": "湖南省岳阳市云溪区示例路9号",
                 "business_scope": "茶叶零售。"} | tea}), 201)
    case, url = draft["id"], f"/api/v1/cases/{draft['id']}"
    for slot in ("premises-lease", "parent-licence"):
        ok(owner.upload(case, slot), 201)
    refused(owner.post(f"{url}/submission"), 409, "casework.consent_missing")
    refused(agent.post(f"{url}/consents/parent", json={"digest": "unseen"}), 404, "casework.not_found")
    assert ok(agent.get("/api/v1/consents"))["items"] == [], "alone she is asked nothing"

    mandate = ok(agent.get("/api/v1/me"))["mandates"][0]
    act_as(agent, enterprise=mandate["enterprise"], mandate=mandate["id"])
    [asked] = ok(agent.get("/api/v1/consents"))["items"]
    assert (asked["case"], asked["role"], asked["applicant"]) == (case, "parent", "彭志远")
    assert "岳阳示例茶业有限公司云溪分公司" in {line["value"] for line in asked["fields"]}
    ok(agent.post(f"{url}/consents/parent", json={"digest": asked["digest"]}))
    assert ok(agent.get("/api/v1/consents"))["items"] == []
    [told] = until(lambda: messages_about(agent, case))
    assert told["kind"] == "case.consent_asked", "the enterprise is told in its own inbox"
    seen = ok(agent.get(url))
    assert seen["materials"] == [] and "legal_id_number" not in seen["form"]
    act_as(agent)
    refused(agent.get(url), 404, "casework.not_found")

    submitted = ok(owner.post(f"{url}/submission"))
    assert [consent["is_given"] for consent in submitted["consents"]] == [True]
    accepted = ok(clerk.post(f"{url}/acceptance"))
    assert [item["id"] for item in accepted["items"]] == ["E01"]


def test_partners_must_be_two_different_people_who_all_agree(people):
    owner, retiree = people("entrepreneur"), people("retiree")
    answers = SETUP_ANSWERS | {"企业类型": "合伙企业", "股东人数": "两名", "委托代理人": "否", "当日招工": "否",
                               "印章与领票": "否", "预约开户": "否"}
    one = owner.post("/api/v1/themes/enterprise-setup/plan", json={"answers": answers | {"股东人数": "一名"}})
    assert ok(one)["outcome_title"] == "合伙企业至少要有两名合伙人"
    me = {"shareholder_name": ENTREPRENEUR["name"], "shareholder_id_number": ENTREPRENEUR["id_number"],
          "shareholder_share": "1.00"}
    twin = {"shareholder2_name": ENTREPRENEUR["name"], "shareholder2_id_number": ENTREPRENEUR["id_number"],
            "shareholder2_share": "1.00"}
    form = {"company_name": "岳阳示例合伙企业", "company_address": "示例路1号", "business_scope": "零售。",
            "capital": "2.00", "capital_term": "2031-11-01"} | me | twin
    case = ok(owner.post("/api/v1/cases", json={"theme": "enterprise-setup", "answers": answers, "form": form}), 201)
    url = f"/api/v1/cases/{case['id']}"
    for material in case["materials"]:
        if material["provision"] == "upload":
            ok(owner.upload(case["id"], material["id"]), 201)
    problem = refused(owner.post(f"{url}/submission"), 422, "input.invalid")
    assert [finding["code"] for finding in problem["findings"]] == ["party.repeated"]
    ok(owner.patch(url, json={"form": {"shareholder2_name": "周建国", "shareholder2_id_number": "430611191003012733"}}))
    ok(owner.upload(case["id"], "shareholder2-identity"), 201)
    refused(owner.post(f"{url}/submission"), 409, "casework.consent_missing")
    ok(agree(retiree, url, "shareholder-2"))
    ok(owner.post(f"{url}/submission"))
