"""Mail and saved pages: the subject is the title, the best text is read, everything else is named."""

import base64

import pytest
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

HEAD = "From: Anna Finch <a@example.org>\nTo: you@example.org\nSubject: Harbour news\nDate: Tue, 6 Jul 2021 10:00:00 +0200\n"
HTML = "<html><body><h1>Harbour news</h1><p>The boats &ndash; all of them &ndash; are in.</p></body></html>"


def mail(rest: str, head: str = HEAD) -> bytes:
    return (head + "MIME-Version: 1.0\n" + rest).encode()


def parts(*each: str, kind: str = "mixed") -> str:
    return f'Content-Type: multipart/{kind}; boundary="b"\n\n' + "".join(f"--b\n{part}\n" for part in each) + "--b--\n"


def test_a_message_in_html() -> None:
    message = mail(
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><body><h1>Harbour=20news</h1><p>The boats =E2=80=93 all of =\nthem.</p></body></html>"
    )
    told = heard(message, "mail.eml")
    assert told[0] == "Harbour news"
    assert "all of them." in told[1]
    assert len(told) == 2
    metadata = outline(read_bytes(message, name="mail.eml")).metadata
    assert (metadata.title, metadata.author, metadata.date) == (
        "Harbour news",
        "Anna Finch",
        "2021-07-06T10:00:00+02:00",
    )
    assert ("To: you@example.org", "ENVELOPE") in named(message, "mail.eml")


def test_it_is_known_without_a_name() -> None:
    message = mail("Content-Type: text/plain\n\nThe boats are in.\n")
    assert heard(message, "-") == ["Harbour news", "The boats are in."]


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is\nan article.\n\nIt has: colons.\n",
        "From: here to there\n\nwe walked.\n",
        "Date: 2021\nTitle: x\n\nText.\n",
    ],
)
def test_a_text_that_only_looks_like_one_is_a_text(text: str) -> None:
    assert not any(reason == "ENVELOPE" for _, reason in named(text.encode(), "x.txt"))


def test_of_several_versions_one_is_read_and_the_other_is_named() -> None:
    message = mail(
        parts(
            "Content-Type: text/plain\n\nThe boats are in.\n",
            f"Content-Type: text/html; charset=utf-8\n\n{HTML}",
            kind="alternative",
        )
    )
    assert sum("boats" in line for line in heard(message, "x.eml")) == 1
    assert ("The boats are in.", "REPEATED") in named(message, "x.eml")


def test_an_empty_html_version_does_not_win() -> None:
    message = mail(
        parts("Content-Type: text/plain\n\nThe boats are in.\n", "Content-Type: text/html\n\n", kind="alternative")
    )
    assert "The boats are in." in heard(message, "x.eml")


def test_attachments_are_named_and_messages_within_are_read() -> None:
    message = mail(
        parts(
            "Content-Type: text/plain\n\nThe boats are in.\n",
            'Content-Type: application/pdf; name="list.pdf"\nContent-Disposition: attachment; filename="list.pdf"\n\nxx\n',
            "Content-Type: message/rfc822\n\nFrom: B. Wren <b@example.org>\nSubject: The net\n\nIt is torn.\n",
        )
    )
    assert ("list.pdf", "ATTACHMENT") in named(message, "x.eml")
    assert chapters(message, "x.eml") == [(2, "The net")]
    assert "It is torn." in heard(message, "x.eml")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?B?" + base64.b64encode("Гавань".encode()).decode() + "?=", "Гавань"),
        ("=?iso-8859-1?Q?Caf=E9?= =?iso-8859-1?Q?_noir?=", "Café noir"),
        ("=?unknown-charset?Q?Caf=E9?=", "Café"),
        ("a\n long one", "a long one"),
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
    ],
)
def test_subjects(subject: str, title: str) -> None:
    message = mail(
        "Content-Type: text/plain\n\nThe boats are in.\n",
        f"From: a@example.org\nSubject: {subject}\nTo: b@example.org\n",
    )
    assert outline(read_bytes(message, name="x.eml")).title == title


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "Le café est à côté."),
        ("koi8-r", "Лодки пришли."),
        ("gb2312", "船到了港口。"),
        ("none", "Die Straße."),
    ],
)
def test_charsets(charset: str, text: str) -> None:
    encoding = "utf-8" if charset == "none" else charset
    message = mail(f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n") + text.encode(
        encoding
    )
    assert text in heard(message, "x.eml")


def test_lines_that_flow_and_quotations() -> None:
    text = "The boats \nare in.\n\n> Are they \n> in?\n> \n> > When \n> > else?\n\n-- \nAnna\n"
    message = mail(f"Content-Type: text/plain; format=flowed\n\n{text}")
    lines = [line.split(" |")[0] for line in dump(read_bytes(message, name="x.eml").blocks).split("\n")]
    assert lines[:2] == ["P The boats are in.", "QUOTE"]
    assert "    P Are they in?" in lines
    assert "        P When else?" in lines


def test_a_saved_page_is_read_as_the_page() -> None:
    page = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/harbour\nSubject: Harbour news\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\nContent-ID: <f@mhtml>\n'
        b"Content-Transfer-Encoding: quoted-printable\nContent-Location: https://example.org/harbour\n\n"
        b"<html><body><article><h1>Harbour news</h1>"
        b"<p>The boats are in, and the keeper has counted them all twice.</p></article></body></html>\n"
        b"--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: https://example.org/a.png\n\niVBOR\n--b--\n"
    )
    document = outline(read_bytes(page, name="x.mhtml"))
    assert document.title == "Harbour news"
    assert document.metadata.source == "https://example.org/harbour"
    assert heard(page, "x.mhtml") == ["Harbour news", "The boats are in, and the keeper has counted them all twice."]


def test_a_mailbox_is_read_message_by_message() -> None:
    box = "".join(
        f"From a@example.org Tue Jul  6 10:00:00 2021\nFrom: Anna <a@example.org>\nSubject: {subject}\nMessage-ID: <{subject}>\n\n"
        f"The {subject} is here.\n\n"
        for subject in ("boat", "net")
    )
    assert [title for _, title in chapters(box.encode(), "x.mbox")] == ["boat", "net"]
    assert "The net is here." in heard(box.encode(), "x.mbox")


def test_a_message_as_apple_mail_keeps_it() -> None:
    message = mail("Content-Type: text/plain\n\nThe boats are in.\n")
    kept = b"%d\n" % len(message) + message + b'<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>\n'
    assert heard(kept, "x.emlx") == ["Harbour news", "The boats are in."]
    assert not any("plist" in text for text, _ in named(kept, "x.emlx"))


def test_a_line_that_begins_with_from_parts_no_message() -> None:
    message = mail("Content-Type: text/plain\n\nWe sailed.\n\nFrom the harbour\nNote: it was late.\n")
    assert "it was late." in " ".join(heard(message, "x.eml"))
    assert chapters(message, "x.eml") == []


def test_a_mailbox_without_end_is_refused() -> None:
    one = b"From a@example.org Tue Jul  6 10:00:00 2021\nFrom: a@example.org\nMessage-ID: <a>\n\nHello.\n\n"
    with pytest.raises(InputError, match="more than 2000 messages"):
        read_bytes(one * 2001, name="x.mbox")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n",
            "is encrypted",
        ),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB\n", "is encrypted"),
    ],
)
def test_what_is_encrypted_is_refused(content: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_bytes(mail(content), name="x.eml")


def test_a_signed_message_is_read() -> None:
    message = mail(
        parts(
            "Content-Type: text/plain\n\nThe boats are in.\n",
            "Content-Type: application/pgp-signature\n\n-----BEGIN\n",
            kind="signed",
        )
    )
    assert heard(message, "x.eml") == ["Harbour news", "The boats are in."]


@pytest.mark.parametrize(
    ("charset", "subject"), [("big5", "港口的消息"), ("windows-1251", "Новости гавани"), ("utf-8", "Café")]
)
def test_a_subject_in_bytes_is_in_the_charset_of_the_text(charset: str, subject: str) -> None:
    head = f"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n".encode()
    message = head + b"Subject: " + subject.encode(charset) + b"\n\nThe boats are in.\n"
    assert outline(read_bytes(message, name="x.eml")).title == subject
