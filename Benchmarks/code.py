#!/usr/bin/env python3
"""How well `farthing verify` tells broken code from sound code: real sources, and the same with seeded mutations.

    Benchmarks/code.py [--languages python,go] [--good 400] [--broken 600] [--seed 1] [--misses 5]

Sources are Debian's packages of standard libraries, fetched to .deps/corpora and unpacked there, never installed; Python's and
npm's own files; this repository's own Swift. Whole files of up to 200 lines, and functions, types and methods out of longer
ones, as answers hold them. A mutation counts as broken, and a snippet as sound, if the language's own parser says so; a
language whose parser is not on the machine is left out and named. Prints shares with 95 % Wilson intervals.
"""

import argparse
import ast
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
import textwrap
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("FARTHING_BINARY", str(ROOT / ".build" / "release" / "farthing"))
CORPORA = ROOT / ".deps" / "corpora"
PACKAGES = {
    "go": ["golang-1.19-src", "golang-1.19-go"], "java": ["openjdk-17-source"], "rust": ["rust-src"],
    "ruby": ["ruby3.1", "libruby3.1"], "typescript": ["node-typescript"],
}
LONGEST = 200


def unpack(packages):
    """Fetches Debian packages that are not there yet."""
    for package in packages:
        target = CORPORA / package
        if target.exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["dpkg-deb", "-x", *pathlib.Path(folder).glob("*.deb"), f"{folder}/tree"], check=True)
            CORPORA.mkdir(parents=True, exist_ok=True)
            os.rename(f"{folder}/tree", target)


def without_head(text):
    """A text without the comment it begins with, which is about licences."""
    return re.sub(r"\A(\s*(/\*.*?\*/|(//|#(?!!))[^\n]*\n))+\s*", "", text, flags=re.DOTALL)


def texts(folder, pattern):
    for path in sorted(pathlib.Path(folder).glob(pattern)):
        if path.is_file() and not {"testdata", "test", "tests", "idle_test", "lib2to3"} & set(path.parts):
            try:
                yield path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue


def java_texts():
    with zipfile.ZipFile(CORPORA / "openjdk-17-source/usr/lib/jvm/openjdk-17/lib/src.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("java.base/java/") and name.endswith(".java") and "-info" not in name:
                yield archive.read(name).decode()


def shell_texts():
    for folder in ("/usr/bin", "/usr/sbin", "/etc/init.d", "/usr/share"):
        for path in sorted(pathlib.Path(folder).rglob("*") if folder == "/usr/share" else pathlib.Path(folder).glob("*")):
            try:
                if path.is_file() and re.match(rb"#! ?/(usr/)?bin/(env )?(ba)?sh\b", path.open("rb").read(40)):
                    yield path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue


def python_parts(text):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            start = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            yield textwrap.dedent("\n".join(lines[start - 1:node.end_lineno])) + "\n"


def parts_between(start, end):
    """Snippets from a line that matches `start` to the next that matches `end`, without their common indentation."""
    def parts(text):
        found = []
        for line in text.split("\n"):
            if not found and re.match(start, line):
                found = [line]
            elif found:
                found.append(line)
                if re.match(end, line):
                    yield textwrap.dedent("\n".join(found)) + "\n"
                    found = []
    return parts


BRACED = r"^(export |async |pub(\(.*\))? |unsafe |const |static )*(function|func|fn|impl|struct|enum|class|type|trait)\b.*\{$"
METHOD = r"^    (public|private|protected|static)\b[^;=]*\([^;=]*\{$"
SWIFT = r"^(    )?(package |private |fileprivate )?(static |mutating )*(func|struct|enum|extension|init)\b.*\{$"

# The language, where its texts come from, how they are taken apart, and what each snippet is called in a fence.
LANGUAGES = {
    "python": (lambda: texts(os.path.dirname(os.__file__), "*.py"), python_parts),
    "javascript": (lambda: texts("/usr/lib/node_modules/npm", "**/*.js"), parts_between(BRACED, r"^\}")),
    "go": (lambda: texts(CORPORA / "golang-1.19-src/usr/share/go-1.19/src", "**/*.go"), parts_between(BRACED, r"^\}")),
    "java": (java_texts, parts_between(METHOD, r"^    \}")),
    "rust": (lambda: texts(CORPORA / "rust-src/usr", "src/rustc-*/library/*/src/**/*.rs"), parts_between(BRACED, r"^\}")),
    "swift": (lambda: texts(ROOT, "Sources/**/*.swift"), parts_between(SWIFT, r"^(    )?\}")),
    "ruby": (lambda: texts(CORPORA / "libruby3.1/usr/lib/ruby", "3.1.0/**/*.rb"), parts_between(r"^  def ", r"^  end")),
    "typescript": (lambda: texts(CORPORA / "node-typescript/usr", "**/*.ts"), parts_between(BRACED, r"^\}")),
    "bash": (shell_texts, parts_between(r"^\w+ ?\(\) ?\{", r"^\}")),
}

JAVA = """
import com.sun.source.util.JavacTask;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;
public class Parses {
    static boolean parses(JavaCompiler compiler, String text) throws Exception {
        var found = new DiagnosticCollector<JavaFileObject>();
        var file = new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
            public CharSequence getCharContent(boolean ignored) { return text; }
        };
        ((JavacTask) compiler.getTask(null, null, found, List.of(), null, List.of(file))).parse();
        return found.getDiagnostics().stream().noneMatch(d -> d.getKind() == Diagnostic.Kind.ERROR);
    }
    public static void main(String[] paths) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        for (var path : Files.readAllLines(Path.of(paths[0]))) {
            var text = Files.readString(Path.of(path));
            System.out.println(parses(compiler, text) || parses(compiler, "class A {" + text + "\\n}") ? 1 : 0);
        }
    }
}
"""
NODE = """
const fs = require('fs'), vm = require('vm');
for (const path of fs.readFileSync(process.argv[2], 'utf8').trim().split('\\n')) {
  let text = fs.readFileSync(path, 'utf8'), good = 1;
  try { TRY } catch { good = 0 }
  console.log(good);
}
"""
SCRIPT = "new vm.Script(text.replace(/^#!.*/, ''))"
TYPESCRIPT = ("const ts = require(process.argv[3]); const file = ts.createSourceFile('a.ts', text, 99, false); "
              "if (file.parseDiagnostics.length) throw 1")


def by_one_program(arguments):
    """Asks a program that prints 1 or 0 for each path of a file."""
    def parse(paths, folder):
        listed = pathlib.Path(folder, "paths")
        listed.write_text("\n".join(paths))
        run = subprocess.run(arguments(folder, str(listed)), capture_output=True, text=True, check=True)
        return [line == "1" for line in run.stdout.split()]
    return parse


def by_one_run_each(arguments, library=None):
    environment = dict(os.environ, **({"LD_LIBRARY_PATH": library} if library else {}))

    def parse(paths, folder):
        return [subprocess.run(arguments + [path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=environment, check=False).returncode == 0 for path in paths]
    return parse


def python_parses(paths, folder):
    def parses(path):
        try:
            ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))
            return True
        except (SyntaxError, ValueError):
            return False
    return [parses(path) for path in paths]


def written(folder, name, text):
    path = pathlib.Path(folder, name)
    path.write_text(text)
    return str(path)


RUBY = CORPORA / "ruby3.1/usr/bin/ruby3.1"
PARSERS = {
    "python": python_parses,
    "javascript": by_one_program(lambda folder, paths: ["node", written(folder, "p.js", NODE.replace("TRY", SCRIPT)), paths]),
    "typescript": by_one_program(lambda folder, paths: [
        "node", written(folder, "p.js", NODE.replace("TRY", TYPESCRIPT)), paths,
        str(CORPORA / "node-typescript/usr/share/nodejs/typescript/lib/typescript.js")]),
    "java": by_one_program(lambda folder, paths: ["java", written(folder, "Parses.java", JAVA), paths]),
    "go": by_one_run_each([str(CORPORA / "golang-1.19-go/usr/lib/go-1.19/bin/gofmt"), "-e"]),
    "rust": by_one_run_each(["rustfmt", "--edition", "2021", "--emit", "stdout", "--config", "skip_children=true"]),
    "swift": by_one_run_each(["swiftc", "-frontend", "-parse"]),
    "ruby": by_one_run_each([str(RUBY), "--disable=gems", "-c"], str(CORPORA / "libruby3.1/usr/lib/x86_64-linux-gnu")),
    "bash": by_one_run_each(["bash", "-n"]),
}
ENDINGS = {"rust": ".rs", "swift": ".swift", "go": ".go"}

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
        for snippet in whole + own[:2]:
            if snippet not in seen:
                seen.add(snippet)
                snippets.append(snippet)
    chance.shuffle(snippets)
    with tempfile.TemporaryDirectory() as folder:
        candidates = snippets[:wanted * 5 // 4]
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
    return sound, [mutant for mutant, good in zip(mutants, verdicts) if not good][:broken]


def flagged(language, snippets):
    """Whether `farthing verify` says of each that it does not parse; None where it cannot tell."""
    lines = "".join(json.dumps({"id": number, "prompt": "Write the code.", "response": f"`````{language}\n{text}\n`````"})
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
