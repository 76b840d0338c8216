"""Training the ranking: the expert prior, refined by what was chosen and how meetings were rated.

What comes of it is a candidate with its report; only a person lets it serve.
"""

import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from market.database import read_only
from market.domain import audits, ranking
from market.domain.products import today
from market.domain.queries import labels as label_queries
from market.domain.queries import market_facts
from market.domain.queries.labels import Label
from market.domain.queries.learning import ShownLists, shown_lists
from market.enums import Side
from market.extensions import db
from market.models import Artefact
from market.moments import now
from scoring.artefact import save, seal
from scoring.champion import FEWEST_SESSIONS, Comparison, compare
from scoring.compiling import compile_head
from scoring.drift import Drift, column_drifts
from scoring.features import FINANCE
from scoring.feedback import Impressions, LearningSettings, Learnt, learn
from scoring.prior import PriorSettings, random_codes, train_prior
from scoring.ranker import AdditiveRanker
from scoring.tables import FusedTables, Head, MarketModel

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FEWEST_LABELS = 30
"""Below so many ratings of one side its head stays the prior."""
LABEL_WEIGHT = 20.0
"""How many rows of the prior's opinion one rating outweighs."""
_FOLDS = 5
FEWEST_CHOICES = 100
"""Below so many choices from shown lists nothing is learnt from them."""
FEWEST_ROWS = 2_000
"""Below so many shown rows drift is not judged: a few needs look like a change of times."""
_LEARNING = LearningSettings()
_DIRECTIONS = {"wants": "products", "accepts": "needs"}


@dataclass(frozen=True, slots=True)
class HeadReport:
    """How one head was refined; log-losses are out of fold, None with too few labels."""

    labels: int
    refined: bool
    loss_of_prior: float | None = None
    loss_of_refined: float | None = None


def train(*, seed: int = 0, let_go: bool = False) -> dict[str, Any]:
    """Fit and store new tables as a candidate; returns the report stored with them.

    `let_go` reads without the right to write and ends the transaction before the fitting, so that
    nobody waits for its lock; the caller must have written nothing before.
    """
    started = time.process_time()
    if let_go:
        db.session.rollback()
    with read_only() if let_go else nullcontext():
        given = label_queries.meeting_labels()
        pairs = _pair_codes(given)
        lists = {name: shown_lists(direction) for name, direction in _DIRECTIONS.items()}
        champion = ranking.served().index.model
    if let_go:
        db.session.rollback()
    settings = PriorSettings(seed=seed)
    prior = train_prior(settings)
    heads, reports, learnt = {}, {}, {}
    for side, name in ((Side.SEEKS, "wants"), (Side.OFFERS, "accepts")):
        rated = [each for each in label_queries.of_side(given, side) if _key(each) in pairs]
        codes = np.array([pairs[_key(each)] for each in rated], dtype=np.int64)
        relevance = np.array([each.relevance for each in rated], dtype=np.float64)
        head, learnt[name] = _learnt(getattr(prior.finance, name), lists[name])
        heads[name], reports[name] = _refined(head, codes, relevance, settings)
    model = _sealed(prior, heads, reports, learnt)
    report = {
        "origin": model.origin,
        "seed": seed,
        "prior": asdict(settings),
        "heads": {name: asdict(each) for name, each in reports.items()},
        "learnt": learnt,
        "label_weight": LABEL_WEIGHT,
        "champion": champion.sha256,
        "comparison": _comparison(lists["wants"], champion, model),
        "drift": _drift(lists["wants"]),
        "features_as_of": today().isoformat(),
        "cpu_seconds": round(time.process_time() - started, 2),
    }
    _keep(model, report)
    return {"model": model.sha256, **report}


def _impressions(lists: ShownLists) -> Impressions:
    return Impressions(**vars(lists))


def _learnt(prior: Head, lists: ShownLists) -> tuple[Head, dict[str, Any]]:
    """The head learnt from shown lists where they are enough, else the prior; and what was done."""
    told: dict[str, Any] = {
        "rows": len(lists.codes), "choices": lists.choices, "lists_by_lot": lists.by_lot,
        "learnt": False,
    }  # fmt: skip
    if lists.choices < FEWEST_CHOICES or lists.by_lot < FEWEST_SESSIONS:
        return prior, told
    if not lists.chosen[lists.randomised].any():
        return prior, told
    found: Learnt = learn(FINANCE, prior, _impressions(lists), _LEARNING)
    told |= {
        "learnt": found.prior_weight is not None,
        "prior_weight": found.prior_weight,
        "likelihood": found.likelihood,
        "likelihood_of_prior": found.likelihood_of_prior,
    }
    return found.head, told


def _comparison(
    lists: ShownLists, champion: MarketModel, challenger: MarketModel
) -> dict[str, Any] | None:
    """What the model that serves and the candidate would have earned; None while too little."""
    if lists.by_lot < FEWEST_SESSIONS or not lists.chosen[lists.randomised].any():
        return None
    found: Comparison = compare(
        _impressions(lists),
        champion=champion.finance.fused,
        challenger=challenger.finance.fused,
    )
    return {
        "sessions": found.sessions,
        "champion": asdict(found.champion),
        "challenger": asdict(found.challenger),
        "gain": found.gain,
        "standard_error": found.standard_error,
    }


def _drift(lists: ShownLists) -> list[dict[str, Any]]:
    """How the later half of what was shown differs from the earlier, on the model's own codes."""
    if len(lists.codes) < FEWEST_ROWS:
        return []
    half = len(lists.codes) // 2
    return [
        {"feature": each.feature, "psi": round(each.psi, 4), "state": each.drift.value,
         "blocks": each.drift is Drift.BLOCK}
        for each in column_drifts(FINANCE, lists.codes[:half], lists.codes[half:])
    ]  # fmt: skip


def _sealed(
    prior: MarketModel,
    heads: dict[str, Head],
    reports: dict[str, HeadReport],
    learnt: dict[str, dict[str, Any]],
) -> MarketModel:
    used = sum(each.labels for each in reports.values() if each.refined)
    chosen = sum(each["choices"] for each in learnt.values() if each["learnt"])
    origin = prior.origin
    if chosen:
        origin += f", {chosen} choices from shown lists"
    if used:
        origin += f", {used} meeting ratings"
    if all(head is getattr(prior.finance, name) for name, head in heads.items()):
        return prior
    finance = FusedTables(FINANCE, heads["wants"], heads["accepts"], prior.finance.w)
    return seal(finance, prior.technology, origin=origin)


def _key(label: Label) -> tuple[str, str]:
    return label.need_id, label.product_id


def _pair_codes(labels: Sequence[Label]) -> dict[tuple[str, str], tuple[int, ...]]:
    """The codes of every rated pair as they stand today (a need may be closed by now)."""
    day = today()
    need_ids = {label.need_id for label in labels}
    product_ids = {label.product_id for label in labels}
    needs = {n.id: n for n in market_facts.needs(on=day, ids=need_ids, whatever_state=True)}
    products = {
        p.id: p for p in market_facts.products(on=day, ids=product_ids, whatever_state=True)
    }
    return {
        (need, product): FINANCE.codes(needs[need], products[product])
        for need, product in {_key(label) for label in labels}
        if need in needs and product in products
    }


def _refined(
    prior: Head, codes: Codes, relevance: Floats, settings: PriorSettings
) -> tuple[Head, HeadReport]:
    """The prior's head refitted to its own opinion and the ratings, where that foretells better."""
    if len(relevance) < FEWEST_LABELS:
        return prior, HeadReport(len(relevance), refined=False)
    folds = np.arange(len(relevance)) % _FOLDS
    expected = np.zeros(len(relevance))
    for fold in range(_FOLDS):
        inside, outside = folds != fold, folds == fold
        head = _fitted(prior, codes[inside], relevance[inside], settings)
        expected[outside] = head.chance(head.log_odds(codes[outside].T))
    before = log_loss(relevance, prior.chance(prior.log_odds(codes.T)))
    after = log_loss(relevance, expected)
    report = HeadReport(len(relevance), after < before, before, after)
    return _fitted(prior, codes, relevance, settings) if after < before else prior, report


def _fitted(prior: Head, codes: Codes, relevance: Floats, settings: PriorSettings) -> Head:
    rng = np.random.default_rng(settings.seed)
    imagined = random_codes(FINANCE, settings.rows, rng)
    opinion = prior.chance(prior.log_odds(imagined.T))
    ranker = AdditiveRanker(
        monotonic_cst=FINANCE.monotone,
        n_codes=FINANCE.n_codes,
        max_iter=settings.max_iter,
        label_range=(0.0, 1.0),
        random_state=settings.seed,
    )
    weight = np.concatenate([np.ones(len(imagined)), np.full(len(codes), LABEL_WEIGHT)])
    ranker.fit(
        np.concatenate([imagined, codes]),
        np.concatenate([opinion, relevance]),
        sample_weight=weight,
    )
    return compile_head(ranker, FINANCE.reference)


def log_loss(relevance: Floats, chance: Floats) -> float:
    """Mean cross-entropy of a soft label under a chance."""
    bounded = np.clip(chance, 1e-9, 1 - 1e-9)
    return float(-np.mean(relevance * np.log(bounded) + (1 - relevance) * np.log(1 - bounded)))


def _keep(model: MarketModel, report: dict[str, Any]) -> None:
    """Store the tables once, as a candidate with its latest report."""
    stored = db.session.scalars(select(Artefact).where(Artefact.digest == model.sha256)).first()
    if stored is None:
        stored = Artefact(digest=model.sha256, kind="tables", data=save(model), created_at=now())
        db.session.add(stored)
    stored.report = report
    db.session.flush()
    audits.record("model.trained", stored, by=None, after={"digest": model.sha256})
