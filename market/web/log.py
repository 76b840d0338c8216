"""Pages of the transparency log: what it is for, its entries, its key, its witnesses."""

from flask import Blueprint, Response, after_this_request, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from disclosure.ledger.canonical import parse
from market.domain import disclosure_records as records
from market.domain import footprint_records, log_keys, log_proofs, log_witnesses
from market.domain.queries import log as queries
from market.permissions import ANYONE, INSTITUTION, acting, guarded
from market.schemas.log import AfterSchema, WitnessedSchema, WitnessSchema
from market.texts import gettext, lazy_gettext
from market.web.filters import chosen
from market.web.forms import Form

log = Blueprint("log", __name__)
KINDS = {
    "published": lazy_gettext("published"),
    "restated": lazy_gettext("restated"),
    "withdrawn": lazy_gettext("withdrawal"),
    "attested": lazy_gettext("attested"),
    "attestation_revoked": lazy_gettext("attestation revoked"),
    "footprint_published": lazy_gettext("footprint published"),
    "footprint_revoked": lazy_gettext("footprint revoked"),
}
_PLAIN = "text/plain; charset=utf-8"


@log.context_processor
def _words() -> dict[str, object]:
    return {"kinds": KINDS, "key": log_keys.signer().verifier.text}


@log.get("/log")
@guarded(ANYONE)
def index() -> str:
    """What the log is for, how to check it, and its newest entries."""
    wanted, _wrong = chosen(AfterSchema())
    return render_template(
        "log/index.html",
        page=queries.newest_entries(wanted["after"]),
        checkpoint=queries.newest_checkpoint(),
        waiting=queries.count_waiting(),
        witnesses=queries.count_witnesses(),
    )


@log.get("/log/entries/<int:index>")
@guarded(ANYONE)
def entry(index: int) -> str:
    """One entry: what was hashed, and the proof that it is in the tree."""
    found = queries.entry(index)
    return render_template(
        "log/entry.html",
        entry=found,
        told=parse(found.entry),
        proof=log_proofs.inclusion(index),
        witnesses=queries.count_witnesses(above=index),
    )


@log.get("/log/entries/<int:index>/bundle.json")
@guarded(ANYONE)
def entry_bundle(index: int) -> Response:
    """The bundle of any entry; attestations have no other address."""
    found = queries.entry(index)
    return _bundle(records.bundle_of_leaf(found, witnessed=_witnessed()), f"entry-{index}")


@log.get("/disclosures/<disclosure_id>/bundle.json")
@guarded(ANYONE)
def bundle(disclosure_id: str) -> Response:
    """The bundle of a version; pending ones say when to come back."""
    try:
        data = records.bundle_of(disclosure_id, witnessed=_witnessed())
    except records.RecordPending:
        after_this_request(_retry_later)
        raise
    return _bundle(data, f"disclosure-{disclosure_id}")


@log.get("/labels/<certificate>/bundle.json")
@guarded(ANYONE)
def label_bundle(certificate: str) -> Response:
    """The bundle of a footprint's publication; pending ones say when to come back."""
    try:
        data = footprint_records.bundle_of(certificate, witnessed=_witnessed())
    except records.RecordPending:
        after_this_request(_retry_later)
        raise
    return _bundle(data, f"label-{certificate.upper()}")


@log.get("/log/key")
@guarded(ANYONE)
def key() -> Response:
    """The verifier keys as text: the current one first, then those that signed before."""
    current = log_keys.signer().verifier.text
    earlier = [use.key for use in queries.signing_keys() if use.key != current]
    return Response("".join(f"{each}\n" for each in [current, *earlier]), content_type=_PLAIN)


@log.get("/log/checkpoint")
@guarded(ANYONE)
def checkpoint() -> Response:
    """The newest checkpoint as the signed note itself."""
    return Response(log_proofs.commitment(witnessed=_witnessed()).note, content_type=_PLAIN)


@log.get("/log/witnesses")
@guarded(ANYONE)
def witnesses() -> str:
    """Who checks the log."""
    return render_template("log/witnesses.html", rows=queries.witnesses())


@log.route("/log/witnesses/new", methods=["GET", "POST"])
@guarded(INSTITUTION)
def register() -> Answer | tuple[str, int]:
    """Register a key of one's institution."""
    form = Form(WitnessSchema())
    if form.attempt(lambda data: log_witnesses.register(data["key"], by=acting())):
        flash(gettext("Registered. Cosign the newest checkpoint now to be counted."), "success")
        return redirect(url_for("log.witnesses"))
    return render_template("log/register.html", form=form), form.status


@log.post("/log/witnesses/<witness_id>/retire")
@guarded(INSTITUTION)
def retire(witness_id: str) -> Answer:
    """Stop using a key."""
    log_witnesses.retire(witness_id, by=acting())
    flash(gettext("Retired. What the key cosigned stays."), "success")
    return redirect(url_for("log.witnesses"))


def _witnessed() -> bool:
    wanted, _wrong = chosen(WitnessedSchema())
    return bool(wanted["witnesses"])


def _bundle(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-bundle.json"'
    return answer


def _retry_later(answer: Answer) -> Answer:
    answer.headers["Retry-After"] = str(records.RETRY_SECONDS)
    return answer
