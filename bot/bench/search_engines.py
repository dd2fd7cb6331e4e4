"""Our search and what one would take instead, behind one door: build on names, ask for the numbers of the best three."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz import fuzz, process, utils

from catalog.search import Index
from catalog.search.query import parse
from catalog.square import Product

Ask = Callable[[str], list[int]]


def cleaned(words: str) -> str:
    """What every engine gets: lower case, without filler and amounts."""
    query = parse(words)[0]
    return " ".join((*query.content, *(word for word in query.soft if not word.isdigit()))) or words.lower()


def own(index: Index, products: Sequence[Product]) -> Ask:
    """Our index; words are looked up anew each time, as if never said before."""
    numbers = {product.id: at for at, product in enumerate(products)}

    def ask(words: str) -> list[int]:
        index.vocabulary.forget()
        return [numbers[hit.product] for hit in index.find(words, limit=3).hits]

    return ask


def rapidfuzz_whole(names: Sequence[str], scorer: Callable[..., float]) -> Ask:
    """rapidfuzz over all whole names."""
    plain = [utils.default_process(name) for name in names]
    return lambda words: [at for _, _, at in process.extract(cleaned(words), plain, scorer=scorer, limit=3)]


def sqlite_trigrams(names: Sequence[str]) -> Ask:
    """SQLite FTS5 with its trigram tokenizer: any trigram, ordered by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram', content='')")
    db.executemany("INSERT INTO names(rowid, name) VALUES (?, ?)", ((at, name.lower()) for at, name in enumerate(names)))

    def ask(words: str) -> list[int]:
        said = cleaned(words)
        grams = dict.fromkeys(said[at : at + 3] for at in range(len(said) - 2))
        match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        if not match:
            return []
        return [at for (at,) in db.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 3", (match,))]

    return ask


def tantivy_trigrams(names: Sequence[str]) -> Ask | None:
    """tantivy with a trigram tokenizer and BM25; None when it is not installed (``pip install dorpsbode[bench]``)."""
    try:
        import tantivy
    except ImportError:
        return None
    grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(3, 3, False)).filter(tantivy.Filter.lowercase()).build()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=False, tokenizer_name="grams", index_option="freq")
    builder.add_unsigned_field("at", stored=True, indexed=False)
    index = tantivy.Index(builder.build())
    index.register_tokenizer("grams", grams)
    writer = index.writer(64_000_000, 1)
    for at, name in enumerate(names):
        writer.add_document(tantivy.Document(name=name, at=at))
    writer.commit()
    index.reload()
    return _tantivy_ask(tantivy, index)


def _tantivy_ask(tantivy: Any, index: Any) -> Ask:
    searcher, schema = index.searcher(), index.schema

    def ask(words: str) -> list[int]:
        said = cleaned(words)
        grams = dict.fromkeys(said[at : at + 3] for at in range(len(said) - 2))
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "name", gram)) for gram in grams]
        if not terms:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(terms), 3).hits
        return [searcher.doc(address)["at"][0] for _, address in hits]

    return ask


def postgres_trigrams(names: Sequence[str]) -> Ask | None:
    """pg_trgm with a GIN index, on the server named in DORPSBODE_BENCH_POSTGRES; None when there is
    none, or it has no pg_trgm. Wall time counts."""
    url = os.environ.get("DORPSBODE_BENCH_POSTGRES")
    if not url:
        return None
    import psycopg

    db = psycopg.connect(url, autocommit=True)
    try:
        db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg.errors.FeatureNotSupported:
        return None  # a server without the contrib modules, such as the one that comes by pip
    db.execute("CREATE TEMP TABLE names (at int, name text)")
    with db.cursor().copy("COPY names FROM STDIN") as copy:
        for at, name in enumerate(names):
            copy.write_row((at, name.lower()))
    db.execute("CREATE INDEX ON names USING gin (name gin_trgm_ops)")
    db.execute("ANALYZE names")
    db.execute("SET pg_trgm.similarity_threshold = 0.15")
    question = "SELECT at FROM names WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT 3"

    def ask(words: str) -> list[int]:
        said = cleaned(words)
        return [at for (at,) in db.execute(question, (said, said)).fetchall()]

    return ask


def peers(names: Sequence[str]) -> dict[str, Callable[[], Ask | None]]:
    """What stands beside our search, by name; each is built when called."""
    return {
        "rapidfuzz WRatio": lambda: rapidfuzz_whole(names, fuzz.WRatio),
        "rapidfuzz token_sort": lambda: rapidfuzz_whole(names, fuzz.token_sort_ratio),
        "SQLite FTS5 trigram": lambda: sqlite_trigrams(names),
        "tantivy trigram": lambda: tantivy_trigrams(names),
        "pg_trgm GIN": lambda: postgres_trigrams(names),
    }
