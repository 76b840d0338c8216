import pytest

from disclosure.ledger.checkpoint import Checkpoint, check_continues, cosign, read_checkpoint
from disclosure.ledger.note import COSIGNATURE, Note, NoteError, Signer, Verifier, decode, sign
from disclosure.ledger.proofs import ProofError
from disclosure.ledger.tree import Tree, hash_leaf

LOG = Signer.from_seed("log.example/tanqiao", bytes(32))
OTHER = Signer.from_seed("log.example/tanqiao", bytes([1]) * 32)
WITNESS = Signer.from_seed("bank.example/w1", bytes([2]) * 32, COSIGNATURE)
POINT = Checkpoint(LOG.name, 3, bytes(range(32)))
# Published by the Go project with its note package.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)


def test_note_of_another_implementation_is_verified() -> None:
    key = Verifier.from_text(GO_KEY)
    assert key.text == GO_KEY
    assert Note.parse(GO_NOTE).verified_by([key]) == (key,)


def test_signed_note_reads_back() -> None:
    note = sign(POINT.text, LOG)
    assert Note.parse(note).text == POINT.text
    assert read_checkpoint(note, [LOG.verifier]) == (POINT, (LOG.verifier,))


def test_keys_survive_their_text_form() -> None:
    again = Signer.from_text(WITNESS.text)
    assert again.verifier == WITNESS.verifier == Verifier.from_text(WITNESS.verifier.text)
    assert WITNESS.text not in repr(WITNESS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+zz+AA==",
        "a b+00000000+" + LOG.verifier.text.split("+", 2)[2],
        LOG.verifier.text.replace("+", "+0", 1),
        LOG.name + "+00000000+" + LOG.verifier.text.split("+", 2)[2],
        LOG.verifier.text + "AA",
        "x+00000000+" + "CQ" + "A" * 42,
    ],
)
def test_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Verifier.from_text(text)


@pytest.mark.parametrize(
    "text", ["x", "PRIVATE+KEY+x", LOG.text.replace(LOG.verifier.key_id.hex(), "00000000")]
)
def test_malformed_private_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Signer.from_text(text)


def test_key_name_with_space_is_refused() -> None:
    with pytest.raises(NoteError, match="no spaces"):
        Signer.from_seed("a b", bytes(32))


@pytest.mark.parametrize(
    "note",
    [
        POINT.text,
        POINT.text + "\n",
        POINT.text + "\nno signature\n",
        POINT.signed(LOG)[:-1],
        POINT.signed(LOG).replace("\n", "\r\n"),
        POINT.signed(LOG).replace("=\n", "\n"),
        POINT.text + "\n" + "— a AAAA\n" * 101,
        "\t" + POINT.signed(LOG),
    ],
)
def test_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        read_checkpoint(note, [LOG.verifier])


def test_note_of_another_key_is_unknown() -> None:
    with pytest.raises(NoteError, match=r"unknown key ID: log\.example/tanqiao\+"):
        read_checkpoint(POINT.signed(OTHER), [LOG.verifier])


def test_changed_text_does_not_fit_its_signature() -> None:
    with pytest.raises(NoteError, match="does not fit"):
        read_checkpoint(POINT.signed(LOG).replace("\n3\n", "\n4\n"), [LOG.verifier])


def test_signing_twice_is_refused() -> None:
    with pytest.raises(NoteError, match="signed twice"):
        read_checkpoint(sign(POINT.text, LOG, LOG), [LOG.verifier])


def test_signature_of_wrong_length_is_refused() -> None:
    short = POINT.text + "\n" + LOG.line(POINT.text)[:-9] + "\n"
    with pytest.raises(NoteError):
        read_checkpoint(short, [LOG.verifier])


def test_text_to_sign_ends_with_a_newline() -> None:
    with pytest.raises(NoteError, match="newline"):
        sign("x", LOG)


def test_log_signs_under_its_origin() -> None:
    with pytest.raises(NoteError, match="origin"):
        POINT.signed(Signer.from_seed("another", bytes(32)))


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "a\n01\nAAAA\n",
        "a\n-1\nAAAA\n",
        "a\n1\nAAAA\n",
        "\n1\nAAAA\n",
        POINT.text + "more\n",
    ],
)
def test_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.from_text(text)


def test_witness_cosigns_what_the_log_signed() -> None:
    note = cosign(POINT.signed(LOG), LOG.verifier, WITNESS, at=1_790_000_000)
    _, signers = read_checkpoint(note, [LOG.verifier, WITNESS.verifier])
    assert signers == (LOG.verifier, WITNESS.verifier)
    with pytest.raises(NoteError, match="does not fit"):
        read_checkpoint(
            POINT.signed(LOG) + WITNESS.line(POINT.text + "x\n", at=1),
            [LOG.verifier, WITNESS.verifier],
        )


def test_witness_alone_does_not_make_a_checkpoint() -> None:
    note = POINT.text + "\n" + WITNESS.line(POINT.text, at=1)
    with pytest.raises(NoteError, match="unknown key ID"):
        read_checkpoint(note, [LOG.verifier, Verifier("x", bytes(32))])


def test_rewritten_history_is_noticed() -> None:
    tree, forged = Tree(), Tree()
    tree.extend(hash_leaf(bytes([n])) for n in range(9))
    forged.extend(hash_leaf(bytes([n or 77])) for n in range(9))
    old = Checkpoint(LOG.name, 5, tree.root(5))
    check_continues(old, Checkpoint(LOG.name, 9, tree.root()), tree.consistency(5))
    with pytest.raises(ProofError):
        check_continues(old, Checkpoint(LOG.name, 9, forged.root()), forged.consistency(5))
    with pytest.raises(NoteError, match="two logs"):
        check_continues(old, Checkpoint("elsewhere", 9, tree.root()), tree.consistency(5))


def test_base64_has_one_form() -> None:
    assert decode("AA==") == b"\0"
    for text in ("AB==", "AA=", "AA", "A A==", "é"):
        with pytest.raises(NoteError):
            decode(text)
