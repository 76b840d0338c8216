"""What is asked of an organisation, a claim, a colleague."""

from flask_babel import lazy_gettext
from marshmallow import Schema

from market.enums import FocusSector, IdScheme, MemberRole, OrganisationKind, SizeClass
from market.schemas.fields import Choice, Choices, Day, Document, Email, Text

KINDS = [
    (OrganisationKind.ENTERPRISE, lazy_gettext("Enterprise: discloses, seeks finance")),
    (OrganisationKind.INSTITUTION, lazy_gettext("Financial institution: lists products")),
    (OrganisationKind.PROVIDER, lazy_gettext("Technology provider: lists technologies")),
    (OrganisationKind.ORGANISER, lazy_gettext("Organiser: runs matchmaking events")),
    (OrganisationKind.VERIFIER, lazy_gettext("Verifier: attests disclosures")),
]
ID_SCHEMES = [
    (IdScheme.USCC, lazy_gettext("Unified social credit code (mainland China)")),
    (IdScheme.TW, lazy_gettext("Uniform number (Taiwan)")),
    (IdScheme.LEI, lazy_gettext("Legal entity identifier (LEI)")),
    (IdScheme.OTHER, lazy_gettext("Another register")),
]
SIZES = [
    (SizeClass.MICRO, lazy_gettext("Micro")),
    (SizeClass.SMALL, lazy_gettext("Small")),
    (SizeClass.MEDIUM, lazy_gettext("Medium")),
    (SizeClass.LARGE, lazy_gettext("Large")),
]
SECTORS = [
    (FocusSector.ELECTRONICS, lazy_gettext("Electronics and information")),
    (FocusSector.LIFE_HEALTH, lazy_gettext("Life and health")),
    (FocusSector.AUTOMOTIVE, lazy_gettext("Automotive")),
    (FocusSector.EQUIPMENT, lazy_gettext("High-end equipment")),
    (FocusSector.MATERIALS, lazy_gettext("Advanced materials")),
    (FocusSector.FASHION, lazy_gettext("Fashion consumer goods")),
    (FocusSector.TELECOM, lazy_gettext("Telecommunications")),
    (FocusSector.PARK, lazy_gettext("Industrial park")),
    (FocusSector.OTHER, lazy_gettext("Other")),
]
ROLES = [
    (MemberRole.OWNER, lazy_gettext("Owner: everything, and manages colleagues")),
    (MemberRole.EDITOR, lazy_gettext("Editor: reads and writes")),
    (MemberRole.VIEWER, lazy_gettext("Viewer: reads")),
]


_EVIDENCE = lazy_gettext(
    "A scan of the business licence with the official seal, or a signed authorisation."
)


class OrganisationDetails(Schema):
    """What may be changed later."""

    name_zh = Text(lazy_gettext("Name in Chinese"), required=True, most=120)
    name_en = Text(lazy_gettext("Name in English"), most=200, load_default="")
    kinds = Choices(lazy_gettext("What it does on the market"), options=KINDS, least=1)
    focus_sector = Choice(lazy_gettext("Sector"), options=SECTORS, required=True)
    industry = Text(
        lazy_gettext("Industry code (GB/T 4754)"),
        most=6,
        load_default="",
        hint=lazy_gettext("For example C3670, motor vehicle parts."),
    )
    size_class = Choice(lazy_gettext("Size"), options=SIZES, required=True)
    district = Text(
        lazy_gettext("District (division code)"),
        most=12,
        load_default="",
        hint=lazy_gettext("For example 310115, Pudong."),
    )
    address = Text(lazy_gettext("Address"), most=200, load_default="")
    operating_since = Day(lazy_gettext("Operating since"), load_default=None)
    website = Text(lazy_gettext("Website"), most=200, load_default="")
    about_zh = Text(lazy_gettext("About, in Chinese"), most=2000, rows=4, load_default="")
    about_en = Text(lazy_gettext("About, in English"), most=2000, rows=4, load_default="")


class OrganisationSchema(OrganisationDetails):
    """Founding: the registered id and who may act for it."""

    id_scheme = Choice(lazy_gettext("Register"), options=ID_SCHEMES, required=True)
    id_value = Text(
        lazy_gettext("Id in that register"),
        required=True,
        most=40,
        hint=lazy_gettext("The 18 characters on the business licence."),
    )
    evidence = Document(
        lazy_gettext("Evidence that you may act for it"), load_only=True, hint=_EVIDENCE
    )


class ClaimSchema(Schema):
    """Claiming an imported organisation."""

    statement = Text(
        lazy_gettext("Your function there, and how we can check it"),
        required=True,
        most=1000,
        rows=4,
    )
    evidence = Document(
        lazy_gettext("Evidence that you may act for it"),
        required=True,
        load_only=True,
        hint=_EVIDENCE,
    )


class ColleagueSchema(Schema):
    """Inviting a colleague."""

    email = Email(lazy_gettext("Mail address"), required=True)
    role = Choice(lazy_gettext("Role"), options=ROLES, required=True)
