"""Mollie's checkout page: what the resident sees after the tap on the pay link. Big, plain, and it works with the keyboard
alone."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light; font: 20px/1.5 system-ui, sans-serif; }
body { margin: 0; background: #f3f2ee; color: #1b1b1b; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
.sample { background: #fff3c4; border: 2px solid #8a6d00; border-radius: .5rem; padding: .5rem .75rem; font-size: .9rem; }
.bill { background: #fff; border-radius: .75rem; padding: 1rem; margin: 1rem 0; }
.amount { font-size: 2rem; font-weight: 700; }
button { display: block; width: 100%; min-height: 3.6rem; margin: .75rem 0; font: inherit; font-weight: 600; border-radius:
.75rem; border: 3px solid #1b1b1b; background: #fff; color: #1b1b1b; cursor: pointer; }
button.pay { background: #0b5d2a; border-color: #0b5d2a; color: #fff; }
button:focus-visible { outline: 4px solid #0a58ca; outline-offset: 3px; }
"""
_BUTTONS = (("paid", "Betaald", "pay"), ("failed", "Mislukt", ""), ("canceled", "Geannuleerd", ""), ("expired", "Verlopen", ""))


def checkout(payment_id: str, euros: str, description: str, note: str = "") -> str:
    """The page with four buttons; ``note`` is shown above them. Every text is escaped here."""
    buttons = "\n".join(
        f'<button class="{kind}" name="status" value="{status}"{" autofocus" if kind else ""}>{label}</button>'
        for status, label, kind in _BUTTONS
    )
    said = f"<p><strong>{escape(note)}</strong></p>" if note else ""
    return _page(
        "Betalen",
        f"""<div class="bill"><div>{escape(description)}</div>
<div class="amount">€ {escape(euros.replace(".", ","))}</div></div>
{said}<form method="post" action="/checkout/{escape(payment_id)}"><p>Hoe loopt de betaling af?</p>
{buttons}
</form>""",
    )


def finished(status: str, back: str | None) -> str:
    """The page for a payment that is over."""
    words = {"paid": "is betaald", "failed": "is mislukt", "canceled": "is geannuleerd", "expired": "is verlopen"}
    link = f'<p><a href="{escape(back, quote=True)}">Terug naar de winkel</a></p>' if back else ""
    return _page("Klaar", f"<p>Deze betaling {words.get(status, 'wordt verwerkt')}.</p>{link}")


def _page(title: str, inside: str) -> str:
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} (voorbeeld)</title><style>{_STYLE}</style></head><body><main>
<h1>{title}</h1>
<p class="sample">Dit is een nagemaakte betaalpagina. Er gaat geen echt geld om.</p>
{inside}
</main></body></html>"""
