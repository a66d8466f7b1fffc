"""Files and the database: what is kept, read back and never half-written."""

SCHEDULE_FILE = "sessions.toml"
DATABASE_FILE = "questions.db"
