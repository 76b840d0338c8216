"""Which questionnaire a person is answering: chosen by a link, remembered in the session."""

from collections.abc import Collection
from typing import Any

from flask import request, session

from disclosure.datapoints import Datapoint, current
from market.domain import questionnaires as asking
from market.texts import gettext
from market.web.disclosure_texts import say

_KEY = "questionnaire"


def chosen() -> str:
    """The questionnaire on show; `?ask=` changes it for the pages that follow."""
    wanted = request.args.get("ask", "")
    if wanted in asking.choices():
        session[_KEY] = wanted
    kept = session.get(_KEY, asking.USUAL)
    return kept if kept in asking.choices() else asking.USUAL


def sections() -> tuple[str, ...]:
    """The sections of the questionnaire on show."""
    return asking.sections(chosen())


def asked(section: str, answered: Collection[str]) -> tuple[Datapoint, ...]:
    """What the page of a section shows."""
    return asking.shown(chosen(), section, answered)


def for_templates() -> dict[str, Any]:
    """What the navigation of a draft needs."""
    titles = [(key, say(each.title), say(each.about)) for key, each in _all().items()]
    both = (asking.BOTH, gettext("Both"), gettext("All questions; shared ones once."))
    return {
        "asking": chosen,
        "questionnaires": [*titles, both],
        "questionnaire_progress": lambda facts: {each.part: each for each in asking.whole(facts)},
        "section_progress": lambda facts: asking.by_section(facts, chosen()),
        "first_section": lambda key: "short-route" if key != "esg" else _first_of("esg"),
    }


def _first_of(questionnaire: str) -> str:
    """The first section only this questionnaire has."""
    others = {s for key in _all() if key != questionnaire for s in asking.sections(key)}
    return next(each for each in asking.sections(questionnaire) if each not in others)


def _all() -> dict[str, Any]:
    return dict(current().questionnaires)
