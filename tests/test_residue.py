from __future__ import annotations

import pytest

from summarizer.article import Article
from summarizer.residue import residue


def caught(*lines: str) -> list[str]:
    article = Article.from_text("\n".join(("The envoy left the talks.", *lines)))
    return [article.quote(number) for number in sorted(residue(article))]


@pytest.mark.parametrize(
    "line",
    [
        "Login",
        "Log in",
        "Subscribe",
        "Share this",
        "SHARE THIS ARTICLE",
        "Advertisement",
        "Read more:",
        "Sign up for our newsletter",
        "Subscribe to our free daily newsletter!",
        "Login | Subscribe",
        "Share Facebook Twitter WhatsApp",
        "We use cookies to improve this site.",
        "3 min read",
        "© 2031 The Northern Gazette",
        "Copyright 2031 The Northern Gazette",
        "(c) 2031 Gazette",
        "(Laughter.)",
        "[Applause]",
        "QUESTION: (Off-mike.)",
        "* * *",
        "<…>",
        "# # #",
        "•",
        "Sources",
        "Photo: Ann Roe/Reuters",
        "(Photo by Ann Roe / AFP)",
        "Image: Ann Roe.",
        "By Ann Roe",
        "By Ann Roe and Jon Doe, staff writer",
        "Follow us on Telegram",
        "Skip to main content",
        "Iniciar sesión",
        "Publicité",
        "Alle Rechte vorbehalten",
        "Войти",
        "Читайте также:",
        "Реклама",
        "تسجيل الدخول",
        "اقرأ المزيد",
        "登录",
        "広告",
        "로그인",
        "Abone ol",
    ],
)
def test_page_furniture_is_found(line: str) -> None:
    assert caught(line) == [line]


def test_every_sentence_of_a_line_of_furniture_is_found() -> None:
    assert caught("© 2031 The Gazette. All rights reserved.") == [
        "© 2031 The Gazette.",
        "All rights reserved.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Login servers of the ministry were attacked, Norland said.",
        "Read more: Norland tests a missile",
        "Share prices fell.",
        "Subscribe, the minister told them, or leave.",
        "Sources: Norland struck the port",
        "Sources said the port was hit.",
        "Video: Missile hits the harbour",
        "Photo shows the Norland navy at sea.",
        "(c) Norland must withdraw its troops.",
        "By Land and Sea",
        "By Monday the troops had left.",
        "Search for survivors goes on",
        "Follow the money, the report said.",
        "Comments by the envoy drew anger.",
        "QUESTION: (Laughter.) Will you leave?",
        "Updated figures put the dead at 12.",
        "Home Office",
        "Norland",
        "Monday, June 2, 2031",
        "12",
    ],
)
def test_what_may_be_news_stays(line: str) -> None:
    assert caught(line) == []


def test_furniture_inside_a_paragraph_is_left_alone() -> None:
    assert caught("The site was down. Login. It came back.") == []


def test_a_long_line_is_never_furniture() -> None:
    assert caught("We use cookies " + "and the army of Norland used them too " * 5) == []
