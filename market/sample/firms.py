"""Sample firms: visibly invented names, valid registered ids, figures drawn from sectors.py."""

import math
from dataclasses import dataclass
from datetime import date
from random import Random

from stdnum.cn import uscc

from market.enums import SizeClass
from market.sample.sectors import SECTORS, Sector

_SYLLABLES = ("申", "浦", "沪", "松", "崇", "澄", "云", "启", "恒", "越", "岚", "朗")
_SECOND = ("江", "原", "辰", "和", "泽", "源", "宁", "图", "衡", "川", "禾", "微")
_PINYIN = {
    "申": "Shen", "浦": "Pu", "沪": "Hu", "松": "Song", "崇": "Chong", "澄": "Cheng",
    "云": "Yun", "启": "Qi", "恒": "Heng", "越": "Yue", "岚": "Lan", "朗": "Lang",
    "江": "jiang", "原": "yuan", "辰": "chen", "和": "he", "泽": "ze", "源": "yuan",
    "宁": "ning", "图": "tu", "衡": "heng", "川": "chuan", "禾": "he", "微": "wei",
}  # fmt: skip
DISTRICTS = ("310115", "310112", "310114", "310117", "310120", "310116", "310118", "310113")
# Revenue in 万元 by size: the bands of the statistics bureau for industry (2017), log-uniform.
_REVENUE = {
    SizeClass.MICRO: (100, 300),
    SizeClass.SMALL: (300, 2_000),
    SizeClass.MEDIUM: (2_000, 40_000),
    SizeClass.LARGE: (40_000, 800_000),
}
_SIZES = (
    (SizeClass.MICRO, 8),
    (SizeClass.SMALL, 40),
    (SizeClass.MEDIUM, 36),
    (SizeClass.LARGE, 16),
)
# Share of firms by how far they disclose; the real sheets show the same sparseness.
_DEPTHS = ((0, 20), (1, 25), (2, 30), (3, 18), (4, 7))
_WAN_PER_MILLION_TWD = 22  # 0.22 CNY per TWD, 2024
_YEARLY_CHANGE = (-0.02, 0.12)  # mean and deviation of ln(year / last year); source: see docs


@dataclass(frozen=True)
class YearFigures:
    """One year of a firm: revenue in 万元, emissions in tCO2e."""

    year: int
    revenue: float
    scope1: float
    scope2: float


@dataclass(frozen=True)
class Firm:
    """A sample enterprise and what it will disclose (`depth` is the grade it aims at)."""

    number: int
    sector: Sector
    name_zh: str
    name_en: str
    uscc: str
    size: SizeClass
    district: str
    industry: str
    operating_since: date
    depth: int
    years: tuple[YearFigures, ...]


def sample_uscc(number: int, kind: str = "1") -> str:
    """A registered id with a right check character, outside the ranges in use (TQ…)."""
    body = f"91310115TQ{kind}{number:06d}"
    return body + str(uscc.calc_check_digit(body))


def draw_firms(count: int, random: Random, *, last_year: int) -> list[Firm]:
    """Draw the sample enterprises, sectors in turn."""
    return [_draw(number, random, last_year) for number in range(count)]


def _draw(number: int, random: Random, last_year: int) -> Firm:
    sector = SECTORS[number % len(SECTORS)]
    pick = random.randrange(len(sector.words))
    first = _SYLLABLES[number % len(_SYLLABLES)]
    second = _SECOND[(number // len(_SYLLABLES)) % len(_SECOND)]
    size = random.choices([s for s, _ in _SIZES], [w for _, w in _SIZES])[0]
    depth = random.choices([d for d, _ in _DEPTHS], [w for _, w in _DEPTHS])[0]
    if number == 0:  # the one people sign in as: room above it and below it
        size, depth = SizeClass.MEDIUM, 2
    return Firm(
        number=number,
        sector=sector,
        name_zh=f"{first}{second}{sector.words[pick]}（示例）有限公司",
        name_en=f"{_PINYIN[first]}{_PINYIN[second]} {sector.words_en[pick]} (sample) Co., Ltd.",
        uscc=sample_uscc(number),
        size=size,
        district=random.choice(DISTRICTS),
        industry=sector.industries[pick],
        operating_since=date(random.randint(1996, 2021), random.randint(1, 12), 1),
        depth=depth,
        years=_years(sector, size, random, last_year),
    )


def _years(
    sector: Sector, size: SizeClass, random: Random, last_year: int
) -> tuple[YearFigures, ...]:
    low, high = _REVENUE[size]
    revenue = math.exp(random.uniform(math.log(low), math.log(high)))
    scope1, scope2 = (
        revenue / _WAN_PER_MILLION_TWD * math.exp(random.gauss(mean, deviation))
        for mean, deviation in (sector.ln_scope1, sector.ln_scope2)
    )
    figures = []
    for year in range(last_year - random.choice((1, 2)), last_year + 1):
        figures.append(YearFigures(year, round(revenue, 2), round(scope1, 1), round(scope2, 1)))
        revenue *= math.exp(random.gauss(0.04, 0.08))
        scope1 *= math.exp(random.gauss(*_YEARLY_CHANGE))
        scope2 *= math.exp(random.gauss(*_YEARLY_CHANGE))
    return tuple(figures)
