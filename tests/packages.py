"""A tiny real Argos package, made in a second: SentencePiece and CTranslate2, with weights set by hand.

The model copies its source piece by piece and swaps the pieces of `LEXICON`, in either direction: at step t
the decoder looks at source position t (positions have codes of their own in the embedding) and names the piece's
partner. It translates word for word and always the same, which is what a test needs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

# Albanian and English words, one for one; what is not here is copied.
LEXICON = """
policia police|ministria ministry|neni article|nenit articles|kodit code|penal criminal|ligji law|urdhri order
vendimi decision|nr no|datë dated|dhe and|për for|në in|me with|të of|i the|e its|është is|janë are|ka has|kanë have
fëmijët children|fëmijë child|shkolla school|raporti report|raport reports|viti year|vitit years
viktima victim|viktimat victims|linja line|numri number|raste cases|rast case|hetim investigation|hetime investigations
gjykata court|prokuroria prosecution|agjencia agency|drejtoria directorate|punonjës staff|mësues teachers
projekti project|plani plan|veprimi action|objektivi objective|masat measures|institucionet institutions
shqipëria albania|tirana capital|qeveria government|shteti state|drejtësia justice|siguria safety|mbrojtja protection
abuzimi abuse|seksual sexual|interneti internet|njoftimi notice|heqja takedown|procedura procedure|përmbajtja content
u were|trajnuan trained|organizoi organized|miratoi approved|nënshkroi signed|regjistruan registered|filloi began
muaj months|ditë days|qershor june|maj may|shkurt february|lekë leks|mijë thousand|milionë million|përqind percent
një a|dy two|tre three|katër four|pesë five|tetë eight|nuk not|që that|nga from|ndaj against|gjatë during|sipas under
kreu chapter|pika point|paragrafi paragraph|takim meeting|takime meetings|fushatë campaign|konferencë conference
shërbimi service|ofruesi provider|marrëveshje agreement|memorandumi memorandum|bashkëpunim cooperation
""".replace("\n", "|").split("|")  # fmt: skip

# Sizes of the model: the least that tells 1,000 pieces and 400 positions apart.
TOKEN_DEPTH, POSITION_DEPTH, POSITIONS = 64, 64, 400
PREFIXES = {"en": "<2en>", "sq": "<2sq>"}


def word_pairs() -> list[tuple[str, str]]:
    pairs = [tuple(row.split()) for row in LEXICON if row.strip()]
    return [(a, b) for a, b in pairs]


def training_lines() -> list[str]:
    """Text in which every word of the lexicon comes often enough to become one piece."""
    lines: list[str] = []
    pairs = word_pairs()
    for turn in range(12):
        for i in range(len(pairs)):
            chosen = [pairs[(i * 7 + k * (turn + 3)) % len(pairs)] for k in range(5)]
            for side in (0, 1):
                words = [p[side] for p in chosen]
                lines.append(" ".join(words) + ".")
                lines.append(" ".join(w.capitalize() for w in words))
    lines += [
        "0 1 2 3 4 5 6 7 8 9 / - . , ; : ! ? ( ) \" ' % & @ # + = * _ „ “ ” « » ’ – — ç ë Ç Ë € $ < > [ ] { }"
    ] * 40
    lines += ["abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ", " ".join("abcdefghijklmnopqrstuvwxyzçë")] * 40
    return lines


def train_pieces(folder: Path) -> Path:
    import sentencepiece

    model = folder / "sentencepiece"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(training_lines()), model_prefix=str(model), vocab_size=1000, model_type="unigram",
        character_coverage=1.0, num_threads=1, shuffle_input_sentence=False, minloglevel=2, split_digits=True,
        hard_vocab_limit=False, control_symbols=list(PREFIXES.values()), normalization_rule_name="identity",
        remove_extra_whitespaces=False,
    )  # fmt: skip
    model.with_suffix(".vocab").unlink()
    return model.with_suffix(".model")


def build_model(folder: Path, pieces_file: Path, *, prefixed: bool) -> None:
    """Writes the CTranslate2 model; `prefixed`: its target begins with a token that names the language."""
    import ctranslate2
    import numpy
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(pieces_file))
    names = [pieces.id_to_piece(i) for i in range(pieces.vocab_size())]
    partner = partners(names)
    random = numpy.random.default_rng(7)
    depth = TOKEN_DEPTH + POSITION_DEPTH
    tokens = random.choice([-1.0, 1.0], (len(names), TOKEN_DEPTH)).astype(numpy.float32)
    places = random.choice([-1.0, 1.0], (POSITIONS, POSITION_DEPTH)).astype(numpy.float32)

    def zeros(*shape: int) -> Any:
        return numpy.zeros(shape, numpy.float32)

    def embeddings() -> Any:
        table = zeros(len(names), depth)
        table[:, :TOKEN_DEPTH] = tokens
        return table

    def encodings(shift: int) -> Any:
        table = zeros(POSITIONS, depth)
        for i in range(POSITIONS):
            table[i, TOKEN_DEPTH:] = places[(i - shift) % POSITIONS]
        return table

    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    for side, shift in ((spec.encoder, 0), (spec.decoder, 1 if prefixed else 0)):
        side.scale_embeddings = False
        side.position_encodings.encodings = encodings(shift)
        side.layer_norm.gamma, side.layer_norm.beta = zeros(depth) + 1, zeros(depth)
    spec.encoder.embeddings[0].weight = embeddings()
    spec.decoder.embeddings.weight = embeddings()

    def idle_attention(attention: Any) -> None:
        attention.layer_norm.gamma, attention.layer_norm.beta = zeros(depth) + 1, zeros(depth)
        attention.linear[0].weight, attention.linear[0].bias = zeros(depth * 3, depth), zeros(depth * 3)
        attention.linear[1].weight, attention.linear[1].bias = zeros(depth, depth), zeros(depth)

    def idle_network(network: Any) -> None:
        network.layer_norm.gamma, network.layer_norm.beta = zeros(depth) + 1, zeros(depth)
        network.linear_0.weight, network.linear_0.bias = zeros(4, depth), zeros(4)
        network.linear_1.weight, network.linear_1.bias = zeros(depth, 4), zeros(depth)

    idle_attention(spec.encoder.layer[0].self_attention)
    idle_network(spec.encoder.layer[0].ffn)
    idle_attention(spec.decoder.layer[0].self_attention)
    idle_network(spec.decoder.layer[0].ffn)
    look = spec.decoder.layer[0].attention
    look.layer_norm.gamma, look.layer_norm.beta = zeros(depth) + 1, zeros(depth)
    # The query is the decoder's place, sharpened; the key the encoder's place; the value the encoder's piece.
    query, key, value, out = (zeros(depth, depth) for _ in range(4))
    for i in range(POSITION_DEPTH):
        query[i, TOKEN_DEPTH + i] = 8.0
        key[i, TOKEN_DEPTH + i] = 8.0
    for i in range(TOKEN_DEPTH):
        value[i, i] = 1.0
        # So large that the piece looked at drowns the piece said before.
        out[i, i] = 12.0
    look.linear[0].weight, look.linear[0].bias = query, zeros(depth)
    look.linear[1].weight = numpy.concatenate([key, value])
    look.linear[1].bias = zeros(depth * 2)
    look.linear[2].weight, look.linear[2].bias = out, zeros(depth)
    projection = zeros(len(names), depth)
    projection[:, :TOKEN_DEPTH] = tokens[partner]
    spec.decoder.projection.weight = projection
    spec.decoder.projection.bias = zeros(len(names))
    # Never say a control symbol, nor begin anew.
    for name in ("<s>", "<unk>", *PREFIXES.values()):
        spec.decoder.projection.bias[names.index(name)] = -1000.0
    spec.config.add_source_eos = True
    spec.config.layer_norm_epsilon = 1e-6
    spec.register_source_vocabulary(names)
    spec.register_target_vocabulary(names)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def partners(names: list[str]) -> list[int]:
    """For each piece the one that says it in the other language: its partner in the lexicon, or itself."""
    ids = {name: i for i, name in enumerate(names)}
    partner = list(range(len(names)))
    for albanian, english in word_pairs():
        # A single capital is the beginning of many a name: it stays.
        capitals = [(albanian.capitalize(), english.capitalize())] if min(len(albanian), len(english)) > 1 else []
        for a, b in ((albanian, english), *capitals):
            left, right = ids.get(f"▁{a}"), ids.get(f"▁{b}")
            if left is not None and right is not None:
                partner[left], partner[right] = right, left
    return partner


@cache
def _built(prefixed: bool) -> Path:
    folder = Path(mkdtemp(prefix="dygjuhe-tiny-"))
    pieces = train_pieces(folder)
    build_model(folder / "model", pieces, prefixed=prefixed)
    return folder


def tiny_package(folder: Path, source: str = "sq", target: str = "en", *, prefixed: bool = False,
                 version: str = "1.0", **metadata: object) -> Path:  # fmt: skip
    """Makes `folder/translate-sq_en-1_0`, an Argos package as it lies when installed, and returns its path."""
    built = _built(prefixed)
    package = folder / f"translate-{source}_{target}-{version.replace('.', '_')}"
    package.mkdir(parents=True)
    shutil.copytree(built / "model", package / "model")
    shutil.copy(built / "sentencepiece.model", package / "sentencepiece.model")
    words = {"sq": "Albanian", "en": "English"}
    record = {
        "package_version": version, "argos_version": "1.9", "from_code": source, "from_name": words.get(source, source),
        "to_code": target, "to_name": words.get(target, target), "name": "tiny",
        **({"target_prefix": PREFIXES[target]} if prefixed else {}), **metadata,
    }  # fmt: skip
    (package / "metadata.json").write_text(json.dumps(record, indent=2), encoding="utf-8")
    return package


def tiny_packages(folder: Path, *, prefixed: bool = False) -> Path:
    """Both directions in one packages folder, which is returned."""
    for source, target in (("sq", "en"), ("en", "sq")):
        tiny_package(folder, source, target, prefixed=prefixed)
    return folder


def zipped(package: Path, to: Path) -> Path:
    """The package as the file that Argos distributes: one folder in a zip archive."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            if path.is_file():
                archive.write(path, f"{package.name}/{path.relative_to(package).as_posix()}")
    return to


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
