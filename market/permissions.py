"""Who may enter: every route declares one guard from this list, and the tests read it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, g
from flask_babel import LazyString, lazy_gettext

from market.enums import MemberRole, OrganisationKind
from market.errors import Forbidden

P = ParamSpec("P")
R = TypeVar("R")

_WRITERS = frozenset({MemberRole.OWNER, MemberRole.EDITOR})
_READERS = frozenset(MemberRole)


@dataclass(frozen=True, kw_only=True)
class Acting:
    """The person at the keyboard and the organisation they act for (empty strings: none)."""

    person_id: str
    name: str
    email: str = ""
    platform_roles: frozenset[str] = frozenset()
    membership_id: str = ""
    member_role: str = ""
    organisation_id: str = ""
    organisation_name_zh: str = ""
    organisation_name_en: str = ""
    kinds: frozenset[str] = frozenset()
    approved: bool = False
    unread: int = 0
    memberships: tuple[tuple[str, str, str], ...] = ()  # (id, name zh, name en), for the switch

    def is_a(self, kind: str) -> bool:
        """Whether the organisation acted for has this kind and is approved."""
        return self.approved and kind in self.kinds

    @property
    def may_write(self) -> bool:
        """Whether the member's role allows changes."""
        return self.member_role in _WRITERS


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Who may enter a route; kinds: the organisation acted for must have one of them."""

    name: str
    who: LazyString | str
    signed_in: bool = True
    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    platform_role: str = ""
    approved: bool = True

    def admits(self, acting: Acting | None) -> bool:
        """Whether this person may enter."""
        if not self.signed_in:
            return True
        if acting is None:
            return False
        if self.platform_role:
            return self.platform_role in acting.platform_roles
        if self.roles and acting.member_role not in self.roles:
            return False
        if self.roles and self.approved and not acting.approved:
            return False
        return not self.kinds or bool(self.kinds & acting.kinds)


def _member(name: str, kinds: set[str], who: LazyString) -> Guard:
    return Guard(name=name, who=who, kinds=frozenset(kinds), roles=_WRITERS)


ANYONE = Guard(name="anyone", who=lazy_gettext("everyone"), signed_in=False)
SIGNED_IN = Guard(name="signed-in", who=lazy_gettext("people who are signed in"))
MEMBER = Guard(
    name="member", who=lazy_gettext("members of an organisation"), roles=_READERS, approved=False
)
OWNER = Guard(
    name="owner",
    who=lazy_gettext("owners of an organisation"),
    roles=frozenset({MemberRole.OWNER}),
    approved=False,
)
MARKET_MEMBER = Guard(
    name="market-member", who=lazy_gettext("members of an approved organisation"), roles=_READERS
)
MARKET_WRITER = Guard(
    name="market-writer", who=lazy_gettext("editors of an approved organisation"), roles=_WRITERS
)
ENTERPRISE = _member(
    "enterprise", {OrganisationKind.ENTERPRISE}, lazy_gettext("editors of an approved enterprise")
)
INSTITUTION = _member(
    "institution",
    {OrganisationKind.INSTITUTION},
    lazy_gettext("editors of an approved financial institution"),
)
PROVIDER = _member(
    "provider",
    {OrganisationKind.PROVIDER},
    lazy_gettext("editors of an approved technology provider"),
)
ORGANISER = _member(
    "organiser", {OrganisationKind.ORGANISER}, lazy_gettext("editors of an approved organiser")
)
VERIFIER = _member(
    "verifier", {OrganisationKind.VERIFIER}, lazy_gettext("editors of an approved verifier")
)
OPERATOR = Guard(
    name="operator", who=lazy_gettext("operators of the platform"), platform_role="operator"
)

GUARDS = {
    guard.name: guard
    for guard in (
        ANYONE,
        SIGNED_IN,
        MEMBER,
        OWNER,
        MARKET_MEMBER,
        MARKET_WRITER,
        ENTERPRISE,
        INSTITUTION,
        PROVIDER,
        ORGANISER,
        VERIFIER,
        OPERATOR,
    )
}


def acting() -> Acting:
    """The acting person; only called behind a guard that asks for one."""
    person: Acting | None = g.get("acting")
    if person is None:
        raise Forbidden(who=SIGNED_IN.who)
    return person


def acting_or_none() -> Acting | None:
    """The acting person on pages that are open to everyone."""
    person: Acting | None = g.get("acting")
    return person


def guarded(guard: Guard) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the guard of a route; enforced here, listed by guard_of."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def entered(*args: P.args, **kwargs: P.kwargs) -> R:
            enforce(guard)
            return view(*args, **kwargs)

        entered.guard = guard  # type: ignore[attr-defined]  # read by guard_of
        return entered

    return decorate


def enforce(guard: Guard) -> None:
    """Let the acting person in or raise; sending strangers to sign in is the edge's affair."""
    person = acting_or_none()
    if guard.admits(person):
        return
    if person is None:
        refuse: Callable[[], Any] = current_app.extensions["sign_in_first"]
        refuse()
    raise Forbidden(who=guard.who)


def guard_of(view: Callable[..., Any], method: str = "GET") -> Guard | None:
    """The guard a view function (or the method of a method view) declares."""
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        view = getattr(view_class, method.lower(), view)
    declared: Guard | None = getattr(view, "guard", None)
    return declared
