"""The product kinds, one file each; adding a kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.products import (
    carbon_account_loan,
    carbon_bond,
    carbon_custody,
    carbon_forward,
    carbon_fund,
    carbon_future,
    carbon_index,
    carbon_insurance,
    carbon_lending,
    carbon_neutral_bond,
    carbon_option,
    carbon_pledge,
    carbon_reduction_loan,
    carbon_repo,
    carbon_swap,
    carbon_trust,
    energy_service_loan,
    esg_linked_loan,
    footprint_linked_loan,
    green_insurance,
    green_leasing,
    green_loan,
    green_supply_chain_finance,
    power_data_loan,
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
        carbon_bond.KIND,
        carbon_pledge.KIND,
        carbon_repo.KIND,
        carbon_custody.KIND,
        carbon_forward.KIND,
        carbon_future.KIND,
        carbon_option.KIND,
        carbon_swap.KIND,
        carbon_lending.KIND,
        carbon_index.KIND,
        carbon_insurance.KIND,
        carbon_fund.KIND,
        green_loan.KIND,
        sustainability_linked_loan.KIND,
        transition_loan.KIND,
        carbon_reduction_loan.KIND,
        carbon_account_loan.KIND,
        carbon_neutral_bond.KIND,
        footprint_linked_loan.KIND,
        green_supply_chain_finance.KIND,
        esg_linked_loan.KIND,
        green_leasing.KIND,
        green_insurance.KIND,
        energy_service_loan.KIND,
        power_data_loan.KIND,
        carbon_trust.KIND,
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
