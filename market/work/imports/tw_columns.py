"""The columns of the Taiwan disclosure sheet and the words they use."""

YEARS = (2022, 2023, 2024)
REPORT_YEAR = 2024
"""The sheet's report columns (targets, reported scopes, scope 3) are of this year's reports."""
SOURCE = "綠色公民行動聯盟 透明足跡 排碳大戶觀測站 (gcaa-org-tw/carbon-watch, MIT; MOENV open data)"

ID, CODE, NAME, SHORT = "統一編號", "公司代號", "公司全稱", "公司簡稱"
TRADE, COUNTY = "行業大類", "最大廠所處縣市"
REPORTED_1, REPORTED_2 = "範疇一/類別一（值）", "範疇二/類別二（值）"
REPORTED_3 = "範疇三（值）"
REGISTERED_1 = {
    2022: "2022 範疇一量",
    2023: "2023 範疇一量（公噸二氧化碳當量）",
    2024: "2024 範疇一量（公噸二氧化碳當量）",
}
REGISTERED_2 = {
    2022: "2022 範疇二量",
    2023: "2023 範疇二量（公噸二氧化碳當量）",
    2024: "2024 範疇二量（公噸二氧化碳當量）",
}
REVENUE = {year: f"營收_{year}" for year in YEARS}
ENERGY = {year: f"{year}年度總能源使用量" for year in YEARS}
ELECTRICITY = {year: f"總用電量_{year}" for year in YEARS}
ELECTRICITY_NOW = "當年度總用電量"
SOURCES = "再生能源使用來源（自發自用、購電協議、再生能源憑證）"
CATEGORIES = {
    f"c{number:02}": f"Scope 3 類別 {number} ({name})"
    for number, name in enumerate(
        (
            "購買商品或服務", "資本商品", "燃料與能源相關活動", "上游運輸和配送", "營運廢棄物",
            "商務旅行", "員工通勤", "上游租賃資產", "下游運輸和配送", "銷售產品的加工",
            "使用銷售產品", "銷售產品廢棄處理", "下游租賃資產", "特許經營", "投資",
        ),
        1,
    )
}  # fmt: skip
PLEDGE, PLEDGE_YEAR = "是否承諾淨零排放／碳中和", "預計達成淨零排放／碳中和年份"
TARGET, TARGET_YEAR = "中期溫室氣體絕對減量目標值（百分比）", "中期減量目標年設定"
BASE_YEAR, BASE_VALUE = "中期減量基準年設定", "中期減量基準年排放量"
SBT = "中期目標是否取得SBT認證"
GREEN_SHARE, GREEN_YEAR, RE100 = (
    "再生能源目標值（百分比）",
    "再生能源目標年設定",
    "是否取得RE100認證",
)
STRATEGY, NO_STRATEGY = "關鍵減量策略", "無說明關鍵減量策略"

REQUIRED = (ID, NAME, REPORTED_1, *REGISTERED_1.values(), *REGISTERED_2.values())
"""A file without these is not this sheet."""

SBT_STATUS = {
    "無": "none",
    "遠低於2°C": "well_below_2",
    "符合1.5°C目標": "c15",
    "承諾設定科學基礎目標": "committed",
}

# The sheet's trade -> (division of GB/T 4754, focus sector): our reading, the nearest division.
TRADES = {
    "石化業": ("C26", "materials"),
    "半導體業": ("C39", "electronics"),
    "鋼鐵業": ("C31", "materials"),
    "電子業": ("C39", "electronics"),
    "紡織業": ("C17", "fashion"),
    "光電業": ("C39", "electronics"),
    "非金屬製品加工業": ("C30", "materials"),
    "食品業": ("C14", "other"),
    "水泥業": ("C30", "materials"),
    "銅製造業": ("C32", "materials"),
    "造紙業": ("C22", "other"),
    "汽機車業": ("C36", "automotive"),
    "鋁製造業": ("C32", "materials"),
    "電池製造業": ("C38", "equipment"),
    "眼鏡製造業": ("C35", "life_health"),
    "金屬加工用機械設備製造業": ("C34", "equipment"),
    "造船業": ("C37", "equipment"),
    "自行車業": ("C37", "other"),
}
