"""Gives the tiny chat model of `make_model.py` weights with which it writes the same Hebrew words always, and ends.

usage: python tests/vllm/make_weights.py FOLDER [--thinks]

Run by the Python of `.venv-vllm`. For what cannot be told what to write. The layers add nothing, so only the last token
decides what follows: the weights hold a chain of tokens from the prompts, each once, that leads from the beginning of
an answer to the token that ends it. A model that thinks has `<think>` at the beginning and `</think>` on the way.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import torch
from make_model import PROMPTS, SPECIAL, make
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForCausalLM

SURE = 4.0
TAGS = ("<think>", "</think>")
THOUGHTS = 30
"""Tokens."""


def chain(tokenizer: Tokenizer, thinks: bool) -> list[int]:
    """The tokens that follow each other, from the last one of a prompt to the one that ends a turn."""
    beginning = tokenizer.encode("assistant\n").ids[-1]
    text = (PROMPTS / "instructions.md").read_text(encoding="utf-8").replace("\n", " ")
    once = list(dict.fromkeys(token for token in tokenizer.encode(text).ids if token != beginning))
    if thinks:
        opening, closing = map(tokenizer.token_to_id, TAGS)
        once = [opening, *once[:THOUGHTS], closing, *once[THOUGHTS:]]
    return [beginning, *once, tokenizer.token_to_id(SPECIAL[2])]


def give_weights(folder: Path, thinks: bool) -> None:
    """Writes the model with its weights."""
    make(folder, TAGS if thinks else ())
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "tie_word_embeddings": False}), encoding="utf-8")
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(folder))
    tokens = chain(Tokenizer.from_file(str(folder / "tokenizer.json")), thinks)
    with torch.no_grad():
        for layer in model.model.layers:
            layer.self_attn.o_proj.weight.zero_()
            layer.mlp.down_proj.weight.zero_()
        known = model.model.embed_tokens.weight
        known.copy_(torch.nn.functional.normalize(torch.randn_like(known.float()), dim=1))
        model.lm_head.weight.zero_()
        for token, following in pairwise(tokens):
            model.lm_head.weight[following] = SURE * known[token]
    model.save_pretrained(folder)


if __name__ == "__main__":
    give_weights(Path(sys.argv[1]), "--thinks" in sys.argv)
