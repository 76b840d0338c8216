"""The jobs: kind of due work -> verb. A contents page; how they run stands in work/ticker.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from market.domain import (
    activity_imports,
    audits,
    events,
    filings,
    footprint_labels,
    impressions,
    log,
    messages,
    parked_forms,
    products,
    ranking_index,
    reports,
)

Verb = Callable[[str], dict[str, Any] | None]


@dataclass(frozen=True)
class Job:
    """A verb that takes the row's key; long ones run in a child process; some recur."""

    verb: Verb
    every: timedelta | None = None
    long: bool = False


def _send_mail(_key: str) -> dict[str, Any]:
    return {"sent": messages.send_waiting_mail()}


def _seal_audit(_key: str) -> dict[str, Any]:
    return {"sealed": audits.seal()}


def _append_log(_key: str) -> dict[str, Any]:
    return {"appended": log.append_waiting()}


def _forget_parked_forms(_key: str) -> None:
    parked_forms.forget_old()


def _expire_products(_key: str) -> dict[str, Any]:
    return {"expired": products.expire_due()}


def _expire_footprints(_key: str) -> dict[str, Any]:
    return {"expired": footprint_labels.expire_due()}


def _prune_ranking(_key: str) -> dict[str, Any]:
    return {"pruned": ranking_index.prune_changes()}


def _forget_impressions(_key: str) -> dict[str, Any]:
    return {"forgotten": impressions.forget_old()}


def _measure_fairness(_key: str) -> dict[str, Any]:
    from market.work import fairness  # lazy: long work belongs to the child process

    return fairness.measure()


def _train(_key: str) -> dict[str, Any]:
    from market.work import training  # lazy: loads scikit-learn, in the child process only

    return training.train(let_go=True)


def _import_activity(import_id: str) -> dict[str, Any]:
    from market.work.imports import activity_uploads  # lazy: loads openpyxl, in the child

    return activity_uploads.run_upload(import_id)


def _make_timetable(event_id: str) -> dict[str, Any]:
    from market.work import timetables  # lazy: loads the solvers, in the child process only

    return timetables.make(event_id, let_go=True)


def _make_report(report_id: str) -> dict[str, Any]:
    from market.work import documents  # lazy: loads WeasyPrint, in the child process only

    return documents.make(report_id, let_go=True)


def _check_filing(filing_id: str) -> dict[str, Any]:
    from market.work import filings as work  # lazy: starts Arelle, from the child process only

    return work.check(filing_id, let_go=True)


JOBS: dict[str, Job] = {
    "mail": Job(_send_mail, every=timedelta(seconds=5)),
    "seal-audit": Job(_seal_audit, every=timedelta(seconds=10)),
    "append-log": Job(_append_log, every=timedelta(seconds=2)),
    "forget-parked-forms": Job(_forget_parked_forms, every=timedelta(hours=1)),
    activity_imports.JOB: Job(_import_activity, long=True),
    # ranking
    "expire-products": Job(_expire_products, every=timedelta(minutes=10)),
    "expire-footprints": Job(_expire_footprints, every=timedelta(minutes=10)),
    "prune-ranking": Job(_prune_ranking, every=timedelta(days=1)),
    "forget-impressions": Job(_forget_impressions, every=timedelta(days=1)),
    "measure-fairness": Job(_measure_fairness, every=timedelta(days=1), long=True),
    events.TRAIN_JOB: Job(_train, long=True),
    # events
    events.STEP_JOB: Job(events.advance),
    events.TIMETABLE_JOB: Job(_make_timetable, long=True),
    # reports
    reports.JOB: Job(_make_report, long=True),
    filings.JOB: Job(_check_filing, long=True),
}
