"""`chaptercast follow` and `chaptercast fetch`: feeds whose new articles become recordings."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from chaptercast.cli import completion
from chaptercast.cli.batch import Run
from chaptercast.cli.main import tell
from chaptercast.cli.options import ARTICLE, as_options, reading, say
from chaptercast.common.user_folders import cache_folder
from chaptercast.errors import ChaptercastError, ExitCode, UsageError
from chaptercast.pipeline.destinations import Output
from chaptercast.pipeline.inputs import Given, Refused
from chaptercast.pipeline.options import Options

if TYPE_CHECKING:
    from chaptercast.document.sources.source import Source
    from chaptercast.following.round import Asked
    from chaptercast.following.subscriptions import Subscription
    from chaptercast.integrations.hooks import Hook
    from chaptercast.integrations.targets import Target
    from chaptercast.pipeline import Outcome

_EVERY_MIN = 60
_LOOK_S = 20.0
"""How often it is looked whether something is due."""
_MENDING_S = 300.0
"""After what the user has to put right."""
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder of the recordings; follow.toml is in it.",
)
_EVERY = click.option(
    "--every",
    type=click.IntRange(min=15),
    default=_EVERY_MIN,
    show_default=True,
    metavar="MINUTES",
    help="How often --watch asks a feed.",
)


@click.command()
@click.argument("addresses", nargs=-1, type=ARTICLE, metavar="[ADDRESS]...")
@_OUTPUT
@click.option(
    "--only", multiple=True, metavar="TEXT", help="Take articles with this in their title; !TEXT: without it."
)
@click.option("--back", type=click.IntRange(min=0), default=3, show_default=True, help="Articles of before to convert.")
@click.option(
    "--text", type=click.Choice(["auto", "page", "feed"]), default="auto", help="Where the text is taken from."
)
@click.option(
    "--service",
    type=click.Choice(["wallabag", "readeck", "linkding"]),
    help="ADDRESS is a server of this kind, and the articles that you keep there are followed.",
)
@click.option("--secret", default="", metavar="FILE|env:NAME", help="Where the key to it is: docs/follow.md.")
@click.option("--tag", default="", help="Take only its articles with this tag.")
@click.option("--once", is_flag=True, help="Then convert what is new, as `chaptercast fetch` does.")
@click.option("--watch", is_flag=True, help="Then stay, and convert what is new as it appears. Ctrl-C ends it.")
@_EVERY
@click.option("--voice", default="", shell_complete=completion.voices, help="Who speaks it, kept in follow.toml.")
@click.option(
    "--engine",
    default="auto",
    show_default=True,
    shell_complete=completion.engines,
    help="What speaks, with --once and --watch: see `chaptercast engines`.",
)
@click.option("--offline", is_flag=True, envvar="CHAPTERCAST_OFFLINE", help="Never use the network.")
@click.option(
    "--allow-private-address", "private", is_flag=True, help="Fetch from this machine and private networks, too."
)
def follow(
    addresses: tuple[Given, ...],
    output: Path,
    only: tuple[str, ...],
    back: int,
    text: str,
    service: str | None,
    secret: str,
    tag: str,
    once: bool,
    watch: bool,
    every: int,
    voice: str,
    engine: str,
    offline: bool,
    private: bool,
) -> ExitCode:
    """Follow feeds: RSS, Atom, JSON Feed, pages that name or hold one, lists in OPML (an address or a file).

    Without an address: show what is followed. The voice is kept for each feed; all is in DIR/follow.toml, to be edited.
    """
    options = Options(engine=engine, offline=offline, private_addresses=private, cache=cache_folder())
    if service or secret or tag:
        _follow_service(addresses, output, (only, back, text, voice), (service or "", secret, tag))
    elif addresses:
        _follow(addresses, output, (only, back, text, voice), options)
    elif not (once or watch):
        return _show(output)
    if once or watch:
        return _fetch(output, options, every if watch else 0, as_json=False)
    return ExitCode.DONE


@click.command()
@_OUTPUT
@click.option("--watch", is_flag=True, help="Then stay, and convert what is new as it appears. Ctrl-C ends it.")
@_EVERY
@reading
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes.  [default: the cores there are]")
@click.option("--no-cache", is_flag=True, help="Keep no speech and use none that was kept.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of each article to stdout, as a line of JSON.")
def fetch(
    output: Path, watch: bool, every: int, jobs: int | None, no_cache: bool, as_json: bool, **given: Any
) -> ExitCode:
    """Convert what is new in the feeds that are followed."""
    options = replace(as_options(given), jobs=jobs or 0, cache=None if no_cache else cache_folder())
    return _fetch(output, options, every if watch else 0, as_json=as_json)


def _follow(
    addresses: Sequence[Given], output: Path, settings: tuple[tuple[str, ...], int, str, str], options: Options
) -> None:
    """Find the feeds and write them down."""
    from chaptercast.following import subscriptions

    only, back, text, voice = settings
    new: list[Subscription] = []
    for address in addresses:
        found = _discovered(address, options)
        for other in found.others:
            say(f"{address} names another feed: {other.address} ({other.title or 'without a title'}).")
        for each in found.feeds:
            kept = subscriptions.Subscription(each.address, each.title, only, back, text=text)
            new.append(replace(kept, **_voice(voice)))
    added = subscriptions.add(output, new)
    for subscription in added:
        say(f"Followed from now on: {subscription.shown} ({subscription.address}).")
    already = len(new) - len(added)
    if already:
        say(f"{already} of {len(new)} {'were' if already > 1 else 'was'} followed already.")
    say(
        f"{output / subscriptions.FOLLOW_FILE} lists what is followed. To convert what is new: chaptercast fetch -o {output}"
    )


def _follow_service(
    addresses: Sequence[Given],
    output: Path,
    settings: tuple[tuple[str, ...], int, str, str],
    told: tuple[str, str, str],
) -> None:
    """Write down a server where articles are kept. Its first answer comes with the first fetch."""
    from chaptercast.following import subscriptions

    if len(addresses) != 1 or isinstance(addresses[0], Path) or not told[0] or not told[1]:
        raise UsageError(
            "A server needs its address, --service and --secret.",
            "chaptercast follow https://read.example.org --service readeck --secret ~/.config/readeck.key",
        )
    only, back, text, voice = settings
    service, secret, tag = told
    place = secret if secret.startswith("env:") else str(Path(secret).expanduser().absolute())
    new = subscriptions.Subscription(addresses[0], "", only, back, text=text, service=service, secret=place, tag=tag)
    added = subscriptions.add(output, [replace(new, **_voice(voice))])
    say(f"Followed from now on: {new.address}." if added else f"{new.address} was followed already.")
    say(f"To convert what is new: chaptercast fetch -o {output}")


def _voice(name: str) -> dict[str, str]:
    from chaptercast import voice_profiles

    if not name:
        return {}
    return {"profile" if name in voice_profiles.names() else "voice": name}


def _discovered(address: Given, options: Options) -> Any:
    """The feeds at an address, or in a file that lists them."""
    from chaptercast.document.sources.source import open_source
    from chaptercast.following.discovery import Discovery, subscription_list
    from chaptercast.following.finding import feeds_at

    if isinstance(address, Path) or options.offline:
        source = open_source(address, say, offline=options.offline)
        try:
            return Discovery(subscription_list(source.read(), source.name))
        except OSError as error:
            raise UsageError(
                f"{address} cannot be read: {error.strerror}.", "Give an address with https://, or a file in OPML."
            ) from error
    return feeds_at(address, say, private=options.private_addresses)


def _show(output: Path) -> ExitCode:
    """Say what is followed and how it stands."""
    from collections import Counter

    from chaptercast.cli import stdout
    from chaptercast.following.polite_requests import shown_time
    from chaptercast.following.state import load_state
    from chaptercast.following.subscriptions import FOLLOW_FILE, load

    followed = load(output)
    if not followed:
        raise UsageError(f"{output / FOLLOW_FILE} lists no feeds.", "Follow one: chaptercast follow ADDRESS")
    state = load_state(output)
    counts = Counter((article.feed, article.status) for article in state.articles)
    for subscription in followed:
        known = state.feed(subscription.address)
        parts = [
            f"{counts[subscription.address, each]} {each}" for each in ("done", "waiting", "passed over", "given up")
        ]
        asked = f"asked {shown_time(known.asked_at)}" if known.asked_at else "not asked yet"
        trouble = f"; {known.trouble}" if known.trouble else ""
        paused = "paused; " if subscription.paused else ""
        stdout.line(f"{subscription.shown}\n  {subscription.address}\n  {paused}{asked}; {', '.join(parts)}{trouble}")
    return ExitCode.DONE


def _fetch(output: Path, options: Options, every_min: int, *, as_json: bool) -> ExitCode:
    """Convert what is new, once, or again and again."""
    from chaptercast.following.feed_reading import require_libraries
    from chaptercast.following.subscriptions import FOLLOW_FILE, load_file
    from chaptercast.publication import atomic_files

    if options.offline:
        raise UsageError("Feeds lie in the web; --offline forbids it.", "Fetch without it.")
    if options.title:
        raise UsageError("One title does not fit several articles.", "Leave --title away.")
    told = load_file(output)
    if not (told.feeds or told.after.targets):
        raise UsageError(f"{output / FOLLOW_FILE} lists no feeds.", "Follow one: chaptercast follow ADDRESS")
    require_libraries()
    with atomic_files.claimed(output, "") as alone:
        if not alone:
            raise UsageError(f"Another run fetches into {output} just now.", "Wait until it has ended.")
        fetching = _Fetching(output, options, as_json=as_json)
        fetching.once()
        if every_min:
            say(f"Watching the feeds of {output}. Ctrl-C ends it.")
        while every_min:
            time.sleep(_LOOK_S)
            try:
                fetching.once(every_min * 60.0)
            except UsageError as error:  # follow.toml is just being edited, perhaps
                tell(error)
                time.sleep(_MENDING_S)
        return fetching.exit_code


class _Fetching:
    """Rounds of fetching, and what became of them."""

    def __init__(self, output: Path, options: Options, *, as_json: bool) -> None:
        from chaptercast.document.sources.fetch import Limits
        from chaptercast.following.polite_requests import Asker
        from chaptercast.following.round import Round
        from chaptercast.following.state import load_state

        self._output = output
        self._options = options
        self._as_json = as_json
        self._debugging = click.get_current_context().find_root().obj
        state = load_state(output)
        asker = Asker(state.hosts, Limits(seconds=30, private=options.private_addresses), _untold)
        self._round: Round = Round(output, state, asker, say)
        self.exit_code = ExitCode.DONE

    def once(self, interval_s: float = 0.0) -> None:
        """Ask the feeds, all of them or those that are due, and convert what waits."""
        from chaptercast.following.subscriptions import load_file

        told = load_file(self._output)
        subscriptions = [one for one in told.feeds if not one.paused]
        self._announce(told.after.hook)
        asked = self._round.ask(subscriptions, interval_s)
        if asked.trouble:
            self.exit_code = self.exit_code or ExitCode.INPUT
        total = asked.changed + asked.unchanged + asked.trouble + asked.later
        if total:
            say(_summary(asked, total))
        waiting = self._round.waiting_feeds()
        for subscription in subscriptions:
            if subscription.address in waiting:
                self._convert(subscription)
                self._announce(told.after.hook)
        self._deliver(told.after.targets)

    def _deliver(self, targets: "Sequence[Target]") -> None:
        """Send the recordings to the servers that are to have them. What goes wrong there stops nothing."""
        from chaptercast.integrations.deliveries import deliver

        try:
            all_well = deliver(self._output, targets, say)
        except ChaptercastError as error:
            tell(error)
            all_well = False
        if not all_well:
            self.exit_code = self.exit_code or ExitCode.OUTPUT

    def _announce(self, hook: "Hook | None") -> None:
        """Run the user's command for each episode that was published. What goes wrong there stops nothing."""
        from chaptercast.integrations.hooks import announce

        for one in self._round.announcements():
            if hook:
                try:
                    announce(hook, self._output, one.episode, is_new=one.is_new, output=sys.stderr.fileno())
                except ChaptercastError as error:
                    tell(error)
                    self.exit_code = self.exit_code or error.exit_code
            self._round.announced(one)

    def _convert(self, subscription: "Subscription") -> None:
        articles = self._articles(subscription)
        voice = subscription.voice or subscription.profile or self._options.voice
        run = Run(
            Output(self._output),
            replace(self._options, voice=voice, engine=subscription.engine or self._options.engine),
            again=True,
            as_json=self._as_json,
            debugging=self._debugging,
            ended=self._ended,
        )
        run.convert(articles)
        self.exit_code = self.exit_code or run.exit_code

    def _articles(self, subscription: "Subscription") -> "Iterator[Source | Refused]":
        from chaptercast.following.round import Trouble

        for found in self._round.articles(subscription):
            yield Refused(found.given, found.error) if isinstance(found, Trouble) else found

    def _ended(self, outcome: "Outcome") -> None:
        from chaptercast.document.sources.source import Source

        if not isinstance(outcome.given, Source):
            return
        if isinstance(outcome.result, ChaptercastError):
            self._round.failed(outcome.given, outcome.result)
        else:
            self._round.done(outcome.given, outcome.result.episode.slug, to_announce=True)


def _untold(_line: str) -> None:
    """Which hosts are asked is in follow.toml."""


def _summary(asked: "Asked", total: int) -> str:
    parts = [
        f"{count} {what}"
        for count, what in (
            (asked.changed, "read"),
            (asked.unchanged, "unchanged"),
            (asked.later, "not asked"),
            (asked.trouble, "with trouble"),
        )
        if count
    ]
    corrected = f", {asked.corrected} corrected" if asked.corrected else ""
    return f"{total} feed{'s' if total != 1 else ''}: {', '.join(parts)}. New articles: {asked.new}{corrected}."
