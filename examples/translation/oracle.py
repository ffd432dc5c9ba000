"""Writes cases of BLEU with sacreBLEU's answers, which the tests of this example must give, too: BleuTest reads them.

python3 oracle.py SEED COUNT | gzip -9n >.../bleu.jsonl.gz
"""

import json
import random
import sys

import sacrebleu

SPACES = [chr(c) for c in range(0x11000) if chr(c).isspace()] + ["\u200b", "\ufeff", "\u180e"]
HARD = [
    "",
    " ",
    "<skipped>",
    "-",
    "a-\nb",
    "-\n",
    "&amp;lt;",
    "&quot;&amp;&lt;&gt;",
    "&amp",
    "\u00bb\u00ab\u201e\u201c\u2019",
    "\U0001f600.",
    ".\U0001f600,",
    "\U0001d7d8.5",
    "1.5",
    "1,000.50",
    ".5",
    "5.",
    "5-6",
    "-5",
    "a.b",
    "...",
    ",,,",
    "1.,2",
    "'s",
    "don't",
    "\u0663.\u0664",
    "\u00e4\u0308",
    "\u0130I\u0131i",
    "\x00",
    "\x7f",
    "$1",
    "\\",
    "[a]{b}(c)/d",
    "`~!@#$%^&*()_+=|;:<>?",
]
WORDS = [
    "ein",
    "Mann",
    "eine",
    "Frau",
    "die",
    "das",
    "Hund",
    "steht",
    "auf",
    "Stra\u00dfe",
    "mit",
    "roten",
    "und",
    ".",
    ",",
]


def text(draw: random.Random) -> str:
    """Return a sentence that is plain, or hard."""
    words = draw.choices(WORDS, k=draw.randrange(14))
    if draw.random() < 0.5:
        words = [draw.choice(HARD) if draw.random() < 0.3 else word for word in words]
    if draw.random() < 0.1:
        words.append("".join(chr(draw.choice([*range(0xD800), *range(0xE000, 0x11000)])) for _ in range(6)))
    space = draw.choice(SPACES) if draw.random() < 0.3 else " "
    return space.join(words) + (draw.choice([*SPACES, "."]) if draw.random() < 0.3 else "")


def changed(sentence: str, draw: random.Random) -> str:
    """Return what a system might have made of a sentence, from all of it to nothing."""
    if draw.random() < 0.1:
        return text(draw)
    rate = draw.choice([0.05, 0.2, 0.6])
    words = [word for word in sentence.split(" ") if draw.random() > rate / 2]
    return " ".join(draw.choice(WORDS) if draw.random() < rate else word for word in words)


def main(seed: int, count: int) -> None:
    """Write one case a line."""
    draw = random.Random(seed)
    for _ in range(count):
        references = [text(draw) for _ in range(draw.choice([1, 1, 2, 5, 12]))]
        translations = [changed(reference, draw) for reference in references]
        score = sacrebleu.corpus_bleu(translations, [references], force=True).score
        print(json.dumps({"translations": translations, "references": references, "bleu": score}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
