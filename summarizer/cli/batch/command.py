"""`summarizer batch`: what it is given, made ready and put together."""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.batch import arguments
from summarizer.cli.batch.arguments import CacheMode, Form, OnChanged, StdinFormat
from summarizer.cli.console import say
from summarizer.cli.output import write
from summarizer.cli.reporting import FAILED, INTERRUPTED, reporting

if TYPE_CHECKING:
    from summarizer.cache import Cache
    from summarizer.cli.batch.work import Pace, Work
    from summarizer.prices import Price
    from summarizer.session import Summarizer

COLLECTED = (20_000, 20, 20)
"""Objects after which Python looks for garbage in cycles, and how often among older ones."""


def batch(
    inputs: arguments.Inputs,
    output: arguments.OutputFile,
    id_field: arguments.IdField = None,
    text_field: arguments.TextField = None,
    input_format: arguments.InputFormat = StdinFormat.AUTO,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    schema: options.Schema = None,
    strategy: options.Strategy = "auto",
    size: options.RecordSize = "auto",
    on_unsupported: options.OnUnsupported = "mend",
    output_language: options.OutputLanguage = "English",
    temperature: options.Temperature = 0.0,
    seed: Annotated[
        int | None, typer.Option(help="For servers that sample by one.", show_default=False)
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one call.")] = 600.0,
    concurrency: arguments.Concurrency = None,
    rpm: arguments.Rpm = None,
    tpm: arguments.Tpm = None,
    ordered: arguments.Ordered = False,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Only the first so many documents.", show_default="all"),
    ] = None,
    retry_failed: arguments.RetryFailed = False,
    on_changed: arguments.Changed = OnChanged.REFUSE,
    cache: arguments.UseCache = CacheMode.ON,
    cache_file: arguments.CacheFile = None,
    prices: arguments.PriceFile = None,
    max_cost: arguments.MaxCost = None,
    max_tokens: arguments.MaxTokens = None,
    max_failures: arguments.MaxFailures = None,
    form: arguments.OfSummary = Form.TEXT,
    debug: options.Debug = False,
) -> None:
    """Summarize many articles, as many side by side as the endpoint bears.

    Each document is a line of OUT.jsonl as soon as it is done (with --ordered when those before
    it are), failures too, with the reason. Broken off in whatever way, the same command goes on:
    what is done is neither asked nor written again. The first Ctrl-C, or SIGTERM, finishes what is
    under way, the second stops at once. A summary goes to standard output. The status is 1 if
    documents failed or a budget stopped the work.
    """
    with reporting(debug=debug, told=logging.WARNING):
        from summarizer.batch.intake import Intake
        from summarizer.batch.output import Output
        from summarizer.cli.batch.progress import shown
        from summarizer.cli.batch.summary import as_json, as_text, facts
        from summarizer.cli.batch.work import Pace, Stop, Work
        from summarizer.cli.schema_source import schema_class
        from summarizer.ledger import Budget, Ledger
        from summarizer.session import Summarizer

        with ExitStack() as opened:
            kept = _cache(cache, cache_file)
            summarizer = Summarizer(
                model,
                base_url=base_url,
                schema=schema_class(schema),
                strategy=strategy,
                size=size,
                on_unsupported=on_unsupported,
                output_language=output_language,
                temperature=temperature,
                seed=seed,
                timeout=timeout,
                cache=opened.enter_context(kept) if kept else False,
                notify=say,
            )
            ledger = Ledger(_price(prices, summarizer), Budget(max_cost, max_tokens, max_failures))
            intake = Intake(
                inputs,
                id_field=id_field,
                text_field=text_field,
                stream_format=input_format.value,
                excluded=[output],
            )
            lines = Output.open(
                output,
                settings_hash=summarizer.settings_hash,
                on_changed=on_changed.value,
                retry_failed=retry_failed,
                told=say,
            )
            started = time.monotonic()
            with shown() as show:
                work = Work(intake, lines, ledger, show, limit)
                error = _tried(work, summarizer, Pace(concurrency, rpm, tpm), ordered=ordered)
            found = facts(work, summarizer.settings_hash, time.monotonic() - started, error)
        if error is None or work.written or form is Form.JSON:
            write(as_json(found) if form is Form.JSON else as_text(found), None)
        if error is not None:
            raise error
        if work.stopped_by is Stop.INTERRUPT:
            raise typer.Exit(INTERRUPTED)
        if work.stopped_by or ledger.failed or work.failed_before:
            raise typer.Exit(FAILED)


def _cache(mode: CacheMode, path: Path | None) -> Cache | None:
    if mode is CacheMode.OFF:
        return None
    from summarizer.cache import Cache

    return Cache(path, mode="on" if mode is CacheMode.ON else "read-only")


def _price(path: Path | None, summarizer: Summarizer[Any]) -> Price | None:
    if path is None:
        return None
    from summarizer.prices import read_prices

    return read_prices(path).of(summarizer.request.model)


@contextmanager
def _collecting_less() -> Iterator[None]:
    """Within it, Python looks for garbage in cycles less often: a document makes thousands of
    objects that stay until it is done, and hardly any such garbage, and to look for it took a
    tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _tried(
    work: Work, summarizer: Summarizer[Any], pace: Pace, *, ordered: bool
) -> BaseException | None:
    """Do the work, and close its output; the error that ended it, if one did, for a summary is
    wanted all the same."""

    async def do() -> None:
        async with summarizer:
            await work.do(summarizer, pace, ordered=ordered)

    import asyncio

    from summarizer.cli.batch.work import Stop

    try:
        # Standard output is for the summary, whatever a schema's validators print.
        with work.output, redirect_stdout(sys.stderr), _collecting_less():
            asyncio.run(do())
    except (asyncio.CancelledError, KeyboardInterrupt):
        return KeyboardInterrupt()
    except Exception as error:  # noqa: BLE001  # raised once the summary is written
        work.stopped_by = Stop.ERROR
        return error
    return None
