"""Seven sectors of the sample market and the distributions their figures are drawn from.

`ln_scope1`, `ln_scope2`: mean and standard deviation of ln(t per million TWD of revenue), fitted
to the registered 2024 emissions of Taiwan's large emitters (see docs/sample-market.md); sectors
that source does not cover borrow the nearest one, as `basis` says.
"""

from dataclasses import dataclass

from market.enums import FocusSector


@dataclass(frozen=True)
class Sector:
    """What a sample firm of this sector is like."""

    key: FocusSector
    words: tuple[str, ...]
    words_en: tuple[str, ...]
    industries: tuple[str, ...]  # GB/T 4754 codes
    products: tuple[str, ...]
    ln_scope1: tuple[float, float]
    ln_scope2: tuple[float, float]
    basis: str


SECTORS = (
    Sector(
        FocusSector.ELECTRONICS,
        ("芯片封测", "功率器件", "显示模组", "电子材料"),
        ("Chip Packaging", "Power Devices", "Display Modules", "Electronic Materials"),
        ("C3973", "C3972", "C3974", "C3985"),
        ("封装芯片", "功率模块", "显示模组"),
        (-1.20, 1.40),
        (1.45, 0.90),
        "半導體業 + 電子業, 42 firms",
    ),
    Sector(
        FocusSector.LIFE_HEALTH,
        ("生物制药", "医疗器械", "功能食品"),
        ("Biopharma", "Medical Devices", "Functional Foods"),
        ("C2761", "C3581", "C1491"),
        ("制剂", "诊断设备", "营养品"),
        (0.12, 1.20),
        (-0.71, 1.00),
        "食品業, 6 firms (nearest process industry)",
    ),
    Sector(
        FocusSector.AUTOMOTIVE,
        ("汽车零部件", "动力电池", "车身冲压"),
        ("Auto Parts", "Traction Batteries", "Body Stamping"),
        ("C3670", "C3841", "C3670"),
        ("车身件", "电池包", "线束"),
        (-0.60, 1.20),
        (1.20, 0.90),
        "電子業 and 鋼鐵業 averaged (automotive: 4 firms, too few to fit)",
    ),
    Sector(
        FocusSector.EQUIPMENT,
        ("精密机床", "压缩机", "电力设备"),
        ("Precision Machine Tools", "Compressors", "Power Equipment"),
        ("C3421", "C3442", "C3823"),
        ("数控机床", "压缩机组", "开关柜"),
        (-0.60, 1.20),
        (1.03, 1.00),
        "電子業, 16 firms (nearest assembly industry)",
    ),
    Sector(
        FocusSector.MATERIALS,
        ("特种化工", "高性能纤维", "特种钢材"),
        ("Specialty Chemicals", "Performance Fibres", "Special Steel"),
        ("C2661", "C2829", "C3130"),
        ("树脂", "碳纤维", "特钢棒材"),
        (1.18, 1.30),
        (0.80, 1.00),
        "石化業 + 鋼鐵業, 42 firms",
    ),
    Sector(
        FocusSector.FASHION,
        ("功能面料", "服装制造", "日化用品"),
        ("Functional Fabrics", "Apparel", "Personal Care"),
        ("C1751", "C1811", "C2681"),
        ("面料", "成衣", "护肤品"),
        (1.20, 0.60),
        (1.20, 0.70),
        "紡織業, 4 firms, lowered towards light finishing",
    ),
    Sector(
        FocusSector.TELECOM,
        ("数据中心", "通信网络", "云计算"),
        ("Data Centres", "Telecom Networks", "Cloud Computing"),
        ("I6440", "I6311", "I6450"),
        ("机柜服务", "通信服务", "算力服务"),
        (-3.00, 0.80),
        (2.20, 0.70),
        "no firm in the source: an assumption, electricity-heavy",
    ),
)
