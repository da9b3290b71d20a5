"""The store of local neural voices: their folders, the catalogue, and their installation, whole or not at all.

A leaf package: engines ask it for the installed packs (`installed`), and it knows no engine. A *pack* is one voice, or several that
share a model: a folder with the model, its other files, and a manifest. The catalogue of available packs ships with the program. See
docs/voices.md.
"""

from chaptercast.voice_store.licences import Licence, licence_of
from chaptercast.voice_store.model import InstalledPack, Pack, PackFile, PackVoice
from chaptercast.voice_store.voice_folders import installed

__all__ = ["InstalledPack", "Licence", "Pack", "PackFile", "PackVoice", "installed", "licence_of"]
