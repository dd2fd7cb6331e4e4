"""Names as market stalls write them: the loaf without the word for it, what it is for between brackets, sizes cut short."""

from __future__ import annotations

import pytest
from test_another_kind import taken


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("een heel wit brood gesneden", ["Knipwit heel"]),
        ("wit brood heel", ["Knipwit heel"]),
        ("een half wit brood", ["Knipwit half"]),
        ("halfje wit", ["Knipwit half"]),
        ("boerenkool 2", ["boerenkool gesn. 400 gr"]),
        ("3 pakken luiers maat vier", ["Luiers mt. 4 (28 st)"]),
        ("cashewnoten", []),
        ("ongebrande cashewnoten", ["Cashew ongebr."]),
        ("een half volkoren", ["Molenbrood volkoren half"]),
    ],
)
def test_what_a_stall_calls_otherwise_is_found(text: str, names: list[str]) -> None:
    assert taken("kraam", text) == names
