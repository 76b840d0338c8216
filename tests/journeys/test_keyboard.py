"""The short route by keyboard alone: no mouse, nothing filled in by the test's own hand.

What is counted: one input = one box filled (its whole text, typed where the focus stands), or one
press of a key that types nothing into a box: Enter, Tab, an arrow, Space, Ctrl+Enter, F5. Choosing
the fourth entry of a list is four presses, and so counted. Counting begins on the form's page as it
opens, empty but for the period of the year, and ends when the version is published.
"""

import json

from playwright.sync_api import Page, expect

from market.domain import disclosures
from tests.browser.site import Site
from tests.browser.visitor import Visitors
from tests.factories import organisations, people
from tests.journeys.people import email_of

MOST = 90
TYPED = {
    "GEN-03.p.district": "浦东新区",
    "GEN-03.p.registered": "示例路100号",
    "GEN-04.p.code": "3912",
    "GEN-05.p.value": "86500",
    "EMS-01.p.value": "1530",
    "EMS-03.0.emissions": "1530",
    "EMS-05.p.value": "6434",
    "EMS-14.0.item": "外购电力",
    "EMS-14.0.amount": "11000",
    "ENE-01.p.value": "18240",
    "ENE-02.p.renewable": "2000",
    "ENE-02.p.non_renewable": "9000",
    "ENE-04.p.renewable": "0",
    "ENE-04.p.non_renewable": "7240",
    "RSK-01.p.process": "每年由安全环保部识别，报总经理批准。",
    "TGT-03.p.target_year": "2050",
    "TGT-03.p.coverage": "100",
    "VER-03.p.name": "示例人",
    "VER-03.p.role": "总经理",
    "VER-03.p.date": "04102026",  # in the order of the browser's own language, here English
}
CHOSEN = {  # how far down the list
    "GEN-04.p.system": 1,
    "BND-01.p.value": 1,
    "BND-03.p.value": 2,
    "GOV-01.p.body": 1,
    "GOV-01.p.frequency": 2,
    "GOV-02.p.value": 1,
    "RSK-01.p.frequency": 4,
    "EMS-03.0.source": 1,
    "EMS-14.0.source": 5,
    "TGT-03.p.kind": 1,
}
INTERRUPTED = "EMS-05.p.value"  # the page is loaded anew while this is being typed


class Keys:
    """A keyboard that counts, and an eye for where the focus stands."""

    def __init__(self, page: Page) -> None:
        self.page, self.inputs = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.inputs += times

    def type(self, text: str) -> None:
        digits = self.page.evaluate("document.activeElement.type") == "date"
        (self.page.keyboard.type if digits else self.page.keyboard.insert_text)(text)
        self.inputs += 1

    def reload(self) -> None:
        """What F5 does in a browser with a window."""
        self.page.reload()
        self.inputs += 1

    @property
    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.name || ''"))


def test_short_route_reaches_grade_two_by_keyboard_within_ninety_inputs(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        member = organisations.enterprise()
        draft = disclosures.start(2025, by=people.acting_for(member))
        email, path = email_of(member), f"/disclosures/drafts/{draft.id}/short-route"
    enterprise = visitor()
    enterprise.sign_in(email, people.PASSWORD)
    page = enterprise.page
    page.goto(site.url + path)
    keys = Keys(page)

    answered = _answer_all(keys)
    assert answered == set(TYPED) | set(CHOSEN) | {"BND-02.p.value"}
    expect(page.locator("#progress")).to_contain_text("20 / 20")  # every answer has arrived
    keys.press("Control+Enter")
    page.wait_for_url("**/publish")
    keys.press("Tab")
    keys.press("Enter")  # to the content
    keys.press("Tab")  # past the link that changes who sees what
    keys.press("Tab")
    expect(page.locator(":focus")).to_have_text("确认发布")
    keys.press("Enter")
    page.wait_for_url("**/disclosures/*")

    expect(page.locator(".grade-panel .grade-2")).to_be_visible()
    for typed in ("浦东新区", "1,530", "6,434", "外购电力"):
        expect(page.locator("main")).to_contain_text(typed)
    print(json.dumps({"claim": "short route by keyboard", "inputs": keys.inputs, "most": MOST}))
    assert keys.inputs <= MOST


def _answer_all(keys: Keys) -> set[str]:
    """Go from box to box until the button; whatever stands in focus is answered."""
    answered: set[str] = set()
    while (name := keys.focus) != "next":
        assert name not in answered, f"the focus came back to {name}"
        _answer(keys, name)
        answered.add(name)
        keys.press("Tab" if name == "RSK-01.p.process" else "Enter")
    return answered


def _answer(keys: Keys, name: str) -> None:
    if name in CHOSEN:
        keys.press("ArrowDown", CHOSEN[name])
    elif name in TYPED:
        keys.type(TYPED[name])
    else:
        assert name == "BND-02.p.value", f"nobody said what to answer at {name!r}"
        keys.press("Space")
    if name == INTERRUPTED:
        keys.reload()
        expect(keys.page.locator(f"[name='{name}']")).to_have_value(TYPED[name])
        expect(keys.page.locator(f"[name='{name}']")).to_be_focused()
