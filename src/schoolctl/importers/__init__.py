"""Importers turn the bytes of a source into drafts; they never touch the store.

A new format is a new module with an `IMPORTER` and one line in `registry`.
"""
