from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Sender
from schoolctl.domain.redaction import redact
from schoolctl.store.privacy_files import read_privacy_words

WORDS = read_privacy_words(Path("no-templates-of-their-own"))
NOBODY = Sender()


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("пишите на aigul.p+school@mail.example.kz.", "пишите на [почта]."),
        ("почта:айгуль@пример.қаз", "почта:[почта]"),
        ("aigul @ example.kz", "[почта]"),
        ("aigul@ example.kz или aigul @example.kz", "[почта] или [почта]"),
        ("aigul@mail,ru", "[почта]"),
        ("aigul@gmail", "[почта]"),
        ("aigul_93 собака mail.ru", "[почта]"),
        ("aigul собака мейл точка ру", "[почта]"),
        ("aigul (at) gmail.com", "[почта]"),
        ("aigul at example dot com", "[почта]"),
        ("инста @aigul_93", "инста [аккаунт]"),
        ("мой инстаграм aigul_93", "мой инстаграм [аккаунт]"),
        ("телеграм: aigul", "телеграм: [аккаунт]"),
        ("https://t.me/aigul93, пишите", "[аккаунт], пишите"),
        ("wa.me/77000000065", "wa.me/[телефон]"),
        ("в 18:30 @ больница", "в 18:30 @ больница"),
        ("можно ли собака дома, telegram channel", "можно ли собака дома, telegram channel"),
        ("встреча в Zoom в 18.00, youtube.com", "встреча в Zoom в 18.00, youtube.com"),
    ],
)
def test_addresses_on_the_net(text: str, redacted: str) -> None:
    assert redact(text, "ru", NOBODY, WORDS).text == redacted


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.sampled_from(["", " ", "почта: ", "тел.", "(", "\n", ","]),
    st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,40}@[a-z0-9-]{1,20}(\.[a-z]{2,6}){1,3}", fullmatch=True),
)
def test_no_mail_address_is_left(before: str, address: str) -> None:
    assert "@" not in redact(f"{before} {address} ", "ru", NOBODY, WORDS).text
