"""Files and the database: what is kept, read back and never half-written."""
