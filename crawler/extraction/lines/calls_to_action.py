"""Lines behind a text that ask something of its readers, or close the page: to subscribe, to pay, to write, to comment;
notices of rights."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.lines.boilerplate_phrases import LABEL
from crawler.extraction.markup.dom import small

# What asks something of the reader, or closes the page, behind a text.
_CLOSING = re.compile(
    r"^\W*(?:.{0,80}\bnewsletter\b.*|.{0,120}\b(?:subscribe (?:now|to|today|for)|sign up (?:for|to|now))\b.*|"
    r"log ?in (?:or|to)\b.*|abonnieren sie.*|abonnez-vous.*|suscr[ií]b[ae].*|iscriviti.*|abone ol.*|"
    r".{0,60}(?:подписывайтесь|подпишитесь)\b.*|.{0,60}obuna bo[ʻ'‘’`]?ling.*|.{0,60}обуна бўлинг.*|"
    r".{0,60}(?:арна|канал|парақша|баракча)\w* (?:жазылыңыз|катталыңыз).*|.{0,60}обуна шавед.*|.{0,60}agza boluň.*|"
    r".{0,60}abunə olun.*|.{0,60}takip edin.*|.{0,60}bülten\w* (?:abone|kaydol).*|"
    r"(?:folgen sie uns|suivez[- ]nous|s[ií]ganos|síguenos|siga-nos|seguici|volg ons|bizi takip|obserwuj nas)\b.*|"
    r".{0,30}(?:hinweise|écrivez[- ]nous|escr[ií]banos|write to us|send us a tip|bize yazın|пишите нам)\b.{0,30}\S@\S+|"
    r".{0,40}(?:inscri(?:vez|ba)|suscr[ií]b)\w*[- ].{0,30}(?:bolet[ií]n|lettre|infolettre)\b.*|.{0,60}підписуйтесь.*|"
    r"izoh qoldirish|изоҳ қолдириш|пікір (?:қалдыру|жазу)|пикир калтыруу|(?:оставить|добавить|написать) комментарий|"
    r"фикр билдириш|fikr bildirish|шарҳ гузоштан|yorum yap|şərh yaz|"
    r".*\b(?:all rights reserved|alle rechte vorbehalten|все права защищены|tous droits réservés|"
    r"todos los derechos reservados|tutti i diritti riservati|barcha huquqlar himoyalangan)\b.*|copyright\b.*|©.*|"
    r"(?:leave|post|write|add) a (?:comment|reply)|comments?|kommentare?(?: abgeben| schreiben)?|комментарии|izohlar|"
    r"commentaires|comentarios|follow (?:us|him|her|me|them|\w+ \w+) on\b.*|"
    r".{0,80}\b(?:to (?:continue|keep|go on) reading|to read the (?:full|whole|rest)|already a subscriber)\b.*|"
    r".{0,90}réservée? aux abonnés\W*|il vous reste .{1,20} à lire.*|.{0,80}(?:para|per|pour) (?:seguir leyendo|"
    r"continuare a leggere|continuar lendo|lire la suite)\b.*|.{0,40}\bweiterlesen\b.{0,40}|"
    r"(?:wenn|falls) (?:ihnen|dir) (?:unser|dieser|der) (?:artikel|beitrag|text) gefallen hat.*|"
    r"(?:unterstützen sie|unterstütze) (?:uns|unsere|diese form)\b.*|"
    r"support (?:us|our (?:work|journalism|reporting))\b.*|"
    r"donate (?:now|today)\b.*|soutenez[- ](?:nous|notre)\b.*|поддержите (?:нас|редакцию|проект)\b.*|"
    r".{0,200}\b(?:we may (?:receive|earn)|earns? (?:an? )?(?:affiliate )?commission)\b.*|"
    r".{0,160}\b(?:inhalte dieser (?:web)?s(?:ei|i)te|content on this (?:web)?site|contenus? de ce site|"
    r"использовани\w+ материалов сайта)\b.*|"
    r".{0,30}(?:puede escribirnos|you can (?:write to|reach|contact) us|schreiben sie uns)\b.{0,80}@.*|"
    r".{0,60}чтобы (?:читать|прочитать) (?:дальше|полностью).*|.{0,40}devamını okumak için.*|"
    r"(?:like this story|enjoyed this (?:article|story)|for more stories like this)\b.*|"
    r".{0,60}(?:send us your (?:feedback|comments)|senden sie uns ihr feedback|get in touch with (?:us|our team)).*|"
    r".{0,20}(?:was|is|did) (?:this (?:page|article|information)|you find) .{0,30}(?:useful|helpful|looking for)|"
    r"была ли .{0,30}полезн\w+.*|war diese seite hilfreich|cette page vous a-t-elle .{0,20}|"
    r"(?:esta página foi útil|te (?:fue|ha sido) útil|fue útil esta) .{0,30}|.{0,30}役に立ちましたか|"
    r"هل (?:استفدت|كانت).{0,60}|"
    r"(?:haben sie einen )?fehler (?:gefunden|entdeckt).*|нашли ошибку.*|.*\bctrl\s*\+\s*enter\b.*|"
    r"责任编辑\s*[：:].*|责编\s*[：:].*|"
    r"(?:additional )?reporting by\b.*|tell us what you think|what do you think|©.*)\W*$|"
    r"^\S+@\S+\.\w{2,}$|^(?:https?://)?(?:www\.)?(?:twitter|x|facebook|t|instagram)\.(?:com|me)/\S+$",
)
# Of these, what stands behind all of the text, or over what readers wrote.
_LAST = re.compile(
    r"^\W*(?:(?:leave|post|write|add) a (?:comment|reply)|comments?|kommentare?(?: abgeben| schreiben)?|комментарии|"
    r"izohlar|izoh qoldirish|изоҳ қолдириш|пікір (?:қалдыру|жазу)|пикир калтыруу|"
    r"(?:оставить|добавить|написать) комментарий|фикр билдириш|fikr bildirish|шарҳ гузоштан|yorum yap|şərh yaz|"
    r"commentaires|comentarios|copyright\b.*|©.*|.*\b(?:rights reserved|rechte vorbehalten|права защищены|"
    r"droits réservés|derechos reservados|diritti riservati|huquqlar himoyalangan)\b.*)\W*$",
)


_CREDIT = re.compile(r"^\W*(?:©|copyright|(?:additional )?reporting by)")


@lru_cache(maxsize=4096)
def is_closing(line: str) -> bool:
    """True for invitations, notices of rights and labels over comments."""
    return len(line) <= 300 and bool(_CLOSING.match(small(line)))


def is_invitation(line: str) -> bool:
    """True for these save credits and notices of rights, which belong to an article wherever they stand."""
    return is_closing(line) and _CREDIT.match(small(line)) is None


def ends_page(line: str) -> bool:
    """True for labels over comments and notices of rights, behind which no text goes on."""
    return len(line) <= LABEL and bool(_LAST.match(small(line)))
