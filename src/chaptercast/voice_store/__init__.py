"""Local neural voices: where they are kept, what there is to install, and how it comes there whole or not at all.

A leaf: engines ask it for what is installed (`installed`), and it knows none of them. A voice, or several that share a model, are
a *pack*: a folder with the model, what belongs to it, and a manifest. What can be had is in the catalogue, which ships with the
program. See docs/voices.md.
"""

from chaptercast.voice_store.licences import Licence, licence_of
from chaptercast.voice_store.model import InstalledPack, Pack, PackFile, PackVoice
from chaptercast.voice_store.voice_folders import installed

__all__ = ["InstalledPack", "Licence", "Pack", "PackFile", "PackVoice", "installed", "licence_of"]
