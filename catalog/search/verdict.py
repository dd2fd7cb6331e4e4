"""Clear, choose or none: never silently a wrong thing in the basket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from catalog.search.query import Query
from catalog.search.rank import Slot, Standing

EXPLAINED = 0.78  # a word understood less surely than this is not understood
NEAR = 0.12  # a runner-up that covers this little less of what was said may be what was meant


def judge(
    standings: Sequence[Standing], slots: Sequence[Slot], query: Query
) -> tuple[Literal["clear", "choose", "none"], list[Standing]]:
    """The verdict and the standings worth showing."""
    taken = [s for s in standings if s.cover >= 0.55]
    if not taken or not query.content:
        return "none", []
    top = taken[0]
    rivals = [s for s in taken[1:] if s.cover >= top.cover - NEAR]
    if top.worst >= EXPLAINED and not top.headless and (not rivals or (top.fit > 0.99 and all(r.fit < 0.99 for r in rivals))):
        return "clear", taken
    return "choose", [top, *rivals]
