"""What of an archived page is shown: a list of elements and attributes, and how each attribute is treated.

A list of what is allowed, since browsers learn new ways to fetch something with every year; what stands on no list is
left out, of an unknown element all but its content (HTML Standard, 4 and 16; SVG 2). Attribute names in lower case."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """How the value of an attribute is shown."""

    WORDS = auto()  # as it stands
    LINK = auto()  # an address that a reader may follow
    PICTURE = auto()  # an address that is fetched and shown as a picture; may be data:image
    FILE = auto()  # an address that is fetched
    SRCSET = auto()
    CSS = auto()
    LOCAL = auto()  # an address inside the page, or nothing


DROPPED = frozenset(  # with all that they hold
    "script object embed applet template base noembed portal fencedframe param animate "
    "animatetransform animatemotion animatecolor set foreignobject handler listener metadata math".split()
)
LITERAL = frozenset(("xmp", "plaintext", "listing"))  # shown as preformatted text
VOID = frozenset("area br col frame hr img input link meta source track wbr".split())

HTML = frozenset(
    "html head body title style link meta address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav "
    "section search blockquote dd div dl dt figcaption figure hr li menu ol p pre ul a abbr b bdi bdo br cite code "
    "data dfn em i kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr del ins img picture source "
    "audio video track iframe frameset frame map area caption col colgroup table tbody td tfoot th thead tr button "
    "datalist fieldset form input label legend meter optgroup option output progress select textarea details dialog "
    "summary acronym big center dir font nobr strike tt svg".split()
)
SVG = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath image a switch marker "
    "clippath mask pattern lineargradient radialgradient stop filter feblend fecolormatrix fecomponenttransfer "
    "fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca "
    "fefuncb fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset fepointlight "
    "fespecularlighting fespotlight fetile feturbulence".split()
)

_WORDS = frozenset(
    "class id lang dir title hidden role width height align valign bgcolor color face size border cellpadding "
    "cellspacing colspan rowspan headers scope span start reversed value type name for checked disabled selected "
    "placeholder rows cols maxlength min max low high optimum open controls loop muted datetime alt sizes media "
    "usemap coords shape label kind srclang default hreflang frameborder marginwidth marginheight scrolling clear "
    "noshade nowrap hspace vspace compact rules frame summary abbr multiple readonly required wrap text link vlink "
    "alink leftmargin topmargin char charoff axis".split()
)
_SVG_WORDS = frozenset(
    "class id lang role width height x y x1 x2 y1 y2 cx cy r rx ry d points viewbox preserveaspectratio transform "
    "fill-rule clip-rule fill-opacity opacity stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset stroke-opacity vector-effect version xmlns offset stop-color stop-opacity "
    "gradientunits gradienttransform spreadmethod fx fy fr patternunits patterncontentunits patterntransform "
    "clippathunits maskunits maskcontentunits markerunits markerwidth markerheight refx refy orient dx dy rotate "
    "textlength lengthadjust text-anchor dominant-baseline font-family font-size font-weight font-style "
    "letter-spacing display visibility overflow color in in2 result stddeviation values type mode operator k1 k2 k3 "
    "k4 order kernelmatrix divisor bias targetx targety edgemode surfacescale diffuseconstant specularconstant "
    "specularexponent azimuth elevation radius scale xchannelselector ychannelselector basefrequency numoctaves "
    "seed stitchtiles filterunits primitiveunits flood-color flood-opacity lighting-color tablevalues slope "
    "intercept amplitude exponent".split()
)
_SVG_CSS = frozenset(
    ("style", "fill", "stroke", "clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end")
)
_ADDRESSES = {
    ("a", "href"): Kind.LINK,
    ("area", "href"): Kind.LINK,
    ("link", "href"): Kind.FILE,
    ("img", "src"): Kind.PICTURE,
    ("img", "srcset"): Kind.SRCSET,
    ("source", "src"): Kind.FILE,
    ("source", "srcset"): Kind.SRCSET,
    ("video", "src"): Kind.FILE,
    ("video", "poster"): Kind.PICTURE,
    ("audio", "src"): Kind.FILE,
    ("track", "src"): Kind.FILE,
    ("iframe", "src"): Kind.FILE,
    ("frame", "src"): Kind.FILE,
    ("input", "src"): Kind.PICTURE,
    **{(tag, "background"): Kind.PICTURE for tag in ("body", "table", "tbody", "thead", "tfoot", "tr", "td", "th")},
}
_METAS = frozenset(("viewport", "color-scheme"))


def kind_of(tag: str, name: str, *, in_svg: bool) -> Kind | None:
    """How an attribute is shown; None when it is left out. Both names in lower case."""
    if in_svg:
        if name in ("href", "xlink:href"):
            return {"a": Kind.LINK, "image": Kind.PICTURE}.get(tag, Kind.LOCAL)
        if name in _SVG_CSS:
            return Kind.CSS
        return Kind.WORDS if name in _SVG_WORDS or _is_plain(name) else None
    if name == "style":
        return Kind.CSS
    if name in _WORDS or _is_plain(name) or (tag == "meta" and name == "content"):
        return Kind.WORDS
    return _ADDRESSES.get((tag, name))


def is_shown_meta(name: str) -> bool:
    """True for the `name` of a meta element that only tells how a page is laid out."""
    return name.strip().lower() in _METAS


def rel_shown(rel: str) -> str | None:
    """The one relation of a link element that is kept; None for a link that is left out."""
    said = rel.lower().split()
    return next((kept for kept in ("stylesheet", "icon") if kept in said and "alternate" not in said), None)


def _is_plain(name: str) -> bool:
    """True for names that style sheets and readers of screens may ask for, and nothing else does."""
    return name.startswith(("aria-", "data-")) and name.replace("-", "").isalnum() and name.isascii()
