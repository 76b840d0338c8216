"""The product kinds, one file each; adding a kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.products import (
    carbon_forward,
    carbon_insurance,
    carbon_option,
    carbon_pledge,
    carbon_repo,
    green_loan,
    sustainability_linked_loan,
    transition_loan,
)
from scoring.products.kind import (
    CLASS_NAMES,
    Option,
    ProductClass,
    ProductKind,
    Rule,
    Term,
    TermKind,
)

KINDS: Mapping[str, ProductKind] = {
    kind.code: kind
    for kind in (
        carbon_pledge.KIND,
        carbon_repo.KIND,
        carbon_forward.KIND,
        carbon_option.KIND,
        carbon_insurance.KIND,
        green_loan.KIND,
        sustainability_linked_loan.KIND,
        transition_loan.KIND,
    )
}

__all__ = [
    "CLASS_NAMES",
    "KINDS",
    "Option",
    "ProductClass",
    "ProductKind",
    "Rule",
    "Term",
    "TermKind",
]
