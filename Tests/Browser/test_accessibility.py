"""The main pages against axe's rules of WCAG 2.2 AA, in both editions."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.people import ok

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PUBLIC = ["/", "/search?q=生孩子", "/themes/birth", "/themes/birth/questions", "/sign-in", "/halls", "/help", "/norms", "/zone-empowerment/powers", "/age-friendly/zone", "/certificate-free/proofs", "/cross-region/items", "/cross-region/progress", "/business-scopes?q=食品销售；日用百货销售；传销；太空旅游",
          "/accessibility", "/verify", "/没有这一页"]


def faults(page, path: str) -> list[str]:
    page.goto(path)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{path} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def sign_in(page, deployment, role: str) -> None:
    account = deployment.account(role)
    page.goto("/sign-in")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()


@pytest.fixture
def deployment_case(people) -> tuple[str, str]:
    """A draft that is complete, and a case under way."""
    mother = people("mother")
    cases = []
    for _ in range(2):
        body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
        cases.append(ok(mother.post("/api/v1/cases", json=body), 201)["id"])
        ok(mother.upload(cases[-1], PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{cases[1]}/submission"))
    return cases[0], cases[1]


@pytest.mark.parametrize("edition", ["标准版", "长辈版"])
def test_public_pages_have_no_barrier(new_page, edition):
    page = new_page(bypass_csp=True)
    page.goto("/")
    if edition == "长辈版":
        page.get_by_role("button", name="长辈版").click()
    assert [fault for path in PUBLIC for fault in faults(page, path)] == []


def test_pages_of_a_case_have_no_barrier(deployment, new_page, deployment_case):
    draft, case = deployment_case
    page = new_page(bypass_csp=True)
    sign_in(page, deployment, "mother")
    paths = ["/my", "/acting", "/my/password", "/my/messages", "/my/contact", "/my/showings", "/my/showings/all", f"/cases/{draft}/delivery",
             "/age-friendly/bell", "/age-friendly/bell?kind=guide", "/age-friendly/visits", "/age-friendly/choice",
             f"/cases/{case}", f"/cases/{case}/submitted",
             *(f"/cases/{draft}/{step}" for step in ("form", "materials", "review"))]
    assert [fault for path in paths for fault in faults(page, path)] == []


def test_pages_of_the_staff_have_no_barrier(deployment, people, new_page, deployment_case):
    _, case = deployment_case
    clerk = new_page(bypass_csp=True)
    sign_in(clerk, deployment, "clerk")
    found = [fault for path in ("/staff", "/staff/acceptance", f"/staff/acceptance/{case}",
                                       "/staff/deliveries?list=undelivered", "/staff/deliveries/contact",
                                       "/staff/scan")
             for fault in faults(clerk, path)]
    ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))
    found += faults(clerk, f"/staff/papers/{case}")
    officer = new_page(bypass_csp=True)
    sign_in(officer, deployment, "officer-health")
    found += [fault for path in ("/staff", "/staff/tasks", "/staff/reviews", f"/staff/tasks/{case}/P01")
              for fault in faults(officer, path)]
    police = new_page(bypass_csp=True)
    sign_in(police, deployment, "officer-police")
    found += [fault for path in ("/staff/results", "/staff/results/birth/P03") for fault in faults(police, path)]
    keeper = new_page(bypass_csp=True)
    sign_in(keeper, deployment, "seal-keeper")
    found += faults(keeper, "/staff/seals")
    licences = new_page(bypass_csp=True)
    sign_in(licences, deployment, "licence-keeper")
    found += faults(licences, "/staff/licences")
    visitor = new_page(bypass_csp=True)
    sign_in(visitor, deployment, "home-visitor")
    found += [fault for path in ("/age-friendly/desk", "/age-friendly/desk/new", "/age-friendly/knock")
              for fault in faults(visitor, path)]
    supervisor = new_page(bypass_csp=True)
    sign_in(supervisor, deployment, "supervisor")
    found += [fault for path in ("/staff", "/staff/supervision", f"/staff/supervision/{case}", "/acting")
              for fault in faults(supervisor, path)]
    assert found == []
