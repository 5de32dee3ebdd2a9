"""What a page can say in place of an article, in whole headlines or lines of many languages: that there is no such
page, that the site is down, that a person, a password, a consent or a script is wanted, that it leads on, that it
searches.

A statement is the whole line, never a part of one: "404 villages got clean water" and "Access denied to three
polluters" are news."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.markup.dom import even

_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ’‘`´", "'"))
_LONGEST = 160  # characters of a line that can be one


def _lines(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(alternatives)})\W*", re.IGNORECASE)


_SORRY = (
    r"(?:(?:sorry|oops|ups|unfortunately|к сожалению|извините|простите|ой|kechirasiz|afsuski|кечирасиз|афсуски|"
    r"өкінішке орай|кешіріңіз|тилекке каршы|кечиресиз|мутаассифона|gynansakda|üzr istəyirik|üzgünüz|leider|désolé|"
    r"lo sentimos|desculpe|spiacenti|przepraszamy|на жаль|عذرا|عذراً|很抱歉|抱歉|对不起|申し訳ございません|"
    r"죄송합니다)\W+)?"
)
_OR = r"(?:\W+(?:or|или|либо|а возможно|yoki|ёки|немесе|же|ё|ýa-da|və ya|veya|oder|ou|o|lub|або|أو)\b.*|或.*)?"
_SOUGHT = (  # "that you are looking for"
    r"(?:(?: that| which)? you(?: are|'re| were)? (?:looking for|requested|asked for|trying to (?:open|reach|view))|"
    r",? котор\w+ вы (?:ищете|искали|запрашива\w+|запросили))?"
)
_NOUNS = (
    "page|document|article|news item|content|file|resource|"
    "страниц\\w*|документ\\w*|новост\\w*|материал\\w*|запис\\w*|стать\\w*|сторінк\\w*|старонк\\w*"
)
_FAULT = (
    "error|ошибка|xato(?:lik)?|хато(?:лик)?|қате|ката|хатогӣ|ýalňyşlyk|xəta|səhv|hata|fehler|erreur|errore?|błąd|"
    "помилка"
)

NOT_FOUND = _lines(
    rf"(?:{_FAULT})?\W*(?:404|410)(?:\W+(?:{_FAULT}|not found|gone|page|file or directory not found))*",
    rf"(?:404|410)\W+{_SORRY}(?P<same>.{{4,60}})",  # a number and one of the lines below: see `_is`
    rf"{_SORRY}(?:the |this |that |such |your )*(?:requested )?(?:{_NOUNS}|url){_SOUGHT}(?: (?:was|is|has been|"
    rf"have been|"
    rf"could|can|does|do|cannot|can't|couldn't|wasn't|isn't|doesn't|no|not|longer|be|been))* (?:found|exist(?:s|ing)?|"
    rf"available|removed|deleted|missing|unavailable)(?: on this (?:server|site))?{_OR}",
    r"(?:we )?(?:can't|cannot|can not|couldn't|could not) find (?:the|that|this) page.*",
    r"not found|nothing (?:was )?found|there is no such page|no such page|that page can't be found",
    rf"{_SORRY}(?:так\w+ |эт\w+ |данн\w+ |запра?шиваем\w+ |искомая |вами |указанн\w+ )*(?:вами )?(?:{_NOUNS}){_SOUGHT} "
    rf"(?:(?:на сайте |больше |была? |были |не )*)(?:не ?)?(?:найден\w*|существует|удал[её]н\w*|нет|доступ\w+|"
    rf"знайден\w*|існує|знойдзен\w*)(?: на сайте| на сервере)?{_OR}",
    rf"{_SORRY}(?:нет так(?:ой|ого)|не найден\w*) (?:{_NOUNS})|ничего не найдено",
    rf"{_SORRY}(?:(?:so'ralgan|izlayotgan|siz|qidirayotgan|izlagan|bunday|ushbu) )*(?:sahifa|hujjat|xabar|"
    rf"maqola)(?:ngiz)? "
    rf"(?:topilmadi|mavjud emas|o'chirilgan){_OR}",
    rf"{_SORRY}(?:(?:сўралган|излаётган|сиз|қидираётган|излаган|бундай|ушбу) )*(?:саҳифа|ҳужжат|хабар|мақола)(?:нгиз)? "
    rf"(?:топилмади|мавжуд эмас|ўчирилган){_OR}",
    rf"{_SORRY}(?:(?:сіз|іздеген|сұратылған|мұндай) )*(?:бет|парақ|парақша|құжат)(?:іңіз|ша)? (?:табылмады|жоқ|"
    rf"жойылған){_OR}",
    rf"{_SORRY}(?:(?:сиз|издеген|мындай) )*(?:барак|баракча|бет|документ)(?:ыңыз)? (?:табылган жок|табылбады|жок|"
    rf"өчүрүлгөн){_OR}",
    rf"{_SORRY}(?:(?:siz|izlegen|bunday) )*(?:bet|betıńiz|hújjet|saxıpa) (?:tabılmadı|tabilmadi|joq){_OR}",
    rf"{_SORRY}(?:(?:сиз|излеген|бундай) )*(?:бет|саҳыпа|ҳүжжет) (?:табылмады|жоқ){_OR}",
    rf"{_SORRY}(?:саҳифа|саҳифаи (?:дархостшуда|дархостӣ|ҷустуҷӯшуда)|ҳуҷҷат) (?:ёфт нашуд|пайдо нашуд|"
    rf"вуҷуд надорад){_OR}",
    rf"{_SORRY}(?:(?:siziň|gözleýän) )*(?:sahypa(?:ňyz)?|resminama) (?:tapylmady|ýok){_OR}",
    rf"{_SORRY}(?:(?:axtardığınız|belə|istədiyiniz) )*səhifə(?:niz)? (?:tapılmadı|mövcud deyil){_OR}",
    rf"{_SORRY}(?:(?:aradığınız|istediğiniz|böyle bir) )*(?:sayfa|içerik) (?:bulunamadı|mevcut değil|"
    rf"bulunmamaktadır){_OR}",
    rf"{_SORRY}(?:die (?:gewünschte |angeforderte |gesuchte )?)?(?:seite|datei) (?:wurde |konnte |"
    rf"ist )?(?:leider )?nicht "
    rf"(?:gefunden|vorhanden|verfügbar|gefunden werden){_OR}",
    rf"{_SORRY}(?:la |cette )?(?:page|ressource)(?: demandée| recherchée| que vous (?:cherchez|recherchez|demandez))? "
    rf"(?:non trouvée|introuvable|n'existe (?:pas|plus)|n'a pas été trouvée|est introuvable|"
    rf"n'a pas pu être trouvée){_OR}",
    rf"{_SORRY}(?:la )?página(?: solicitada| que busca| que buscas)? (?:no encontrada|no existe|no se ha encontrado|"
    rf"no fue encontrada|no disponible){_OR}",
    rf"{_SORRY}(?:a )?página(?: solicitada| que procura)? (?:não (?:foi )?encontrada|não existe){_OR}",
    rf"{_SORRY}(?:la )?pagina(?: richiesta| cercata)? (?:non (?:è stata )?trovata|non esiste|inesistente){_OR}",
    rf"{_SORRY}(?:(?:de )?pagina(?: is)? niet gevonden|nie znaleziono strony|strona nie (?:została znaleziona|"
    rf"istnieje)|"
    rf"stránka (?:nebyla nalezena|nenalezena|sa nenašla)|pagina nu (?:a fost găsită|există)|"
    rf"страницата не е намерена|страница није пронађена|stranica nije pronađena|η σελίδα δεν βρέθηκε|"
    rf"sidan (?:kunde inte hittas|hittades inte)|siden (?:ble ikke funnet|blev ikke fundet|finnes ikke)|"
    rf"sivua ei löyt(?:ynyt|ydy)|lehekülge ei leitud|lapa nav atrasta|puslapis nerastas|az oldal nem található|"
    rf"хуудас олдсонгүй|გვერდი ვერ მოიძებნა|էջը չի գտնվել|không tìm thấy trang|halaman tidak ditemukan){_OR}",
    rf"{_SORRY}(?:لم يتم العثور على الصفحة|الصفحة(?: (?:التي تبحث عنها|المطلوبة))? غير موجودة|"
    rf"صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|"
    rf"पृष्ठ नहीं मिला|हमें यह पृष्ठ नहीं मिला){_OR}",
    rf"{_SORRY}您?(?:所?(?:访问|查找|请求)的)?(?:页面|网页|内容)(?:不存在|未找到|找不到|无法找到|已被删除){_OR}",
    r"(?:お探しの)?(?:ページ|記事)(?:は|が)?(?:見つかりません(?:でした)?|存在しません)|"
    r"(?:요청하신 )?페이지를 찾을 수 없습니다",
)  # fmt: skip
DOWN = _lines(
    rf"(?:{_FAULT}|http)?\W*50[0-4](?:\W+(?:{_FAULT}|-|bad gateway|(?:internal )?server error|"
    r"service (?:temporarily )?unavailable|gateway time-?out))*",
    r"bad gateway|(?:internal )?server error(?: in '.*' application)?|service (?:is )?(?:temporarily )?unavailable",
    r"gateway time-?out|runtime error|database error|error establishing a database connection|fatal error.*|"
    r"application error.*|(?:an )?(?:unexpected )?error (?:has )?occurred|something went wrong",
    r"(?:внутренняя )?ошибка (?:сервера|приложения|подключения к базе данных)|произошла ошибка|"
    r"server(?:da)? xato(?:si|ligi|lik)?|серверда хатолик",
    r"(?:the )?(?:site|website|portal|page)? ?(?:is )?(?:currently |temporarily )?(?:under|down for|"
    r"in)? ?(?:scheduled |"
    r"planned )?maintenance(?: mode| in progress)?|(?:we'll|we will) be (?:right )?back(?: soon)?|"
    r"(?:site )?under construction|coming soon",
    r"(?:на (?:сайте|портале) )?(?:ведутся|проводятся|идут) (?:технические|профилактические|регламентные) работы"
    r"(?: на (?:сайте|портале))?|технические работы|технический перерыв|техническое обслуживание",
    r"сайт (?:временно )?(?:закрыт|отключ[её]н|недоступен|на реконструкции|в разработке)"
    r"(?: на (?:техническое обслуживание|реконструкцию|обслуживание))?|сервис временно недоступен",
    r"(?:saytda |saytimizda )?texnik ishlar(?: olib borilmoqda| ketmoqda)?|sayt (?:vaqtincha|"
    r"vaqtinchalik) ishlamayapti|"
    r"(?:сайтда )?техник ишлар(?: олиб борилмоқда)?|(?:сайтта )?техникалық жұмыстар(?: жүргізілуде| жүріп жатыр)?|"
    r"(?:сайтта )?техникалык иштер(?: жүрүп жатат)?|корҳои техникӣ|(?:saytda )?texniki işlər(?: aparılır)?",
    r"wartungs(?:arbeiten|modus)|(?:die )?(?:seite|website) wird gewartet|(?:site |maintenance )en (?:maintenance|"
    r"cours)|"
    r"(?:sitio )?en mantenimiento|(?:site )?em manutenção|in manutenzione|bakım (?:çalışması|modu)|系统维护中?|"
    r"メンテナンス中",
)  # fmt: skip
ASKS_FOR_PERSON = _lines(
    r"(?:just|one|only) a? ?moment(?: please)?|please wait|checking your browser(?: before accessing .*)?|"
    r"attention required|(?:please )?(?:verify|confirm)(?:ing)?(?: that)? you(?:'re| are)(?: a| not a)? (?:human|"
    r"robot|bot).*|"
    r"are you(?: a| not a)? (?:human|robot)|i am not a robot|(?:security|robot|browser|bot) (?:check|verification)|"
    r"human verification|(?:re)?captcha|pardon our interruption|ddos[- ]guard|ddos protection by .*",
    r"access (?:is |to this (?:page|site) (?:is|has been) )?(?:denied|blocked|forbidden)|(?:http |"
    r"error )?40[13](?:\W+(?:forbidden|"
    r"unauthorized|access denied|authorization required|error))*|forbidden|unauthorized|error 10\d\d|"
    r"(?:the )?request(?:ed url)? (?:was |has been )?(?:rejected|blocked).*|(?:sorry, )?you have been blocked",
    r"один момент|подождите(?: пожалуйста)?|проверка (?:браузера|безопасности|вашего браузера)|капча|"
    r"(?:подтвердите,? что )?вы (?:не робот|человек)|я не робот|(?:ошибка 403\W+)?доступ (?:к (?:сайту|ресурсу|"
    r"странице) )?"
    r"(?:запрещ[её]н|ограничен|заблокирован)|(?:ваш )?запрос (?:был )?(?:заблокирован|отклон[её]н)",
    r"bir (?:lahza|daqiqa|dakika)(?: kuting| lütfen)?|kirish (?:taqiqlangan|cheklangan)|"
    r"robot emasligingizni tasdiqlang|"
    r"кириш (?:тақиқланган|чекланган)|кіруге тыйым салынған|einen moment,?(?: bitte)?|zugriff verweigert|"
    r"un (?:instant|momento?)(?: por favor)?|accès (?:refusé|interdit)|acceso denegado|acesso negado|accesso negato|"
    r"erişim engellendi|доступ заборонено|请稍候|安全验证|访问被拒绝|しばらくお待ちください|접근이 거부되었습니다",
)  # fmt: skip
ASKS_FOR_PASSWORD = _lines(
    r"(?:please )?(?:log|sign)[- ]?in(?: required)?|login(?: required| page)?|authori[sz]ation|"
    r"authentication(?: required)?|members only|user (?:login|account)|авторизация|вход(?: на сайт| в систему|"
    r" в личный кабинет|"
    r" для пользователей)?|войти|(?:tizimga )?kirish|(?:тизимга )?кириш|(?:жүйеге )?кіру|(?:тутумга )?кирүү|"
    r"воридшавӣ|вуруд|"
    r"içeri gir|giriş(?: yap)?|anmelden|anmeldung|(?:se )?connexion|se connecter|iniciar sesión|acceso|entrar|"
    r"iniciar sessão|"
    r"accedi|logowanie|zaloguj się|вхід|увійти|تسجيل الدخول|登录|ログイン|로그인",
)  # fmt: skip
ASKS_FOR_CONSENT = _lines(
    r"(?:we )?(?:value|respect|care about) your privacy|your privacy(?: matters| choices)?|"
    r"before you continue(?: to .*)?|"
    r"cookies?(?: (?:consent|settings|preferences|notice|policy))?|(?:privacy|consent) (?:settings|preferences)|"
    r"datenschutz-?einstellungen|wir (?:schätzen|respektieren) ihre privatsphäre|(?:nous )?respectons votre vie privée|"
    r"(?:настройки|файлы|использование) cookie\w*|(?:настройки )?конфиденциальност[ьи]|tu privacidad nos importa",
)  # fmt: skip
LEADS_ON = _lines(
    r"(?:you are being )?redirect(?:ing|ed|ion)?(?: to .{1,60}| page| notice)?|object moved|document has moved|"
    r"(?:30[1278]\W+)?(?:moved (?:permanently|temporarily)|found)|перенаправление|переадресация|"
    r"yo'naltirilmoqda|йўналтирилмоқда|qayta yo'naltirish|weiterleitung|redirection(?: en cours)?|redirigiendo|"
    r"yönlendiriliyor",
)  # fmt: skip
SEARCHES = _lines(
    r"(?:site |advanced )?search(?: results?(?:\W.*)?| page)?|results? (?:of|for) (?:the |your )?search.*|"
    r"you searched for.*|"
    r"(?:расширенный )?поиск(?: по (?:сайту|порталу))?|результат\w* поиска.*|вы искали.*|"
    r"(?:saytdan |sayt bo'yicha )?qidir(?:uv|ish)(?: natija\w*.*)?|(?:сайтдан )?қидир(?:ув|иш)(?: натижа\w*.*)?|"
    r"izle[wý](?: nátiyje\w*.*)?|іздеу(?: нәтиже\w*.*)?|издөө(?: (?:натыйжа|жыйынтык)\w*.*)?|ҷустуҷӯ|"
    r"натиҷаҳои ҷустуҷӯ.*|"
    r"gözleg(?: netije\w*.*)?|axtarış(?: nəticə\w*.*)?|arama(?: sonuç\w*.*)?|suche|suchergebnis\w*.*|recherche|"
    r"résultats? de (?:la |votre )?recherche.*|búsqueda|resultados de (?:la )?búsqueda.*|pesquisa|"
    r"resultados d[ae] (?:pesquisa|busca).*|ricerca|risultati (?:della )?ricerca.*|wyszukiwanie|wyniki wyszukiwania.*|"
    r"пошук|результати пошуку.*|نتائج البحث.*|البحث|搜索(?:结果.*)?|検索(?:結果.*)?|검색(?: ?결과.*)?",
)  # fmt: skip
WANTS_SCRIPT = re.compile(
    r"(?:enable|turn on|activate|requires?|support|without|включ\w+|разреш\w+|отключ\w+|поддержива\w+|yoq\w+|ёқ\w+|"
    r"қосы\w+|"
    r"aktivier\w+|activ\w+|habilit\w+|abilita\w*|włącz\w*|etkinleştir\w*|disabled|required|启用|"
    r"有効)\b.{0,60}java ?script|"
    r"java ?script\w*.{0,40}(?:enabled?|disabled|required|turned off|is off|включ\w+|отключ\w+|yoq\w+|ёқ\w+|қосы\w+|"
    r"aktivier\w+|activ\w+|habilit\w+|abilita\w*|włącz\w*|etkinleştir\w*|启用|有効)",
    re.IGNORECASE,
)


def says(statement: re.Pattern[str], lines: Iterable[str]) -> str | None:
    """The first line that is such a statement and nothing else, or None."""
    return next((line for line in lines if _is(statement, line)), None)


def _is(statement: re.Pattern[str], line: str) -> bool:
    if not line or len(line) > _LONGEST:
        return False
    found = statement.fullmatch(even(line).translate(_APOSTROPHES))
    rest = (found.groupdict().get("same") if found else None) or ""
    return found is not None and (not rest or (rest != line and _is(statement, rest)))
