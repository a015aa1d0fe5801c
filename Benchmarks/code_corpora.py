"""Real sources by language, for Benchmarks/code.py: files, and the functions, types, rules and statements out of them."""

import ast
import html
import json
import os
import pathlib
import re
import subprocess
import tempfile
import textwrap
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CORPORA = ROOT / ".deps" / "corpora"
# Debian's packages that are fetched for a language, its parser among them where it is not on the machine.
PACKAGES = {
    "go": ["golang-1.19-src", "golang-1.19-go"], "java": ["openjdk-17-source"], "rust": ["rust-src"],
    "ruby": ["ruby3.1", "libruby3.1"], "typescript": ["node-typescript"], "c": ["libcurl4-doc", "libssl-doc"],
    "cpp": ["cppreference-doc-en-html"], "tsx": ["node-typescript"],
    "css": ["libjs-bootstrap", "libjs-jquery-ui-docs", "python3-django", "python3-tinycss2", "python3-webencodings"],
    "html": ["libjs-jquery-ui-docs", "python3-html5lib", "python3-six", "python3-webencodings"],
    "php": ["php8.2-cli", "php-symfony-console", "php-symfony-http-kernel", "php-twig"],
    "sqlite": ["roundcube-core"], "mysql": ["roundcube-core"],
}


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
    return re.sub(r"\A(\s*(/\*.*?\*/|(//|#(?!!|include|define|if))[^\n]*\n))+\s*", "", text, flags=re.DOTALL)


def texts(folder, *patterns):
    for path in sorted(path for pattern in patterns for path in pathlib.Path(folder).glob(pattern)):
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


def c_texts():
    """Whole small programs: the examples of libcurl and OpenSSL."""
    yield from texts(CORPORA / "libcurl4-doc", "**/*.c")
    yield from texts(CORPORA / "libssl-doc", "**/demos/**/*.c")


def cpp_texts():
    """The programs that cppreference shows as examples."""
    for page in texts(CORPORA / "cppreference-doc-en-html", "**/en/cpp/**/*.html"):
        for example in re.findall(r'class="cpp source-cpp"><pre class="de1">(.*?)</pre>', page, re.DOTALL):
            text = html.unescape(re.sub(r"<[^>]*>", "", example)).replace("\xa0", " ")
            if "int main" in text:
                yield text + "\n"


def no_parts(_):
    return ()


def json_parts(text):
    """The objects and lists in a document, as they are written with an indentation of two."""
    try:
        waiting = [json.loads(text)]
    except ValueError:
        return
    while waiting:
        value = waiting.pop()
        inner = [one for one in (value.values() if isinstance(value, dict) else value) if isinstance(one, (dict, list))]
        waiting += inner
        yield from (json.dumps(one, indent=2, ensure_ascii=False) + "\n" for one in inner)


def php_parts(text):
    """Methods, in a class of their own, for a file of PHP begins with a mark."""
    return (f"<?php\nclass A {{\n{part}}}\n" for part in parts_between(METHOD_NEXT_LINE, r"^    \}")(text))


def without_meta_commands(text):
    """SQL without what is meant for psql, and without names that stand for what is filled in."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("\\")).replace("@extschema@", "public")


def statements(text):
    """Statements that end with a line; without functions whose text has such ends in it."""
    lines = [line for line in text.split("\n") if not line.startswith("--")]
    for statement in re.split(r"(?<=;)[ \t]*\n", "\n".join(lines)):
        if statement.strip() and statement.count("$$") % 2 == 0:
            yield statement.strip() + "\n"


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
METHOD_NEXT_LINE = r"^    (public|private|protected|static)\b[^;=]*\([^;]*$"
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
    "c": (c_texts, no_parts),
    "c headers": (lambda: texts("/usr/include", "*.h"), no_parts),
    "cpp": (cpp_texts, no_parts),
    "tsx": (lambda: texts(CORPORA / "node-typescript/usr", "**/*.ts"), parts_between(BRACED, r"^\}")),
    "css": (lambda: (text for package in PACKAGES["css"][:3] for text in texts(CORPORA / package, "**/*.css")),
            parts_between(r"^[^\s@/].*\{$", r"^\}")),
    "html": (lambda: texts(CORPORA / "libjs-jquery-ui-docs", "**/*.html"), no_parts),
    "json": (lambda: texts("/usr/lib/node_modules/npm", "**/*.json"), json_parts),
    "php": (lambda: (text for package in PACKAGES["php"][1:] for text in texts(CORPORA / package, "**/*.php")),
            php_parts),
    "sqlite": (lambda: texts(CORPORA / "roundcube-core", "**/SQL/sqlite*/*.sql", "**/SQL/sqlite*.sql"), statements),
    "mysql": (lambda: texts(CORPORA / "roundcube-core", "**/SQL/mysql*/*.sql", "**/SQL/mysql*.sql"), statements),
    "postgresql": (lambda: map(without_meta_commands, texts("/usr/share/postgresql", "*/extension/*.sql")), statements),
}
# What a snippet is called in its fence, where that is not the language's name.
FENCES = {"c headers": "c", "sqlite": "sql", "mysql": "sql"}
