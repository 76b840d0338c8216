"""Witnesses of the log: an institution registers a key and cosigns checkpoints with it."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from flask_babel import lazy_gettext
from sqlalchemy import select

from disclosure.ledger.checkpoint import Checkpoint
from disclosure.ledger.note import COSIGNATURE, Note, NoteError, Verifier, cosignature_time, encode
from market.domain import audits, log_keys
from market.domain.queries import log as queries
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import LogCheckpoint, LogCosignature, LogWitness
from market.moments import now
from market.permissions import Acting

_NAME_LONGEST = 120
_CLOCKS_DIFFER = timedelta(minutes=5)


class NotAWitnessKey(MarketError):
    """The key cannot be used."""

    field = "key"
    message = lazy_gettext(
        "Not a witness key. Make one with `python -m disclosure monitor --new-key NAME KEYFILE`"
        " and paste the line it prints."
    )


class NameOfTheLog(MarketError):
    """The log does not witness itself."""

    field = "key"
    message = lazy_gettext("%(name)s is the log itself; give your key a name of your own.")


class KeyKnown(MarketError):
    """Registered before."""

    constraint = "uq_log_witness_organisation_id_key"
    status = HTTPStatus.CONFLICT
    field = "key"
    message = lazy_gettext("This key was registered before; make a new one.")


class NotACheckpoint(MarketError):
    """What was sent is no signed note of a checkpoint."""

    field = "note"
    message = lazy_gettext(
        "Not a cosigned checkpoint: send the three lines, the empty line and the signature lines"
        " as `python -m disclosure monitor --cosign` prints them."
    )


class UnknownCheckpoint(MarketError):
    """We never signed this; if our signature is under it, there are two histories."""

    status = HTTPStatus.CONFLICT
    field = "note"
    message = lazy_gettext(
        "This log signed no checkpoint of %(size)s entries with this root. Keep what you hold: if"
        " it carries the log's signature, somebody was shown another history."
    )


class NotYourKey(MarketError):
    """Nobody cosigns for another."""

    field = "note"
    message = lazy_gettext("None of the signatures is of a key your institution registered.")


class WrongCosignature(MarketError):
    """The signature does not fit the text."""

    field = "note"
    message = lazy_gettext("The cosignature of %(name)s does not fit the checkpoint.")


class WrongTime(MarketError):
    """A cosignature is made after the checkpoint and not in the future."""

    field = "note"
    message = lazy_gettext(
        "The time in the cosignature lies before the checkpoint or in the future; set your clock"
        " and cosign again."
    )


def register(key: str, *, by: Acting) -> LogWitness:
    """Register the public half of a witness key (`name+keyid+base64`, type 04)."""
    try:
        verifier = Verifier.from_text(key)
    except NoteError:
        raise NotAWitnessKey from None
    if verifier.kind != COSIGNATURE or len(verifier.name) > _NAME_LONGEST:
        raise NotAWitnessKey
    if verifier.name == log_keys.signer().name:
        raise NameOfTheLog(name=verifier.name)
    witness = LogWitness(
        organisation_id=by.organisation_id,
        name=verifier.name,
        key=verifier.text,
        registered_at=now(),
    )
    db.session.add(witness)
    db.session.flush()
    audits.record("log.witness_registered", witness, by=by, after={"key": witness.key})
    return witness


def retire(witness_id: str, *, by: Acting) -> LogWitness:
    """Stop using a key; what it cosigned stays."""
    witness = db.session.get(LogWitness, witness_id)
    if witness is None or witness.organisation_id != by.organisation_id or witness.retired_at:
        raise NotFound
    witness.retired_at = now()
    db.session.flush()
    audits.record("log.witness_retired", witness, by=by, before={"key": witness.key})
    return witness


def own(by: Acting) -> list[LogWitness]:
    """The keys of one's own institution that are in use."""
    return list(
        db.session.scalars(
            select(LogWitness)
            .where(
                LogWitness.organisation_id == by.organisation_id, LogWitness.retired_at.is_(None)
            )
            .order_by(LogWitness.registered_at, LogWitness.id)
            .limit(50)
        )
    )


def cosign(note: str, *, by: Acting) -> LogCosignature:
    """Store the cosignature of one's own institution under a checkpoint, once checked.

    The same witness's second cosignature of a checkpoint changes nothing.
    """
    try:
        parsed = Note.parse(note)
        claimed = Checkpoint.from_text(parsed.text)
    except NoteError:
        raise NotACheckpoint from None
    checkpoint = _signed_by_us(claimed)
    witness, signature = _of_ones_own(parsed, by)
    _check(checkpoint, witness, signature)
    stored = db.session.scalars(
        select(LogCosignature).where(
            LogCosignature.checkpoint_id == checkpoint.id, LogCosignature.witness_id == witness.id
        )
    ).first()
    if stored is not None:
        return stored
    cosignature = LogCosignature(
        checkpoint_id=checkpoint.id,
        witness_id=witness.id,
        line=f"— {witness.name} {encode(signature)}\n",
        cosigned_at=datetime.fromtimestamp(cosignature_time(signature[4:]), UTC),
    )
    db.session.add(cosignature)
    db.session.flush()
    after = {"size": checkpoint.size, "witness": witness.key}
    audits.record("log.cosigned", cosignature, by=by, after=after)
    return cosignature


def _signed_by_us(claimed: Checkpoint) -> LogCheckpoint:
    """The newest checkpoint we signed with just this text."""
    checkpoint = queries.checkpoint_of(claimed.size)
    if checkpoint is None or Note.parse(checkpoint.note).text != claimed.text:
        raise UnknownCheckpoint(size=claimed.size)
    return checkpoint


def _of_ones_own(note: Note, by: Acting) -> tuple[LogWitness, bytes]:
    known = {(each.name, Verifier.from_text(each.key).key_id): each for each in own(by)}
    for name, signature in note.signatures:
        if (name, signature[:4]) in known:
            return known[name, signature[:4]], signature
    raise NotYourKey


def _check(checkpoint: LogCheckpoint, witness: LogWitness, signature: bytes) -> None:
    try:
        Verifier.from_text(witness.key).verify(Note.parse(checkpoint.note).text, signature[4:])
    except NoteError:
        raise WrongCosignature(name=witness.name) from None
    at = cosignature_time(signature[4:])
    earliest = (checkpoint.signed_at - _CLOCKS_DIFFER).timestamp()
    if not earliest <= at <= (now() + _CLOCKS_DIFFER).timestamp():
        raise WrongTime
