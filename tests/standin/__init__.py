"""A stand-in for the Edge read-aloud service on this machine: its protocol, real speech-like MP3 frames, and every fault."""
