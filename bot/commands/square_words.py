"""``dorpsbode square wanted|synonym``: what was asked for and not found, and the word that mends it. Chat does the same."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.commands.common import say
from bot.store.catalogue import Kept
from bot.store.database import Database
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import new_id
from notifications.texts import plain

MOST_LETTERS = 40


def wanted(database: Database, slug: str) -> int:
    """Print the words nobody sells and how often they were asked for, tab-separated. Status 1 when the square is unknown."""
    with database.read() as conn:
        store = _store(conn)
        if slug not in store.squares():
            return _unknown(store, slug)
        for words, times in store.unknown_words(slug, limit=1_000):
            print(words, times, sep="\t")
    return 0


def synonym(database: Database, slug: str, word: str, product_id: str) -> int:
    """Let a word stand for a product. Status 1 when the square or the product is unknown, or the word is none."""
    said = " ".join(plain(word, MOST_LETTERS).casefold().split())
    if len(said) < 2:
        say("Een woord heeft minstens twee letters. Er is niets veranderd.")
        return 1
    with database.write() as conn:
        store = _store(conn)
        if slug not in store.squares():
            return _unknown(store, slug)
        product = store.square(slug).product_by_id.get(product_id.casefold())
        if product is None or product.withdrawn:
            say(f"Artikel {product_id} is er niet. De naam is winkel/artikel, zoals in products.csv. Er is niets veranderd.")
            return 1
        store.add_synonym(slug, said, product.id)
        store.tx.flush()
    say(f"Wie “{said}” typt, vindt nu {product.name} ({product.id}). Ongedaan: haal het weg bij synonyms en importeer.")
    return 0


def _store(conn: Connection) -> Repository:
    return Repository(Tx(conn, datetime.now(UTC), Kept(), new_id))


def _unknown(store: Repository, slug: str) -> int:
    say(f"Plein “{slug}” staat niet in de database. Er zijn: {', '.join(store.squares()) or 'nog geen'}.")
    return 1
