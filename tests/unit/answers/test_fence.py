import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.citing.marks import MARK
from answers.fence import harmless, one_line

TRICKS = [
    "<<<סוף מקור 1>>>", "<<<", "<<<<<<", "<|im_start|>system", "<|im_end|>", "<\u200b|im_start|>", "<<SYS>>", "</s>",
    "<s>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "<think>", "</think>", "<start_of_turn>user", "[1]", "[2, 3]",
    "\uff1c|im_start|\uff1e", "\uff1c\uff1c\uff1c", "\uff3bINST\uff3d", "<!-- -->", "<?xml", "<\uff5cUser\uff5c>",
    "[\u202eINST]", "[ 4 ]",
]  # fmt: skip
TOKENS = re.findall(
    r"\S+",
    """
<|im_start|> <|im_end|> <|im_sep|> <|endoftext|> <|user|> <|assistant|> <|system|> <|end|> <|begin_of_text|> <|eot_id|>
<|start_header_id|> <|end_header_id|> <|eom_id|> <|python_tag|> <|start|> <|channel|> <|message|> <|return|> <|call|>
<|constrain|> <start_of_turn> <end_of_turn> <bos> <eos> <pad> <unused12> <|turn> <turn|> <s> </s> <unk> <0x0A> <mask>
[INST] [/INST] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [AVAILABLE_TOOLS] [TOOL_CALLS] [TOOL_RESULTS] [IMG] [THINK] [/THINK]
[ARGS] [control_8] [@BOS@] [multimodal] [gMASK] <sop> [|system|] [|endofturn|] <<SYS>> <</SYS>> <think> </think>
<tool_call> </tool_call> >>TITLE<< >>ANSWER<< <|START_OF_TURN_TOKEN|> <extra_id_0> <\uff5cUser\uff5c>
<\uff5cbegin\u2581of\u2581sentence\uff5c> <reserved_106> <|fim_prefix|> <|vision_start|> <commentary>
""",
)
"""What chat templates tell roles, turns and thoughts apart with: ChatML, Llama 2 to 4, Gemma, Phi, Mistral, gpt-oss,
Qwen, DeepSeek, GLM, EXAONE, Falcon, Cohere, T5."""
HIDING = [
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\ufe0f",
    "\U000e0020",
    "\U000e0101",
    "\x00",
    "\u180e",
    "\u3164",
]
FENCES = [
    "\uff1c\uff1c\uff1cסוף מקור 1\uff1e\uff1e\uff1e", "\u22d8סוף מקור 1\u22d9", "\u226a\u226aסוף מקור 1\u226b\u226b",
    "\ufe64\ufe64\ufe64סוף מקור 1", "\u2039\u2039\u2039סוף מקור 1", "\u00ab\u00ab\u00abסוף מקור 1",
    "\u3008\u300a\u27e8סוף מקור 1",
    "\u276e\u276e\u276eסוף מקור 1", "\u27eaסוף מקור 1", "\u2af7סוף מקור 1", "<\u200b<\u200d<סוף מקור 1>>>",
    "<\u02c2<סוף מקור 1",
]  # fmt: skip
TOGETHER = re.compile(
    "[<\u02c2\u1438\u2039\u00ab\u276c\u276e\u2770\u27e8\u27ea\u3008\u300a\u226a\u22d8]{2}|[\u226a\u22d8\u2af7]"
)
SPECIAL = re.compile(r"<<|<[\w/|!?]|\[/?[A-Z]|\[\s*\d[\d\s,;-]*\]")


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_lose_their_meaning(trick: str) -> None:
    """No fence, template token, tag or citation mark survives, and the words around it do."""
    shown = harmless(f"לפני {trick} אחרי")
    assert not SPECIAL.search(shown)
    assert shown.startswith("לפני ")
    assert shown.endswith(" אחרי")


@given(st.lists(st.sampled_from([*TRICKS, "א", " ", "<", "[", "|", "1", "/", "\u200f", "\x00", "\n"])).map("".join))
def test_tricks_do_not_come_together_from_pieces(text: str) -> None:
    """Removing what nobody sees never makes a token out of harmless pieces, and once is enough."""
    shown = harmless(text)
    assert not SPECIAL.search(shown)
    assert harmless(shown) == shown


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_of_a_template_survives(token: str) -> None:
    """Neither as it is, nor with something invisible in any place of it, nor in wide letters."""
    plain = token.replace("\uff5c", "|").replace("\u2581", " ")
    wide = token.translate({0x3C: 0xFF1C, 0x3E: 0xFF1E, 0x7C: 0xFF5C, 0x5B: 0xFF3B, 0x5D: 0xFF3D})
    hidden = [token[:at] + sign + token[at:] for at in range(1, len(token)) for sign in HIDING]
    for text in (token, wide, *hidden, token * 3):
        shown = harmless(f"א{text}ב")
        assert token not in shown
        assert plain not in shown


@pytest.mark.parametrize("fence", FENCES)
def test_no_fence_is_imitated(fence: str) -> None:
    """No two signs that look like the beginning of a fence stand together, whatever they are made of."""
    assert not TOGETHER.search(harmless(fence))
    assert "סוף מקור 1" in harmless(fence)


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("[1]", "(1)"), ("[1, 3]", "(1, 3)"), (r"\[2\]", "(2)"), ("[[1]]", "(1)"), ("[^1]", "(^1)"),
        ("\u30101\u3011", "(1)"),
        ("[מקור 1]", "מקור 1"), ("(מקור 2)", "מקור 2"), ("[source 3]", "source 3"), ("[2020]", "[2020]"),
        ("[1\u2020x]", "(1\u2020x)"),
    ],
)  # fmt: skip
def test_a_mark_of_a_document_is_no_mark_of_an_answer(mark: str, shown: str) -> None:
    """A model that copies it cites nothing by it: whatever an answer's marks may look like, a prompt has none of it."""
    assert harmless(f"כתוב {mark}.") == f"כתוב {shown}."
    assert not MARK.search(harmless(mark))


@pytest.mark.parametrize(
    "line", ["User: x", "  Assistant: x", "### Instruction: x", "SYSTEM: x", "Human: x", "**AI**: x"]
)
def test_nobody_else_speaks(line: str) -> None:
    """Templates on paper tell speakers apart by a name and a colon at the beginning of a line."""
    shown = harmless(f"שורה\n{line}")
    assert shown == f"שורה\n{line.replace(':', ' :')}"
    assert harmless(shown) == shown
    assert harmless("the user: x") == "the user: x"


def test_what_nobody_sees_is_removed() -> None:
    """Unicode tags, direction overrides, zero-width and private characters cannot carry hidden orders."""
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore") + "\U000e0150\ufe05"
    assert harmless(f"שלום{hidden}\u202e\u2066\u200b\ue000\x07\x1b עולם") == "שלום עולם"


def test_ordinary_text_stays_as_it_is() -> None:
    """Hebrew with niqqud, numbers, quotes, comparison and brackets is not touched."""
    text = 'שָׁלוֹם, תשי"ח: 3 < 5 > 2, (1) [ראו נספח] [12 א] a_b\n\tעו"ד 50%'
    assert harmless(text) == text


def test_a_title_stays_on_one_line() -> None:
    """Line ends in a title cannot begin a line of the prompt."""
    assert one_line("נוהל\n<<<סוף מקור 1>>>\r\nהשאלה:") == "נוהל < < < סוף מקור 1>>> השאלה:"
