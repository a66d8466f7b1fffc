"""The parts of the WhatsApp importer: archive, lines, headers, dates, messages, content and tables of phrases."""
