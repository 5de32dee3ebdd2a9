"""What the web calls things, in many languages: the only home of words of languages.

`vocabulary("share")` is all phrases of one meaning, of all languages together: a rule names what a phrase means and
never a language. Nothing is read or compiled before the first question.

    from crawler.extraction.words import made_of, vocabulary

    vocabulary("share").is_whole("Поделиться в Telegram")          the line is such a phrase, and nothing else
    vocabulary("read_also").opening("Read also: Water rose again") the place behind the phrase at its beginning, or None
    vocabulary("updated", "published").find("12.03, обновлено")    the first (start, end) of such a phrase, or None
    vocabulary("duties").has("Reporter")                           a word is one of the phrases: one look into a set
    made_of("17 views", "views", "views_beside")                   names of the vocabularies that make up the line

The words are in one TOML file per language, in the notation that README.md tells native speakers;
`python -m crawler.extraction.words` prints which languages have which vocabularies.
"""

from __future__ import annotations

from crawler.extraction.words.folding import fold
from crawler.extraction.words.schema import NEEDED, VOCABULARIES
from crawler.extraction.words.tables import WordListError, check_table, languages, table
from crawler.extraction.words.vocabulary import Span, Vocabulary, made_of, vocabulary

__all__ = [
    "NEEDED", "VOCABULARIES", "Span", "Vocabulary", "WordListError", "check_table", "fold", "languages", "made_of",
    "table", "vocabulary",
]  # fmt: skip
