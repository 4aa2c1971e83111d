"""The words for roles of amounts and for the figures reckoned from them."""

from __future__ import annotations

from diag_app.model.economics import Role
from diag_app.model.economics_figures import Figure
from diag_app.model.said import Translate


def role_names(translate: Translate) -> dict[Role, str]:
    """Return what each role of an amount is called."""
    return {
        "investment": translate("One-off cost"),
        "benefit": translate("Benefit a year"),
        "running_cost": translate("Running cost a year"),
    }


def figure_names(translate: Translate) -> dict[Figure, str]:
    """Return what each figure is called."""
    return {
        "investment": translate("One-off cost"),
        "benefit": translate("Benefit a year"),
        "running_cost": translate("Running cost a year"),
        "net_benefit": translate("Net benefit a year"),
        "payback": translate("Simple payback"),
        "npv": translate("Net present value"),
        "break_even": translate("Break-even investment"),
    }
