"""Job grants, as events tell of them."""

from impl.core import grants
from impl.lib import ids


def test_names_a_few_jobs_and_counts_many() -> None:
    few = [ids.new_id() for _ in range(grants.NAMED_MAX)]

    assert grants.named([]) == ""
    assert grants.named(few) == ", ".join(map(str, few))
    assert grants.named([*few, ids.new_id()]) == f"{grants.NAMED_MAX + 1} jobs"
    # What the contract lets a change's value be.
    assert len(grants.named(few)) <= 500
