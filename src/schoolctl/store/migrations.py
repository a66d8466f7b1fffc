"""The tables, as numbered steps: a step that was released is never edited, a change is a new step."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE question (
            id INTEGER PRIMARY KEY,
            school TEXT,
            channel TEXT NOT NULL,
            status TEXT NOT NULL,
            reviewed INTEGER NOT NULL,
            language TEXT NOT NULL,
            text TEXT NOT NULL,
            text_edited INTEGER NOT NULL DEFAULT 0,
            original_text TEXT NOT NULL,
            redacted_text TEXT NOT NULL,
            text_digest TEXT NOT NULL,
            sender_name TEXT NOT NULL,
            sender_email TEXT NOT NULL,
            sender_phone TEXT NOT NULL,
            received_at TEXT,
            zone_assumed INTEGER NOT NULL,
            source_file TEXT NOT NULL,
            source_position INTEGER NOT NULL,
            message_id TEXT NOT NULL,
            screening_label TEXT NOT NULL,
            screening_reasons TEXT NOT NULL,
            themes TEXT NOT NULL,
            group_id INTEGER,
            repairs TEXT NOT NULL
        )""",
        "CREATE INDEX question_digest ON question (text_digest)",
        "CREATE INDEX question_message ON question (message_id) WHERE message_id <> ''",
        """CREATE TABLE set_aside (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            source_file TEXT NOT NULL,
            source_position INTEGER NOT NULL,
            reason TEXT NOT NULL,
            draft TEXT
        )""",
        """CREATE TABLE invite_revision (
            school TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            stamp TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (school, sequence)
        )""",
        """CREATE TABLE invite_recipient (
            school TEXT NOT NULL,
            number INTEGER NOT NULL,
            email TEXT NOT NULL,
            PRIMARY KEY (school, number),
            UNIQUE (school, email)
        )""",
    ),
    (
        # The same number for all questions of one person; NULL: the question's own id.
        "ALTER TABLE question ADD COLUMN person INTEGER",
        "CREATE INDEX question_email ON question (sender_email) WHERE sender_email <> ''",
        "CREATE INDEX question_phone ON question (sender_phone) WHERE sender_phone <> ''",
        "CREATE INDEX question_name ON question (sender_name) WHERE sender_email = '' AND sender_phone = ''",
        # The question that a message set aside became when a person restored it.
        "ALTER TABLE set_aside ADD COLUMN question INTEGER",
        "ALTER TABLE set_aside ADD COLUMN school TEXT",
        # A file read to its end, by a digest of its bytes and of all that decides how it is read.
        "CREATE TABLE imported_file (digest TEXT PRIMARY KEY, account TEXT NOT NULL)",
    ),
    (
        # What beside the status a person decided, as words: no rule changes it any more.
        "ALTER TABLE question ADD COLUMN decided TEXT NOT NULL DEFAULT ''",
        "UPDATE question SET decided = 'text' WHERE text_edited",
        "ALTER TABLE question DROP COLUMN text_edited",
        "ALTER TABLE question ADD COLUMN screening_score INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE question ADD COLUMN theme_reasons TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE question ADD COLUMN redactions TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE question ADD COLUMN split_from INTEGER",
        "CREATE INDEX question_group_id ON question (group_id) WHERE group_id IS NOT NULL",
        # What the last commands decided, so that it can be taken back. `before` and `after` hold decisions as JSON;
        # they hold a wording only where a person changed it, and go when the question is erased.
        """CREATE TABLE change (
            id INTEGER PRIMARY KEY,
            made_at TEXT NOT NULL,
            summary TEXT NOT NULL,
            is_undone INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE changed_question (
            change INTEGER NOT NULL,
            question INTEGER NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            PRIMARY KEY (change, question)
        )""",
        # Of questions that were erased only their number is kept.
        """CREATE TABLE erased (
            school TEXT NOT NULL,
            channel TEXT NOT NULL,
            language TEXT NOT NULL,
            status TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (school, channel, language, status)
        )""",
        # Which announcements were written, for the list of what is still to do.
        """CREATE TABLE announcement (
            school TEXT NOT NULL,
            kind TEXT NOT NULL,
            channel TEXT NOT NULL,
            language TEXT NOT NULL,
            written_at TEXT NOT NULL,
            PRIMARY KEY (school, kind, channel, language)
        )""",
        # What each revision of an invite told, as JSON; empty for those issued before this was kept.
        "ALTER TABLE invite_revision ADD COLUMN told TEXT NOT NULL DEFAULT ''",
        # The language in which a person reads invites; empty while all were sent.
        "ALTER TABLE invite_recipient ADD COLUMN language TEXT NOT NULL DEFAULT ''",
        # Who got which revision. `email` is empty for what was made for everybody; `way` is invite or feed.
        """CREATE TABLE invite_issue (
            school TEXT NOT NULL,
            email TEXT NOT NULL,
            language TEXT NOT NULL,
            way TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            method TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            PRIMARY KEY (school, email, language, way, sequence)
        )""",
        # Until now only what was issued was kept, not to whom: it is taken for delivered.
        """INSERT INTO invite_issue
            SELECT school, '', '', 'invite', sequence, '', stamp FROM invite_revision""",
        """INSERT INTO invite_issue
            SELECT school, email, '', 'invite', sequence, '', stamp FROM invite_recipient JOIN invite_revision
            USING (school)""",
    ),
    (
        # Which mail went to whom, so that nobody gets one twice: state is sending, sent or refused. Without an end, a
        # mail that was on its way when the computer went off stays as it is: nobody knows whether it arrived.
        """CREATE TABLE mail (
            school TEXT NOT NULL,
            kind TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            email TEXT NOT NULL,
            language TEXT NOT NULL,
            state TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            PRIMARY KEY (school, kind, fingerprint, email)
        )""",
    ),
    (
        # The schools at which a question was not answered, and an organiser's translations by language, both as JSON.
        "ALTER TABLE question ADD COLUMN carried_from TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE question ADD COLUMN translations TEXT NOT NULL DEFAULT '{}'",
        # Of erased questions the schools they were carried from are kept, too: the report of those stays true.
        """CREATE TABLE erased_number (
            school TEXT NOT NULL,
            carried_from TEXT NOT NULL,
            channel TEXT NOT NULL,
            language TEXT NOT NULL,
            status TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (school, carried_from, channel, language, status)
        )""",
        "INSERT INTO erased_number SELECT school, '[]', channel, language, status, number FROM erased",
        "DROP TABLE erased",
        # What an announcement told, as JSON; empty for those written before this was kept.
        "ALTER TABLE announcement ADD COLUMN told TEXT NOT NULL DEFAULT ''",
        # Every start that announcements named: who read an old one has to hear of a move, even when the text was
        # written anew since.
        """CREATE TABLE announced_start (
            school TEXT NOT NULL,
            starts TEXT NOT NULL,
            timezone TEXT NOT NULL,
            PRIMARY KEY (school, starts, timezone)
        )""",
        # What a mail told, as JSON; empty for those sent before this was kept.
        "ALTER TABLE mail ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    ),
)
