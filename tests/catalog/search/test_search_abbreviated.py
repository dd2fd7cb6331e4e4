"""Names as a till cuts them short, written out again: only where one thing can be meant."""

from __future__ import annotations

import pytest

from catalog.search.abbreviated import in_full


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Fries roggebr. 500g", "Fries roggebrood 500g"),  # the end cut short
        ("Aardapp. vastkokend", "aardappel vastkokend"),
        ("Doperwt. fijn", "doperwten fijn"),  # two forms of one word
        ("Koolr. per stuk", None),  # koolraap or koolrabi: no guess, and not another one after each start
        ("Haverm. 1 kg", None),
        ("Xqzwp. 1 kg", None),
    ],
)
def test_is_written_out(name: str, whole: str | None) -> None:
    assert in_full(name) == whole
