"""The tables of the market, one file a noun."""

from market.models.activity import ActivityImport, ActivityLine
from market.models.api_token import ApiToken
from market.models.attestation import Attestation
from market.models.audit import AuditRecord, AuditSeal
from market.models.classification import District, Industry
from market.models.disclosure import Disclosure
from market.models.due_work import DueWork
from market.models.event import Event, Participant, Preference
from market.models.factor import OwnFactor
from market.models.footprint import Footprint
from market.models.human_look import HumanLook
from market.models.impression import Impression, Opening
from market.models.log import LogCheckpoint, LogCosignature, LogLeaf, LogNode, LogWitness
from market.models.meeting import Meeting, MeetingRating, MeetingSeat
from market.models.membership import ColleagueInvitation, Membership
from market.models.message import MailMessage, Notification
from market.models.model_promotion import ModelPromotion
from market.models.need import Consent, Need, NeedInvitation
from market.models.organisation import Organisation, OrganisationClaim
from market.models.parked_form import ParkedForm
from market.models.person import Person, Role
from market.models.product import Product
from market.models.ranking import Artefact, RankingChange, RankingState
from market.models.report import Filing, Report
from market.models.stored_file import StoredFile
from market.models.technology import Scenario, Technology
from market.models.visibility import (
    CertificateUse,
    DisclosureAsk,
    DisclosureConsent,
    DisclosurePrivate,
    DisclosureReading,
)

__all__ = [
    "ActivityImport",
    "ActivityLine",
    "ApiToken",
    "Artefact",
    "Attestation",
    "AuditRecord",
    "AuditSeal",
    "CertificateUse",
    "ColleagueInvitation",
    "Consent",
    "Disclosure",
    "DisclosureAsk",
    "DisclosureConsent",
    "DisclosurePrivate",
    "DisclosureReading",
    "District",
    "DueWork",
    "Event",
    "Filing",
    "Footprint",
    "HumanLook",
    "Impression",
    "Industry",
    "LogCheckpoint",
    "LogCosignature",
    "LogLeaf",
    "LogNode",
    "LogWitness",
    "MailMessage",
    "Meeting",
    "MeetingRating",
    "MeetingSeat",
    "Membership",
    "ModelPromotion",
    "Need",
    "NeedInvitation",
    "Notification",
    "Opening",
    "Organisation",
    "OrganisationClaim",
    "OwnFactor",
    "ParkedForm",
    "Participant",
    "Person",
    "Preference",
    "Product",
    "RankingChange",
    "RankingState",
    "Report",
    "Role",
    "Scenario",
    "StoredFile",
    "Technology",
]
