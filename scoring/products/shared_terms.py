"""Terms that several kinds share, so that the same word means the same thing everywhere."""

from __future__ import annotations

from decimal import Decimal

from scoring.products.kind import Option, Rule, Term, TermKind

RATE_BASIS = Term(
    name="rate_basis",
    kind=TermKind.CHOICE,
    zh="利率基准",
    en="rate basis",
    help_zh="利率以哪个基准为起点",
    help_en="The benchmark the rate starts from",
    options=(
        Option("lpr_1y", "1 年期 LPR", "1-year LPR"),
        Option("lpr_5y", "5 年期以上 LPR", "5-year LPR"),
        Option("fixed", "固定利率", "fixed"),
        Option("shibor_3m", "3 个月 SHIBOR", "3-month SHIBOR"),
        Option("carbon_index", "碳价指数", "carbon price index"),
    ),
)
SPREAD_BP = Term(
    name="spread_bp",
    kind=TermKind.BP,
    unit="bp",
    minimum=Decimal(-300),
    maximum=Decimal(1500),
    zh="加减点",
    en="spread",
    help_zh="在基准上加（正）或减（负）的基点；固定利率时即利率本身",
    help_en="Basis points over (+) or under (-) the basis; the rate itself when it is fixed",
)
REPAYMENT = Term(
    name="repayment",
    kind=TermKind.CHOICE,
    zh="还款方式",
    en="repayment",
    help_zh="本金与利息如何归还",
    help_en="How principal and interest are paid back",
    options=(
        Option("bullet", "到期一次还本付息", "bullet"),
        Option("interest_only", "按期付息、到期还本", "interest only, principal at the end"),
        Option("equal_instalment", "等额本息", "equal instalments"),
        Option("equal_principal", "等额本金", "equal principal"),
    ),
)
FEE_PERCENT = Term(
    name="fee_percent",
    kind=TermKind.PERCENT,
    unit="%",
    minimum=Decimal(0),
    maximum=Decimal(10),
    required=False,
    zh="一次性费用",
    en="upfront fee",
    help_zh="占本金的比例，计入综合年化成本",
    help_en="Share of the principal, counted in the all-in annual cost",
)
QUANTITY_MIN = Term(
    name="quantity_min",
    kind=TermKind.DECIMAL,
    unit="tCO2e",
    minimum=Decimal(1),
    maximum=Decimal(100_000_000),
    zh="最小数量",
    en="smallest quantity",
    help_zh="单笔碳资产的最小数量",
    help_en="Smallest quantity of carbon assets in one deal",
)
UNDERLYING = Term(
    name="underlying",
    kind=TermKind.CHOICE,
    zh="标的碳资产",
    en="underlying carbon asset",
    help_zh="合约或融资所对应的碳资产",
    help_en="The carbon asset the deal is about",
    options=(
        Option("cea", "全国碳配额（CEA）", "national allowance (CEA)"),
        Option("shea", "上海碳配额（SHEA）", "Shanghai allowance (SHEA)"),
        Option("ccer", "核证自愿减排量（CCER）", "certified emission reduction (CCER)"),
        Option("shcer", "上海碳普惠减排量（SHCER）", "Shanghai carbon-inclusion credit (SHCER)"),
    ),
)
SETTLEMENT = Term(
    name="settlement",
    kind=TermKind.CHOICE,
    zh="交割方式",
    en="settlement",
    help_zh="到期时交付碳资产还是结算差价",
    help_en="Whether carbon assets or the price difference change hands",
    options=(
        Option("physical", "实物交割", "physical"),
        Option("cash", "现金结算", "cash"),
    ),
)
INITIAL_MARGIN = Term(
    name="initial_margin",
    kind=TermKind.PERCENT,
    unit="%",
    minimum=Decimal(0),
    maximum=Decimal(100),
    zh="初始保证金",
    en="initial margin",
    help_zh="开立合约时缴存，占合约价值的比例",
    help_en="Paid when the contract is opened, share of its value",
)
MAINTENANCE_MARGIN = Term(
    name="maintenance_margin",
    kind=TermKind.PERCENT,
    unit="%",
    minimum=Decimal(0),
    maximum=Decimal(100),
    zh="维持保证金",
    en="maintenance margin",
    help_zh="低于此比例须追加保证金",
    help_en="Below this share the margin must be topped up",
)
KPI = Term(
    name="kpi",
    kind=TermKind.CHOICE,
    zh="绩效指标",
    en="KPI",
    help_zh="与利率挂钩的指标，须实质且可核查",
    help_en="The figure the rate is tied to; material and verifiable",
    options=(
        Option("intensity_s12", "范围一和二排放强度", "intensity of scopes 1 and 2"),
        Option("emissions_s12", "范围一和二排放总量", "emissions of scopes 1 and 2"),
        Option("energy_intensity", "单位产值能耗", "energy per output value"),
        Option("renewable_share", "可再生能源使用比例", "share of renewable energy"),
        Option("disclosure_grade", "碳信息披露等级", "disclosure grade"),
        Option("product_footprint", "产品碳足迹", "product carbon footprint"),
    ),
)
KPI_TARGET = Term(
    name="kpi_target_percent",
    kind=TermKind.PERCENT,
    unit="%/年",
    minimum=Decimal("0.1"),
    maximum=Decimal(50),
    zh="年度绩效目标",
    en="yearly performance target",
    help_zh="指标每年须改善的幅度",
    help_en="How much the figure must improve each year",
)
STEP_DOWN = Term(
    name="step_down_bp",
    kind=TermKind.BP,
    unit="bp",
    minimum=Decimal(0),
    maximum=Decimal(200),
    zh="达标下调",
    en="step-down when met",
    help_zh="达到绩效目标后利率下调的基点",
    help_en="Basis points off the rate when the target is met",
)
STEP_UP = Term(
    name="step_up_bp",
    kind=TermKind.BP,
    unit="bp",
    minimum=Decimal(0),
    maximum=Decimal(200),
    required=False,
    zh="未达标上调",
    en="step-up when missed",
    help_zh="未达到绩效目标时利率上调的基点",
    help_en="Basis points onto the rate when the target is missed",
)
STEP_CAP = Term(
    name="cap_bp",
    kind=TermKind.BP,
    unit="bp",
    minimum=Decimal(0),
    maximum=Decimal(300),
    required=False,
    zh="累计下调上限",
    en="cap of all step-downs",
    help_zh="存续期内下调的基点合计不超过此数",
    help_en="All step-downs together stay within it",
)

MARGIN_ORDER = Rule(
    "rule-margin-order",
    ("maintenance_margin", "initial_margin"),
    lambda maintenance, initial: maintenance <= initial,
)
STEP_WITHIN_CAP = Rule(
    "rule-step-within-cap", ("step_down_bp", "cap_bp"), lambda step, cap: step <= cap
)
