"""A page as flat arrays: what is a line, what stays apart from the words beside it, what a walk costs."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.extraction.markup.dom import even
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.parse import TooDeep, parse_html
from crawler.model import Reason, Rejection


def tree_of(inside: str) -> FlatTree:
    root = parse_html(f"<html><body>{inside}</body></html>")
    assert root is not None
    return flatten(root)


def lines(inside: str) -> list[str]:
    tree = tree_of(inside)
    return [even("".join(tree.pieces[first:last])) for _, first, last, _, _ in tree.lines]


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("<p>since 2019<sup>1</sup></p>", "since 2019¹"),
        ("<p>40<a href=#n><sup>2</sup></a> million</p>", "40² million"),
        ("<p>340 km<sup>2</sup></p>", "340 km²"),
        ("<p>١٢<sup>٣</sup></p>", "١٢³"),
        ("<p>the 12<sup>th</sup> of May</p>", "the 12th of May"),
        ("<p>CO<sub>2</sub></p>", "CO2"),
        ("<p>2019<sub>1</sub></p>", "2019₁"),
        ("<p>costs <del>4</del><ins>5</ins> million</p>", "costs 5 million"),
        ("<p><ruby>揚水場<rt>ようすいじょう</rt></ruby>の工事</p>", "揚水場（ようすいじょう）の工事"),
        ("<p><ruby>集落<rp>（</rp><rt>しゅうらく</rt><rp>）</rp></ruby>へ</p>", "集落（しゅうらく）へ"),
        ("<p>She said <q>yes</q> and <code>a@b.example</code></p>", "She said yes and a@b.example"),
        ("<p><span style='x'>Mini</span><span style='x'>stry</span></p>", "Ministry"),
        ("<h1><span class=a>Water for</span><span class=b>the north</span></h1>", "Water for the north"),
        ("<div><span>Start</span><span>May 2026</span></div>", "Start May 2026"),
        ("<h2><span class=c>W</span><span class=c>a</span></h2>", "Wa"),
        ("<div><a href=/a>Home</a><a href=/b>News</a></div>", "Home News"),
    ],
)
def test_a_line_keeps_apart_what_is_apart(inside: str, line: str) -> None:
    assert lines(inside) == [line]


def test_what_a_style_shows_as_a_line_is_one() -> None:
    assert lines("<div><span style='display: block'>One.</span><span style='display:block'>Two.</span></div>") == [
        "One.",
        "Two.",
    ]


def test_sizes_links_and_texts_are_those_of_the_elements() -> None:
    tree = tree_of("<div>One <a href=/x>two</a><p>three</p></div> <script>no</script>")
    div = tree.tags.index("div")
    assert (tree.sizes[div], tree.linked[div], tree.text(div)) == (11, 3, "One two three")
    assert tree.tags[div + 1 : tree.ends[div]] == ["a", "p"]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "a", "ul><li", "article"])
def test_a_deep_page_is_read_whole_and_holds_each_word_once(tag: str) -> None:
    tree = tree_of(f"<{tag}>" * (2_000 // (1 + tag.count("><"))) + "<p>The article.</p>")
    assert [piece for piece in tree.pieces if piece.strip()] == ["The article."]
    assert len(tree.lines) == 1


def test_a_page_that_the_parser_would_cut_is_told_as_such() -> None:
    with pytest.raises(TooDeep):
        tree_of("<div>" * 3_000 + "<p>The article.</p>")
    record = extract(b"<h1>A title</h1>" + b"<div>" * 3_000 + b"<p>The article.</p><footer>Foot", "https://a.example/1")
    assert isinstance(record, Rejection)
    assert record.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><body>menu</body></html><h1>Title</h1><p>Text.</p>", ["menu", "Title", "Text."]),
        ("<html><body>a</body></html><html><head><title>t</title></head><body><p>b</body></html>", ["a", "b"]),
        ("<html><body><x-a><template shadowrootmode=open><p>Text.</p></template></x-a>", ["Text."]),
        ("<html><body><template><p>Never shown.</p></template><p>Text.</p>", ["Text."]),
        ("<html><body><h3><button>Who pays?</button></h3><div hidden><p>All.</p></div>", ["Who pays?", "All."]),
        ("<html><body><div><button>Who?</button><div><p>All.</p></div></div>", ["Who?", "All."]),
        ("<html><body><p>Ask for a <button>permit</button> first.</p>", ["Ask for a permit first."]),
        ("<html><body><p>We use cookies. <button>Accept</button></p>", ["We use cookies."]),
        ("<html><body><form><button>Find</button><div><p>Help.</p></div></form>", ["Help."]),
    ],
)
def test_what_a_browser_shows_is_read(page: str, words: list[str]) -> None:
    root = parse_html(page)
    assert root is not None
    tree = flatten(root)
    assert [even("".join(tree.pieces[first:last])) for _, first, last, _, _ in tree.lines] == words


def test_what_stands_in_marked_elements_is_found_as_by_asking_each_for_those_around_it() -> None:
    tree = tree_of("<div><h1>A <b>b</b></h1><p>c</p></div><h2><i>d <u>e</u></i></h2><script>f</script><p>g</p>")
    for wanted in ({0}, set(tree.tagged("h1")), {*tree.tagged("h2"), *tree.tagged("u")}, set[int]()):
        slow = [number in wanted or not wanted.isdisjoint(tree.around(number)) for number in range(len(tree.tags))]
        assert tree.marked(wanted) == slow


@pytest.mark.parametrize(
    "inside",
    [
        "<fieldset><legend>One</legend>Two</fieldset>",
        "<hgroup>One</hgroup>Two",
        "One<search>Two</search>",
        "<dir>One</dir>Two",
    ],
)
def test_what_browsers_show_as_a_block_is_a_line_of_its_own(inside: str) -> None:
    assert lines(inside) == ["One", "Two"]


def test_the_smallest_element_that_holds_two() -> None:
    tree = tree_of("<main><div><h1>a</h1><p>b</p></div><p>c</p></main><footer>d</footer>")
    h1, first, second, footer = (tree.tagged("h1")[0], *tree.tagged("p"), tree.tagged("footer")[0])
    assert tree.tags[tree.shared(h1, first)] == tree.tags[tree.shared(first, h1)] == "div"
    assert tree.tags[tree.shared(h1, second)] == "main"
    assert tree.tags[tree.shared(second, footer)] == "body"
    assert tree.shared(h1, h1) == h1
    assert tree.shared(tree.tagged("div")[0], h1) == tree.tagged("div")[0]
