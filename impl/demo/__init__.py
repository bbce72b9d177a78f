"""The demo organization: made by the service's own operations, in the order in which it would have happened."""

from impl.demo.planting import Credentials, Present, is_there, plant
from impl.demo.setting import SignIn

__all__ = ["Credentials", "Present", "SignIn", "is_there", "plant"]
