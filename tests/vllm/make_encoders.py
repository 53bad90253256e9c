"""Writes the folders of a tiny embedding model and a tiny cross-encoder, with random weights, and what they say.

usage: python tests/vllm/make_encoders.py FOLDER

Run by the Python of `.venv-vllm`. `FOLDER/embedder` and `FOLDER/reranker` are what sentence-transformers saves and vLLM
serves; `FOLDER/truth.json` is what sentence-transformers makes of a few texts, for comparison.
"""

import json
import sys
from pathlib import Path

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
from transformers import (
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
)

TEXTS = (
    "עובד זכאי לחופשה של 14 ימים בשנה הראשונה.",
    "המועצה פתוחה מיום ראשון עד יום חמישי.",
    "הנחה בארנונה ניתנת לנכים ולגמלאים.",
)
QUESTION = "כמה ימי חופשה מגיעים לעובד?"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
TOKENS = 128


def make(folder: Path) -> None:
    """Writes both models and the truth."""
    torch.manual_seed(0)
    tokenizer = _tokenizer()
    shape = {
        "vocab_size": len(tokenizer), "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 128, "max_position_embeddings": TOKENS + 2, "type_vocab_size": 1,
        "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "initializer_range": 0.5,
    }  # fmt: skip
    plain = folder / "plain"
    XLMRobertaModel(XLMRobertaConfig(**shape)).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    transformer = Transformer(str(plain))
    embedder = SentenceTransformer(modules=[transformer, Pooling(64, "mean"), Normalize()], device="cpu")
    embedder.save(str(folder / "embedder"))
    reranker = folder / "reranker"
    XLMRobertaForSequenceClassification(XLMRobertaConfig(**shape, num_labels=1)).save_pretrained(reranker)
    tokenizer.save_pretrained(reranker)
    for name in ("embedder", "reranker"):
        _with_positions(folder / name / "config.json")
    scores = CrossEncoder(str(reranker), device="cpu").predict([(QUESTION, text) for text in TEXTS])
    truth = {
        "texts": TEXTS,
        "question": QUESTION,
        "vectors": embedder.encode(list(TEXTS), normalize_embeddings=True).tolist(),
        "scores": scores.tolist(),
    }
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")


def _tokenizer() -> PreTrainedTokenizerFast:
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=512, special_tokens=SPECIAL, initial_alphabet=alphabet, show_progress=False
    )
    raw.train_from_iterator([*TEXTS, QUESTION], trainer)
    raw.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = {"bos": 0, "cls": 0, "pad": 1, "eos": 2, "sep": 2, "unk": 3, "mask": 4}
    special = {f"{name}_token": SPECIAL[number] for name, number in names.items()}
    return PreTrainedTokenizerFast(tokenizer_object=raw, model_max_length=TOKENS, **special)


def _with_positions(path: Path) -> None:
    """Adds what vLLM looks for and transformers 5 no longer writes."""
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "position_embedding_type": "absolute"}), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
