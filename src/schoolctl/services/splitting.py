"""Making several questions of a message that holds several."""

from __future__ import annotations

from dataclasses import replace

from schoolctl.domain.parts import parts_of
from schoolctl.domain.question import Question
from schoolctl.domain.vocabulary import Aspect
from schoolctl.errors import SchoolctlError
from schoolctl.services.decisions import deciding
from schoolctl.services.judgement import judge, read_rules, with_learning
from schoolctl.services.workspace import Workspace


def split_question(workspace: Workspace, question_id: int, *, dry_run: bool) -> list[Question]:
    """Make a question of each part of a message; the first keeps the number, all keep the source and the original.

    SchoolctlError when the message holds one question only.
    """
    rules = read_rules(workspace, workspace.schedule())
    with deciding(workspace, dry_run=dry_run) as desk:
        rules = with_learning(rules, desk.database)
        whole = desk.questions.get([question_id])[0]
        texts = parts_of(whole.text)
        if len(texts) == 1:
            message = (
                f"question {question_id} seems to hold one question only. "
                f"To change its wording: schoolctl questions set {question_id} --text …"
            )
            raise SchoolctlError(message)
        decided: frozenset[Aspect] = whole.decided - {"redaction"} | {"text"}
        # A translation says the whole message: it belongs to none of the parts.
        bare = replace(whole, decided=decided, translations={})
        first, *others = [judge(replace(bare, text=text), rules) for text in texts]
        desk.questions.save(first)
        made = []
        for other in others:
            # Without the Message-ID: the mail is the first part's, and is known again by it.
            # Nobody said yet which group it belongs to: the first part stays in that of the whole.
            decided = other.decided - {"group", "wording"}
            part = replace(other, message_id="", split_from=question_id, group=None, decided=decided)
            made.append(replace(part, id=desk.questions.insert(part)))
        desk.record(f"split {question_id}", [(whole, first), *((None, part) for part in made)])
    return [first, *made]
