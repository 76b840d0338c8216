"""Changes no table: questionnaires and their versions are data of the release."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Answers are carried over when a draft is opened, by disclosure.carry."""


def downgrade() -> None:
    """Answers are carried over when a draft is opened, by disclosure.carry."""
