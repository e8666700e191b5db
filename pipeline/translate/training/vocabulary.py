"""One SentencePiece vocabulary for both languages, in the order that Marian and CTranslate2 expect.

Reads: sentences of the training pairs
Writes: sentencepiece.model
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Control symbols: no text can produce them, and decoding drops them, so that no prefix is left in a translation.
# The first token of the target names its language; the last marks a source that a machine translated.
TO_ENGLISH, TO_ALBANIAN, SYNTHETIC = "<2en>", "<2sq>", "<bt>"
EOS, UNK, PAD = "</s>", "<unk>", "<pad>"

# Only what is a matter of typing is folded: odd spaces to a space, invisible characters to nothing, ligatures and
# decomposed ë ç to letters. NFKC, the default, would also turn m² into m2, which changes a figure.
FOLDED = {
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{THIN SPACE}": " ",
    "\t": " ",
    "\N{SOFT HYPHEN}": "",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
    "\N{LATIN SMALL LIGATURE FI}": "fi",
    "\N{LATIN SMALL LIGATURE FL}": "fl",
    "e\N{COMBINING DIAERESIS}": "ë",
    "E\N{COMBINING DIAERESIS}": "Ë",
    "c\N{COMBINING CEDILLA}": "ç",
    "C\N{COMBINING CEDILLA}": "Ç",
}
# Signs that reports print and that the training text may hold too rarely to be kept by coverage alone.
REQUIRED = "0123456789§°€$£%&@#*+=<>[]{}|/\\…–—“”„«»‘’…•×²³±≤≥→®©ëËçÇöüáéčćšžđ"


class Vocabulary:
    """Token ids of one SentencePiece model: `</s>` 0, `<unk>` 1, the pieces, `<pad>` last."""

    def __init__(self, model_file: Path) -> None:
        import sentencepiece

        self.model_file = model_file
        self.pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(model_file))
        names = [self.pieces.id_to_piece(number) for number in range(self.pieces.vocab_size())]
        self.tokens = [EOS, UNK, *[name for name in names if name not in (EOS, UNK, "<s>")], PAD]
        self.ids = {token: number for number, token in enumerate(self.tokens)}
        self._of_piece = [self.ids.get(name, 1) for name in names]
        self.eos, self.unk, self.pad = 0, 1, len(self.tokens) - 1
        self.to_english, self.to_albanian = self.ids[TO_ENGLISH], self.ids[TO_ALBANIAN]
        self.synthetic = self.ids[SYNTHETIC]

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, sentence: str) -> list[int]:
        """Ids of the best segmentation, without `</s>`."""
        return [self._of_piece[number] for number in self.pieces.encode(sentence)]

    def sample(self, sentence: str, alpha: float) -> list[int]:
        """Ids of one segmentation drawn from all of them (Kudo 2018); a smaller `alpha` draws flatter."""
        drawn = self.pieces.encode(sentence, enable_sampling=True, alpha=alpha, nbest_size=-1)
        return [self._of_piece[number] for number in drawn]

    def decode(self, ids: Iterable[int]) -> str:
        """Text of ids; control symbols, `</s>` and `<pad>` are dropped."""
        names = [self.tokens[number] for number in ids if number not in (self.eos, self.pad)]
        return str(self.pieces.decode_pieces(names)).strip()


def normalisation_rules() -> str:
    """FOLDED in SentencePiece's table format: hexadecimal code points, a tab, hexadecimal code points."""
    return "".join(
        f"{' '.join(f'{ord(c):X}' for c in written)}\t{' '.join(f'{ord(c):X}' for c in meant)}\n"
        for written, meant in FOLDED.items()
    )


def train_vocabulary(sentences: Iterable[str], model_file: Path, size: int) -> Vocabulary:
    """Train a unigram vocabulary of `size` tokens and write it to `model_file`.

    Digits are single pieces: a model that copies digit by digit needs no luck to copy a number it never saw.
    """
    import sentencepiece

    model_file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        rules.write_text(normalisation_rules(), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_prefix=str(model_file.with_suffix("")),
            vocab_size=size,
            character_coverage=0.9999,
            required_chars="".join(sorted(set(REQUIRED))),
            control_symbols=[TO_ENGLISH, TO_ALBANIAN, SYNTHETIC],
            split_digits=True,
            normalization_rule_tsv=str(rules),
            input_sentence_size=600_000,
            shuffle_input_sentence=True,
            minloglevel=2,
        )
    model_file.with_suffix(".vocab").unlink(missing_ok=True)
    return Vocabulary(model_file)
