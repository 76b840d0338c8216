"""The feature table of financing: every column, its direction, its edges and its source."""

from __future__ import annotations

from scoring import pairing
from scoring.coding import Better, Feature, FeatureTable, PairFeature, Side
from scoring.facts import Need, Product, Purpose, SizeClass
from scoring.texts import Bilingual

_NONE = Bilingual("", "")
_MONTHS = Bilingual("个月", "months")
_PERCENT = Bilingual("%", "%")
_PERCENT_A_YEAR = Bilingual("%/年", "% a year")
_DISCLOSURE = "published disclosure"
_NEED = "need as posted"
_LISTING = "listing"
_BOTH = "need and listing"

_PURPOSES = tuple(Purpose)
_SIZES = tuple(SizeClass)
_SHANGHAI = tuple(
    f"3101{number:02d}" for number in (1, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 51)
)
_FIT = (
    Bilingual("明显超出范围", "well outside the range"),
    Bilingual("略超出范围", "just outside the range"),
    Bilingual("在范围边缘", "at the edge of the range"),
    Bilingual("在范围之内", "well inside the range"),
)
_MARGIN = (
    Bilingual("低两级及以上", "two levels or more below"),
    Bilingual("低一级", "one level below"),
    Bilingual("恰好达到", "just met"),
    Bilingual("高一级", "one level above"),
    Bilingual("高两级及以上", "two levels or more above"),
)
_NAMED = (
    Bilingual("不在其列", "not among them"),
    Bilingual("不限", "open to all"),
    Bilingual("在其列", "named"),
    Bilingual("专门面向", "one of a chosen few"),
)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _graded_points(need: Need) -> float:
    """The grade, and the points inside it as its fraction, so that a higher grade always wins."""
    points = min(max(need.standing.points or 0.0, 0.0), 99.0)
    return need.standing.grade + (points / 100 if need.standing.grade else 0.0)


def _abatement(need: Need) -> float | None:
    """Tonnes a year per CNY million of project investment."""
    reduction, investment = need.project_reduction_t, need.project_investment
    if reduction is None or investment is None or investment <= 0:
        return None
    return float(reduction / investment * 1_000_000)


def _purposes(product: Product) -> frozenset[int]:
    return frozenset(_PURPOSES.index(purpose) for purpose in product.purposes)


def _sizes(product: Product) -> frozenset[int]:
    return frozenset(_SIZES.index(size) for size in product.size_classes)


def _district_key(need: Need) -> int:
    """1..16 for the districts of Shanghai, 0 elsewhere."""
    return _SHANGHAI.index(need.district) + 1 if need.district in _SHANGHAI else 0


def _district_level(key: int, districts: frozenset[str]) -> int:
    """1 open to all or not named, 2 the very district is named."""
    return 2 if key and _SHANGHAI[key - 1] in districts else 1


def _taxonomy_level(tagged: int, wants: bool) -> int:
    """1 asked for and missing, 2 neither, 3 the need carries a catalogue tag."""
    return 3 if tagged else 1 if wants else 2


_NEED_FEATURES = (
    Feature(
        name="grade", side=Side.NEED, name_zh="披露等级（含级内得分）",
        name_en="disclosure grade with the points inside it", unit=_NONE, better=Better.MORE,
        source=_DISCLOSURE, edges=tuple(quarter / 4 for quarter in range(4, 20)), reference=1.5,
        value=_graded_points,
    ),
    Feature(
        name="assurance", side=Side.NEED, name_zh="核查保证", name_en="assurance", unit=_NONE,
        better=Better.MORE, source=_DISCLOSURE, edges=(0.5, 1.5), reference=0,
        value=lambda need: int(need.standing.assurance),
    ),
    Feature(
        name="disclosure_age", side=Side.NEED, name_zh="披露距今", name_en="age of the disclosure",
        unit=_MONTHS, better=Better.LESS, source=_DISCLOSURE, edges=(6.5, 12.5, 18.5, 24.5, 36.5),
        reference=12, value=lambda need: need.standing.age_months,
    ),
    Feature(
        name="completeness", side=Side.NEED, name_zh="披露完整度", name_en="completeness",
        unit=_PERCENT, better=Better.MORE, source=_DISCLOSURE,
        edges=(20, 35, 50, 65, 80, 95), reference=50,
        value=lambda need: _percent(need.standing.completeness),
    ),
    Feature(
        name="data_quality", side=Side.NEED, name_zh="数据质量评分（1 最好）",
        name_en="data-quality score (1 is best)", unit=_NONE, better=Better.LESS,
        source=_DISCLOSURE, edges=(1.5, 2.5, 3.5, 4.5), reference=4,
        value=lambda need: need.standing.data_quality,
    ),
    Feature(
        name="intensity_percentile", side=Side.NEED, name_zh="行业碳强度分位（低为好）",
        name_en="carbon intensity among sector peers (low is good)", unit=_PERCENT,
        better=Better.LESS, source="disclosures of the sector",
        edges=(10, 25, 50, 75, 90), reference=50,
        value=lambda need: _percent(need.standing.intensity_percentile),
    ),
    Feature(
        name="trend", side=Side.NEED, name_zh="近三年减排速度", name_en="yearly reduction so far",
        unit=_PERCENT_A_YEAR, better=Better.MORE, source=_DISCLOSURE, edges=(-5, 0, 1, 2, 4, 7),
        reference=1, value=lambda need: need.standing.trend,
    ),
    Feature(
        name="target_ambition", side=Side.NEED, name_zh="目标减排速度",
        name_en="yearly reduction promised", unit=_PERCENT_A_YEAR, better=Better.MORE,
        source=_DISCLOSURE, edges=(1, 2.5, 4.2, 7), reference=2,
        value=lambda need: need.standing.target_ambition,
    ),
    Feature(
        name="abatement", side=Side.NEED, name_zh="项目每百万元年减排量",
        name_en="project reduction per CNY million", unit=Bilingual("吨/年", "t a year"),
        better=Better.MORE, source=_NEED, edges=(20, 50, 100, 200, 500, 1000, 2000),
        reference=100, value=_abatement,
    ),
    Feature(
        name="operating_years", side=Side.NEED, name_zh="经营年限", name_en="operating years",
        unit=Bilingual("年", "years"), better=Better.MORE, source="organisation",
        edges=(1, 2, 3, 5, 10), reference=5, value=lambda need: need.operating_years,
    ),
)  # fmt: skip

_LISTING_FEATURES = (
    Feature(
        name="rate", side=Side.LISTING, name_zh="综合年化成本", name_en="all-in annual cost",
        unit=_PERCENT, better=Better.LESS, source=_LISTING,
        edges=(2, 2.5, 3, 3.25, 3.5, 3.75, 4, 4.5, 5, 6, 8), reference=4,
        value=lambda product: product.rate,
    ),
    Feature(
        name="step_down", side=Side.LISTING, name_zh="达标下调",
        name_en="step-down when targets are met", unit=Bilingual("bp", "bp"),
        better=Better.MORE, source=_LISTING, edges=(1, 5, 10, 20, 50), reference=None,
        value=lambda product: product.step_down_bp,
    ),
    Feature(
        name="response_hours", side=Side.LISTING, name_zh="答复时限", name_en="response time",
        unit=Bilingual("小时", "hours"), better=Better.LESS, source=_LISTING,
        edges=(12.5, 24.5, 48.5, 72.5, 120.5), reference=72,
        value=lambda product: product.response_hours,
    ),
    Feature(
        name="quota_left", side=Side.LISTING, name_zh="剩余额度", name_en="quota left",
        unit=_PERCENT, better=Better.MORE, source=_LISTING, edges=(5, 20, 50, 80), reference=50,
        value=lambda product: _percent(product.quota_left),
    ),
    Feature(
        name="attested_age", side=Side.LISTING, name_zh="条款确认距今", name_en="age of the terms",
        unit=_MONTHS, better=Better.LESS, source=_LISTING, edges=(1.5, 3.5, 6.5, 12.5),
        reference=3, value=lambda product: product.attested_age_months,
    ),
)  # fmt: skip

_PAIR_FEATURES = (
    PairFeature(
        name="amount_fit", name_zh="金额匹配", name_en="fit of the amount", better=Better.MORE,
        source=_BOTH, n_keys=len(pairing.AMOUNT_EDGES) + 1,
        key=lambda need: pairing.band(need.amount, pairing.AMOUNT_EDGES),
        operand=lambda p: pairing.span(p.amount_min, p.amount_max, pairing.AMOUNT_EDGES),
        level=pairing.fit_level, levels=_FIT, reference_code=3,
    ),
    PairFeature(
        name="tenor_fit", name_zh="期限匹配", name_en="fit of the tenor", better=Better.MORE,
        source=_BOTH, n_keys=len(pairing.TENOR_EDGES) + 1,
        key=lambda need: pairing.band(need.tenor_months, pairing.TENOR_EDGES),
        operand=lambda p: pairing.span(p.tenor_min, p.tenor_max, pairing.TENOR_EDGES),
        level=pairing.fit_level, levels=_FIT, reference_code=3,
    ),
    PairFeature(
        name="sector_focus", name_zh="行业侧重", name_en="focus on the sector",
        better=Better.MORE, source=_BOTH, n_keys=100,
        key=lambda need: pairing.division(need.sector),
        operand=lambda product: (product.sectors_include, product.sectors_exclude),
        level=pairing.scope_level, reference_code=2,
        levels=(
            Bilingual("不在其列", "not among them"),
            Bilingual("不限行业", "open to all sectors"),
            Bilingual("面向该门类", "names the section"),
            Bilingual("面向该大类", "names the division"),
        ),
    ),
    PairFeature(
        name="purpose_fit", name_zh="用途匹配", name_en="fit of the purpose", better=Better.MORE,
        source=_BOTH, n_keys=len(_PURPOSES), key=lambda need: _PURPOSES.index(need.purpose),
        operand=_purposes, level=pairing.named_level, levels=_NAMED, reference_code=3,
    ),
    PairFeature(
        name="collateral_fit", name_zh="担保匹配", name_en="fit of the collateral",
        better=Better.MORE, source=_BOTH, n_keys=pairing.COLLATERAL_KEYS,
        key=lambda need: pairing.collateral_mask(need.collateral),
        operand=lambda product: pairing.collateral_mask(product.collateral),
        level=pairing.collateral_level, reference_code=2,
        levels=(
            Bilingual("担保方式均不接受", "none accepted"),
            Bilingual("信用方式", "unsecured"),
            Bilingual("一类担保可接受", "one class accepted"),
            Bilingual("两类及以上担保可接受", "two classes or more accepted"),
        ),
    ),
    PairFeature(
        name="taxonomy_fit", name_zh="绿色目录匹配", name_en="fit with the green catalogue",
        better=Better.MORE, source=_BOTH, n_keys=2, key=lambda need: int(bool(need.taxonomy)),
        operand=lambda product: bool(product.taxonomy), level=_taxonomy_level, reference_code=2,
        levels=(
            Bilingual("要求而未标注", "asked for and missing"),
            Bilingual("未涉及", "not concerned"),
            Bilingual("项目已标注目录条目", "the project carries a catalogue item"),
        ),
    ),
    PairFeature(
        name="grade_margin", name_zh="披露等级与要求之差", name_en="grade against what is asked",
        better=Better.MORE, source=_BOTH, n_keys=5, key=lambda need: need.standing.grade,
        operand=lambda product: product.grade_required, level=pairing.margin_level,
        levels=_MARGIN, reference_code=3,
    ),
    PairFeature(
        name="assurance_margin", name_zh="核查保证与要求之差",
        name_en="assurance against what is asked", better=Better.MORE, source=_BOTH, n_keys=3,
        key=lambda need: int(need.standing.assurance),
        operand=lambda product: int(product.assurance_required), level=pairing.margin_level,
        levels=_MARGIN, reference_code=3,
    ),
    PairFeature(
        name="size_fit", name_zh="企业规模匹配", name_en="fit of the size class",
        better=Better.MORE, source=_BOTH, n_keys=len(_SIZES),
        key=lambda need: _SIZES.index(need.size_class), operand=_sizes,
        level=pairing.named_level, levels=_NAMED, reference_code=2,
    ),
    PairFeature(
        name="district_match", name_zh="区域侧重", name_en="focus on the district",
        better=Better.NEITHER, source=_BOTH, n_keys=len(_SHANGHAI) + 1, key=_district_key,
        operand=lambda product: product.districts, level=_district_level, reference_code=1,
        levels=(
            Bilingual("不限或未列明", "open or not named"),
            Bilingual("列明该区", "names the district"),
        ),
    ),
)  # fmt: skip

FINANCE = FeatureTable("finance", _NEED_FEATURES + _LISTING_FEATURES + _PAIR_FEATURES)
