"""`summarizer batch`: many articles in, a line for each out."""

from summarizer.cli.batch.command import batch

__all__ = ["batch"]
