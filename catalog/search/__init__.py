"""What residents say -> the products they mean, and how sure that is: clear, choose or none. See :class:`Index`."""

from __future__ import annotations

from catalog.search.index import Found, Hit, Index, usual_key

__all__ = ["Found", "Hit", "Index", "usual_key"]
