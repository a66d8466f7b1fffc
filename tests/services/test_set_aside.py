from pathlib import Path

import pytest

from schoolctl.errors import SchoolctlError
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import list_questions
from schoolctl.services.set_aside import list_set_aside, restore
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

MAILBOX = """\
From a@example.kz Thu May 12 10:00:00 2022
From: Асан <asan@example.kz>
Subject: Автоответ
Auto-Submitted: auto-replied
Date: Thu, 12 May 2022 10:00:00 +0600
Message-ID: <1@example.kz>
Content-Type: text/plain; charset=utf-8

Можно ли мне на школу?

From b@example.kz Thu May 12 10:00:00 2022
From: b@example.kz
Date: Thu, 12 May 2022 11:00:00 +0600
Message-ID: <2@example.kz>
Content-Type: image/jpeg
Content-Transfer-Encoding: base64

AAAA
"""
ANY = QuestionFilter()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "sessions.toml").write_text('[organizer]\nname = { ru = "Центр" }\n', "utf-8")
    (tmp_path / "inbox.mbox").write_text(MAILBOX, "utf-8")
    workspace = Workspace(tmp_path)
    import_questions(workspace, IntakeRequest([tmp_path / "inbox.mbox"]), lambda *_: None)
    return workspace


def test_a_message_set_aside_can_be_made_a_question(workspace: Workspace) -> None:
    made = restore(workspace, [1], None, dry_run=False)
    stored = list_questions(workspace, ANY)
    assert [question.id for question in made] == [question.id for question in stored] == [1]
    assert (stored[0].text, stored[0].sender.email) == ("Можно ли мне на школу?", "asan@example.kz")
    assert [message.question for message in list_set_aside(workspace)] == [1, None]


def test_a_rehearsal_restores_nothing(workspace: Workspace) -> None:
    assert len(restore(workspace, [1], None, dry_run=True)) == 1
    assert list_questions(workspace, ANY) == []


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ([2], "message 2 has no text that could be a question (no text (attachment only))"),
        ([1, 9], "there is no message 9 set aside. See: schoolctl questions set-aside list"),
        ([1, 1], None),
    ],
)
def test_all_are_restored_or_none(workspace: Workspace, ids: list[int], reason: str | None) -> None:
    if reason is None:
        assert len(restore(workspace, ids, None, dry_run=False)) == 1
        with pytest.raises(SchoolctlError, match="message 1 is question 1 already"):
            restore(workspace, ids, None, dry_run=False)
        return
    with pytest.raises(SchoolctlError) as refusal:
        restore(workspace, ids, None, dry_run=False)
    assert str(refusal.value) == reason
    assert list_questions(workspace, ANY) == []


def test_importing_again_does_not_take_a_restored_question_back(workspace: Workspace) -> None:
    restore(workspace, [1], None, dry_run=False)
    box = workspace.root / "inbox.mbox"
    box.write_text(MAILBOX + "\n", "utf-8")
    account = import_questions(workspace, IntakeRequest([box]), lambda *_: None)
    assert (account.seen, account.imported, len(account.set_aside)) == (2, 0, 2)
    assert len(list_questions(workspace, ANY)) == 1
    assert [message.question for message in list_set_aside(workspace)] == [1, None]
