"""Who is who within one article: which names are one bearer's, and which must not be.

Joining two parties that are two is worse than leaving one twice, since nobody can take it apart
again. So every rule that joins is held back by guards that keep apart, and they hold through
chains: if B may be A and may be C, and A is not C, B is neither.
"""

from __future__ import annotations

from summarizer.identity.bearers import Bearer
from summarizer.identity.identities import Identities

__all__ = ["Bearer", "Identities"]
