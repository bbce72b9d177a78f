"""How the rows of the spec world come to be, a module for the tags that belong together."""

from tests.support.world.recipes import (
    applications,
    attachments,
    candidates,
    interviews,
    jobs,
    offers,
    organization,
    posts,
    work,
)
from tests.support.world.recipes.kinds import Fitting, OneMore, Recipe

__all__ = ["LISTED_BELOW", "MADE_BY", "NAMED", "RECIPES", "RELATED"]

# How a row of each resource comes to be, in a state of its machine.
RECIPES: dict[str, Recipe] = {
    **organization.RECIPES,
    **jobs.RECIPES,
    **candidates.RECIPES,
    **attachments.RECIPES,
    **posts.RECIPES,
    **applications.RECIPES,
    **interviews.RECIPES,
    **offers.RECIPES,
    **work.RECIPES,
}
# Where a slot beside the target needs a row that belongs to it.
RELATED: dict[str, Fitting] = {**organization.RELATED, **jobs.RELATED, **applications.RELATED, **offers.RELATED}
# What a row of a list comes from, where it is not made by itself …
MADE_BY = {"stage_history_entry": "application", "event": "department"}
# … and how it is made where the list belongs to the row that its path names.
LISTED_BELOW: dict[str, OneMore] = {**jobs.LISTED_BELOW, **candidates.LISTED_BELOW, **attachments.LISTED_BELOW}
# What a path names otherwise than by an id.
NAMED: dict[str, Fitting] = {**organization.NAMED, **attachments.NAMED, **posts.NAMED}
