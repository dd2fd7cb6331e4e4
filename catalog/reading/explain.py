"""How a message was understood, in Dutch, word by word: so that a coordinator can mend it with one synonym."""

from __future__ import annotations

from catalog.reading.result import Line, Reading, Shelf

_INTENTS = {
    "order": "een bestelling", "change": "een wijziging", "remove": "iets eruit halen", "repeat": "hetzelfde als vorige keer",
    "question": "een vraag", "greeting": "een groet", "thanks": "een bedankje", "yes": "ja", "no": "nee", "stop": "STOP",
    "help": "HULP", "callme": "BEL MIJ", "basket": "MANDJE", "cancel": "OPNIEUW of annuleren", "done": "KLAAR",
    "other": "geen bestelling",
}  # fmt: skip
_ASKS = {
    "which": "vraagt welke bedoeld is", "amount": "vraagt hoeveel", "packs": "vraagt hoeveel verpakkingen",
    "pieces_or_weight": "vraagt om stuks of gewicht",
}  # fmt: skip
_OPS = {"add": "erbij", "set": "wordt", "more": "meer", "less": "minder", "remove": "eruit", "replace": "vervangt"}


def explain(reading: Reading, shelf: Shelf) -> list[str]:
    """Lines of Dutch: what the message is, and per wish each word, what it was taken for and the scores."""
    lines = [f"Gelezen als: {_INTENTS[reading.intent]}"]
    for number, line in enumerate(reading.lines, 1):
        lines += [f"{number}. “{line.said}” ({_OPS[line.op]})", *(f"   {told}" for told in _told(line, shelf))]
    if reading.when:
        lines.append(f"Wanneer: “{reading.when.said}”" + (f" = {reading.when.day:%d-%m-%Y}" if reading.when.day else ""))
    lines += [f"Vraag over {question.topic}: “{question.said}”" for question in reading.questions]
    if reading.rest:
        lines.append(f"Niet begrepen: {reading.rest}")
    return lines


def _told(line: Line, shelf: Shelf) -> list[str]:
    told = list(shelf.index.explain(line.words)) if line.words else []
    names = shelf.square.product_by_id
    if line.refused:
        told.append(f"Geweigerd ({line.refused}): dat kan alleen in de winkel.")
    elif line.product:
        told.append(f"Gekozen: {names[line.product].name} ({line.product})")
    elif line.candidates:
        told.append("Keuze uit: " + ", ".join(names[one].name for one in line.candidates))
    elif line.op == "add":
        told.append("Dat heb ik niet.")
    if line.amount is not None:
        told.append(f"Hoeveel: {'ongeveer ' if line.about else ''}{line.amount} {'gram' if line.unit == 'g' else 'stuks'}")
    told += [f"Keuze: {option}" for option in line.options] + ([f"Wens: {line.note}"] if line.note else [])
    return told + ([f"Bot {_ASKS[line.asks]}."] if line.asks else [])
