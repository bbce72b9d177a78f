"""A language model that fills in a form: one question with a schema, one checked answer or one stable reason why there is none.

`asking` holds the policy (tries, deadline, breaker), `wire` the protocol. Nothing here knows what is asked, and nothing that is asked or
answered is logged, kept, or put into an error. `wire` imports the SDK, which takes a third of a second: only who asks imports it.
"""

from impl.lib.language_model.terms import Answer, Endpoint, Failed, Flavour, Question, Reason, Spent

__all__ = ["Answer", "Endpoint", "Failed", "Flavour", "Question", "Reason", "Spent"]
