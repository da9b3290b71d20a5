"""From what an SSML document asks for, in order, to the sections of a script."""

import re
from collections import Counter, deque
from collections.abc import Callable

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, Milliseconds, primary
from chaptercast.document.model import Omission, Reason
from chaptercast.script.model import Part, Pause, Say, Section, Sentence
from chaptercast.script.normalise import speakable
from chaptercast.script.ssml.items import Edge, Gap, Item, Place, Style, Words
from chaptercast.script.ssml.script_metadata import About, Opening
from chaptercast.script.ssml.spoken_words import put_sentence, put_text
from chaptercast.script.ssml.write import ROLE_MARK
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Pauses, Role

_SPACE = re.compile(r"\s+")
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_LEVEL_MARK = re.compile(r".+-([1-9])")
_LEVEL = 2
"""Of a section whose mark names none."""


class Assembly:
    """A script in the making: takes items, one after another."""

    def __init__(self, about: About, verbalizer: Callable[[LanguageTag], Verbalizer], pauses: Pauses) -> None:
        """`about` is what `metadata` says; the scripts of others get `pauses` between their paragraphs."""
        self.sections: list[Section] = []
        self.left_out: list[Omission] = []
        self.notes: Counter[str] = Counter()
        self._ours = about.ours
        self._verbalizer = verbalizer
        self._pauses = pauses
        self._listed = {opening.mark: (place, opening) for place, opening in enumerate(about.openings) if opening.mark}
        self._silent = deque((place, opening) for place, opening in enumerate(about.openings) if not opening.mark)
        self._ids = {opening.id for opening in about.openings}
        self._opening = Opening("", "s0", "", 1, Role.BODY)
        self._parts: list[Part] = []
        self._title_in_words = False
        """Whether the first words of the section are its title: a mark that someone has added to a script of ours."""
        self._role = Role.BODY
        self._run: list[Words] = []
        """Words in one style since the last edge."""
        self._sentences: list[Sentence] = []
        """In one style, since the last gap of the paragraph."""
        self._style: Style | None = None
        """Of the sentences."""
        self._within_sentence = False
        self._begun = False
        """Whether anything of the paragraph has been met."""
        self._continues = False
        """Whether the next words go on with a paragraph."""
        self._gap = 0
        self._asked = False
        """Whether the gap was asked for; else it is what paragraphs imply."""

    def add(self, item: Item) -> None:
        """Take the next item."""
        match item:
            case Words():
                self._words(item)
            case Gap(duration):
                self._end_utterance()
                self._gap = duration + (self._gap if self._asked else 0)
                self._asked = True
            case Place(name):
                self._mark(name)
            case Edge.PARAGRAPH:
                self._end_paragraph()
            case edge:
                self._end_run()
                self._within_sentence = edge is Edge.SENTENCE_START

    def finish(self) -> tuple[Section, ...]:
        """The sections, after the last item."""
        self._end_paragraph()
        if self._asked and self._gap and self._parts:
            self._parts.append(Pause(Milliseconds(self._gap)))
        self._close_section()
        self._open_silent_ones(None)
        return tuple(self.sections)

    def _words(self, words: Words) -> None:
        is_blank = words.alias is None and not words.text.strip()
        if not self._ours:
            text = _SPACE.sub(" ", words.text)
            words = replace(words, text=text if self._run or self._sentences else text.lstrip())
        if self._run and is_blank:
            self._run.append(replace(words, style=self._run[-1].style))
            return
        if is_blank and not self._within_sentence:
            return
        style = self._run[-1].style if self._run else self._style if self._sentences else words.style
        if words.style != style:
            self._end_utterance()
        self._run.append(words)

    def _mark(self, name: str) -> None:
        if name in self._listed:
            place, opening = self._listed.pop(name)
            self._end_paragraph()
            self._close_section()
            self._open_silent_ones(place)
            self._open(opening)
        elif self._ours and (role := ROLE_MARK.fullmatch(name)):
            self._end_utterance()
            self._role = Role(role[1])
            self._continues = self._continues or bool(role[2])
        elif name and not (self._begun or self._run):
            self._close_section()
            self._open(self._by_name(name))
            self._title_in_words = self._ours
        else:
            self.notes["a mark within a paragraph opens no chapter"] += 1

    def _by_name(self, name: str) -> Opening:
        """A section that nothing is known of but its mark."""
        number = len(self.sections)
        while f"s{number}" in self._ids:
            number += 1
        self._ids.add(f"s{number}")
        level = _LEVEL_MARK.fullmatch(name) if self._ours else None
        title = "" if self._ours else " ".join(re.split(r"[-_.\s]+", name)).strip()
        role = Role.HEADING if self._ours else Role.BODY
        return Opening(name, f"s{number}", title or name, int(level[1]) if level else _LEVEL, role)

    def _open(self, opening: Opening) -> None:
        self._opening = opening
        self._role = opening.role
        self._title_in_words = False

    def _open_silent_ones(self, before: int | None) -> None:
        """The sections of which nothing is spoken, up to the one that is named at place `before`."""
        while self._silent and (before is None or self._silent[0][0] < before):
            _, opening = self._silent.popleft()
            self.sections.append(Section(opening.id, opening.title, opening.level, ()))

    def _close_section(self) -> None:
        if self._parts:
            opening = self._opening
            self.sections.append(Section(opening.id, opening.title, opening.level, tuple(self._parts)))
            self._parts = []

    def _end_paragraph(self) -> None:
        self._end_utterance()
        if self._begun and not self._ours and not self._asked:
            self._gap = max(self._pauses.before.get("paragraph", 0), self._pauses.after.get("paragraph", 0))
        self._begun = self._continues = False
        self._role = Role.BODY

    def _end_utterance(self) -> None:
        self._end_run()
        sentences, self._sentences = self._sentences, []
        if not sentences or self._style is None:
            return
        if not self._ours and not any(speakable(sentence.spoken) for sentence in sentences):
            self._leave_out("".join(sentence.written for sentence in sentences))
            return
        style = self._style
        for number, group in enumerate(self._verbalizer(style.language).grouped(sentences)):
            if number:
                self._gap = max(self._gap, self._pauses.before.get("sentence", 0))
            self._say(
                Say(
                    group,
                    style.language,
                    self._role,
                    continues=self._continues,
                    manner=style.manner,
                    voice=style.voice,
                )
            )
            self._continues = True

    def _leave_out(self, text: str) -> None:
        if text.strip():
            self.left_out.append(Omission(text.strip(), Reason.UNSPEAKABLE))

    def _say(self, say: Say) -> None:
        if self._gap and (self._asked or self._parts or self.sections):
            self._parts.append(Pause(Milliseconds(self._gap)))
        self._gap, self._asked = 0, False
        if self._title_in_words:
            self._opening = replace(self._opening, title=say.written)
            self._title_in_words = False
        self._parts.append(say)

    def _end_run(self) -> None:
        """The words since the last edge are a sentence, or a text of sentences."""
        run, self._run = self._run, []
        if not any(words.alias is not None or words.text.strip() for words in run):
            return
        self._style = style = run[0].style
        verbalizer = self._verbalizer(style.language)
        made = put_sentence(run, verbalizer) if self._within_sentence else put_text(run, verbalizer)
        if self._sentences and not self._ours and primary(style.language) not in _UNSPACED:
            self._sentences[-1] = _with_space(self._sentences[-1])
        self._sentences += made
        self._begun = True


def _with_space(sentence: Sentence) -> Sentence:
    return sentence if sentence.written[-1:].isspace() else replace(sentence, written=f"{sentence.written} ")
