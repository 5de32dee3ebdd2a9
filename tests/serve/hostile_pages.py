"""Pages that try to reach something outside of the archive. CANARY stands for host and port of an address that nobody
may ask, NAME for a name that nobody may look up."""

from __future__ import annotations

_SVG = 'xmlns="http://www.w3.org/2000/svg"'
HOSTILE = {
    "links": '<link rel=dns-prefetch href=//NAME><link rel=preconnect href=//CANARY><link rel="stylesheet preconnect" '
    'href=http://CANARY/a.css><link rel=prefetch href=http://CANARY/b><link rel=modulepreload href=http://CANARY/c.js>'
    '<link rel=manifest href=http://CANARY/d><link rel=icon href=http://CANARY/e.ico><link rel=prerender '
    "href=http://CANARY/f><link rel=preload as=image imagesrcset='http://CANARY/g 1x'><link rel=preload as=style "
    "href=http://CANARY/h><link rel=alternate type=application/rss+xml href=http://NAME/feed>",
    "pictures": "<img src=http://CANARY/a><img srcset='http://CANARY/b 1x, http://CANARY/c 2x'><picture><source "
    "srcset=http://CANARY/d><img src=data:,></picture><video poster=http://CANARY/e src=http://CANARY/f autoplay>"
    "</video><audio src=http://CANARY/g autoplay></audio><input type=image src=http://CANARY/h><table "
    "background=http://CANARY/i><tr><td background=http://CANARY/j>x</table><img lowsrc=http://CANARY/k "
    "attributionsrc=http://CANARY/l src=/x><image src=http://CANARY/m /><body background=http://CANARY/n>",
    "frames": "<iframe src=http://CANARY/a></iframe><iframe srcdoc='<img src=http://CANARY/b>'></iframe><object "
    "data=http://CANARY/c></object><embed src=http://CANARY/d><applet code=x codebase=http://CANARY/e></applet>"
    "<portal src=http://CANARY/f></portal><fencedframe src=http://CANARY/g></fencedframe><iframe "
    "src='javascript:fetch(\"http://CANARY/h\")'></iframe><iframe src='data:text/html,<img src=http://CANARY/i>'></iframe>",
    "frameset": "<frameset><frame src=http://CANARY/a></frameset>",
    "styles": "<style>@import 'http://CANARY/a';@import url(http://CANARY/b);@im\\70ort url(http://CANARY/c);"
    "p{background:url(http://CANARY/d)}p::before{content:\\75 rl('http://CANARY/e')}h1{background:image-set("
    "'http://CANARY/f' 1x, url( http://CANARY/g ) 2x)}h2{background:-webkit-image-set(url(http://CANARY/h) 1x)}"
    "@font-face{font-family:f;src:url(http://CANARY/i)}*{font-family:f}h3{cursor:url(http://CANARY/j),auto}"
    "h4{background:url(http://CANARY/k</style><p style='background:u\\72l(http://CANARY/l)'>x<h1>x</h1><h2>x</h2>"
    "<h3 style='list-style:url(\"http://CANARY/m'>x</h3><h4>x</h4>",
    "svg": f"<svg {_SVG} xmlns:xlink=http://www.w3.org/1999/xlink><image href=http://CANARY/a width=9 height=9 /><image "
    "xlink:href=http://CANARY/b width=9 height=9 /><use href=http://CANARY/c#x /><filter id=f><feImage "
    "href=http://CANARY/d /></filter><rect filter=url(#f) width=9 height=9 fill='url(http://CANARY/e#x)' "
    "mask='url(http://CANARY/f)' /><style>rect{fill:url(http://CANARY/g#x)}@import 'http://CANARY/h';</style>"
    "<style><link rel=preconnect href=http://CANARY></style><image width=9 height=9><animate attributeName=href "
    "to=http://CANARY/i /><set attributeName=href to=http://CANARY/j /></image><foreignObject><img "
    "src=http://CANARY/k></foreignObject><script href=http://CANARY/l></script><text>x</text></svg>",
    "mathml": "<math><style><img src=http://CANARY/a></style><mtext><style><link rel=stylesheet href=http://CANARY/b>"
    "</style></mtext><maction actiontype=statusline xlink:href=http://CANARY/c>x</maction><annotation-xml "
    "encoding=text/html><img src=http://CANARY/d></annotation-xml></math>",
    "confusion": "<!--><img src=http://CANARY/a>--><!-- --!><img src=http://CANARY/b>--><select><style></select><img "
    "src=http://CANARY/c></style></select><noscript><p title='</noscript><img src=http://CANARY/d>'></noscript><xmp><img "
    "src=http://CANARY/e></xmp><noembed><p title='</noembed><img src=http://CANARY/f>'></noembed><textarea><p "
    "title='</textarea><img src=http://CANARY/g>'></textarea><title><p title='</title><img src=http://CANARY/h>'></title>"
    "<![CDATA[><img src=http://CANARY/i>]]><? ><img src=http://CANARY/j> ?><svg><title><style><a id='</title><img "
    "src=http://CANARY/k>'></style></title></svg><svg></p><style><a id='</style><img src=http://CANARY/l>'></style>"
    "<template><img src=http://CANARY/m></template><div><template shadowrootmode=open><img src=http://CANARY/n>"
    "</template></div><math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=http://CANARY/o&gt;'>"
    "<style>/*</style><style>*/@import 'http://CANARY/p';</style>",
    "orders": "<meta http-equiv=refresh content='0;url=http://CANARY/a'><base href=http://CANARY/><img src=b><meta "
    "http-equiv=Link content='<http://CANARY>; rel=preconnect'><meta http-equiv=Accept-CH content=x><meta "
    "http-equiv=origin-trial content=x><script src=http://CANARY/c></script><script type=speculationrules>"
    '{"prefetch":[{"urls":["http://CANARY/d"]}]}</script><script type=importmap>{"imports":{"a":"http://CANARY/e"}}'
    "</script><body onload=\"fetch('http://CANARY/f')\"><img src=x onerror=\"new Image().src='http://CANARY/g'\">"
    "<form action=http://CANARY/h id=f><input autofocus onfocus=f.submit()></form><a ping=http://CANARY/i "
    "href=http://NAME/>x</a><a href=http://NAME/ rel=preconnect>y</a><html manifest=http://CANARY/j>",
}  # fmt: skip
