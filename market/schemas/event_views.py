"""Events, participants and meetings as the API shows them."""

from marshmallow import Schema, fields

from market.schemas.events import EventSchema


class EventView(EventSchema):
    """An event as the API shows it."""

    class Meta:
        """The link is for participants, with their timetable."""

        exclude = ("online_link",)

    id = fields.Str()
    organiser_id = fields.Str()
    state = fields.Str()
    ends_at = fields.AwareDateTime(format="iso")
    version = fields.Int()
    is_sample = fields.Bool()


class BroughtView(Schema):
    """What a participant brings."""

    noun = fields.Str()
    id = fields.Str()
    name_zh = fields.Str()
    name_en = fields.Str()


class AttendeeView(Schema):
    """A participant as the others of the event see it."""

    id = fields.Str()
    organisation_id = fields.Str()
    name_zh = fields.Str()
    name_en = fields.Str()
    sector = fields.Str()
    side = fields.Str()
    representatives = fields.Int()
    brings = fields.List(fields.Nested(BroughtView))


class RegistrationView(Schema):
    """One's own registration."""

    id = fields.Str()
    event_id = fields.Str()
    side = fields.Str()
    representatives = fields.Int()
    unavailable = fields.List(fields.Int())
    product_id = fields.Str(allow_none=True)
    technology_id = fields.Str(allow_none=True)
    need_id = fields.Str(allow_none=True)
    scenario_id = fields.Str(allow_none=True)


class RatingView(Schema):
    """One's own rating."""

    meeting_id = fields.Str()
    stars = fields.Int()
    outcome = fields.Str()
    comment = fields.Str()


class MeetingView(Schema):
    """A line of one's own timetable."""

    id = fields.Str()
    with_id = fields.Str(metadata={"description": "the other participant"})
    with_zh = fields.Str()
    with_en = fields.Str()
    slot = fields.Int()
    table = fields.Int()
    begins_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso")
    status = fields.Str()
    rating = fields.Nested(RatingView, allow_none=True)


class TimetableView(Schema):
    """One's own day."""

    online_link = fields.Str()
    meetings = fields.List(fields.Nested(MeetingView))


class PlacedView(Schema):
    """A meeting of the whole timetable, slots and tables counted from 0."""

    id = fields.Str()
    offers_id = fields.Str()
    seeks_id = fields.Str()
    slot = fields.Int()
    table = fields.Int(attribute="table_no")
    score = fields.Int()
    status = fields.Str()
