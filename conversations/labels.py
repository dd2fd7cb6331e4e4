"""How the label of a button is compared with what somebody typed."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation at the ends, single spaces: how labels are compared."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(bare.split()).strip(" .!?,;:'\"")
