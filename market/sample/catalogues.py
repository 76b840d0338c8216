"""The closed lists of the sample market: institutions, providers, technologies, purposes, terms."""

from random import Random

INSTITUTIONS = (
    ("示例浦江银行", "Sample Pujiang Bank"),
    ("示例申城银行", "Sample Shencheng Bank"),
    ("示例东海商业银行", "Sample Donghai Commercial Bank"),
    ("示例长三角绿色银行", "Sample Yangtze Delta Green Bank"),
    ("示例外滩银行上海分行", "Sample Bund Bank, Shanghai Branch"),
    ("示例农商银行", "Sample Rural Commercial Bank"),
    ("示例科创银行", "Sample Innovation Bank"),
    ("示例外资银行（中国）", "Sample Foreign Bank (China)"),
    ("示例绿色融资租赁", "Sample Green Leasing"),
    ("示例碳资产管理公司", "Sample Carbon Asset Management"),
    ("示例环境证券", "Sample Environment Securities"),
    ("示例财产保险", "Sample Property Insurance"),
    ("示例低碳产业基金", "Sample Low-carbon Fund"),
    ("示例碳信托", "Sample Carbon Trust"),
    ("示例小微金融服务公司", "Sample Small-firm Finance"),
)
PROVIDERS = (
    ("示例热泵科技", "Sample Heat Pump Technology"),
    ("示例余热回收装备", "Sample Heat Recovery Equipment"),
    ("示例储能系统", "Sample Energy Storage Systems"),
    ("示例分布式光伏", "Sample Distributed Solar"),
    ("示例压缩空气节能", "Sample Compressed Air Saving"),
    ("示例碳捕集装备", "Sample Carbon Capture Equipment"),
)
ORGANISERS = (("示例绿色金融对接会组委会", "Sample Green Finance Matchmaking Committee"),)

# (zh, en, process, reduction %, payback years, investment in 万元, readiness, references)
TECHNOLOGIES = (
    ("高温蒸汽热泵", "High-temperature steam heat pump", "steam", 45, "4.5", 600, 8, 12),
    ("燃气锅炉烟气余热回收", "Boiler flue-gas heat recovery", "waste_heat", 8, "2.5", 120, 9, 60),
    ("退火炉蓄热燃烧", "Regenerative burners for annealing", "furnace", 22, "3.2", 380, 9, 25),
    ("热泵烘干", "Heat-pump drying", "drying", 38, "3.8", 260, 8, 18),
    ("空压机余热回收与变频", "Compressor heat recovery", "compressed_air", 18, "2.0", 90, 9, 80),
    ("空压系统智能联控", "Joint control of compressed air", "compressed_air", 12, "1.6", 45, 9, 40),
    ("磁悬浮冷水机组", "Magnetic-bearing chillers", "cooling", 28, "4.0", 420, 9, 30),
    ("液冷机柜", "Liquid-cooled racks", "cooling", 32, "4.8", 900, 8, 9),
    ("永磁同步电机改造", "Permanent-magnet motor retrofit", "motors", 9, "3.0", 75, 9, 55),
    ("智能照明改造", "Controlled LED lighting", "lighting", 55, "1.8", 30, 9, 120),
    ("楼宇冷热源优化控制", "Building plant control", "building_climate", 15, "2.2", 60, 9, 45),
    ("屋顶分布式光伏", "Rooftop solar", "power_supply", 20, "6.5", 800, 9, 90),
    ("光伏建筑一体化", "Building-integrated solar", "power_supply", 12, "8.5", 1200, 8, 10),
    ("用户侧磷酸铁锂储能", "Battery storage behind the meter", "storage", 3, "7.0", 1000, 9, 22),
    ("相变储热", "Phase-change heat storage", "storage", 14, "5.5", 350, 7, 4),
    ("有机朗肯循环发电", "Organic Rankine cycle", "waste_heat", 10, "5.8", 700, 8, 11),
    ("电磁感应加热", "Induction heating", "process_heat", 26, "3.6", 210, 9, 33),
    ("过程热太阳能集热", "Solar process heat", "process_heat", 15, "7.5", 450, 7, 5),
    ("熔盐储热蒸汽", "Molten-salt steam storage", "steam", 30, "6.8", 1500, 7, 3),
    ("低温余热热泵供暖", "Low-grade waste heating", "building_climate", 35, "4.2", 300, 8, 16),
)  # fmt: skip

# (purpose, zh title, en-free project text, tonnes a year per million CNY invested)
NEED_PURPOSES = (
    ("energy_saving", "产线节能改造", "空压、蒸汽与电机系统节能改造（示例）。", 180),
    ("clean_energy", "厂房屋顶光伏", "自发自用屋顶光伏（示例）。", 150),
    ("carbon_technology", "余热利用示范", "余热发电与热泵示范（示例）。", 220),
    ("transition", "低碳转型技改", "电气化与原料替代（示例）。", 160),
    ("working_capital", "流动资金周转", "订单备货（示例）。", 0),
    ("supply_chain", "绿色供应链备货", "核心企业绿色采购订单（示例）。", 0),
    ("allowance_gap", "配额缺口履约", "年度履约配额缺口（示例）。", 0),
)

SCENARIO_TITLES = {
    "steam": "蒸汽系统减碳",
    "process_heat": "工艺加热电气化",
    "furnace": "退火炉节能",
    "drying": "烘干段热泵替代",
    "waste_heat": "窑炉余热利用",
    "compressed_air": "空压站节能",
    "cooling": "机房与车间制冷优化",
    "motors": "风机水泵电机改造",
    "power_supply": "绿电自供",
    "building_climate": "办公楼冷热源改造",
}

# Usual values of the typed terms, inside the limits the kinds set.
_TERMS = {
    "spread_bp": (-40, 120, 5),
    "quantity_min": (1000, 20000, 1000),
    "release_before_days": (15, 60, 15),
    "fee_percent": (0, 1, 0.1),
    "implied_rate": (3.5, 7.5, 0.5),
    "deposit_percent": (5, 20, 5),
    "lot_size": (100, 100, 1),
    "tick": (0.01, 0.01, 1),
    "initial_margin": (10, 20, 5),
    "maintenance_margin": (5, 8, 1),
    "strike": (70, 110, 5),
    "premium": (3, 9, 0.5),
    "premium_percent": (0.5, 3, 0.5),
    "deductible_percent": (5, 20, 5),
    "waiting_days": (0, 60, 30),
    "notice_hours": (24, 48, 24),
    "project_share_percent": (50, 80, 5),
    "report_months": (6, 12, 6),
    "kpi_target_percent": (2, 6, 0.5),
    "step_down_bp": (5, 20, 5),
    "step_up_bp": (5, 10, 5),
    "cap_bp": (20, 40, 10),
    "entry_value": (1, 3, 0.25),
    "advanced_value": (0.25, 0.75, 0.25),
    "ltv_max": (50, 65, 5),
    "margin_call_ltv": (75, 80, 5),
    "liquidation_ltv": (85, 90, 5),
}


def usual_term(name: str, random: Random) -> str:
    """A usual value of a numeric term, as people would type it."""
    low, high, step = _TERMS[name]
    steps = round((high - low) / step)
    value = low + step * random.randint(0, steps)
    return f"{value:.2f}".rstrip("0").rstrip(".")
