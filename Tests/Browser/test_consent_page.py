"""A party who is asked to agree, in the browser: it reads, agrees, takes it back, and says why."""

from playwright.sync_api import expect

from harness.browser import shot
from harness.people import ok
from test_birth_story import sign_in
from test_consent_api import draft


def test_a_grandfather_agrees_and_takes_it_back_with_a_reason(deployment, people, new_page):
    mother = people("mother")
    case = draft(mother)
    page = new_page()
    sign_in(page, deployment, "grandfather")
    page.goto(f"/cases/{case}/consent/householder")
    expect(page.get_by_role("heading", level=1)).to_have_text("请您确认")
    page.get_by_label("我是孩子的祖父母或外祖父母").check()
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.locator("main")).to_contain_text("您的确认已经记下")

    page.goto(f"/cases/{case}/consent/householder")
    # A folded part opens with the keyboard too.
    page.locator("summary", has_text="收回同意").press("Enter")
    shot(page, f"consent-{deployment.database}")
    page.get_by_label("原因").fill("家里住不下了")
    page.get_by_role("button", name="收回同意").click()
    expect(page.locator("main")).to_contain_text("您的意见已经记下")
    page.goto(f"/cases/{case}/consent/householder")
    expect(page.locator("main")).to_contain_text("您表示过不同意")

    applicant = new_page()
    sign_in(applicant, deployment, "mother")
    applicant.goto(f"/cases/{case}/review")
    line = applicant.get_by_role("listitem").filter(has_text="对方表示不同意")
    expect(line).to_contain_text("家里住不下了")
    shot(applicant, f"review-refused-{deployment.database}")
    [consent] = [c for c in ok(mother.get(f"/api/v1/cases/{case}"))["consents"] if c["role"] == "householder"]
    assert consent["is_refused"]
