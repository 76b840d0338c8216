"""An organiser: from creating an event to its ratings, with two of its participants."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from market import moments
from market.domain import events
from market.enums import EventState
from market.extensions import db
from market.models import Event
from market.texts import SHANGHAI
from tests.browser.site import Site
from tests.browser.visitor import Visitor, Visitors
from tests.factories import events as made
from tests.factories import organisations, people
from tests.journeys.people import email_of

_NAME = "示例旅程对接会"


def test_organiser_runs_an_event_from_its_announcement_to_the_ratings(
    site: Site, visitor: Visitors
) -> None:
    with site.inside():
        organiser_email = email_of(organisations.organiser())
    organiser = visitor()
    organiser.sign_in(organiser_email, people.PASSWORD)
    _create(organiser)
    organiser.page.locator("main form[action$='/publish'] button").click()
    organiser.page.wait_for_load_state("networkidle")
    organiser.look()

    seeker_email, event_id = _register(site)
    seeker = visitor()
    seeker.sign_in(seeker_email, people.PASSWORD)
    page = seeker.go(f"/events/{event_id}/wishes")
    page.locator("fieldset.wish label").first.click()
    expect(page.locator(".wish .saved").first).not_to_be_empty()

    _move(site, event_id, EventState.REVIEW)
    organiser.go(f"/events/{event_id}/review")
    organiser.go(f"/events/{event_id}")
    organiser.page.locator("main form[action$='/publish-timetable'] button").click()
    organiser.page.wait_for_load_state("networkidle")
    organiser.look()
    site.mailbox.wait_for(seeker_email, _NAME)
    expect(seeker.go(f"/events/{event_id}/timetable").locator("ol.day li").first).to_be_visible()

    _move(site, event_id, EventState.FEEDBACK)
    page = seeker.go(f"/events/{event_id}/timetable")
    page.locator("ol.day a").first.click()
    seeker.look().locator("#stars-5").check()
    seeker.fill(outcome="follow_up")
    seeker.page.locator("main form button.btn-primary").click()
    seeker.page.wait_for_load_state("networkidle")
    expect(seeker.look().locator(".stars").first).to_have_text("★★★★★")
    report = organiser.go(f"/events/{event_id}/report")
    expect(report.locator("figure.chart .main-svg").first).to_be_visible()


def _create(organiser: Visitor) -> None:
    """Fill the form as the organiser would, times as the browser writes them."""
    organiser.go("/events/new")
    typed = made.details(name_zh=_NAME, name_en="Journey event")
    dates = {name: typed.pop(name) for name in made.dates()}
    for name, moment in dates.items():
        typed[name] = moment.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    organiser.fill(**{name: str(value) for name, value in typed.items()})
    organiser.page.locator("main form button.btn-primary").click()
    organiser.page.wait_for_load_state("networkidle")
    organiser.look()


def _register(site: Site) -> tuple[str, str]:
    """Two institutions and three enterprises; the event then waits for wishes."""
    with site.inside():
        event = db.session.scalars(select(Event).where(Event.name_zh == _NAME)).one()
        made.moved_to(event, EventState.REGISTRATION)
        with moments.at(event.registration_opens_at + timedelta(hours=1)):
            made.registered_side(event, "offers", 2)
            seekers = made.registered_side(event, "seeks", 3)
        made.moved_to(event, EventState.PREFERENCES)
        return email_of(seekers[0]), event.id


def _move(site: Site, event_id: str, state: EventState) -> None:
    with site.inside():
        event = db.session.get_one(Event, event_id)
        made.moved_to(event, state)
        events.advance(event_id)
