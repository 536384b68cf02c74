#!/usr/bin/env python3
"""The rules of the tree. check.py UNITS.TXT [RULE …] — all of them, or those named.

UNITS.TXT is what cmake writes into the folder of a build. Exit code 1 when a rule is broken.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
from tree import commands, includes, judging, sentences, sources
from tree.files import Tree

ROOT = pathlib.Path(__file__).resolve().parents[2]

RULES = {
    "includes": ("a unit includes what it declares, and layers look downward", None),
    "coroutines": ("coroutines and Boost.Beast stay in their folder", sources.coroutines),
    "clocks": ("nobody reads the clock but the adapter", sources.clocks),
    "locales": ("nothing depends on the locale of the machine", sources.locales),
    "reveals": ("what is sealed is opened in listed places only", sources.reveals),
    "machines": ("no path of a machine, no host to download from", sources.machines),
    "locks": ("lock files name one registry", sources.locks),
    "long_files": (f"no file is longer than {sources.LONGEST} lines", sources.long_files),
    "readmes": ("every feature explains itself", sources.readmes),
    "languages": ("the same sentences with the same gaps in every language",
                  sentences.languages_agree),
    "sentences": ("every key in the code has a sentence", sentences.code_has_sentences),
    "judging": ("nothing scores, ranks, labels or profiles a person", judging.nobody_is_judged),
    "commands": ("the documents name the commands that there are", commands.agree),
    "templates": ("every sentence a template names is there", sentences.templates_have_sentences),
}


def main(units_file, *names):
    tree = Tree(ROOT)
    units = includes.read_units(pathlib.Path(units_file).read_text(encoding="utf-8"))
    broken = 0
    for name in names or RULES:
        sentence, rule = RULES[name]
        breaches = includes.check(tree, units) if rule is None else rule(tree)
        print(f"{'broken' if breaches else 'holds '}  {name:<11} {sentence}")
        for breach in breaches:
            print(f"          {breach}")
        broken += bool(breaches)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
