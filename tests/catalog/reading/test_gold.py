"""The message set: lines right, rightly asked, silently wrong, in the part built with and in the part held aside.

``held_out.jsonl`` was written in three sittings after the reader stood, and scored before anything was changed for it. At first
sight, right without a question / right or rightly asked / silently wrong: 0.907 / 0.931 / 0.010 (208 messages), then
0.906 / 0.941 / 0.016 (179), then 0.851 / 0.897 / 0.047 (67, chosen to be hard). What those misses taught went into the reader
afterwards, so today's figures on it flatter a little.

``round2_*.jsonl`` were written by somebody who had not read the code, on five squares of which two were invented for it. At
first sight its held-out half scored 0.759 / 0.831 / 0.055; after a round of work on the other half only, still unseen,
0.820 / 0.884 / 0.035. Its wrong lines were looked at after that, and three of them taught the reader something.

``round3_*.jsonl`` were written by two helpers who had not read the code, on two squares of their own beside the examples:
stories with the order hidden in them, and telegram style. At first sight 0.687 / 0.768 / 0.044 (260 messages, 729 lines)
and 0.751 / 0.849 / 0.025 (279 messages, 437 lines). Every third message was held aside; by accident its misses were listed
once, early on, while the other part was worked on. After that work the held-out part scored 0.819 / 0.912 / 0.008.

``talk*.jsonl`` are about all that stands around an order: talk, questions, changes, second thoughts, conditions and days; every
third message was held aside. At first sight 0.657 / 0.667 / 0.081 (235 messages) and held out 0.621 / 0.649 / 0.092 (117).
A second sitting, after work on the first: 0.689 / 0.697 / 0.066 (96 messages) and held out 0.700 / 0.700 / 0.050 (47).
After that work the two held-out parts, still unseen, together: 0.803 / 0.826 / 0.028 (164).

``round4.jsonl`` was written, with a square of its own, by a helper who never saw the reader. At first sight 0.849 / 0.899 /
0.027 (320 messages); it was not looked at until the last round of work. Before that round ``round3_held_out`` stood at 0.819 /
0.912 / 0.008, ``round2_held_out`` at 0.898 / 0.938 / 0.026 and ``talk_held_out`` at 0.784 / 0.812 / 0.037; then they too were
looked at, and today's figures on all four flatter.

``round5.jsonl`` likewise, with a square of its own (300 messages, 558 lines): scored now and then, never looked at, while all
of the above taught the reader. It began at 0.901 / 0.933 / 0.014 and ended, still unseen, at **0.939 / 0.966 / 0.011**: the
figure to trust. Then its misses were looked at, and two of them taught the reader something.

``round6.jsonl`` was written by a helper who never saw the reader, and chose what is hard: corrections and conditions within one
message, lists without commas, spelling by ear, goods told of in recipes and news. At first sight 0.685 / 0.768 / 0.063 (260
messages, 539 lines); it is built with.

``round7.jsonl`` and ``round8.jsonl`` were written in the same way by two other helpers, the second with a square of its own. At
first sight, once the scorer took "last" and the line it points at for the same: 0.797 / 0.877 / 0.016 (260 messages) and
0.839 / 0.903 / 0.020 (300 messages). Then they too were built with.

``round9.jsonl`` (with a square of its own) and ``round10.jsonl`` were written while that went on, by two more helpers: 0.899 /
0.936 / 0.018 and 0.840 / 0.905 / 0.016 at first sight (260 messages each), and were looked at afterwards. ``round11.jsonl``
came last of that session (260 messages, 553 lines) and was scored before it was looked at: 0.879 / 0.942 / 0.011.

``round12.jsonl`` (280 messages, what plain people would type on an ordinary week), ``round13.jsonl`` (260, by 26 voices, four
of them in broad dialect) and ``round14.jsonl`` (260, chosen to mislead: talk of goods, amounts that are none) were written by
three more such helpers. At first sight 0.928 / 0.955 / 0.008, 0.821 / 0.890 / 0.017 and 0.790 / 0.872 / 0.013.
``round15.jsonl`` (260) is like round12, on a square of its own of 358 products: 0.827 / 0.920 / 0.014.

``round16.jsonl`` (300 messages, half of them on a new square) was scored when those four had taught the reader nothing yet, at
0.896 / 0.954 / 0.007, and once more when they had, at 0.898 / 0.958 / 0.007; then it was looked at. ``round17.jsonl`` and
``round18.jsonl`` (260 each, on two new squares, one with names as a till prints them, one as a farmer writes them) began at
0.819 / 0.916 / 0.015 and 0.844 / 0.940 / 0.008. ``round19.jsonl`` (300 messages on three squares, one of them new) was scored
now and then while all that was worked on, never looked at: 0.880 / 0.944 / 0.007, and then 0.887 / 0.947 / 0.007;
in the end its misses were looked at.

``round20.jsonl`` (240 messages, half on a square of its own, written as round12 was) came last of all, was scored once and not
looked at: **0.934 / 0.976 / 0.002**, the figure to trust for plain messages. Those chosen to be hard (round6, 7, 13 and 14)
or write names as a till does (round17) get less: see above.

``round21.jsonl`` (260 messages, half on a square of its own, a quarter about a basket or about nothing at all) was written like
round16 and began at 0.855 / 0.917 / 0.014; it is built with.

``round22.jsonl`` (400 messages, one in eight about a basket, one in six with goods that can be more than one thing) was written
so too and began at 0.823 / 0.901 / 0.026; it is built with.

``round23.jsonl`` (240 messages, ordinary orders in a shopping centre where eight shops write their names in eight ways) and
``round24.jsonl`` (240, half on a square of its own) began at 0.873 / 0.957 / 0.004 and 0.904 / 0.960 / 0.012. The first was
scored once more after most of that session's work, still unseen, at 0.874 / 0.959 / 0.005; then both were looked at.

``round25.jsonl`` (300 messages on the example square, as the owner describes them) began at 0.882 / 0.952 / 0.006, and stood at
0.892 / 0.954 / 0.007 when it was first looked at, after most of the work on those that follow.

``round26.jsonl`` (300 messages, a shopping centre with names as a till prints them) and ``round27.jsonl`` (300, farmers and
market stalls) each have a square of their own and began at 0.782 / 0.914 / 0.014 and 0.814 / 0.918 / 0.015. ``round28.jsonl``
(240 messages, four in ten change a basket) began at 0.792 / 0.855 / 0.031 and ``round29.jsonl`` (240, goods in people's own
words, badly spelt) at 0.836 / 0.923 / 0.003. ``round30.jsonl`` (240: stories, questions and dictated speech around an order, a
quarter about nothing at all) began at 0.805 / 0.855 / 0.012. When these had taught the reader for an hour, ``round32.jsonl``
(200, like round30) was written and began at 0.766 / 0.813 / 0.038, and ``round33.jsonl`` (200, changes, choices, amounts and
options) at 0.892 / 0.925 / 0.013; ``round34.jsonl`` (240, a market where each stall writes names in its own way) at 0.845 /
0.938 / 0.004. ``round35.jsonl`` (240, a village square of its own) came last, and was scored when most of the work was done:
0.883 / 0.949 / 0.010, three of its six wrong lines "uien" where yellow and red ones are sold; on the version this session
began with 0.880 / 0.949 / 0.005. ``round36.jsonl`` (160, like round30) at 0.797 / 0.861 / 0.011. They are built with.

``round37.jsonl`` (160 messages on the sample squares, one in seven about nothing, one in seven not clear, one in eight
changes a basket) began at 0.791 / 0.869 / 0.009, ``round38.jsonl`` (160, the same, a shopping centre) at 0.771 / 0.868 /
0.021 and ``round39.jsonl`` (160, the shops of a city quarter) at 0.818 / 0.895 / 0.005. They are built with. While that went
on came ``round41.jsonl`` (120, nothing but changes of a basket) at 0.701 / 0.751 / 0.032, ``round42.jsonl`` (160, as round37)
at 0.858 / 0.928 / 0.011, and ``round43.jsonl`` (120, changes again) at 0.687 / 0.728 / 0.051; when most was done
``round44.jsonl`` (150, as round37) at 0.875 / 0.928 / 0.018 and ``round45.jsonl`` (90, changes) at 0.628 / 0.716 / 0.061,
which the version this session began with read at 0.865 / 0.928 / 0.015 and 0.567 / 0.627 / 0.093. They are built with, the
last one hardly.

From here on what lies in the basket is also learned from these sets (bot/commands/learn.py): their figures flatter the more.

``round46.jsonl`` (110 messages, nothing but what is said beside a basket) began at 0.663 / 0.729 / 0.060, ``round47.jsonl``
(150, as round37) at 0.885 / 0.929 / 0.005 and ``round48.jsonl`` (150, the shops of a harbour village) at 0.913 / 0.957 / 0.000.
While that session went on came two more sets with only baskets, ``round49.jsonl`` (120) at 0.769 / 0.862 / 0.031 (before
that session 0.769 / 0.831 / 0.051) and ``round52.jsonl`` (110) at 0.611 / 0.720 / 0.063 (0.593 / 0.667 / 0.079), and two
general ones, ``round50.jsonl`` (150, village shops and farmers) at 0.875 / 0.951 / 0.007 (0.853 / 0.925 / 0.010) and
``round51.jsonl`` (150, three squares) at 0.897 / 0.956 / 0.008 (0.892 / 0.954 / 0.008). Last of all,
after the work, came ``round53.jsonl`` (110, baskets) at 0.678 / 0.791 / 0.057 (0.723 / 0.769 / 0.075) and ``round54.jsonl``
(150, three squares) at 0.879 / 0.921 / 0.011 (0.876 / 0.921 / 0.011); the second is hardly built with.
"""

from __future__ import annotations

import json

import pytest

from bot.commands.bench_read import GOLD, gold_figures, meets

FIGURES = gold_figures()


MET = [
    "build", "held_out", "round2_build", "round3_build", "round3_held_out", "talk", "talk_held_out", "round4",
    "round6", "round8", "round9", "round10", "round11", "round12", "round14", "round16", "round17", "round19",
    "round20", "round25", "round29", "round33", "round34", "round39", "round47", "round48", "round50", "round51",
]  # fmt: skip


@pytest.mark.parametrize("part", MET)
def test_targets(part: str) -> None:
    figures = FIGURES[part]
    assert meets(figures), figures


#: What these sets must keep, be it better than the targets: right without a question, right or rightly asked, and at most so
#: much silently wrong.
KEPT = {
    "round2_held_out": (0.934, 0.974, 0.0146), "round5": (0.973, 0.985, 0.0036), "round7": (0.94, 0.978, 0.0035),
    "round10": (0.924, 0.976, 0.0), "round12": (0.97, 0.991, 0.0016), "round13": (0.89, 0.943, 0.0052),
    "round14": (0.921, 0.979, 0.0), "round15": (0.928, 0.977, 0.0035), "round17": (0.909, 0.979, 0.0028),
    "round18": (0.941, 0.978, 0.0043), "round19": (0.929, 0.975, 0.0012), "round21": (0.933, 0.975, 0.0042),
    "round22": (0.906, 0.965, 0.0019), "round23": (0.913, 0.981, 0.0036), "round24": (0.935, 0.981, 0.005),
    "round26": (0.878, 0.958, 0.0042), "round27": (0.913, 0.961, 0.0), "round28": (0.912, 0.957, 0.0034),
    "round30": (0.942, 0.96, 0.0016), "round32": (0.908, 0.942, 0.0024), "round33": (0.968, 0.982, 0.0022),
    "round34": (0.903, 0.973, 0.0), "round35": (0.917, 0.971, 0.0048), "round36": (0.896, 0.923, 0.0022),
    "round37": (0.922, 0.955, 0.003), "round38": (0.912, 0.96, 0.0), "round39": (0.94, 0.978, 0.0),
    "round41": (0.867, 0.924, 0.0142), "round42": (0.924, 0.977, 0.0046), "round43": (0.777, 0.886, 0.0052),
    "round44": (0.906, 0.947, 0.0051), "round45": (0.753, 0.845, 0.0211), "round46": (0.692, 0.854, 0.0208),
    "round47": (0.945, 0.986, 0.0027), "round48": (0.963, 0.981, 0.0), "round49": (0.824, 0.925, 0.0053),
    "round50": (0.927, 0.973, 0.0), "round51": (0.937, 0.971, 0.0026), "round52": (0.67, 0.811, 0.0294),
    "round53": (0.751, 0.863, 0.0355), "round54": (0.878, 0.92, 0.0113),
}  # fmt: skip


@pytest.mark.parametrize("part", sorted(KEPT))
def test_what_was_reached_is_kept(part: str) -> None:
    right, asked, wrong = KEPT[part]
    figures = FIGURES[part]
    assert figures["right"] >= right, figures
    assert figures["right_or_rightly_asked"] >= asked, figures
    assert figures["silently_wrong"] <= wrong, figures


def rows() -> list[dict[str, object]]:
    return [
        json.loads(line) for part in ("build", "held_out") for line in (GOLD / f"{part}.jsonl").read_text("utf-8").splitlines()
    ]


def test_the_set_is_large_and_mixed() -> None:
    kinds = [row["kind"] for row in rows()]
    assert len(kinds) >= 400
    assert kinds.count("negative") >= 60
    assert kinds.count("ambiguous") >= 60
    assert len(set(kinds)) >= 10


def test_no_message_stands_in_both_parts() -> None:
    texts = [row["text"] for row in rows()]
    assert len(texts) - len(set(texts)) <= 5, sorted(text for text in set(texts) if texts.count(text) > 1)
