"""The industries a listing may name: sections and divisions of GB/T 4754, as a closed list."""

from flask_babel import lazy_gettext

# Code of GB/T 4754-2017 with its section letter -> the name shown; a short list to choose from.
SECTORS = [
    ("C13", lazy_gettext("Processing of farm products")),
    ("C14", lazy_gettext("Food")),
    ("C15", lazy_gettext("Beverages")),
    ("C17", lazy_gettext("Textiles")),
    ("C18", lazy_gettext("Clothing")),
    ("C22", lazy_gettext("Paper")),
    ("C25", lazy_gettext("Petroleum refining and coking")),
    ("C26", lazy_gettext("Chemicals")),
    ("C27", lazy_gettext("Pharmaceuticals")),
    ("C28", lazy_gettext("Chemical fibres")),
    ("C29", lazy_gettext("Rubber and plastics")),
    ("C30", lazy_gettext("Cement, glass, ceramics")),
    ("C31", lazy_gettext("Iron and steel")),
    ("C32", lazy_gettext("Non-ferrous metals")),
    ("C33", lazy_gettext("Metal products")),
    ("C34", lazy_gettext("General machinery")),
    ("C35", lazy_gettext("Special machinery")),
    ("C36", lazy_gettext("Motor vehicles")),
    ("C37", lazy_gettext("Ships, railway and aerospace")),
    ("C38", lazy_gettext("Electrical machinery")),
    ("C39", lazy_gettext("Computers and electronics")),
    ("D44", lazy_gettext("Power and heat supply")),
    ("G", lazy_gettext("Transport and storage")),
    ("I63", lazy_gettext("Telecommunication services")),
    ("I64", lazy_gettext("Internet and data centres")),
    ("K", lazy_gettext("Real estate and parks")),
]
