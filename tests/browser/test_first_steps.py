"""From signing up to being approved, with real mails; and nothing typed is lost."""

from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.visitor import Visitors
from tests.factories import organisations as made
from tests.factories import people


def test_newcomer_signs_up_founds_an_organisation_and_is_approved(
    site: Site, visitor: Visitors
) -> None:
    email = "founder@example.com"
    newcomer = visitor()
    newcomer.go("/account/register")
    newcomer.fill(
        name="示例创始人", email=email, password=people.PASSWORD, password_confirm=people.PASSWORD
    )
    newcomer.press("注册")
    newcomer.go(site.link_for(email, "请确认您的碳桥账户"))
    newcomer.sign_in(email, people.PASSWORD)
    newcomer.look().get_by_role("link", name="创建我的机构").click()
    newcomer.look()
    newcomer.page.get_by_label("企业：披露碳信息、寻求融资").check()
    newcomer.fill(name_zh="示例新能源公司", id_value=made.uscc_number(), id_scheme="uscc")
    newcomer.fill(focus_sector="electronics", size_class="medium")
    expect(newcomer.press("创建")).to_have_url(f"{site.url}/home")

    with site.inside():
        operator = people.operator().email
    approver = visitor()
    approver.sign_in(operator, people.PASSWORD)
    approver.go("/operation")
    row = approver.page.locator("tr, section, li, article").filter(has_text="示例新能源公司").last
    row.get_by_role("button", name="通过", exact=True).click()
    approver.look()

    assert "已通过审核" in site.mailbox.wait_for(email, "示例新能源公司已通过审核")
    inbox = newcomer.go("/inbox")
    expect(inbox.get_by_text("示例新能源公司已通过审核")).to_be_visible()


def test_form_comes_back_filled_after_the_login_expired(site: Site, visitor: Visitors) -> None:
    with site.inside():
        email = people.person().email
    someone = visitor()
    someone.sign_in(email, people.PASSWORD)
    someone.go("/organisations/new")
    someone.fill(name_zh="示例半填公司", address="示例路100号")
    someone.page.context.clear_cookies(name="session")
    someone.press("创建")
    someone.fill(email=email, password=people.PASSWORD)
    page = someone.press("登录")
    expect(page.get_by_label("中文名称")).to_have_value("示例半填公司")
    expect(page.get_by_label("地址", exact=True)).to_have_value("示例路100号")


def test_refused_form_names_the_field_and_keeps_what_was_typed(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        email = people.person(locale="en").email
    someone = visitor(language="en")
    someone.sign_in(email, people.PASSWORD)
    someone.go("/organisations/new")
    someone.fill(name_zh="示例公司", id_value="91310115MA1K00001X", id_scheme="uscc")
    someone.fill(focus_sector="electronics", size_class="medium")
    someone.page.get_by_label("Enterprise: discloses, seeks finance").check()
    page = someone.press("Create")
    expect(page.get_by_role("alert")).to_contain_text("check character does not fit")
    expect(page.get_by_label("Id in that register")).to_have_value("91310115MA1K00001X")


def test_public_pages_in_both_languages(visitor: Visitors) -> None:
    for language in ("zh", "en"):
        stranger = visitor(language=language)
        for path in ("/", "/help", "/privacy", "/account/login", "/account/reset", "/nothing"):
            stranger.go(path)


def test_pages_work_by_keyboard_alone(visitor: Visitors) -> None:
    stranger = visitor()
    page = stranger.go("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_language_switch_stays(visitor: Visitors) -> None:
    stranger = visitor()
    page = stranger.go("/help")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(f"{stranger.site.url}/help")
