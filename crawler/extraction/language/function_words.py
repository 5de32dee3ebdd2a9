"""Small words by which a reader knows a language at sight: conjunctions, pronouns, forms of "to be", words of every
page. Written for this project from the languages' grammars; counted from no corpus."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "ru": (
        "и в во на не что с со по к ко из за от до для при о об это эта этот как его её их или но также был была "
        "было были будет будут который которая которые после между более года году лет если уже ещё только может "
        "можно мы он она они все всех где здесь сегодня нет есть спасибо себя свой"
    ),
    "uk": (
        "і й в у на не що з зі із та до для при про це ця цей як його її їх або але також був була було були буде "
        "будуть який яка які після між більше року років рік якщо вже ще тільки може можна ми він вона вони всі де "
        "тут сьогодні немає є за від по дякую свій"
    ),
    "be": (
        "і у ў на не што з са да для пры пра аб гэта гэты як яго яе іх або але таксама быў была было былі будзе "
        "які якая якія пасля паміж больш года годзе гадоў калі ужо ўжо яшчэ толькі можа можна мы ён яна яны усе "
        "дзе тут сёння няма ёсць за ад па дзякуй свой"
    ),
    "bg": (
        "и в във на не че с със по към из за от до при това тази този как го му им или но също е беше са бяха ще "
        "който която които след между повече година години ако вече още само може се да бе ли си ни ние той тя те "
        "всички къде тук днес няма има благодаря"
    ),
    "mk": (
        "и во на не дека со по кон за од до при тоа оваа овој како го му им или но исто е беше се беа ќе кој која "
        "кои меѓу повеќе година години ако веќе уште само може да ги ја ли ни си ние тој таа тие сите каде тука "
        "денес нема има благодарам сум"
    ),
    "sr": (
        "и у на не да са по ка из за од до при то ова овај као како га му им или али такође је био била било били "
        "биле ће који која које после између више година године ако већ још само може се су ми он она они сви где "
        "овде данас нема има хвала"
    ),
    "kk": (
        "және мен бен пен үшін туралы бойынша деп бар жоқ бұл ол осы да де болып болды болады еді емес арқылы "
        "кейін дейін бір екі жаңа жыл жылы жылдың барлық сондай ақ ғана өз оның әр қазір керек тиіс біз олар қалай "
        "қайда бүгін рахмет қандай көп үлкен"
    ),
    "ky": (
        "жана менен үчүн жөнүндө тууралуу боюнча деп бар жок бул ал ошол бир эки да дагы болуп болду болот эле "
        "эмес аркылуу кийин чейин жаңы жыл жылы жылдын баардык бардык ошондой гана өз анын ар азыр керек тийиш биз "
        "алар кандай кайда бүгүн рахмат көп чоң абдан"
    ),
    "uz-Cyrl": (
        "ва билан учун ҳақида бўйича деб бор йўқ бу у шу ҳам бўлиб бўлди бўлади эди эмас орқали кейин сўнг қадар "
        "бир икки янги йил йили барча шундай фақат ўз унинг ҳар ҳозир керак лозим биз улар қандай қаерда бугун "
        "раҳмат кўп катта мумкин"
    ),
    "kaa-Cyrl": (
        "ҳәм менен ушын ҳаққында бойынша деп бар жоқ бул ол усы да де болып болды болады еди емес арқалы кейин "
        "шекем бир еки жаңа жыл жылы жылдың барлық сондай ақ тек өз оның ҳәр ҳәзир керек тийис биз олар қалай қай "
        "бүгин рахмет қандай көп үлкен"
    ),
    "tg": (
        "ва дар ки аз ба бо барои то ин он аст буд мешавад шуд карда дода ҳам низ ё агар пас байни бояд нав сол "
        "соли ҳар худ ҳама бе чун вале дигар бисёр кардан шудааст намуд мо онҳо чӣ куҷо имрӯз ташаккур бораи буда "
        "ҳамчун"
    ),
    "tt": (
        "һәм белән өчен турында буенча дип бар юк бу ул шул да дә булып булды була булачак иде түгел аша соң кадәр "
        "бер ике яңа ел елы барлык шулай гына үз аның һәр хәзер кирәк тиеш без алар ничек кайда бүген рәхмәт күп "
        "зур"
    ),
    "ba": (
        "һәм менән өсөн тураһында буйынса тип бар юҡ был ул шул да дә булып булды була буласаҡ ине түгел аша һуң "
        "тиклем бер ике яңы йыл йылы бөтә шулай ғына үҙ уның һәр хәҙер кәрәк тейеш беҙ улар нисек ҡайҙа бөгөн "
        "рәхмәт күп ҙур"
    ),
    "mn": (
        "нь ба болон байна гэж энэ тэр бол юм байсан байгаа оны онд дээр доор хийх болно биш үгүй тухай талаар нэг "
        "хоёр шинэ жил бүх мөн бүр одоо ёстой хэмээн гэсэн болсон хүн хүний бид тэд хэрхэн хаана өнөөдөр баярлалаа "
        "их гэх байх"
    ),
    "sah": (
        "уонна туһунан диэн баар суох бу ол эмиэ буолар буолла этэ буолбатах кэннэ диэри биир икки саҥа сыл "
        "сыллаах бары эрэ кини хас биһиги кинилэр бүгүн махтал элбэх улахан"
    ),
    "cv": (
        "тата ҫинчен тесе пур ҫук ку вӑл та те пулса пулнӑ пулать мар хыҫҫӑн пӗр икӗ ҫӗнӗ ҫул ҫулта пӗтӗм ҫеҫ хӑй "
        "унӑн кашни халӗ кирлӗ эпир вӗсем паян тавах нумай пысӑк"
    ),
    "uz-Latn": (
        "va bilan uchun haqida boʻyicha deb bor yoʻq bu u shu ham boʻlib boʻldi boʻladi edi emas orqali keyin "
        "soʻng qadar bir ikki yangi yil yili barcha shunday faqat oʻz uning har hozir kerak lozim biz ular qanday "
        "qayerda bugun rahmat koʻp katta mumkin böyiça bölib böldi böladi yöq söng öz köp uçun şu şunday"
    ),
    "kaa-Latn": (
        "hám menen ushın haqqında boyınsha dep bar joq bul ol usı da de bolıp boldı boladı edi emes arqalı keyin "
        "shekem bir eki jańa jıl jılı jıldıń barlıq sonday aq tek óz onıń hár házir kerek tiyis biz olar qalay qay "
        "búgin raxmet qanday kóp úlken haʼm janʼa oʻz koʻp buʼgin kuʼn"
    ),
    "tk": (
        "we bilen üçin barada hakynda boýunça diýip bar ýok bu ol şu hem bolup boldy bolar bolýar edi däl arkaly "
        "soň soňra çenli bir iki täze ýyl ýyly ýylyň ähli şeýle diňe öz onuň her häzir gerek biz olar nähili "
        "nirede bugün köp uly mümkin eden edýär boş"
    ),
    "az": (
        "və ilə üçün haqqında barədə üzrə deyə var yox bu o da də olub oldu olur idi deyil vasitəsilə sonra qədər "
        "bir iki yeni il ili ilin bütün belə yalnız öz onun hər indi lazım biz onlar necə harada çox böyük mümkün "
        "edib olan görə daha"
    ),
    "tr": (
        "ve ile için hakkında olarak göre diye var yok bu o şu da de olup oldu olur idi değil sonra kadar bir iki "
        "yeni yıl yılı yılın bütün böyle yalnız kendi onun her şimdi gerek biz onlar nasıl nerede bugün çok büyük "
        "mümkün olan daha en gibi ancak yeniden boş"
    ),
    "en": (
        "the of and to in is for on with that by at from as are was were be this it has have will not or an its "
        "their which after more than new how what our we you your all been can about into other also between year"
    ),
    "de": (
        "der die das und in zu den von mit für auf ist im dem nicht ein eine einen als auch es an werden aus er "
        "hat dass sie nach bei um am sind noch wie über so zum zur wurde wird mehr neue neuen"
    ),
    "fr": (
        "le la les de des du et à en un une que qui dans pour sur au aux par ne pas plus est sont avec ce cette "
        "ces il elle ont été se nous vous leur son sa ses ou mais"
    ),
    "es": (
        "el la los las de del y a en un una que por para con no se su sus al es son lo como más pero este esta "
        "estos ha han fue entre sobre año desde"
    ),
    "it": (
        "il lo la gli le di del della dei e a in un una che per con non si su al alla è sono come più ma questo "
        "questa ha nel nella da dal"
    ),
    "pt": (
        "o a os as de do da dos das e em no na um uma que por para com não se ao à é são como mais mas este esta "
        "foi ou seu sua pelo pela"
    ),
    "nl": (
        "de het een en van in is te dat op voor met zijn niet aan er om ook als bij naar uit wordt worden door "
        "over nog meer"
    ),
    "pl": "i w na z do że nie się o jest to dla od po przez za jak oraz są był była było tym który które także lub",
    "ro": "și în de la cu pe din a care este pentru nu o un mai sunt prin au fost ca sau după",
    "id": "yang dan di dari untuk dengan pada ini itu adalah dalam akan tidak oleh ke telah para",
}
# By how much a word speaks for its languages (natural logarithm of the odds), by its length: short ones are in many.
_WEIGHT = {1: 0.6, 2: 1.2}
_LONGER = 2.0
_WORD = re.compile(r"[^\W\d_]+")


def _by_word() -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for tag, words in _WORDS.items():
        for word in words.split():
            tags.setdefault(word, []).append(tag)
    return tags


_TAGS = _by_word()


def evidence(text: str) -> dict[str, float]:
    """How much the small words of a text, normalised as `crawler.extraction.language` does, speak for each language
    that has some of them: sums of logarithms of odds."""
    found: dict[str, float] = {}
    for word in _WORD.findall(text.lower()):
        for tag in _TAGS.get(word, ()):
            found[tag] = found.get(tag, 0.0) + _WEIGHT.get(len(word), _LONGER)
    return found
