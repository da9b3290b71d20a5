"""Reads mail (RFC 5322, MIME): saved messages (`.eml`), mailboxes, and web pages that a browser saved whole (`.mhtml`).

`headers` reads the headers of a message, `parts` chooses the parts to read, `flowed` joins the lines of a mail.
"""
