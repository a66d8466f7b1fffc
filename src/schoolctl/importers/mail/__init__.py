"""Reading one mail: tolerant headers and MIME, the sender's own words, the date, and what is no question."""
