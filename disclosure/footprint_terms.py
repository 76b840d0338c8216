"""The closed lists of product footprints: units, boundaries, stages, components, regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from disclosure.texts import Bilingual


class Unit(StrEnum):
    """What a footprint may be declared per."""

    PIECE = "piece"
    KILOGRAM = "kilogram"
    LITER = "liter"
    CUBIC_METER = "cubic meter"
    SQUARE_METER = "square meter"
    KILOWATT_HOUR = "kilowatt hour"
    MEGAJOULE = "megajoule"
    TON_KILOMETER = "ton kilometer"
    HOUR = "hour"
    MEGABIT_SECOND = "megabit second"


WITHOUT_MASS = frozenset(
    {Unit.KILOWATT_HOUR, Unit.MEGAJOULE, Unit.TON_KILOMETER, Unit.HOUR, Unit.MEGABIT_SECOND}
)
"""Energy, transport and services: their mass is stated as 0."""


class Boundary(StrEnum):
    """Which life-cycle stages are counted."""

    GATE = "cradle_to_gate"
    GRAVE = "cradle_to_grave"


class Stage(StrEnum):
    """A stage of the life cycle, in order; the last three are beyond the factory gate."""

    MATERIALS = "materials"
    PRODUCTION = "production"
    DISTRIBUTION = "distribution"
    USE = "use"
    END_OF_LIFE = "end_of_life"


BEYOND_GATE = frozenset({Stage.USE, Stage.END_OF_LIFE})
STAGE_NAMES: Mapping[Stage, Bilingual] = {
    Stage.MATERIALS: Bilingual("原材料获取", "Raw materials"),
    Stage.PRODUCTION: Bilingual("生产制造", "Production"),
    Stage.DISTRIBUTION: Bilingual("运输分销", "Distribution"),
    Stage.USE: Bilingual("使用", "Use"),
    Stage.END_OF_LIFE: Bilingual("废弃处置", "End of life"),
}


class Role(StrEnum):
    """How a part enters the totals."""

    COUNTED = "counted"  # in both totals
    UPTAKE = "uptake"  # in the total including biogenic uptake only
    MEMO = "memo"  # counted already, shown apart
    APART = "apart"  # in no total
    CONTENT = "content"  # not an emission


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a footprint; `sign` is 1 for what is never negative, -1 for removals."""

    name: str
    pact: str
    role: Role
    label: Bilingual
    sign: int = 1

    @property
    def unit(self) -> str:
        """What it is stated in, per declared unit."""
        if self.role is not Role.CONTENT:
            return "kgCO2e"
        return "m2/year" if self.name == "land_area" else "kgC"


def _part(name: str, pact: str, role: Role, labels: tuple[str, str], sign: int = 1) -> Part:
    return Part(name, pact, role, Bilingual(*labels), sign)


PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        _part("fossil", "fossilGhgEmissions", Role.COUNTED, ("化石源排放", "Fossil")),
        _part("land_use_change", "landUseChangeGhgEmissions", Role.COUNTED,
              ("土地利用变化排放", "Land use change")),
        _part("land_management", "landManagementBiogenicCO2Emissions", Role.COUNTED,
              ("土地经营生物源CO2排放", "Land management, biogenic CO2")),
        _part("land_removals", "landManagementBiogenicCO2Removals", Role.COUNTED,
              ("土地经营CO2移除", "Land management removals"), -1),
        _part("biogenic_non_co2", "biogenicNonCO2Emissions", Role.COUNTED,
              ("生物源非CO2排放", "Biogenic, other than CO2")),
        _part("technological_removals", "technologicalCO2Removals", Role.COUNTED,
              ("技术移除", "Technological removals"), -1),
        _part("ccs", "ccsTechnologicalCO2Capture", Role.COUNTED,
              ("碳捕集与封存", "Carbon capture and storage"), -1),
        _part("biogenic_uptake", "biogenicCO2Uptake", Role.UPTAKE,
              ("生物源CO2吸收", "Biogenic CO2 uptake"), -1),
        _part("land_management_fossil", "landManagementFossilGhgEmissions", Role.MEMO,
              ("其中：土地经营化石源排放", "Of which land management, fossil")),
        _part("aircraft", "aircraftGhgEmissions", Role.MEMO,
              ("其中：航空运输", "Of which aircraft")),
        _part("packaging", "packagingGhgEmissions", Role.MEMO,
              ("其中：包装", "Of which packaging")),
        _part("outbound_logistics", "outboundLogisticsGhgEmissions", Role.APART,
              ("出厂运输", "Outbound logistics")),
        _part("land_carbon_leakage", "landCarbonLeakage", Role.APART,
              ("土地碳泄漏", "Land carbon leakage")),
        _part("fossil_carbon", "fossilCarbonContent", Role.CONTENT,
              ("化石碳含量", "Fossil carbon content")),
        _part("biogenic_carbon", "biogenicCarbonContent", Role.CONTENT,
              ("生物碳含量", "Biogenic carbon content")),
        _part("recycled_carbon", "recycledCarbonContent", Role.CONTENT,
              ("再生材料碳含量", "Recycled carbon content")),
        _part("packaging_carbon", "packagingBiogenicCarbonContent", Role.CONTENT,
              ("包装生物碳含量", "Packaging biogenic carbon content")),
        _part("ccu_carbon", "ccuCarbonContent", Role.CONTENT,
              ("碳利用碳含量", "CCU carbon content")),
        _part("land_area", "landAreaOccupation", Role.CONTENT,
              ("土地占用", "Land area occupied")),
    )
}  # fmt: skip
"""Every component by our name, in reading order."""
REGIONS = (
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand", "Central Asia",
    "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean", "Melanesia", "Micronesia",
    "Northern Africa", "Northern America", "Northern Europe", "Polynesia", "South-eastern Asia",
    "Southern Asia", "Southern Europe", "Sub-Saharan Africa", "Western Asia", "Western Europe",
)  # fmt: skip
"""The regions of the United Nations that PACT names."""
STANDARDS = (
    "ISO14067", "ISO14083", "ISO14040-44", "GHGP-Product", "PEF", "PACT-1.0", "PACT-2.0",
    "PACT-3.0", "PAS2050",
)  # fmt: skip
"""Cross-sectoral standards as PACT writes them; GB/T 24067 is stated beside ISO14067."""
