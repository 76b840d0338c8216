"""The words of the Science Based Targets file: sectors, places, statuses."""

from functools import cache

from babel import Locale

SOURCE = "Science Based Targets initiative, companies taking action (public file)"

# Sector of the file -> (code of GB/T 4754, focus sector): our reading; the others have none.
SECTORS = {
    "Automobiles and Components": ("C36", "automotive"),
    "Tires": ("C29", "automotive"),
    "Building Products": ("C30", "materials"),
    "Chemicals": ("C26", "materials"),
    "Construction Materials": ("C30", "materials"),
    "Mining - Iron, Aluminum, Other Metals": ("B", "materials"),
    "Electrical Equipment and Machinery": ("C38", "equipment"),
    "Aerospace and Defense": ("C37", "equipment"),
    "Semiconductors and Semiconductors Equipment": ("C39", "electronics"),
    "Technology Hardware and Equipment": ("C39", "electronics"),
    "Healthcare Equipment and Supplies": ("C35", "life_health"),
    "Pharmaceuticals, Biotechnology and Life Sciences": ("C27", "life_health"),
    "Healthcare Providers and Services, and Healthcare Technology": ("Q", "life_health"),
    "Textiles, Apparel, Footwear and Luxury Goods": ("C18", "fashion"),
    "Telecommunication Services": ("I63", "telecom"),
    "Software and Services": ("I65", "other"),
    "Food and Beverage Processing": ("C14", "other"),
    "Construction and Engineering": ("E", "other"),
    "Real Estate": ("K", "other"),
    "Retailing": ("F", "other"),
    "Containers and Packaging": ("C22", "other"),
}

STATUSES = {
    "1.5°C": "c15",
    "Well-below 2°C": "well_below_2",
    "1.5°C/Well-below 2°C": "well_below_2",
    "Well-below 2°C/Well-below 2°C": "well_below_2",
}
"""Of two classifications the weaker counts; “2°C” alone has no code and stays in the note."""

_PLACES = {
    "Bosnia-Herzegovina": "BA",
    "Czechia": "CZ",
    "Hong Kong, China": "HK",
    "Korea, Republic of": "KR",
    "Macau, China": "MO",
    "Myanmar": "MM",
    "Russian Federation": "RU",
    "Taiwan, Province of China": "TW",
    "Tanzania, United Republic of": "TZ",
    "Trinidad and Tobago": "TT",
    "Türkiye": "TR",
    "United States of America": "US",
    "Viet Nam": "VN",
}


def country(place: str) -> str:
    """The ISO 3166 code of a place named in English; empty when unknown."""
    return _PLACES.get(place) or _territories().get(place, "")


@cache
def _territories() -> dict[str, str]:
    names = Locale("en").territories
    return {name: code for code, name in names.items() if len(code) == 2 and code.isalpha()}
