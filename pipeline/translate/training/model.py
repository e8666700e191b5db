"""The Marian transformer in plain PyTorch, and its weights as small int8 parts and as a Hugging Face model.

Post-norm encoder and decoder, tied embeddings scaled by sqrt(width), sinusoidal positions (sines first, then
cosines), ReLU, as CTranslate2's Marian converter expects. Written out here, not taken from `transformers`, because
training needs fused attention and a cached batch decoder, and must run where only PyTorch is installed.

Shapes: B sentences, S source tokens, T target tokens, W width, V tokens of the vocabulary.

Reads: token ids
Writes: logits; weights
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (its common name)
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; each with its reason."""

    tokens: int = 8000  # small joint vocabulary: Sennrich & Zhang 2019 for little data; also 4 M parameters, not 30
    width: int = 512  # the usual base width; 40 M parameters are 40 MB in int8
    inner: int = 2048
    heads: int = 8
    encoder_layers: int = 6  # depth pays in the encoder, which runs once a sentence
    decoder_layers: int = 4  # the decoder runs once a token and decides the speed on a laptop
    dropout: float = 0.3  # strong, since there is little text
    attention_dropout: float = 0.1
    inner_dropout: float = 0.1
    positions: int = 512


def sinusoids(positions: int, width: int) -> Tensor:
    """[positions, width]: sines in the first half, cosines in the second, as Marian lays them out."""
    angles = np.array(
        [[place / np.power(10000, 2 * (j // 2) / width) for j in range(width)] for place in range(positions)]
    )
    return torch.from_numpy(np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1)).float()


class Attention(nn.Module):  # type: ignore[misc]
    """Multi-head attention with one projection for all that comes from the same input."""

    def __init__(self, shape: Shape, crossing: bool) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, shape.attention_dropout
        width = shape.width
        if crossing:
            self.query = nn.Linear(width, width)
            self.key_value = nn.Linear(width, 2 * width)
        else:
            self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def split(self, projected: Tensor, parts: int) -> tuple[Tensor, ...]:
        """[B, T, parts*W] -> `parts` tensors [B, heads, T, W/heads]."""
        batch, length, _ = projected.shape
        return tuple(projected.view(batch, length, parts, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0))

    def attend(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        """[B, heads, T, W/heads] -> [B, T, W]; `mask` is [B, 1, 1, S], true where a key may be seen."""
        if mask is not None:
            mask = mask.expand(-1, -1, query.shape[2], -1)
        seen = F.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, dropout_p=self.dropout if self.training else 0.0, is_causal=causal
        )
        return self.out(seen.transpose(1, 2).flatten(2))


class Inner(nn.Module):  # type: ignore[misc]
    """The two-layer network of a transformer layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.dropout = shape.inner_dropout

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.dropout(F.relu(self.up(x)), self.dropout, self.training))


class EncoderLayer(nn.Module):  # type: ignore[misc]
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.inner = Attention(shape, crossing=False), Inner(shape)
        self.attention_norm, self.inner_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.dropout = shape.dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        query, key, value = self.attention.split(self.attention.query_key_value(x), 3)
        seen = self.attention.attend(query, key, value, mask, causal=False)
        x = self.attention_norm(x + F.dropout(seen, self.dropout, self.training))
        return self.inner_norm(x + F.dropout(self.inner(x), self.dropout, self.training))


class DecoderLayer(nn.Module):  # type: ignore[misc]
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.crossing = Attention(shape, crossing=False), Attention(shape, crossing=True)
        self.inner = Inner(shape)
        self.attention_norm, self.crossing_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.inner_norm = nn.LayerNorm(shape.width)
        self.dropout = shape.dropout

    def forward(self, x: Tensor, encoded: Tensor, mask: Tensor) -> Tensor:
        query, key, value = self.attention.split(self.attention.query_key_value(x), 3)
        seen = self.attention.attend(query, key, value, None, causal=True)
        x = self.attention_norm(x + F.dropout(seen, self.dropout, self.training))
        (query,) = self.crossing.split(self.crossing.query(x), 1)
        key, value = self.crossing.split(self.crossing.key_value(encoded), 2)
        seen = self.crossing.attend(query, key, value, mask, causal=False)
        x = self.crossing_norm(x + F.dropout(seen, self.dropout, self.training))
        return self.inner_norm(x + F.dropout(self.inner(x), self.dropout, self.training))

    def step(self, x: Tensor, past: tuple[Tensor, Tensor], place: int, seen_source: tuple[Tensor, Tensor],
             mask: Tensor) -> Tensor:  # fmt: skip
        """One token [B, 1, W]; `past` is two buffers [B, heads, longest, W/heads] filled up to `place`."""
        query, key, value = self.attention.split(self.attention.query_key_value(x), 3)
        past[0][:, :, place], past[1][:, :, place] = key[:, :, 0], value[:, :, 0]
        seen = self.attention.attend(query, past[0][:, :, : place + 1], past[1][:, :, : place + 1], None, causal=False)
        x = self.attention_norm(x + seen)
        (query,) = self.crossing.split(self.crossing.query(x), 1)
        x = self.crossing_norm(x + self.crossing.attend(query, *seen_source, mask, causal=False))
        return self.inner_norm(x + self.inner(x))


class Translator(nn.Module):  # type: ignore[misc]
    """The whole network; `<pad>` is the last token, starts the decoder and has a zero embedding."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, self.pad = shape, shape.tokens - 1
        self.embedding = nn.Embedding(shape.tokens, shape.width)
        self.register_buffer("places", sinusoids(shape.positions, shape.width), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        self.reset_pad()

    def reset_pad(self) -> None:
        """CTranslate2 starts Marian's decoder from a zero embedding, so the row must stay zero after each step."""
        with torch.no_grad():
            self.embedding.weight[self.pad].zero_()

    def embed(self, ids: Tensor, start: int = 0) -> Tensor:
        embedded = self.embedding(ids) * math.sqrt(self.shape.width) + self.places[start : start + ids.shape[1]]
        return F.dropout(embedded, self.shape.dropout, self.training)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """[B, S] ids -> [B, S, W] and the mask [B, 1, 1, S]."""
        mask = (source != self.pad)[:, None, None, :]
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return x, mask

    def forward(self, source: Tensor, given: Tensor) -> Tensor:
        """[B, S], [B, T] ids -> [B, T, W]: what comes before the tied output projection."""
        encoded, mask = self.encode(source)
        x = self.embed(given)
        for layer in self.decoder:
            x = layer(x, encoded, mask)
        return x

    def logits(self, hidden: Tensor) -> Tensor:
        """[..., W] -> [..., V-1]: `<pad>` is never predicted, so its column is left out."""
        return F.linear(hidden, self.embedding.weight)[..., : self.pad]

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def translate(self, source: Tensor, prefix: Tensor, longest: int, eos: int = 0) -> Tensor:
        """Greedy translation of a batch, keys and values cached: [B, S] ids, [B] prefix tokens -> [B, <=longest]."""
        encoded, mask = self.encode(source)
        batch, heads, size = source.shape[0], self.shape.heads, self.shape.width // self.shape.heads
        sources = [layer.crossing.split(layer.crossing.key_value(encoded), 2) for layer in self.decoder]
        pasts = [
            tuple(torch.zeros(batch, heads, longest + 1, size, device=source.device, dtype=sources[0][0].dtype)
                  for _ in range(2))
            for _ in self.decoder
        ]  # fmt: skip
        written = torch.full((batch, longest + 1), eos, dtype=torch.long, device=source.device)
        written[:, 0] = prefix
        given = torch.full((batch, 1), self.pad, dtype=torch.long, device=source.device)
        done = torch.zeros(batch, dtype=torch.bool, device=source.device)
        for place in range(longest + 1):
            x = self.embed(given, place)
            for layer, past, seen_source in zip(self.decoder, pasts, sources, strict=True):
                x = layer.step(x, past, place, seen_source, mask)
            if place > 0:
                chosen = self.logits(x[:, -1]).argmax(-1)
                written[:, place] = torch.where(done, eos, chosen)
                done |= chosen == eos
                if place % 8 == 0 and bool(done.all()):
                    break
            given = written[:, place : place + 1]
        return written[:, : place + 1]


# --- weights as files --------------------------------------------------------------------------------------------


def quantise(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[out, in] float -> int8 and one scale a row (largest magnitude / 127), the scheme of CTranslate2's int8.

    A row that went through this comes out of CTranslate2's own quantisation unchanged.
    """
    largest = np.abs(weight).max(axis=1)
    scale = np.where(largest == 0, 1.0, largest / 127).astype(np.float32)
    return np.rint(weight / scale[:, None]).astype(np.int8), scale


def save_small(weights: Mapping[str, Tensor], shape: Shape, folder: Path, step: int, parts: int = 3) -> None:
    """Matrices as int8 with row scales, the rest as float32, in `parts` files of about one size.

    Each part is written beside its place and renamed, and carries the step, so that a part of an interrupted save is
    noticed by `load_small`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bins: list[dict[str, np.ndarray]] = [{} for _ in range(parts)]
    sizes = [0] * parts
    for name, tensor in sorted(weights.items(), key=lambda item: -item[1].numel()):
        array = tensor.detach().float().cpu().numpy()
        smallest = sizes.index(min(sizes))
        if array.ndim == 2:
            bins[smallest][f"{name}|int8"], bins[smallest][f"{name}|scale"] = quantise(array)
            sizes[smallest] += array.size
        else:
            bins[smallest][f"{name}|float32"] = array
            sizes[smallest] += 4 * array.size
    for number, arrays in enumerate(bins):
        target = folder / f"weights-{number + 1}-of-{parts}.npz"
        partial = folder.parent / f"{target.name}.partial"
        described = np.array([f"{key}={value}" for key, value in asdict(shape).items()])
        with partial.open("wb") as stream:
            np.savez(stream, step=np.array(step), shape=described, **arrays)  # type: ignore[arg-type]
        partial.replace(target)


def load_small(folder: Path) -> tuple[dict[str, Tensor], Shape, int]:
    """What `save_small` wrote: weights in float32, the shape, the step.

    Raises:
        ValueError: the parts are of different steps, or one is missing.
    """
    weights: dict[str, Tensor] = {}
    steps: set[int] = set()
    shape: Shape | None = None
    files = sorted(folder.glob("weights-*-of-*.npz"))
    if not files or len(files) != int(files[0].stem.rsplit("-", 1)[1]):
        raise ValueError(f"{folder}: a part of the weights is missing (found {[file.name for file in files]})")
    for file in files:
        with np.load(file) as arrays:
            steps.add(int(arrays["step"]))
            fields = dict(str(entry).split("=", 1) for entry in arrays["shape"])
            shape = Shape(**{key: float(v) if "dropout" in key else int(v) for key, v in fields.items()})  # type: ignore[arg-type]
            for key in arrays.files:
                name, _, kind = key.partition("|")
                if kind == "int8":
                    rows = arrays[key].astype(np.float32) * arrays[f"{name}|scale"][:, None]
                    weights[name] = torch.from_numpy(rows)
                elif kind == "float32":
                    weights[name] = torch.from_numpy(arrays[key])
    if len(steps) != 1 or shape is None:
        raise ValueError(f"{folder}: parts are of different steps {sorted(steps)}; take an earlier save")
    return weights, shape, steps.pop()


def to_marian(weights: Mapping[str, Tensor], shape: Shape) -> Any:
    """The same weights as a Hugging Face `MarianMTModel`, from which CTranslate2's converter reads."""
    from transformers import MarianConfig, MarianMTModel

    pad = shape.tokens - 1
    model = MarianMTModel(
        MarianConfig(
            vocab_size=shape.tokens, d_model=shape.width, encoder_layers=shape.encoder_layers,
            decoder_layers=shape.decoder_layers, encoder_ffn_dim=shape.inner, decoder_ffn_dim=shape.inner,
            encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads,
            max_position_embeddings=shape.positions, pad_token_id=pad, eos_token_id=0, bos_token_id=0,
            decoder_start_token_id=pad, forced_eos_token_id=0, scale_embedding=True, activation_function="relu",
            static_position_embeddings=True,
        )
    )  # fmt: skip
    state = model.state_dict()
    for name in ("model.shared.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight",
                 "lm_head.weight"):  # fmt: skip
        if name in state:
            state[name] = weights["embedding.weight"]
    names = {"attention_norm": "self_attn_layer_norm", "crossing_norm": "encoder_attn_layer_norm",
             "inner_norm": "final_layer_norm", "inner.up": "fc1", "inner.down": "fc2"}  # fmt: skip
    for ours, tensor in weights.items():
        if ours == "embedding.weight":
            continue
        side, number, rest = ours.split(".", 2)
        module, kind = rest.rsplit(".", 1)
        theirs = f"model.{side}.layers.{number}."
        if module in names:
            state[f"{theirs}{names[module]}.{kind}"] = tensor
            continue
        block, projection = module.split(".")
        theirs += "encoder_attn" if block == "crossing" else "self_attn"
        split = {"query_key_value": ("q", "k", "v"), "key_value": ("k", "v"), "query": ("q",), "out": ("out",)}
        for letter, piece in zip(split[projection], tensor.chunk(len(split[projection])), strict=True):
            state[f"{theirs}.{letter}_proj.{kind}"] = piece.contiguous()
    model.load_state_dict(state)
    return model.eval()
