"""`dygjuhe review`: one run in the browser, every decision saved at once."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("review")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port on this machine [default: a free one].")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser [default: yes].")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
def command(run: Path, port: int, browser: bool, glossaries: tuple[Path, ...]) -> None:
    """Serve the run folder RUN to this machine alone, and save each decision as it is made.

    Decisions go into `decisions.jsonl` beside the run folders, so that the next run of the report, or its next
    edition, is not asked the same again. Ctrl-C ends it.

    \b
    Examples:
      dygjuhe review runs/report
      dygjuhe review runs/report --no-browser --port 8123
    """
    import contextlib
    import webbrowser

    from pipeline.errors import DecisionError
    from pipeline.export.run_folder import read_run
    from pipeline.review.server import ReviewServer
    from pipeline.review.session import refresh
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    folder = run.resolve()
    shown = read_run(folder)
    glossary = load_glossary((*Settings().glossary, *glossaries))
    try:
        server = ReviewServer(shown, glossary, folder, port)
    except OSError as error:
        problem = f"cannot be listened on ({error.strerror})"
        raise DecisionError(f"port {port}", problem, "Choose another --port.") from error
    with server:
        click.echo(f"Reviewing {shown.document.name}. Decisions are saved in {server.store.path}")
        click.echo(f"  {server.url}\nCtrl-C ends it.")
        if browser:
            webbrowser.open(server.url)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.2)
    refresh(shown, glossary, folder)
    click.echo(f"{server.saved} entries saved. `dygjuhe apply {run}` writes the cleaned text.")
