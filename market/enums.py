"""The closed lists of the market, as strings that read the same in code, database and API."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation does on the market; one organisation may do several."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    PROVIDER = "provider"
    ORGANISER = "organiser"
    VERIFIER = "verifier"


class OrganisationStatus(StrEnum):
    """Whether the operator lets an organisation act."""

    UNCLAIMED = "unclaimed"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


class IdScheme(StrEnum):
    """The register an organisation's id comes from."""

    USCC = "uscc"
    LEI = "lei"
    TW = "tw"
    SBTI = "sbti"
    OTHER = "other"


class MemberRole(StrEnum):
    """What a member may do: owners also manage colleagues, editors write, viewers read."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class SizeClass(StrEnum):
    """Size of a firm as the statistics bureau classes it."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class FocusSector(StrEnum):
    """The six focus sectors of the notice, telecom, parks, and the rest."""

    ELECTRONICS = "electronics"
    LIFE_HEALTH = "life_health"
    AUTOMOTIVE = "automotive"
    EQUIPMENT = "equipment"
    MATERIALS = "materials"
    FASHION = "fashion"
    TELECOM = "telecom"
    PARK = "park"
    OTHER = "other"


class DisclosureStatus(StrEnum):
    """Life of one version of a disclosure."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class AttestationStatus(StrEnum):
    """Life of a verifier's word about a published version; it counts while attested."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ATTESTED = "attested"
    REVOKED = "revoked"


class FootprintStatus(StrEnum):
    """Life of one version of a product footprint and its label."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    REVOKED = "revoked"


class ListingStatus(StrEnum):
    """Life of a listing (product or technology)."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    EXPIRED = "expired"


class PostingStatus(StrEnum):
    """Life of a need or a scenario."""

    OPEN = "open"
    CLOSED = "closed"


class InvitationStatus(StrEnum):
    """An institution's invitation to an enterprise about a need."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class EventKind(StrEnum):
    """What an event brings together."""

    FINANCING = "financing"
    TECHNOLOGY = "technology"
    MIXED = "mixed"


class EventState(StrEnum):
    """Life of an event; the scheduler moves it by its deadlines."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REGISTRATION = "registration"
    PREFERENCES = "preferences"
    PLANNING = "planning"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Left: who offers (institution, provider); right: who seeks (enterprise)."""

    OFFERS = "offers"
    SEEKS = "seeks"


class Wish(StrEnum):
    """A participant's preference for meeting another."""

    MUST = "must"
    WANT = "want"
    OK = "ok"
    NEVER = "never"


class MeetingStatus(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What a participant says came of a meeting."""

    NONE = "none"
    FOLLOW_UP = "follow_up"
    INQUIRY = "inquiry"


class WorkState(StrEnum):
    """Life of one due-work row."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


class Visibility(StrEnum):
    """Who sees the answers of a section of a published disclosure."""

    PUBLIC = "public"
    CONSENT = "consent"
    PRIVATE = "private"


class AskStatus(StrEnum):
    """What became of an institution's asking for consent."""

    WAITING = "waiting"
    GRANTED = "granted"
    DECLINED = "declined"
