"""Human looks: the right to have a person look at what the ranking decided (PIPL, article 24)."""

from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market.domain import audits, messages
from market.enums import ListingStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import HumanLook, Need, Product
from market.moments import now
from market.permissions import Acting

ANSWERED_WITHIN = timedelta(days=15)
_SHOWN = 50

ANSWERED = messages.sentence(
    "human-look-answered",
    "match",
    lazy_gettext("A person looked at the ranking of “%(product)s”: %(answer)s"),
)


class AskedAlready(MarketError):
    """One question for each pair and asker."""

    constraint = "uq_human_look_need_id_product_id_organisation_id"
    status = 409
    message = lazy_gettext("You have asked about this pair already.")


class LookedAlready(MarketError):
    """The question was answered before."""

    status = 409
    message = lazy_gettext("This question was answered already.")


def ask(need_id: str, product_id: str, question: str, *, by: Acting) -> HumanLook:
    """Ask a person to look at one pair; only the two sides of the pair may."""
    refuse_strangers(need_id, product_id, by=by)
    if look_at(need_id, product_id, by=by) is not None:
        raise AskedAlready
    look = HumanLook(
        need_id=need_id,
        product_id=product_id,
        organisation_id=by.organisation_id,
        question=question,
        asked_by=by.person_id,
        asked_at=now(),
        due_at=now() + ANSWERED_WITHIN,
    )
    db.session.add(look)
    db.session.flush()
    after = {"need": need_id, "product": product_id, "question": question}
    audits.record("human-look.asked", look, by=by, after=after)
    return look


def refuse_strangers(need_id: str, product_id: str, *, by: Acting) -> None:
    """A pair exists for its two sides only, and a draft for nobody but its owner."""
    need, product = db.session.get(Need, need_id), db.session.get(Product, product_id)
    if need is None or product is None or product.status == ListingStatus.DRAFT:
        raise NotFound
    if by.organisation_id not in (need.enterprise_id, product.institution_id):
        raise NotFound


def answer(look_id: str, text: str, *, by: Acting) -> HumanLook:
    """Answer as an operator; the members of the asking organisation are told."""
    look = question(look_id)
    if look.answered_at is not None:
        raise LookedAlready
    look.answer, look.answered_by, look.answered_at = text, by.person_id, now()
    db.session.flush()
    audits.record("human-look.answered", look, by=by, after={"answer": text})
    messages.tell(
        messages.members_of(look.organisation_id),
        ANSWERED,
        values={"product": look.product.name_zh, "answer": text},
        url=_page_of(look),
        dedupe_key=f"human-look:{look.id}",
    )
    return look


def question(look_id: str) -> HumanLook:
    """One question, with need, product and who asks."""
    everything = (HumanLook.need, HumanLook.product, HumanLook.organisation)
    asked = select(HumanLook).options(*(joinedload(each) for each in everything))
    asked = asked.where(HumanLook.id == look_id).execution_options(populate_existing=True)
    look = db.session.scalars(asked).first()
    if look is None:
        raise NotFound
    return look


def look_at(need_id: str, product_id: str, *, by: Acting) -> HumanLook | None:
    """What one's own organisation asked about a pair."""
    return db.session.scalars(
        select(HumanLook).where(
            HumanLook.need_id == need_id,
            HumanLook.product_id == product_id,
            HumanLook.organisation_id == by.organisation_id,
        )
    ).first()


def waiting() -> list[HumanLook]:
    """The questions that wait for an operator, the nearest deadline first."""
    asked = (
        select(HumanLook)
        .options(
            joinedload(HumanLook.need),
            joinedload(HumanLook.product),
            joinedload(HumanLook.organisation),
        )
        .where(HumanLook.answered_at.is_(None))
        .order_by(HumanLook.due_at, HumanLook.id)
        .limit(_SHOWN)
    )
    return list(db.session.scalars(asked))


def _page_of(look: HumanLook) -> str:
    if look.organisation_id == look.product.institution_id:
        return f"/products/{look.product_id}/needs/{look.need_id}"
    return f"/needs/{look.need_id}/products/{look.product_id}"
