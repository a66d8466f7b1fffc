"""Renderers turn the model into text or bytes; they return, they never write.

Every text that people read comes from a template which the organiser can copy and edit.
"""
