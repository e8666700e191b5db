"""How the bundled model is made: what is set aside stays aside, both sides of a pair change alike, weights survive.

Tables hold hits beside near misses. What needs PyTorch is skipped where the `train` extra is not installed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translate.training import augment as change
from pipeline.translate.training import corpus as corpora
from pipeline.translate.training.backtranslate import loops, trusted
from pipeline.translate.training.batches import Drawing
from pipeline.translate.training.corpus import Pair
from pipeline.translate.training.evaluate import kept_figures, kept_references
from pipeline.translate.training.package import manifest
from pipeline.translate.training.recipe import RECIPES
from pipeline.translate.training.train import learning_rate
from pipeline.translate.training.vocabulary import TO_ALBANIAN, TO_ENGLISH, Vocabulary, normalisation_rules

ROOT = Path(__file__).parents[2]
DOMAIN, MODELS = ROOT / "data" / "corpus", ROOT / "data" / "models"
SHARED = MODELS / "dygjuhe-small-1.0"


@pytest.fixture(scope="module")
def corpus() -> corpora.Corpus:
    return corpora.read_corpus(DOMAIN, None)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(SHARED / "sentencepiece.model")


# --- what is set aside -------------------------------------------------------------------------------------------


def test_no_held_out_sentence_is_trained_on(corpus: corpora.Corpus) -> None:
    held_out = {
        corpora.sentence_key(side)
        for pairs in corpus.held_out.values()
        for pair in pairs
        for side in (pair.sq, pair.en)
    }
    assert len(held_out) > 1_500
    for pair in corpus.domain:
        assert corpora.sentence_key(pair.sq) not in held_out, pair
        assert corpora.sentence_key(pair.en) not in held_out, pair


def test_test_documents_cover_the_families_that_are_reported(corpus: corpora.Corpus) -> None:
    sets = corpora.held_out_sets(corpus)
    assert set(sets) == {"domain", "civ", "gov", "intl", "law", "news", "rep", "stat", "term", "dev"}
    assert len(sets["domain"]) == sum(len(sets[name]) for name in sets if name not in ("domain", "dev"))
    assert not set(sets["domain"]) & set(sets["dev"])


@pytest.fixture
def gathered(tmp_path: Path) -> tuple[Path, Path]:
    """A domain folder with its held-out files and a gathered folder, all tiny."""
    domain, general = tmp_path / "domain", tmp_path / "general"
    domain.mkdir()
    general.mkdir()
    for name in (*corpora.HELD_OUT_TEST, *corpora.HELD_OUT_DEV):
        (domain / f"{name}.tsv").write_text(f"Fjali e {name}.\tSentence of {name}.\n", encoding="utf-8")
    (domain / "law_01.tsv").write_text(
        "Kërkesa u hodh poshtë.\tThe request was rejected.\nfjali e LAW_07\tA leaked sentence.\nvetëm një anë\n",
        encoding="utf-8",
    )
    files = {
        "osce_rosetta_balcanica": [(f"Zgjedhja {n} u mbajt.", f"Election {n} was held.") for n in range(1_000)],
        "consul": [("Propozimi juaj u dërgua.", "Your proposal was sent.")],
        "bible_albb_web": [("Në fillim ishte fjala.", "In the beginning was the word.")],
        "gnome": [("Hap", "Open"), ("Hapni dosjen e punës tani", "Open the work folder now")],
        "lexicon_ui_short": [("Hap", "Open")],
    }
    for name, rows in files.items():
        with gzip.open(general / f"{name}.tsv.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(f"{sq}\t{en}\n" for sq, en in rows)
    return domain, general


def test_what_is_left_out_is_counted_with_its_reason(gathered: tuple[Path, Path]) -> None:
    read = corpora.read_corpus(*gathered)
    assert read.dropped["consul: AGPL-3.0"] == 1
    assert any(reason.startswith("bible_albb_web: religious") for reason in read.dropped)
    assert read.dropped["domain: a side occurs in a held-out set"] == 1  # differs only in case and punctuation
    assert [pair.sq for pair in read.domain] == ["Kërkesa u hodh poshtë."]
    assert [pair.sq for pair in read.interface] == ["Hapni dosjen e punës tani"]
    assert [pair.sq for pair in read.lexicon] == ["Hap"]


def test_the_institutional_set_is_one_block_at_the_end(gathered: tuple[Path, Path]) -> None:
    read = corpora.read_corpus(*gathered)
    assert [pair.line for pair in read.held_out["osce"]] == list(range(600, 1_000))
    assert max(pair.line for pair in read.near) == 599


def test_a_missing_held_out_document_is_an_error(gathered: tuple[Path, Path]) -> None:
    (gathered[0] / "law_07.tsv").unlink()
    with pytest.raises(FileNotFoundError, match=r"law_07.*held-out"):
        corpora.read_corpus(*gathered)


MONO = [
    ("Republika e Shqipërisë ka sovranitet të plotë në hapësirën ajrore.", True, "a sentence of a law"),
    ("Republika e Shqipërisë ka sovranitet të plotë në hapësirën ajrore!", False, "the same but for the full stop"),
    ("Numri CELEX BashkimitEvropianserialdhefletorja, datë e botimit", False, "words glued by the PDF's extraction"),
    ("1.2.3.4.5.6.7.8.9.10.11.12.13 nr.", False, "hardly a letter"),
    ("Neni 5.", False, "too short"),
]


def test_albanian_text_is_sifted(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "codes.sq.txt.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(f"{sentence}\n" for sentence, _, _ in MONO)
    assert list(corpora.read_mono(tmp_path)) == [sentence for sentence, kept, _ in MONO if kept]


# --- changes of a pair -------------------------------------------------------------------------------------------

FIGURES = [
    ("swapped", "në 2019 u hetuan 4.862 të mitur", "in 2019, 4,862 minors were investigated", True),
    ("date", "datë 21.3.2008", "dated 21.3.2008", True),
    ("letter article", "neni 293/ç", "Article 293/ç", True),
    ("one side in words", "u hetuan 12 raste", "twelve cases were investigated", False),
    ("another count", "12 nga 12", "12", False),
    ("differ", "neni 117", "Article 118", False),
    ("singular decides grammar", "1 rast", "1 case", False),
    ("none", "asnjë rast", "no case", False),
]


@pytest.mark.parametrize(("sq", "en", "changes"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_figures_are_swapped_on_both_sides_or_not_at_all(sq: str, en: str, changes: bool) -> None:
    drawn = {change.swap_figures((sq, en), random.Random(seed)) for seed in range(20)}
    assert (drawn != {(sq, en)}) is changes


figure = st.one_of(
    st.integers(0, 99_999).map(str),
    st.builds("{}.{}.{}".format, st.integers(1, 31), st.integers(1, 12), st.integers(1990, 2030)),
    st.builds("{}/{}".format, st.integers(1, 400), st.sampled_from(["a", "ç", "2"])),
)


@given(st.lists(figure, min_size=1, max_size=6), st.integers(0, 2**32))
def test_swapped_figures_stay_the_same_on_both_sides(figures: list[str], seed: int) -> None:
    text = (" dhe ".join(figures) + ".", " and ".join(reversed(figures)) + ".")
    sq, en = change.swap_figures(text, random.Random(seed))
    groups = [Counter(change.DIGITS.findall(side)) for side in (sq, en)]
    assert groups[0] == groups[1]
    assert change.DIGITS.sub("", sq) == change.DIGITS.sub("", text[0])  # separators and words untouched
    assert [len(g) for g in change.DIGITS.findall(sq)] == [len(g) for g in change.DIGITS.findall(text[0])]
    # What was one figure stays one, what were two stay two.
    assert len(groups[0]) == len(Counter(change.DIGITS.findall(text[0])))


@given(st.text(alphabet="abcëç .,0123456789rnmlfi", max_size=60), st.integers(0, 2**32))
def test_scanning_noise_touches_no_figure(sentence: str, seed: int) -> None:
    noisy = change.add_scanning_noise(sentence, random.Random(seed), 3)
    for group in change.DIGITS.findall(sentence):
        assert group in noisy


def test_names_are_swapped_only_where_both_sides_have_them() -> None:
    known = frozenset({"Kruja", "Patos", "Golem"})
    sq, en = change.swap_names(("nga Patos në Krujë", "from Patos to Kruja"), ("Golem",), known, random.Random(1))
    assert (sq, en) == ("nga Golem në Krujë", "from Golem to Kruja")


JOINS = [
    ("next lines of one file", [("a.", "law_01", 0), ("b.", "law_01", 1)], "a. b."),
    ("a line is missing", [("a.", "law_01", 0), ("b.", "law_01", 2)], "a."),
    ("another file", [("a.", "law_01", 0), ("b.", "law_02", 1)], "a."),
    ("a heading does not end", [("TITULLI", "law_01", 0), ("b.", "law_01", 1)], "TITULLI"),
]


@pytest.mark.parametrize(("lines", "wanted"), [row[1:] for row in JOINS], ids=[row[0] for row in JOINS])
def test_sentences_are_joined_within_a_document(lines: list[tuple[str, str, int]], wanted: str) -> None:
    pairs = [Pair(sq, sq.upper(), source, line) for sq, source, line in lines]
    assert change.joined(pairs, 0, 2) == (wanted, wanted.upper())


def test_a_seed_repeats_a_draw(corpus: corpora.Corpus, vocabulary: Vocabulary) -> None:
    first, second = (Drawing(corpus, None, vocabulary, RECIPES["second"], seed=7) for _ in range(2))
    for _ in range(50):
        text = first.text(0)
        assert text == second.text(0)


def test_the_target_names_its_language_first_and_ends(corpus: corpora.Corpus, vocabulary: Vocabulary) -> None:
    drawing = Drawing(corpus, None, vocabulary, RECIPES["third"], seed=3)
    for _ in range(50):
        source, target = drawing.encoded(0)
        assert target[0] in (vocabulary.to_english, vocabulary.to_albanian)
        assert source[-1] == target[-1] == vocabulary.eos
        assert vocabulary.pad not in source + target
        assert max(len(source), len(target)) <= RECIPES["third"].lengths[-1]


FACTS = {
    "terms.csv": "term_sq,term_en,variants_sq\nfëmijë,child,fëmijët\n",
    "institutions.csv": "name_sq,name_en,kind,variants_sq\n"
    "Ministria e Drejtësisë,Ministry of Justice,ministry,"
    "Ministrisë së Drejtësisë|Ministrinë e Drejtësisë|min. drejt.\n",
    "legal_instruments.csv": "title_sq,title_en,kind,variants_sq,variants_en\n"
    "Kodi Penal,Criminal Code,code,Kodit Penal|Kodin Penal,Criminal Code\n",
    "articles.csv": "instrument_id,article,title_sq,title_en\nkp,117,Pornografia,Pornography\n",
}


def test_glossary_rows_become_pairs_in_their_cases(tmp_path: Path) -> None:
    for name, rows in FACTS.items():
        (tmp_path / name).write_text(rows, encoding="utf-8")
    facts = change.GlossaryFacts(tmp_path)
    cases = {(case, form) for case, form, _ in facts.institutions}
    assert cases == {
        ("nominative", "Ministria e Drejtësisë"),
        ("genitive", "Ministrisë së Drejtësisë"),
        ("accusative", "Ministrinë e Drejtësisë"),
    }
    assert facts.codes == [("Kodit Penal", "Criminal Code")]
    rng = random.Random(5)
    for _ in range(300):
        sq, en = facts.draw(rng)
        assert Counter(change.DIGITS.findall(sq)) == Counter(change.DIGITS.findall(en)), (sq, en)
        assert "{" not in sq + en


# --- back-translation, measures, schedule ------------------------------------------------------------------------

TRANSLATIONS = [
    ("good", "Neni 117 u ndryshua në 2019.", "Article 117 was amended in 2019.", True),
    ("other notation", "u hetuan 4.862 të mitur", "4,862 minors were investigated", True),
    ("figure lost", "Neni 117 u ndryshua.", "The article was amended.", False),
    ("copied", "Neni 117 u ndryshua.", "Neni 117 u ndryshua.", False),
    ("loops", "Kërkesa e tij u hodh poshtë nga gjykata sot", " ".join(["of the case"] * 4), False),
    ("much too short", "Kërkesa e tij u hodh poshtë nga gjykata sot.", "Rejected.", False),
]


@pytest.mark.parametrize(("source", "written", "wanted"), [row[1:] for row in TRANSLATIONS],
                         ids=[row[0] for row in TRANSLATIONS])  # fmt: skip
def test_only_trustworthy_back_translations_are_kept(source: str, written: str, wanted: bool) -> None:
    assert trusted(source, written) is wanted


def test_a_phrase_said_twice_is_no_loop() -> None:
    assert not loops("the Ministry of Justice asked the Ministry of Justice of Kosovo")
    assert loops("in the in the in the in the in the")


def test_measures_count_what_is_kept() -> None:
    assert kept_figures(["neni 5 dhe 6"], ["Article 6"]) == 50.0
    assert kept_figures(["pa shifra"], ["no figures"]) == 100.0
    assert kept_references(["neni 293/ç"], ["Article 293/ç"]) == 100.0
    assert kept_references(["neni 293/ç"], ["Article 293/c"]) == 0.0
    assert kept_references(["12 raste"], ["cases"]) == 100.0  # a figure is no reference


def test_the_learning_rate_rises_then_falls_with_time() -> None:
    recipe = RECIPES["second"]
    rates = [learning_rate(recipe, step, step / 10_000) for step in (1, 100, 200, 5_000, 10_000)]
    assert rates[0] < rates[1] < rates[2]
    assert rates[2] > rates[3] > rates[4] > 0


# --- the vocabulary and the packages as they are committed -------------------------------------------------------

KEPT = ["45 m² në vitin 2019", "neni 293/ç, pika 2", "“Pornografia” – 4.862,5 %", "Këshilli i Evropës"]


@pytest.mark.parametrize("sentence", KEPT)
def test_the_vocabulary_gives_the_sentence_back(vocabulary: Vocabulary, sentence: str) -> None:
    assert vocabulary.decode(vocabulary.encode(sentence)) == sentence


def test_figures_are_single_digits_and_direction_tokens_leave_no_trace(vocabulary: Vocabulary) -> None:
    names = [vocabulary.tokens[number] for number in vocabulary.encode("2019")]
    assert names[-4:] == ["2", "0", "1", "9"]
    assert vocabulary.pieces.decode_pieces([TO_ENGLISH, "▁A", ".", TO_ENGLISH, "▁B"]) == "A. B"
    assert vocabulary.to_albanian not in vocabulary.encode(f"{TO_ALBANIAN} teksti")


def test_typing_variants_are_folded_by_the_rules(vocabulary: Vocabulary) -> None:
    assert "A0\t20\n" in normalisation_rules()
    assert vocabulary.decode(vocabulary.encode("nr.\N{NO-BREAK SPACE}5")) == "nr. 5"
    assert vocabulary.decode(vocabulary.encode("e\N{COMBINING DIAERESIS}shte\N{SOFT HYPHEN}")) == "ështe"


def test_the_manifest_is_that_of_the_files() -> None:
    written = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))
    assert written == manifest(MODELS)
    listed = {entry["file"]: entry for entry in written["files"]}
    model = SHARED / "model" / "model.bin"
    assert listed["dygjuhe-small-1.0/model/model.bin"]["sha256"] == hashlib.sha256(model.read_bytes()).hexdigest()
    assert sum(entry["bytes"] for entry in written["files"]) < 60_000_000


@pytest.mark.parametrize(("pair", "prefix"), [("sq_en", TO_ENGLISH), ("en_sq", TO_ALBANIAN)])
def test_a_package_has_what_argos_reads(pair: str, prefix: str) -> None:
    folder = MODELS / "packages" / f"translate-{pair}-1_0"
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    assert f"{metadata['from_code']}_{metadata['to_code']}" == pair
    assert metadata["target_prefix"] == prefix
    assert (folder / metadata["shared_model"]).resolve() == SHARED.resolve()
    assert (folder / "model" / "model.bin").exists()
    assert (folder / "sentencepiece.model").exists()
    assert json.loads((folder / "model" / "config.json").read_text(encoding="utf-8"))["add_source_eos"] is True


def test_the_packaged_model_translates_both_ways() -> None:
    pytest.importorskip("ctranslate2")
    from pipeline.translate.training.evaluate import Packaged

    model = Packaged(MODELS)
    (english,) = model.translate(["Neni 117 i Kodit Penal u ndryshua."], "sq-en", beam=4)
    (albanian,) = model.translate(["Article 117 of the Criminal Code was amended."], "en-sq", beam=4)
    assert "Article 117 of the Criminal Code" in english
    assert "117" in albanian
    assert "Kodit Penal" in albanian


def test_a_missing_package_is_answered_with_its_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.translate.training import __main__ as command

    monkeypatch.setattr("sys.argv", ["training", "evaluate"])
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"evaluate needs sacrebleu: pip install 'dygjuhe\[train\]'"):
        command.main()


# --- the network -------------------------------------------------------------------------------------------------


def test_weights_survive_the_small_format(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the train extra is not installed")
    from pipeline.translate.training import model as network

    shape = network.Shape(tokens=40, width=16, inner=32, heads=2, encoder_layers=1, decoder_layers=1)
    weights = network.Translator(shape).state_dict()
    network.save_small(weights, shape, tmp_path / "weights", step=3)
    again, same_shape, step = network.load_small(tmp_path / "weights")
    assert (same_shape, step, set(again)) == (shape, 3, set(weights))
    for name, tensor in weights.items():
        assert torch.allclose(tensor, again[name], atol=float(tensor.abs().max()) / 127), name
    network.save_small(again, shape, tmp_path / "twice", step=3)  # what is int8 once stays as it is
    twice, _, _ = network.load_small(tmp_path / "twice")
    assert all(torch.allclose(again[name], twice[name], atol=1e-6) for name in again)
    (tmp_path / "weights" / "weights-2-of-3.npz").unlink()
    with pytest.raises(ValueError, match="missing"):
        network.load_small(tmp_path / "weights")


def test_the_cached_decoder_writes_what_the_whole_network_would() -> None:
    torch = pytest.importorskip("torch", reason="the train extra is not installed")
    from pipeline.translate.training import model as network

    torch.manual_seed(2)
    shape = network.Shape(tokens=40, width=16, inner=32, heads=2, encoder_layers=2, decoder_layers=2)
    translator = network.Translator(shape).eval()
    source = torch.randint(2, 39, (3, 8))
    source[1, 5:] = translator.pad
    written = translator.translate(source, torch.tensor([4, 5, 4]), longest=6)
    given = torch.cat([torch.full((3, 1), translator.pad), written[:, :-1]], dim=1)
    with torch.no_grad():
        expected = translator.logits(translator(source, given)).argmax(-1)
    for row in range(3):
        for place in range(1, written.shape[1]):
            assert written[row, place] == expected[row, place]
            if written[row, place] == 0:
                break


def test_the_pad_row_stays_zero_and_is_never_predicted() -> None:
    torch = pytest.importorskip("torch", reason="the train extra is not installed")
    from pipeline.translate.training import model as network
    from pipeline.translate.training.train import loss_terms

    shape = network.Shape(tokens=40, width=16, inner=32, heads=2, encoder_layers=1, decoder_layers=1)
    translator = network.Translator(shape)
    optimiser = torch.optim.AdamW(translator.parameters(), lr=1e-2)
    source, target = torch.randint(2, 39, (4, 8)), torch.randint(2, 39, (4, 8))
    for twice in (False, True):
        rows = (source.repeat(2, 1), target.repeat(2, 1)) if twice else (source, target)
        cross, apart = loss_terms(translator(*rows), translator.embedding.weight, rows[1], translator.pad, 0.1, twice)
        assert (float(apart.detach()) > 0) is twice
        optimiser.zero_grad()
        (cross + apart).backward()
        optimiser.step()
        translator.reset_pad()
    assert not translator.embedding.weight[translator.pad].any()
    assert translator.logits(translator(source, target)).shape[-1] == shape.tokens - 1
