"""What the operations of posts are tested with."""

from typing import Any

from tests.support.factories import V1, Data

POSTS = f"{V1}/posts"
CHOICE: Data = {
    "key": "permit",
    "label": "Do you hold a work permit?",
    "kind": "single_select",
    "is_required": True,
    "options": ["Yes", "No"],
    "flagged_answers": ["No"],
}


def post_path(post: Data, rest: str = "") -> str:
    """`/api/v1/posts/{id}` and what follows it."""
    return f"{POSTS}/{post['id']}{rest}"


def question(key: str, kind: str = "short_text", **fields: Any) -> Data:
    """A question of a form."""
    plain = {"label": f"About {key}", "is_required": False, "options": [], "flagged_answers": []}
    return {"key": key, "kind": kind, **plain, **fields}
