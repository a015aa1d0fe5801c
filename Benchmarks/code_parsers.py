"""The parsers that Benchmarks/code.py takes for right: for each path of a list True or False, None where it cannot be told."""

import ast
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys

from code_corpora import CORPORA

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
TYPESCRIPT = ("const ts = require(process.argv[3]); const file = ts.createSourceFile('NAME', text, 99, false); "
              "if (file.parseDiagnostics.length) throw 1")


def by_one_program(arguments):
    """Asks a program that prints 1 or 0 for each path of a file."""
    def parse(paths, folder):
        listed = pathlib.Path(folder, "paths")
        listed.write_text("\n".join(paths))
        run = subprocess.run(arguments(folder, str(listed)), capture_output=True, text=True, check=True)
        return [line == "1" for line in run.stdout.split()]
    return parse


def by_typescript(name):
    return by_one_program(lambda folder, paths: [
        "node", written(folder, "p.js", NODE.replace("TRY", TYPESCRIPT.replace("NAME", name))), paths,
        str(CORPORA / "node-typescript/usr/share/nodejs/typescript/lib/typescript.js")])


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


# What gcc says of a text that does not parse, other than of one that parses and means nothing.
C_FAULT = re.compile(r"error: (expected|stray|missing terminating|unterminated|invalid preprocessing|#)"
                     r"|error: .*(before|at end of input)")


def by_gcc(language):
    def parse(paths, folder):
        def parses(path):
            run = subprocess.run(["gcc", "-fsyntax-only", "-w", "-x", language, "-D_GNU_SOURCE", path], capture_output=True,
                                 text=True, check=False, env=dict(os.environ, LC_ALL="C"))
            return run.returncode == 0 or (False if C_FAULT.search(run.stderr) else None)
        return [parses(path) for path in paths]
    return parse


def imported(*packages):
    """Makes Python's own packages of Debian importable."""
    sys.path[:0] = [str(CORPORA / package / "usr/lib/python3/dist-packages") for package in packages]


def css_parses(paths, folder):
    """By tinycss2: no rule or declaration that it gives up on."""
    imported("python3-tinycss2", "python3-webencodings")
    import tinycss2

    def has_fault(nodes):
        for node in nodes:
            if node.type == "error":
                return True
            if node.type in ("qualified-rule", "at-rule") and node.content is not None:
                holds_rules = node.type == "at-rule" and re.search("media|supports|keyframes|layer", node.lower_at_keyword)
                read = tinycss2.parse_rule_list if holds_rules else tinycss2.parse_declaration_list
                if has_fault(read(node.content, True, True)):
                    return True
        return False
    return [not has_fault(tinycss2.parse_stylesheet(pathlib.Path(path).read_text(encoding="utf-8"), True, True))
            for path in paths]


def html_parses(paths, folder):
    """By html5lib, to which any parse error of the standard is one."""
    imported("python3-html5lib", "python3-six", "python3-webencodings")
    import html5lib

    def parses(path):
        parser = html5lib.HTMLParser()
        parser.parse(pathlib.Path(path).read_text(encoding="utf-8"))
        return not parser.errors
    return [parses(path) for path in paths]


def json_parses(paths, folder):
    def parses(path):
        try:
            json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
            return True
        except ValueError:
            return False
    return [parses(path) for path in paths]


def sqlite_parses(paths, folder):
    """By SQLite, statement after statement; one that names what is not there has been parsed."""
    def parses(path):
        text = pathlib.Path(path).read_text(encoding="utf-8")
        if not sqlite3.complete_statement(text):
            return False
        base, waiting = sqlite3.connect(":memory:"), ""
        for line in text.splitlines(True):
            waiting += line
            if sqlite3.complete_statement(waiting):
                try:
                    base.execute(waiting)
                except sqlite3.Error as error:
                    if re.search("syntax error|incomplete input|unrecognized token", str(error)):
                        return False
                except sqlite3.Warning:
                    return None
                waiting = ""
        return True
    return [parses(path) for path in paths]


RUBY = CORPORA / "ruby3.1/usr/bin/ruby3.1"
PARSERS = {
    "python": python_parses,
    "javascript": by_one_program(lambda folder, paths: ["node", written(folder, "p.js", NODE.replace("TRY", SCRIPT)), paths]),
    "typescript": by_typescript("a.ts"),
    "tsx": by_typescript("a.tsx"),
    "java": by_one_program(lambda folder, paths: ["java", written(folder, "Parses.java", JAVA), paths]),
    "go": by_one_run_each([str(CORPORA / "golang-1.19-go/usr/lib/go-1.19/bin/gofmt"), "-e"]),
    "rust": by_one_run_each(["rustfmt", "--edition", "2021", "--emit", "stdout", "--config", "skip_children=true"]),
    "swift": by_one_run_each(["swiftc", "-frontend", "-parse"]),
    "ruby": by_one_run_each([str(RUBY), "--disable=gems", "-c"], str(CORPORA / "libruby3.1/usr/lib/x86_64-linux-gnu")),
    "bash": by_one_run_each(["bash", "-n"]),
    "c": by_gcc("c"),
    "c headers": by_gcc("c"),
    "cpp": by_gcc("c++"),
    "css": css_parses,
    "html": html_parses,
    "json": json_parses,
    "php": by_one_run_each([str(CORPORA / "php8.2-cli/usr/bin/php8.2"), "-n", "-l"]),
    "sqlite": sqlite_parses,
}
ENDINGS = {"rust": ".rs", "swift": ".swift", "go": ".go"}
