"""The feature table of technologies: what makes one fit a scenario."""

from __future__ import annotations

from scoring import pairing
from scoring.coding import Better, Feature, FeatureTable, PairFeature, Side
from scoring.facts import Process, Scenario, Technology
from scoring.texts import Bilingual

_NONE = Bilingual("", "")
_YEARS = Bilingual("年", "years")
_PERCENT = Bilingual("%", "%")
_LISTING = "listing"
_BOTH = "scenario and listing"
_PROCESSES = tuple(Process)
_PAYBACK_EDGES = (1, 2, 3, 4, 5, 7, 10)
_REDUCTION_EDGES = (5, 10, 20, 30, 50, 80)

_WITHIN = (
    Bilingual("明显超出", "well over"),
    Bilingual("略超出", "slightly over"),
    Bilingual("在限度之内", "within the limit"),
)


def _capex_key(scenario: Scenario) -> int:
    """The bin of the cap; a scenario without one takes the last bin, which holds all."""
    if scenario.capex_cap is None:
        return len(pairing.AMOUNT_EDGES)
    return pairing.band(scenario.capex_cap, pairing.AMOUNT_EDGES)


def _payback_key(scenario: Scenario) -> int:
    if scenario.payback_max is None:
        return len(_PAYBACK_EDGES)
    return pairing.band(scenario.payback_max, _PAYBACK_EDGES)


def _capex_operand(technology: Technology) -> int | None:
    if technology.capex is None:
        return None
    return pairing.band(technology.capex, pairing.AMOUNT_EDGES)


def _payback_operand(technology: Technology) -> int | None:
    if technology.payback is None:
        return None
    return pairing.band(technology.payback, _PAYBACK_EDGES)


def _reduction_operand(technology: Technology) -> int | None:
    if technology.reduction is None:
        return None
    return pairing.band(technology.reduction, _REDUCTION_EDGES)


def _reduction_level(wanted: int, own: int | None) -> int:
    """0 not stated, 1 below what is wanted, 2 meets it, 3 a bin or more above."""
    if own is None:
        return 0
    return 1 if own < wanted else 2 if own == wanted else 3


_LISTING_FEATURES = (
    Feature(
        name="trl", side=Side.LISTING, name_zh="技术成熟度（TRL）", name_en="readiness (TRL)",
        unit=_NONE, better=Better.MORE, source=_LISTING, edges=(6.5, 7.5, 8.5), reference=8,
        value=lambda technology: technology.trl,
    ),
    Feature(
        name="reduction", side=Side.LISTING, name_zh="减排幅度", name_en="reduction",
        unit=_PERCENT, better=Better.MORE, source=_LISTING, edges=_REDUCTION_EDGES, reference=15,
        value=lambda technology: technology.reduction,
    ),
    Feature(
        name="payback", side=Side.LISTING, name_zh="回收期", name_en="payback", unit=_YEARS,
        better=Better.LESS, source=_LISTING, edges=_PAYBACK_EDGES, reference=4,
        value=lambda technology: technology.payback,
    ),
    Feature(
        name="references", side=Side.LISTING, name_zh="应用案例数", name_en="reference sites",
        unit=_NONE, better=Better.MORE, source=_LISTING, edges=(0.5, 1.5, 2.5, 5.5, 10.5),
        reference=2, value=lambda technology: technology.references,
    ),
    Feature(
        name="delivery_months", side=Side.LISTING, name_zh="交付周期", name_en="time to deliver",
        unit=Bilingual("个月", "months"), better=Better.LESS, source=_LISTING,
        edges=(3.5, 6.5, 12.5, 18.5), reference=6,
        value=lambda technology: technology.delivery_months,
    ),
    Feature(
        name="pilot", side=Side.LISTING, name_zh="示范应用试点", name_en="demonstration pilot",
        unit=_NONE, better=Better.MORE, source="pilot programme", edges=(0.5,), reference=0,
        value=lambda technology: float(technology.pilot),
    ),
)  # fmt: skip

_PAIR_FEATURES = (
    PairFeature(
        name="process_fit", name_zh="工序匹配", name_en="fit of the process", better=Better.MORE,
        source=_BOTH, n_keys=len(_PROCESSES), key=lambda s: _PROCESSES.index(s.process),
        operand=lambda t: frozenset(_PROCESSES.index(process) for process in t.processes),
        level=pairing.named_level, reference_code=3,
        levels=(
            Bilingual("不适用", "not made for it"),
            Bilingual("通用", "general"),
            Bilingual("适用", "made for it"),
            Bilingual("专用", "made for it and little else"),
        ),
    ),
    PairFeature(
        name="sector_experience", name_zh="行业经验", name_en="experience in the sector",
        better=Better.MORE, source=_BOTH, n_keys=100, key=lambda s: pairing.division(s.sector),
        operand=lambda t: (t.sectors, frozenset()), level=pairing.scope_level, reference_code=2,
        levels=(
            Bilingual("未见该行业", "not in this sector yet"),
            Bilingual("不限行业", "any sector"),
            Bilingual("该门类", "the section"),
            Bilingual("该大类", "the division"),
        ),
    ),
    PairFeature(
        name="capex_fit", name_zh="投资与上限", name_en="investment against the cap",
        better=Better.MORE, source=_BOTH, n_keys=len(pairing.AMOUNT_EDGES) + 1, key=_capex_key,
        operand=_capex_operand, level=pairing.within_level, levels=_WITHIN, reference_code=3,
    ),
    PairFeature(
        name="payback_fit", name_zh="回收期与上限", name_en="payback against the limit",
        better=Better.MORE, source=_BOTH, n_keys=len(_PAYBACK_EDGES) + 1, key=_payback_key,
        operand=_payback_operand, level=pairing.within_level, levels=_WITHIN, reference_code=3,
    ),
    PairFeature(
        name="reduction_fit", name_zh="减排与期望", name_en="reduction against the wish",
        better=Better.MORE, source=_BOTH, n_keys=len(_REDUCTION_EDGES) + 1,
        key=lambda s: pairing.band(s.reduction_wanted or 0.0, _REDUCTION_EDGES),
        operand=_reduction_operand, level=_reduction_level, reference_code=2,
        levels=(
            Bilingual("低于期望", "below the wish"),
            Bilingual("达到期望", "meets the wish"),
            Bilingual("高于期望", "above the wish"),
        ),
    ),
    PairFeature(
        name="trl_margin", name_zh="成熟度与要求之差", name_en="readiness against what is asked",
        better=Better.MORE, source=_BOTH, n_keys=10, key=lambda s: s.trl_min,
        operand=lambda t: t.trl, level=lambda key, trl: pairing.margin_level(trl, key),
        reference_code=4,
        levels=(
            Bilingual("低两级及以上", "two levels or more below"),
            Bilingual("低一级", "one level below"),
            Bilingual("恰好达到", "just met"),
            Bilingual("高一级", "one level above"),
            Bilingual("高两级及以上", "two levels or more above"),
        ),
    ),
)  # fmt: skip

TECHNOLOGY = FeatureTable("technology", _LISTING_FEATURES + _PAIR_FEATURES)
