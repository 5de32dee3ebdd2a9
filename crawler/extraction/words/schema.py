"""The vocabularies that a word list may have: name and what its phrases say. `words/README.md` explains each to native
speakers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {
        # Days
        "published": "in front of the day of publication",
        "updated": "of the day of the last change",
        "date_label": "the label of a date, and nothing more",
        "event_dates": "of another day than publication: deadlines, events, validity, birth",
        "document_dates": "of the day on which a document was made or signed, which is before its publication",
        "until_beginnings": "words directly in front of a day that make it a deadline: until, bis zum",
        "until_endings": "endings that make a date a deadline",
        "span_joiners": "between the first and the last day of a span",
        "act_numbers": "the number of an act, which has a day of its own",
        "act_days": "an act, directly in front of the day that it is of: order of, décret du",
        "acts_behind_days": "an act, in the few words behind the day that it is of: 3-maydagi 15-son qarori",
        "weather_and_rates": "of today's figures beside a date: weather, rates of exchange",
        # Labels of an article's facts
        "title_label": "the label of a headline in a table of facts",
        "category_label": "in front of the name of a section",
        "tags_label": "in front of keywords",
        "author": "the label of who wrote it",
        "writers": "labels of who wrote it that need a colon: duties, the word for text",
        "written_by": "in front of a name, without a colon",
        "by": "the same where the word is also part of surnames",
        "editor": "the label of who edited it",
        "source": "the label of where it comes from",
        "photo": "in front of whose picture it is",
        "photo_credit": "the same where the phrase says no more than that it is a credit",
        "press_release": "what kind of text it is, on a line of its own",
        # Counters and tools
        "views": "words for readers that are counted",
        "views_beside": "common words beside such a number: times, total",
        "visits": "words for visitors of the whole site",
        "visits_beside": "words beside their number: today, this month",
        "reading_time": "how long it takes to read",
        "minutes": "minutes, short or long",
        "share": "share buttons and their label",
        "print": "print buttons",
        "back": "ways back, up and out of a page",
        "listen": "buttons that read a text aloud",
        "text_size": "buttons for the size of letters",
        "download": "what a button beside a file says",
        "attachments": "the label over files",
        # What stands around a text
        "related": "the label over a list of other items",
        "read_also": "a pointer to another item, on a line or in front of its title",
        "next_item": "the label in front of the title of the next or the previous item",
        "comments": "the label over comments and the invitation to write one",
        "subscribe": "invitations to newsletters and channels",
        "follow": "invitations to follow on networks",
        "contact": "invitations to write to an office or editors",
        "feedback": "questions about the page itself, reports of errors",
        "donate": "invitations to support",
        "paywall": "what hides the rest of a text",
        "commission": "notices that links are paid for",
        "rights": "notices of rights",
        "disclaimer": "that somebody else answers for the words",
        "end_of_text": "the word that stands alone where a text ends",
        "reads_on": "a link from the start of a text to the whole of it",
        "advertisement": "the label of an advertisement",
        "embeds": "what stands in place of an embedded post",
        "cookie_notice": "notices of cookies and consent",
        "sign_in": "doors for people with an account",
        "telephone": "in front of a number to call",
        # What a page says in place of an article
        "sorry": "an excuse in front of it",
        "or": "what joins a second reason to it",
        "error": "the word for an error",
        "page": "the words for a page, document or news item",
        "page_beside": "words around them: requested, you are looking for",
        "not_found": "that something does not exist",
        "not_found_page": "whole lines which say that there is no such page",
        "site_down": "that the site is down or under repair",
        "person_check": "that a person is wanted, or that access is denied",
        "redirect": "that the page leads on",
        "search_results": "that the page searches",
        "needs_script": "that a script must be allowed: words beside JavaScript",
        # Names of sites and people
        "institution": "kinds of authorities in their names",
        "news_section": "names of sections with news",
        "this_page": "the last crumb, in place of the page's own title",
        "website": "the words for a site or portal",
        "and": "between two names",
        "and_in_names": "the same where the word is also part of names",
        "name_particles": "small words in names of people",
        "duties": "words for people who write, which stand beside names",
        "others_work": "in front of who else worked on a text",
        "correspondents": "duties in front of a name, behind that of an agency",
        "office_after_name": "duties that are written behind a name without a comma",
        "offices": "parts of the titles of who signs decrees",
        "nobody": "what systems print where nobody entered a name",
        "no_name": "what begins a line beside a byline that is no name",
        "place_prepositions": "between a name and where it was written",
        "day_prepositions": "between a name and the day",
        # Words of dates where Unicode's CLDR lacks them: see crawler.extraction.dates
        "months": "names of months that CLDR lacks, January first: twelve strings, spellings with | between them, "
        "* where case endings follow",
        "month_endings": "case endings of such names; all languages of a script share them",
        "own_months": "names of months that CLDR lacks and that are no months, or others, elsewhere: for pages in the "
        "language; written as `months`",
        "month_affixes": "what is written glued to a month's name in a date: a star for the name and its ending or "
        "beginning",
        "weekdays": "weekdays, whole and short",
        "day_words": "the word for day beside a number",
        "month_words": "the word for month behind its name",
        "year_words": "the word for year behind its number, and what is short for it",
        "ordinals": "what is written behind the number of a day: st, го, інші",
        "date_joiners": "small words between day, month and year: of, de",
        "clock_words": "between a date and the time of day, and units behind it",
        "hour_signs": "between hours and minutes in place of the colon: 13 ч 18",
        "minute_signs": "behind such minutes",
        "hours_alone": "behind hours without minutes: 13 Uhr",
        "clock_units": "behind a clock with a point, which they tell from a decimal: 13.18 Uhr",
        "beside_clock": "other words behind a clock that do not tell the half of the day: by, views",
        "zone_words": "the word for time behind the name of a place: Moscow time",
        "zone_openings": "the word for time in front of such a name: hora de, waktu",
        "place_endings": "endings of adjectives that are made of a place's name, in front of zone_words",
        "zone_signs": "the same where it is written glued to the name",
        "local_time": "the word for local, in place of the name",
        "morning": "day periods of the first half of a day",
        "afternoon": "day periods of the second half",
        "noon": "day periods around noon, from 11 to 15",
        "night": "day periods from 18 to 5",
        "today": "today",
        "yesterday": "yesterday",
        "day_before_yesterday": "the day before yesterday",
        "tomorrow": "tomorrow",
        "ago": "ago",
        "minute_units": "minutes in a time that has passed",
        "hour_units": "hours in it",
        "day_units": "days in it",
        "week_units": "weeks in it",
        "month_units": "months in it",
        "year_units": "years in it",
        "one": "the word for one in it",
    }
)
# Words beside dates: read with them, and never looked for as phrases of a page.
BESIDE_DATES = (
    "months month_endings own_months month_affixes "
    "weekdays day_words month_words year_words ordinals date_joiners clock_words "
    "hour_signs minute_signs hours_alone clock_units beside_clock noon night "
    "zone_words zone_openings place_endings zone_signs local_time morning afternoon"
).split()
# Without these hardly a page of a source is read right: a test asks that each language of a seed has them.
NEEDED = (
    "published updated category_label tags_label author photo views share print related read_also comments source "
    "news_section not_found page today"
).split()
