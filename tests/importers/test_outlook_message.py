"""Outlook messages (.msg): recognised by content and refused with the way out."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.errors import UnreadableSourceError
from schoolctl.importers import workbook
from schoolctl.importers.compound_file import SIGNATURE, write_compound_file
from schoolctl.importers.outlook_message import IMPORTER
from schoolctl.importers.source import ImportOptions

from .reading import written

MESSAGE = write_compound_file("__properties_version1.0", b"Subject")
BODY = write_compound_file("__substg1.0_1000001F", "Можно ли соль?".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("content", "is_message"),
    [
        (MESSAGE, True),
        (BODY, True),
        (SIGNATURE + bytes(600) + "__substg1.0_0037001F".encode("utf-16-le"), True),
        (SIGNATURE + bytes(600) + "__properties_version1.0".encode("utf-16-le"), True),
        (SIGNATURE + bytes(600), False),
        (write_compound_file("Workbook", b"__properties_version1.0"), False),
        ("__properties_version1.0".encode("utf-16-le"), False),
        (b"From: ann@example.org\nSubject: salt\n\nMay I?\n", False),
    ],
)
def test_a_message_is_known_by_its_content(tmp_path: Path, content: bytes, *, is_message: bool) -> None:
    source = written(tmp_path / "mail.msg", content)
    assert IMPORTER.recognises(source) is is_message
    assert not (is_message and workbook.IMPORTER.recognises(source))


def test_a_message_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        list(IMPORTER.read(written(tmp_path / "mail.msg", MESSAGE), ImportOptions(UTC)))
    assert str(caught.value) == (
        "mail.msg is an Outlook message (.msg): in Outlook choose File > Save As > Text Only "
        "or forward it to the mailbox, then import that"
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([MESSAGE, BODY, SIGNATURE]), st.integers(0, 20_000), st.binary(max_size=600))
def test_any_bytes_are_looked_at_without_trouble(tmp_path: Path, content: bytes, at: int, patch: bytes) -> None:
    source = written(tmp_path / "any", content[:at] + patch + content[at + len(patch) :])
    assert IMPORTER.recognises(source) in {True, False}
    with pytest.raises(UnreadableSourceError):
        IMPORTER.read(source, ImportOptions(UTC))
