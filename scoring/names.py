"""The names of the fixed words of a need, a product or a scenario, in Chinese and English."""

from __future__ import annotations

from enum import Enum

from scoring.facts import Assurance, Collateral, Process, Purpose, SizeClass
from scoring.texts import Bilingual

_NAMES: dict[Enum, Bilingual] = {
    SizeClass.LARGE: Bilingual("大型企业", "large"),
    SizeClass.MEDIUM: Bilingual("中型企业", "medium"),
    SizeClass.SMALL: Bilingual("小型企业", "small"),
    SizeClass.MICRO: Bilingual("微型企业", "micro"),
    Assurance.NONE: Bilingual("未核查", "no assurance"),
    Assurance.LIMITED: Bilingual("有限保证", "limited assurance"),
    Assurance.REASONABLE: Bilingual("合理保证", "reasonable assurance"),
    Purpose.ENERGY_SAVING: Bilingual("节能改造", "energy-saving retrofit"),
    Purpose.CLEAN_ENERGY: Bilingual("清洁能源", "clean energy"),
    Purpose.CARBON_TECHNOLOGY: Bilingual("低碳技术应用", "low-carbon technology"),
    Purpose.GREEN_BUILDING: Bilingual("绿色建筑", "green building"),
    Purpose.TRANSITION: Bilingual("低碳转型", "low-carbon transition"),
    Purpose.SUPPLY_CHAIN: Bilingual("绿色供应链", "green supply chain"),
    Purpose.WORKING_CAPITAL: Bilingual("流动资金", "working capital"),
    Purpose.ALLOWANCE_GAP: Bilingual("配额缺口", "allowance shortfall"),
    Purpose.ALLOWANCE_SURPLUS: Bilingual("配额盈余", "allowance surplus"),
    Purpose.PRICE_HEDGING: Bilingual("碳价套期保值", "carbon price hedging"),
    Purpose.RISK_COVER: Bilingual("风险保障", "cover of risk"),
    Collateral.CEA: Bilingual("全国碳配额（CEA）", "national allowances (CEA)"),
    Collateral.SHEA: Bilingual("上海碳配额（SHEA）", "Shanghai allowances (SHEA)"),
    Collateral.CCER: Bilingual("核证自愿减排量（CCER）", "certified reductions (CCER)"),
    Collateral.SHCER: Bilingual("上海碳普惠减排量（SHCER）", "Shanghai inclusion credits (SHCER)"),
    Collateral.RECEIVABLE: Bilingual("应收账款", "receivables"),
    Collateral.INCOME_RIGHT: Bilingual("收费权、收益权", "rights to income"),
    Collateral.EQUIPMENT: Bilingual("设备", "equipment"),
    Collateral.REAL_ESTATE: Bilingual("不动产", "real estate"),
    Collateral.GUARANTEE: Bilingual("保证", "guarantee"),
    Collateral.CREDIT: Bilingual("信用", "unsecured"),
    Process.STEAM: Bilingual("蒸汽", "steam"),
    Process.PROCESS_HEAT: Bilingual("工艺加热", "process heat"),
    Process.FURNACE: Bilingual("窑炉", "furnaces"),
    Process.DRYING: Bilingual("干燥", "drying"),
    Process.WASTE_HEAT: Bilingual("余热利用", "waste heat"),
    Process.COMPRESSED_AIR: Bilingual("压缩空气", "compressed air"),
    Process.COOLING: Bilingual("制冷", "cooling"),
    Process.MOTORS: Bilingual("电机与泵", "motors and pumps"),
    Process.LIGHTING: Bilingual("照明", "lighting"),
    Process.BUILDING_CLIMATE: Bilingual("建筑空调", "building climate"),
    Process.POWER_SUPPLY: Bilingual("供配电与新能源", "power supply and renewables"),
    Process.STORAGE: Bilingual("储能", "energy storage"),
    Process.TRANSPORT: Bilingual("运输", "transport"),
    Process.MATERIALS: Bilingual("原料替代", "substitution of materials"),
    Process.WASTEWATER: Bilingual("污水处理", "wastewater"),
    Process.CAPTURE: Bilingual("碳捕集利用", "carbon capture and use"),
    Process.DIGITAL: Bilingual("数字化碳管理", "digital carbon management"),
}


def name_of(word: Enum) -> Bilingual:
    """The name of a size class, assurance, purpose, collateral or process."""
    return _NAMES[word]
