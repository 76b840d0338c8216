"""An enterprise: from an empty form to seeing why a product ranks first."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from market.domain import disclosures
from market.extensions import db
from market.models import Disclosure, Membership
from tests.browser.site import Site
from tests.browser.visitor import Visitors
from tests.factories import disclosures as made_disclosures
from tests.factories import organisations, people, products
from tests.journeys.people import email_of


def test_enterprise_discloses_posts_a_need_and_sees_why_a_product_ranks_first(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        member = organisations.enterprise()
        email, member_id = email_of(member), member.id
        for name in ("示例节能贷", "示例设备贷"):
            products.live(name_zh=name)
    enterprise = visitor()
    enterprise.sign_in(email, people.PASSWORD)
    enterprise.look().get_by_role("link", name="我的披露").click()
    enterprise.look()
    enterprise.press("开始")

    _answer_one_field(enterprise.page, "1234.5")
    _fill_the_rest(site, member_id)
    enterprise.page.reload()
    enterprise.look()
    _publish(enterprise.page)
    page = enterprise.look()
    expect(page.locator("main")).to_contain_text("级")

    enterprise.go("/needs/new")
    enterprise.fill(title="产线节能改造", amount="500万", tenor_months="24")
    enterprise.fill(purpose="energy_saving")
    enterprise.page.locator("main form button.btn-primary").click()
    enterprise.page.wait_for_load_state("networkidle")
    page = enterprise.look()
    first = page.locator("article.ranked").first
    expect(first.locator(".rank")).to_have_text("1")
    first.get_by_role("link").first.click()
    page = enterprise.look()
    expect(page.locator("figure.chart .main-svg").first).to_be_visible()


def _answer_one_field(page: Page, typed: str) -> None:
    """Saved as one types: the note says so, and a reload keeps it."""
    question = page.locator("[data-datapoint='EMS-01']")
    question.locator("input[inputmode=decimal]").fill(typed)
    question.locator("input[inputmode=decimal]").press("Tab")
    expect(question.locator(".saved-note")).to_be_visible()
    page.reload()
    expect(question.locator("input[inputmode=decimal]")).to_have_value(typed)


def _fill_the_rest(site: Site, member_id: str) -> None:
    with site.inside():
        member = db.session.get_one(Membership, member_id)
        query = select(Disclosure).where(Disclosure.organisation_id == member.organisation_id)
        draft = db.session.scalars(query).one()
        answers = made_disclosures.full_answers(draft.year)
        disclosures.answer(draft, answers, by=people.acting_for(member))


def _publish(page: Page) -> None:
    """Explain what is asked to be explained, then publish."""
    page.locator("main a[href$='/publish']").first.click()
    page.wait_for_load_state("networkidle")
    for box in page.locator("main textarea").all():
        box.fill("示例说明：产能调整。")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state("networkidle")
