"""The demo organization: made by the service's own operations, in the order in which it would have happened."""

from impl.demo.planting import Credentials, Present, SignIn, is_there, plant

__all__ = ["Credentials", "Present", "SignIn", "is_there", "plant"]
