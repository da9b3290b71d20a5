"""Messages (RFC 5322, MIME): mail that was saved (`.eml`), mailboxes, and web pages that a browser saved whole (`.mhtml`).

`headers` says what a message says of itself, `parts` which of its parts are read, `flowed` puts lines of mail together again.
"""
