"""Nothing typed is lost: a refused POST is parked and given back after signing in."""

from datetime import timedelta

from sqlalchemy import delete

from market.extensions import db
from market.models import ParkedForm
from market.moments import now

_KEEP = timedelta(days=1)
_LARGEST = 200_000  # characters


def park(path: str, fields: list[tuple[str, str]]) -> str | None:
    """Keep the typed fields; returns the id under which they are given back."""
    kept = [[n, v] for n, v in fields if n != "csrf_token" and "password" not in n]
    if sum(len(n) + len(v) for n, v in kept) > _LARGEST:
        return None
    form = ParkedForm(path=path[:300], data=kept, created_at=now())
    db.session.add(form)
    db.session.flush()
    return form.id


def give_back(form_id: str, *, path: str) -> list[tuple[str, str]]:
    """The parked fields of a page, or nothing when they are of another page or too old."""
    form = db.session.get(ParkedForm, form_id)
    if form is None or form.path != path or form.created_at < now() - _KEEP:
        return []
    return [(str(name), str(value)) for name, value in form.data]


def forget_old() -> None:
    """Delete what nobody came back for."""
    db.session.execute(delete(ParkedForm).where(ParkedForm.created_at < now() - _KEEP))
