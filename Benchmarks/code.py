#!/usr/bin/env python3
"""How well `farthing verify` tells broken code from sound code: real sources, and the same with seeded mutations.

    Benchmarks/code.py [--languages python,go] [--good 400] [--broken 600] [--seed 1] [--misses 5]

Sources are Debian's packages, fetched to .deps/corpora and unpacked there, never installed; Python's, npm's and PostgreSQL's own
files; this repository's own Swift: code_corpora.py. Whole files of up to 200 lines, and functions, types, methods, rules and
statements out of longer ones, as answers hold them. A mutation counts as broken, and a snippet as sound, if the language's own
parser says so (code_parsers.py); what it cannot tell is left out, and a language whose parser is not on the machine is left
out and named. Where there is no parser but ours, what is shipped is sound, and nothing is broken. Prints shares with 95 % Wilson intervals.
"""

import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from code_corpora import FENCES, LANGUAGES, PACKAGES, ROOT, unpack, without_head
from code_parsers import ENDINGS, PARSERS

BINARY = os.environ.get("FARTHING_BINARY", str(ROOT / ".build" / "release" / "farthing"))
LONGEST = 200

BRACKET, QUOTE = re.compile(r"[()\[\]{}]"), re.compile(r"[\"'`]")
TOKEN = re.compile(r"(?<=\s)(def|class|return|if|else|elif|for|in|import|from|func|function|fn|let|const|var|new|end|do|then|fi|"
                   r"case|while|struct|impl|public|void|int)\b|[-+*/=<>!&|]+|[:,.]")


def mutate(kind, text, chance):
    """One mutation of a text; None where there is nothing for it."""
    lines = text.split("\n")
    place = chance.randrange(1, max(2, len(lines) - 1))
    if kind in ("bracket lost", "bracket doubled", "quote lost", "token lost"):
        pattern = {"quote lost": QUOTE, "token lost": TOKEN}.get(kind, BRACKET)
        found = [match.span() for match in pattern.finditer(text)]
        if not found:
            return None
        start, end = chance.choice(found)
        return text[:end] + text[start:] if kind == "bracket doubled" else text[:start] + text[end:]
    if kind == "cut in a line":
        return text[:chance.randrange(len(text) * 2 // 5, len(text))]
    if kind == "cut after a line":
        return "\n".join(lines[:max(1, chance.randrange(len(lines) * 2 // 5, len(lines)))]) + "\n"
    if kind == "prose between":
        return "\n".join(lines[:place] + ["Here is the rest of the code that you asked for:"] + lines[place:])
    if kind == "left out":
        return "\n".join(lines[:place] + ["    ... existing code ..."] + lines[place + 2:])
    if kind == "indented":
        return "\n".join(lines[:place] + [" " + lines[place] if place < len(lines) else ""] + lines[place + 1:])
    if kind == "line lost":
        return "\n".join(lines[:place] + lines[place + 1:])
    raise ValueError(kind)


KINDS = ["bracket lost", "bracket doubled", "quote lost", "token lost", "cut in a line", "cut after a line", "prose between",
         "left out", "indented", "line lost"]


def kept(language, snippets, folder):
    """Which snippets the language's own parser takes."""
    paths = []
    for number, text in enumerate(snippets):
        path = pathlib.Path(folder, f"s{number}{ENDINGS.get(language, '')}")
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return PARSERS[language](paths, folder) if paths else []


def samples(language, wanted, broken, seed):
    """Sound snippets, and broken ones as (kind, text)."""
    chance = random.Random(f"{language} {seed}")
    source, parts = LANGUAGES[language]
    snippets, seen = [], set()
    files = [without_head(text) for text in source() if "`````" not in text]
    chance.shuffle(files)
    for text in files[:wanted * 4]:
        own = [part for part in parts(text) if 5 <= part.count("\n") <= LONGEST and len(part) < 20_000]
        chance.shuffle(own)
        whole = [text] if 5 <= text.count("\n") <= LONGEST else []
        for snippet in whole + own[:2 if len(files) >= 100 else 20]:
            if snippet not in seen:
                seen.add(snippet)
                snippets.append(snippet)
    chance.shuffle(snippets)
    with tempfile.TemporaryDirectory() as folder:
        candidates = snippets[:wanted * 5 // 4]
        if language not in PARSERS:
            return candidates[:wanted], []
        sound = [text for text, good in zip(candidates, kept(language, candidates, folder)) if good][:wanted]
        if not sound:
            return [], []
        mutants = []
        for number in range(broken * 2):
            kind = KINDS[number % len(KINDS)]
            text = mutate(kind, chance.choice(sound), chance)
            if text and text.strip():
                mutants.append((kind, text))
        verdicts = kept(language, [text for _, text in mutants], folder)
    return sound, [mutant for mutant, good in zip(mutants, verdicts) if good is False][:broken]


def flagged(language, snippets):
    """Whether `farthing verify` says of each that it does not parse; None where it cannot tell."""
    fence = FENCES.get(language, language)
    lines = "".join(json.dumps({"id": number, "prompt": "Write the code.", "response": f"`````{fence}\n{text}\n`````"})
                    + "\n" for number, text in enumerate(snippets))
    run = subprocess.run([BINARY, "verify"], input=lines, capture_output=True, text=True, check=True)
    answers = []
    for line in run.stdout.splitlines():
        found = [one for one in json.loads(line)["evidence"] if one["check"] == "code.syntax"]
        told = [one for one in found if one["strength"] >= 0.2]
        answers.append(None if not told else any(one["verdict"] != "passes" for one in told))
    return answers


def share(count, total):
    """A share with its 95 % Wilson interval."""
    if not total:
        return "-"
    z, p = 1.96, count / total
    middle, spread = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    low, high = (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)
    return f"{count}/{total} = {p:.3f} ({max(low, 0):.3f} – {min(high, 1):.3f})"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--languages", default=",".join(LANGUAGES))
    options.add_argument("--good", type=int, default=400)
    options.add_argument("--broken", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--misses", type=int, default=0, help="print so many of what was judged wrongly")
    options = options.parse_args()
    kinds = collections.defaultdict(collections.Counter)
    print("| language | broken, flagged | sound, flagged | not told |\n|---|---|---|---|")
    for language in options.languages.split(","):
        try:
            unpack(PACKAGES.get(language, []))
            sound, broken = samples(language, options.good, options.broken, options.seed)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{language} is left out: {error}", file=sys.stderr)
            continue
        on_broken, on_sound = flagged(language, [text for _, text in broken]), flagged(language, sound)
        for (kind, _), answer in zip(broken, on_broken):
            kinds[kind][language, bool(answer)] += 1
        print(f"| {language} | {share(sum(map(bool, on_broken)), len(broken))} | {share(sum(map(bool, on_sound)), len(sound))} | "
              f"{(on_broken + on_sound).count(None)} |", flush=True)
        missed = [text for (_, text), answer in zip(broken, on_broken) if not answer]
        alarmed = [text for text, answer in zip(sound, on_sound) if answer]
        for title, wrong in (("MISSED", missed), ("FALSE ALARM", alarmed)):
            for text in wrong[:options.misses]:
                print(f"--- {title} {language}\n{text}", file=sys.stderr)
    languages = [language for language in options.languages.split(",") if any((language, True) in one for one in kinds.values())]
    print(f"\n| flagged of broken | {' | '.join(languages)} |\n|---|{'---|' * len(languages)}")
    for kind in KINDS:
        cells = [f"{kinds[kind][language, True]}/{kinds[kind][language, True] + kinds[kind][language, False]}"
                 for language in languages]
        print(f"| {kind} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
