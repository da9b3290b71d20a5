"""A stand-in for servers that speak as OpenAI's does: their answers, in every form that sound may have, and every fault."""
