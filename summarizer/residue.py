"""Page furniture that got into a text: "Login", "Advertisement", "(Laughter.)", "* * *".

Only whole lines are looked at, and only closed phrases match, because a line taken for furniture
by mistake hides news: anything with a verb and a name in it stays. What is found is never
evidence and never a party.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from summarizer.article import Article

LONGEST = 160
"""Code points above which a line is never furniture."""

# Compared with cases folded and without the marks around them.
_PHRASES = frozenset(
    phrase
    for phrases in {
        "en": "login;log in;log out;logout;sign in;sign up;sign out;register;create account;"
        "create an account;my account;log in or register;log in to comment;subscribe;"
        "subscribe now;subscribe today;subscribe for free;already a subscriber;donate;"
        "donate now;support us;become a member;share;share this;share this article;"
        "share this story;share this page;share this post;share on facebook;"
        "share on twitter;share on x;share on whatsapp;share on linkedin;share via email;"
        "tweet;print;print this page;email this;email this article;copy link;save;"
        "bookmark;listen to this article;advertisement;advertisements;advert;ad;"
        "sponsored;sponsored content;paid content;promoted;continue reading;"
        "continue reading below;advertisement - continue reading below;"
        "story continues below advertisement;article continues below advertisement;"
        "article continues after advertisement;skip advertisement;read more;read also;"
        "see also;see more;show more;load more;more on this story;more on this topic;"
        "related;related articles;related stories;related news;related content;"
        "related topics;recommended;recommended for you;you may also like;"
        "you might also like;most read;most popular;trending;trending now;latest news;"
        "top stories;editor's picks;editors' picks;don't miss;follow us;"
        "follow us on twitter;follow us on facebook;follow us on telegram;follow us on x;"
        "join us on telegram;contact us;about us;newsletter;newsletters;privacy policy;"
        "terms of use;terms of service;terms and conditions;cookie policy;"
        "cookie settings;accept cookies;accept all cookies;accept all;reject all;"
        "manage cookies;manage preferences;all rights reserved;comments;leave a comment;"
        "leave a reply;post a comment;view comments;add a comment;no comments;menu;"
        "search;home;skip to content;skip to main content;back to top;next;previous;"
        "next article;previous article;loading;close;tags;topics;sources;source;"
        "external links;image credits;photo credits;file photo;begin text;end text;"
        "end of text;click here;click to expand;click to enlarge;download the app;"
        "get the app;watch live;live updates;your email address will not be published;"
        "required fields are marked;please enable javascript;enable javascript",
        "es": "iniciar sesión;inicia sesión;regístrate;suscríbete;suscribirse;compartir;"
        "publicidad;anuncio;leer más;leer también;lea también;te puede interesar;"
        "más leídas;noticias relacionadas;todos los derechos reservados;"
        "política de privacidad;fuentes",
        "fr": "connexion;se connecter;s'inscrire;s'abonner;abonnez-vous;partager;"
        "partager cet article;publicité;lire aussi;lire la suite;à lire aussi;"
        "tous droits réservés;mentions légales;politique de confidentialité;commentaires",
        "de": "anmelden;einloggen;registrieren;abonnieren;jetzt abonnieren;teilen;"
        "artikel teilen;anzeige;werbung;weiterlesen;mehr lesen;lesen sie auch;"
        "lesen sie mehr;alle rechte vorbehalten;datenschutz;impressum;kommentare",
        "pt": "entrar;iniciar sessão;assine;assine já;inscreva-se;compartilhar;partilhar;"
        "publicidade;anúncio;leia mais;leia também;saiba mais;"
        "todos os direitos reservados",
        "it": "accedi;iscriviti;abbonati;condividi;pubblicità;leggi anche;leggi tutto;"
        "tutti i diritti riservati",
        "tr": "giriş yap;üye ol;abone ol;paylaş;reklam;devamını oku;ayrıca okuyun;"
        "tüm hakları saklıdır;yorumlar",
        "ru": "войти;вход;регистрация;подписаться;подпишитесь;поделиться;реклама;читать далее;"
        "читайте также;читать также;подробнее;все права защищены;комментарии;источники",
        "uk": "увійти;реєстрація;підписатися;підпишіться;поділитися;читати далі;читайте також;"
        "усі права захищено;всі права захищені;коментарі",
        "ar": "تسجيل الدخول;اشترك;اشترك الآن;شارك;مشاركة;إعلان;اقرأ المزيد;اقرأ أيضا;"
        "اقرأ أيضاً;جميع الحقوق محفوظة;التعليقات;المصادر",
        "fa": "ورود;ثبت نام;عضویت;اشتراک گذاری;تبلیغات;بیشتر بخوانید;ادامه مطلب;"
        "تمامی حقوق محفوظ است;نظرات",
        "zh": "登录;登錄;注册;註冊;订阅;訂閱;分享;广告;廣告;阅读更多;閱讀更多;相关新闻;"
        "相關新聞;版权所有;版權所有;评论",
        "ja": "ログイン;会員登録;広告;共有;続きを読む;関連記事;無断転載禁止",
        "ko": "로그인;회원가입;구독;공유;광고;더 보기;관련 기사;무단 전재 및 재배포 금지",
    }.values()
    for phrase in phrases.split(";")
)
_NETWORKS = frozenset(
    {"share", "facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "email", "e-mail"}
    | {"mail", "print", "reddit", "pinterest", "instagram", "youtube", "tiktok", "copy", "link"}
    | {"tweet", "messenger", "viber", "vk", "threads", "bluesky"}
)

_COPYRIGHT = r"(?:©|(?:copyright\s+)?\(c\)\s*\d{4}|copyright\s+(?:©|\d{4})).{0,120}"
_RIGHTS = r".{0,60}\ball rights reserved"
_COOKIES = r"(?:we|this (?:web)?site) uses? cookies\b.{0,120}"
_CONSENT = r"by (?:continuing|using) (?:to (?:browse|use) )?(?:this|our) (?:web)?site.{0,100}"
_LIST = r"newsletters?|mailing list|channel|podcast|updates|feed"
_NEWSLETTER = (
    r"(?:sign up|subscribe|register)(?: now| today| here)? (?:for|to) (?:our|the|my) "
    rf"(?:\w+ ){{0,3}}(?:{_LIST})(?: (?:here|now|today))?"
)
_WANTED = r"subscribe|sign up|register|read more|download|donate|comment|join"
_CLICK = rf"click here (?:to|for) (?:{_WANTED})(?: \w+){{0,4}}"
_FOLLOW = r"follow (?:us|me) (?:on|at) \S+(?: (?:and|or|,) \S+)*"
_COUNT = r"\d{1,3} (?:min(?:ute)?s?[. -]*read|comments?|shares?|views?|likes?)|comments? \(\d+\)"
_UPDATED = r"(?:last )?updated \d{1,2} (?:minutes?|hours?|days?) ago"
_HEARD = (
    r"laughter|applause|cheers|cross-?talk|inaudible|off-?mike|off-?mic|unintelligible|audio gap|"
    r"music|pause|silence|смех|аплодисменты|risas|aplausos|rires|applaudissements"
)
_STAGE = rf"(?:[a-z .'’]{{2,40}}:\s*)?[(\[](?:{_HEARD})[.!]*"
_LINES = re.compile(
    rf"{_COPYRIGHT}|{_RIGHTS}|{_COOKIES}|{_CONSENT}|{_NEWSLETTER}|{_CLICK}|{_FOLLOW}|{_COUNT}"
    rf"|{_UPDATED}|{_STAGE}",
    re.IGNORECASE,
)

_AGENCY = (
    r"reuters|ap|ap photo|associated press|afp|epa|efe|ansa|dpa|getty|getty images|xinhua|tass|"
    r"ria novosti|sputnik|anadolu|irna|isna|mehr|ukrinform|kyodo|yonhap|handout|wikimedia|"
    r"wikimedia commons|shutterstock|istock|alamy|maxar|planet labs|file|archive"
)
_PICTURE = r"(?:image|photo|photograph|picture|audio|graphic|video|credit)(?: credit)?s?"
_NAME = r"[A-ZÀ-ÞŁ-Ž][\w.'’-]*"
_NAMES = rf"{_NAME}(?: {_NAME}){{1,2}}"
_ROLE = r"staff writer|correspondent|reporter|editor"
# Case matters in these: it tells a name from a word.
_CREDITS = re.compile(
    rf"\(?(?i:{_PICTURE}):? (?:by )?(?:{_NAME}[ ,/|]+){{0,3}}(?:via )?(?i:{_AGENCY})\)?"
    rf"|\(?(?!Video)(?i:{_PICTURE}): {_NAME}(?: {_NAME})?\)?"
    rf"|\(?(?i:{_PICTURE}) by {_NAMES}\)?"
    rf"|(?:By|BY) {_NAMES}(?: and {_NAMES})?(?:, (?i:{_ROLE}))?"
)
_AROUND = " \t\u00a0.,:;!?…·•|–—-→»›>«‹<*#_()[]\"'“”‘’"
_SEPARATORS = re.compile(r"\s*[|/•·»›>]\s*|\s+[–—-]\s+|,\s+")


def residue(article: Article) -> frozenset[int]:
    """Numbers of the sentences that are page furniture and not the article."""
    furniture = [span for span in article.units if _is_furniture(article.text, *span)]
    starts = [start for start, _ in furniture]
    found: set[int] = set()
    for number, (start, end) in enumerate(article.sentences, 1):
        at = bisect_right(starts, start) - 1
        if at >= 0 and end <= furniture[at][1]:
            found.add(number)
    return frozenset(found)


def _is_furniture(text: str, start: int, end: int) -> bool:
    if end - start > LONGEST:
        return False
    line = " ".join(unicodedata.normalize("NFKC", text[start:end]).split())
    if not any(character.isalnum() for character in line):
        return True
    bare = line.strip(_AROUND)
    phrase = bare.casefold().replace("’", "'")
    if _is_label(phrase):
        return True
    if _LINES.fullmatch(line.rstrip(_AROUND)):
        return True
    return _CREDITS.fullmatch(line.rstrip(" .")) is not None


def _is_label(phrase: str) -> bool:
    if phrase in _PHRASES:
        return True
    words = phrase.split()
    if len(words) > 1 and all(word.strip(_AROUND) in _NETWORKS for word in words):
        return True
    parts = [part.strip(_AROUND) for part in _SEPARATORS.split(phrase)]
    return len(parts) > 1 and all(part in _PHRASES or part in _NETWORKS for part in parts)
