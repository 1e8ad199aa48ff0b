"""Dates in text and in the calendar; the public way in is `summarizer.schemas.dates`."""
