from __future__ import annotations

import pytest

from schoolctl.domain.school import email_fault, url_fault

BREAKS = 'holds characters that break a link (blanks, brackets, quotes, "…"): copy it again from Zoom'
NO_SITE = "is no link for patients: it must begin with https:// and name a site"


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/j/82345678901?pwd=QUJDZEVmR2hJSktM",
        "https://us02web.zoom.us/j/82345678901?pwd=QUJD.1#success",
        "https://meet.example.kz",
        "https://example.kz:8443/a/b/?c=d&e=%D0%B0",
        "HTTPS://EXAMPLE.KZ/A",
        "https://xn--e1afmkfd.xn--80ao21a/",
        "https://example.kz/~school/a_b-c.d,e;f+g=h!$*@:",
    ],
)
def test_a_link_for_patients(url: str) -> None:
    assert url_fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/j/823456…",
        "https://us02web.zoom.us/j/823456...",
        "https://us02web.zoom.us/j/823 456",
        "https://example.kz/a b",
        "https://example.kz/\u00a0",
        "https://example.kz/\u200b",
        "https://example.kz/\n",
        "https://example.kz/a\tb",
        "https://example.kz/(a)",
        "https://example.kz/[a]",
        "https://example.kz/<a>",
        'https://example.kz/"a"',
        "https://example.kz/'a'",
        "https://example.kz/`a`",
        "https://example.kz/a|b",
        "https://example.kz/a\\b",
        "https://example.kz/школа",
        "https://user@example.kz/",
        "https://user:secret@example.kz/",
        "https://@example.kz/",
        "https://:secret@example.kz/",
    ],
)
def test_characters_that_break_a_link_are_refused(url: str) -> None:
    assert url_fault(url) == f'"{url}" {BREAKS}'


@pytest.mark.parametrize(
    "url",
    [
        "", "example.kz", "http://example.kz", "ftp://example.kz", "javascript:alert(1)", "mailto:a@example.kz",
        "//example.kz",
        "https://", "https:///path", "https://zoom", "https://localhost/j/1", "https://.", "https://.kz", "https://a..kz",
        "https://-a.kz", "https://example.kz:0/", "https:/example.kz", "zoommtg://zoom.us/join", "https://.../j/1",
    ],
)  # fmt: skip
def test_a_link_without_https_or_without_a_site_is_refused(url: str) -> None:
    assert url_fault(url) == f'"{url}" {NO_SITE}'


@pytest.mark.parametrize("url", ["https://[::1", "https://example.kz:port/", "https://example.kz:99999/"])
def test_what_is_no_address_at_all_is_refused(url: str) -> None:
    assert url_fault(url) == f'"{url}" is no web address'


@pytest.mark.parametrize(
    "address",
    [
        "school@example.kz", "a.b-c_d+e%f@mail.example.org", "A@EXAMPLE.KZ", "1@a.kz", "x" * 64 + "@example.kz",
        "a@xn--e1afmkfd.xn--80ao21a",
    ],
)  # fmt: skip
def test_an_address_for_mail(address: str) -> None:
    assert email_fault(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "", "school", "@example.kz", "school@", "school@example", "school@.kz", "school@example..kz", "school@-a.kz",
        "school@a-.kz",
        "a b@example.kz", "a@b@example.kz", "a@example.kz\n", "a@example.kz\r\nBcc: b@example.org", "школа@example.kz",
        "a@пример.kz", "<a@example.kz>", "Name <a@example.kz>", "a@example.kz,b@example.kz", "a@example.kz.",
        ".a@example.kz",
        "a.@example.kz", "a..b@example.kz", "x" * 65 + "@example.kz", "a@example.kz1", "mailto:a@example.kz",
    ],
)  # fmt: skip
def test_what_is_no_address_for_mail_is_refused(address: str) -> None:
    assert email_fault(address) == f'"{address}" is no e-mail address'
