"""A bank: from listing a product to inviting the enterprise behind a need."""

from playwright.sync_api import expect

from market.extensions import db
from market.models import Organisation
from tests.browser.site import Site
from tests.browser.visitor import Visitors
from tests.factories import disclosures, needs, organisations, people, products
from tests.journeys.people import email_of


def test_bank_lists_a_product_sees_a_teaser_invites_and_learns_the_name(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        bank_email = email_of(organisations.institution())
        member = organisations.enterprise(name_en="Hidden Bearings Ltd")
        disclosures.published(member)
        needs.posted(member, title="Secret furnace", purpose="energy_saving")
        enterprise_email = email_of(member)
        name = db.session.get_one(Organisation, member.organisation_id).name_en
    bank = visitor(language="en")
    bank.sign_in(bank_email, people.PASSWORD)
    bank.speak("en")
    bank.go("/products/mine")
    bank.page.get_by_role("link", name="List a product").first.click()
    bank.look().get_by_role("link", name="Green loan").click()
    bank.look()
    bank.fill(**products.typed(name_en="Journey green loan"))
    bank.press("Save")
    bank.press("Put live")
    bank.page.get_by_role("link", name="Needs that fit").click()
    page = bank.look()
    expect(page.locator("main")).not_to_contain_text(name)
    page.locator("article.ranked a").first.click()
    page = bank.look()
    expect(page.locator("main")).not_to_contain_text("Secret furnace")
    bank.fill(message="We would like to talk.")
    bank.press("Invite to talk")

    enterprise = visitor(language="en")
    enterprise.sign_in(enterprise_email, people.PASSWORD)
    enterprise.speak("en")
    expect(enterprise.go("/needs/invitations").locator("main")).to_contain_text(
        "We would like to talk."
    )
    enterprise.press("Accept and show my name")

    bank.page.reload()
    expect(bank.look().locator("main")).to_contain_text(name)


def test_half_filled_product_keeps_everything_and_names_each_field(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        email = email_of(organisations.institution())
    bank = visitor(language="en")
    bank.sign_in(email, people.PASSWORD)
    bank.speak("en")
    bank.go("/products/new/green_loan")
    bank.fill(name_en="Half a loan", amount_min="NaN", amount_max="-5")
    page = bank.press("Save")
    expect(page.get_by_role("alert")).to_contain_text("Amount from")
    expect(page.locator("[name=name_en]")).to_have_value("Half a loan")
    expect(page.locator("[name=amount_min]")).to_have_value("NaN")
