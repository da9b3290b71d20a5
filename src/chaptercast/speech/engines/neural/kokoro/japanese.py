"""Grapheme-to-phoneme for Japanese: the dictionary's kana in Kokoro's training letters, with a space between morphemes."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from chaptercast.speech.engines.espeak.japanese import morphemes
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word

_KANA: Mapping[str, str] = MappingProxyType(
    {
        kana: sound
        for kanas, sounds in (
            ("ア イ ウ エ オ", "a i ɯ e o"),
            (
                "カ キ ク ケ コ キャ キュ キョ キェ クァ クィ クェ クォ",
                "ka kʲi kɯ ke ko kʲa kʲɨ kʲo kʲe kᵝa kᵝi kᵝe kᵝo",
            ),
            ("ガ ギ グ ゲ ゴ ギャ ギュ ギョ グァ グィ グェ グォ", "ɡa ɡʲi ɡɯ ɡe ɡo ɡʲa ɡʲɨ ɡʲo ɡᵝa ɡᵝi ɡᵝe ɡᵝo"),
            ("サ シ ス セ ソ シャ シュ ショ シェ", "sa ɕi sɨ se so ɕa ɕɨ ɕo ɕe"),
            ("ザ ジ ズ ゼ ゾ ジャ ジュ ジョ ジェ", "ʣa ʥi zɨ ʣe ʣo ʥa ʥɨ ʥo ʥe"),
            ("タ チ ツ テ ト チャ チュ チョ チェ", "ta ʨi ʦɨ te to ʨa ʨɨ ʨo ʨe"),
            ("ツァ ツィ ツェ ツォ ティ テュ トゥ", "ʦa ʦʲi ʦe ʦo tʲi tʲɨ tɯ"),
            ("ダ ヂ ヅ デ ド ヂャ ヂュ ヂョ ディ デュ ドゥ", "da ʥi zɨ de do ʥa ʥɨ ʥo dʲi dʲɨ dɯ"),
            ("ナ ニ ヌ ネ ノ ニャ ニュ ニョ ニェ", "na ɲi nɯ ne no ɲa ɲɨ ɲo ɲe"),
            ("ハ ヒ フ ヘ ホ ヒャ ヒュ ヒョ ヒェ", "ha çi ɸɯ he ho ça çɨ ço çe"),
            ("ファ フィ フェ フォ フュ フョ", "ɸa ɸʲi ɸe ɸo ɸʲɨ ɸʲo"),
            ("バ ビ ブ ベ ボ ビャ ビュ ビョ", "ba bʲi bɯ be bo bʲa bʲɨ bʲo"),
            ("パ ピ プ ペ ポ ピャ ピュ ピョ", "pa pʲi pɯ pe po pʲa pʲɨ pʲo"),
            ("マ ミ ム メ モ ミャ ミュ ミョ", "ma mʲi mɯ me mo mʲa mʲɨ mʲo"),
            ("ヤ ユ ヨ イェ", "ja jɯ jo je"),
            ("ラ リ ル レ ロ リャ リュ リョ", "ɾa ɾʲi ɾɯ ɾe ɾo ɾʲa ɾʲɨ ɾʲo"),
            ("ワ ヰ ヱ ヲ ウィ ウェ ウォ", "βa i e o βi βe βo"),
            ("ヴ ヴァ ヴィ ヴェ ヴォ ヴュ ヴョ", "vɯ va vʲi ve vo bʲɨ bʲo"),
            ("ァ ィ ゥ ェ ォ ャ ュ ョ ヮ ヵ ヶ", "a i ɯ e o ja jɯ jo βa ka ke"),
            ("ッ ー", "ʔ ː"),
        )
        for kana, sound in zip(kanas.split(), sounds.split(), strict=True)
    }
)
"""Hepburn romanisation in IPA, as in the training texts."""
_NASAL, _STOP = "ン", "ッ"
_NASALS = (("mpb", "m"), ("kɡ", "ŋ"), ("ɲʨʥ", "ɲ"), ("ntdɾzʣʦ", "n"))
"""The sound of ン before the sounds on the left."""
_ALONE = "ɴ"


def spell(text: str) -> Spelling:
    """Spell Japanese without punctuation between its words. A word without a reading is listed as unread. Raises `EngineError`."""
    symbols = ""
    words: list[Word] = []
    unread: list[tuple[int, int]] = []
    found = list(morphemes(text))
    for number, morpheme in enumerate(found):
        if not morpheme.kana:
            if text[morpheme.begin : morpheme.end].strip():
                unread.append((morpheme.begin, morpheme.end))
            continue
        following = found[number + 1].kana if number + 1 < len(found) and found[number + 1].leans else ""
        spelled = "".join(_sounds(morpheme.kana, following))
        if symbols and not spelled.startswith(_KANA[_STOP]) and not symbols.endswith(_KANA[_STOP]):
            symbols += " "
        if morpheme.begin < morpheme.end:
            words.append(Word(len(symbols), morpheme.begin, morpheme.end - morpheme.begin))
        symbols += spelled
    return Spelling(symbols, tuple(words), tuple(unread))


def _sounds(kana: str, following: str) -> Iterator[str]:
    """The sounds of `kana`. `following` is what is spoken after it without a gap."""
    at, length = 0, len(kana)
    whole = kana + following
    while at < length:
        width = 2 if whole[at : at + 2] in _KANA and at + 2 <= length else 1
        one = kana[at : at + width]
        if one == _NASAL:
            following_sound = _KANA.get(whole[at + 1 : at + 3]) or _KANA.get(whole[at + 1 : at + 2]) or ""
            yield next(
                (nasal for before, nasal in _NASALS if following_sound[:1] and following_sound[0] in before), _ALONE
            )
        else:
            yield _KANA.get(one, "")
        at += width


@cache
def knows(word: str) -> bool:
    """Whether the dictionary reads a word in Latin letters, instead of only spelling it."""
    return _kana(word) != "".join(map(_kana, word))


def _kana(text: str) -> str:
    return "".join(morpheme.kana for morpheme in morphemes(text))
