"""Texts as vectors, of which those of texts that say the same lie near each other; by a small model in a package, or by a server that
speaks OpenAI's protocol.

`packing` needs numpy, `local` the package, `remote` the SDK: only who has switched one on imports it. Nothing that is encoded is logged,
kept, or put into an error.
"""

from impl.lib.embeddings.terms import Encoded, Encoder, Failed, Kind

__all__ = ["Encoded", "Encoder", "Failed", "Kind"]
