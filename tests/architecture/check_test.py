#!/usr/bin/env python3
"""Each rule of check.py bites: a small bad tree, and the sentence that names what is bad in it."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from tree import commands, files, includes, judging, sentences, sources

UNITS = includes.read_units("""\
kernel kernel  | 
ports ports kernel | 
features accounts kernel;ports | storage
features cases kernel;ports | 
adapters storage kernel;ports | 
adapters http_beast kernel | 
""")


class Rules(unittest.TestCase):
    def tree(self, **texts):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for path, text in texts.items():
            file = pathlib.Path(folder.name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return files.Tree(folder.name, texts)

    def breaks(self, rule, path, text, part=""):
        breaches = rule(self.tree(**{path: text}))
        self.assertEqual(len(breaches), 1, breaches)
        self.assertIn(part, breaches[0])
        self.assertIn(path, breaches[0])

    def holds(self, rule, path, text):
        self.assertEqual(rule(self.tree(**{path: text})), [])

    def test_includes(self):
        rule = lambda tree: includes.check(tree, UNITS)
        place = "server/features/accounts/a.cc"
        self.holds(rule, place, '#include "ports/clock.h"\n#include "features/accounts/a.h"\n')
        self.holds(rule, place, '// #include "features/cases/cases.h"\n')
        self.breaks(rule, place, '#include "features/cases/cases.h"\n', "does not say")
        self.breaks(rule, place, '#include "adapters/storage/s.h"\n', "does not say")
        self.holds(rule, "server/features/accounts/a_test.cc", '#include "adapters/storage/s.h"\n')
        self.breaks(rule, place, '#include "nowhere/a.h"\n', "no unit")
        self.breaks(rule, "server/lost/a.cc", "", "belongs to no unit")
        self.breaks(rule, "server/kernel/a.cc", '#include "ports/clock.h"\n', "does not say")

    def test_layers(self):
        units = includes.read_units("kernel kernel ports | \nports ports | \n")
        breaches = includes.check(self.tree(**{"server/kernel/a.cc": '#include "ports/p.h"\n'}), units)
        self.assertEqual(breaches, ["server/kernel/a.cc: kernel must not see ports (ports/p.h)"])

    def test_judging_in_the_api(self):
        def schema(of, line):
            return f"components:\n  schemas:\n    {of}:\n      type: object\n      properties:\n        {line}\n"
        rule = judging.nobody_is_judged
        for name in ("score", "risk_level", "credit", "persona", "speaker_rank", "account_rating", "residentTags", "blacklist"):
            self.breaks(rule, "api/openapi.yaml", schema("Case", f"{name}: {{type: integer}}"), name)
        for name in ("number", "label", "rated_at", "phone", "level"):
            self.holds(rule, "api/openapi.yaml", schema("Case", f"{name}: {{type: string}}"))
        self.holds(rule, "api/openapi.yaml", schema("Similar", "score: {type: integer}"))
        self.breaks(rule, "api/openapi.yaml", schema("Speaker", "score: {type: integer}"), "score")
        self.breaks(rule, "api/openapi.yaml", "      properties: {name: {type: string}, reputation: {type: integer}}\n", "reputation")
        self.breaks(rule, "api/openapi.yaml", "paths:\n  /api/v1/residents/{id}/profile:\n    get: {}\n", "profile")
        self.breaks(rule, "api/openapi.yaml", "      parameters:\n        - name: risk\n          in: query\n", "risk")
        self.breaks(rule, "api/openapi.yaml", "      operationId: rankSpeakers\n", "rankSpeakers")

    def test_judging_in_the_code(self):
        rule = judging.nobody_is_judged
        for name in ("petitioner_score", "rankOfSpeaker", "AccountRiskLevel", "contact_label", "citizenProfile"):
            self.breaks(rule, "server/features/cases/a.cc", f"int {name} = 0;\n", name)
            self.breaks(rule, "web/desk/src/a.ts", f"const {name} = 0\n", name)
        self.holds(rule, "server/features/cases/a.cc", "int office_score = 0; // of no speaker_rank\n")
        self.holds(rule, "server/features/cases/a.cc", "int identity_level = 0;\n")
        self.breaks(rule, "server/features/cases/a.cc", "// 这些是重点人员\n", "重点人员")
        self.breaks(rule, "pages/messages/zh-CN/a.json", '{"a": "黑名单"}\n', "黑名单")

    def test_what_is_allowed_is_there(self):
        tree = files.Tree(pathlib.Path(__file__).resolve().parents[2])
        everything = "\n".join(tree.text(path) for path in tree.under("server", "web/desk/src", "api"))
        for name in ("AccountTag", "AccountEventTag"):
            self.assertIn(name, everything)
        names = {f"{schema}.{name}" for _, schema, name in judging.api_names(tree.text("api/openapi.yaml"))}
        self.assertEqual({"Similar.score", "ClassTest.score"} - names, set())

    def test_coroutines(self):
        self.breaks(sources.coroutines, "server/features/cases/a.cc", "co_await x;", "coroutines")
        self.holds(sources.coroutines, "server/adapters/http_beast/a.cc", "co_await x;")
        self.holds(sources.coroutines, "server/features/cases/a.cc", "// co_await x;")
        many = {f"server/adapters/http_beast/{n}.cc": "#include <boost/beast/core.hpp>" for n in range(4)}
        self.assertEqual(len(sources.coroutines(self.tree(**many))), 1)

    def test_clocks(self):
        place = "server/features/cases/a.cc"
        self.breaks(sources.clocks, place, "auto n = std::chrono::system_clock::now();", "clock")
        self.breaks(sources.clocks, place, "time(nullptr)", "clock")
        self.holds(sources.clocks, place, "allow(SCMP_SYS(clock_gettime), 0); Date of(system_clock x);")
        self.breaks(sources.clocks, place, "std::chrono::steady_clock::now()", "waiting")
        self.holds(sources.clocks, "server/adapters/metrics/a.cc", "std::chrono::steady_clock::now()")
        self.holds(sources.clocks, "server/adapters/system/a.cc", "std::chrono::system_clock::now()")
        self.holds(sources.clocks, place, "next_time(now); start_time(0);")

    def test_locales(self):
        place = "server/kernel/a.cc"
        for bad in ("std::tolower(c)", "strtod(a, b)", "std::stod(a)", "isspace(c)", 'setlocale(LC_ALL, "")'):
            self.breaks(sources.locales, place, bad, "locale")
        self.holds(sources.locales, place, "ascii_lower(c); to_lower_ascii(c);")

    def test_reveals(self):
        self.breaks(sources.reveals, "server/features/cases/new.cc", 'x.reveal_because("y")', "sealed")
        self.holds(sources.reveals, "server/features/cases/receive.cc", 'x.reveal_because("y")')

    def test_machines(self):
        self.breaks(sources.machines, "docs/a.md", "see " + "/ho" + "me/ann/x", "one machine")
        self.breaks(sources.machines, "docs/a.md", "https://" + "registry.example.org/x", "download")
        self.holds(sources.machines, "docs/a.md", "/homepage and /var/lib/minhu")

    def test_locks(self):
        place = "web/package-lock.json"
        lock = '{"packages": {"": {}, "a": {"resolved": "https://%s/a.tgz"}}}'
        self.breaks(sources.locks, place, lock % "elsewhere.example", "names the host")
        self.holds(sources.locks, place, '{"packages": {"a": {"version": "1.0.0"}}}')

    def test_long_files(self):
        self.breaks(sources.long_files, "server/kernel/a.cc", "\n" * 501, "501 lines")
        self.holds(sources.long_files, "server/kernel/a.cc", "\n" * 500)

    def test_readmes(self):
        bad = self.tree(**{"server/features/cases/a.cc": ""})
        self.assertEqual(sources.readmes(bad), ["server/features/cases has no README.md"])
        self.assertEqual(sources.readmes(self.tree(**{"server/features/cases/a.cc": "",
                                                      "server/features/cases/README.md": ""})), [])

    def test_commands(self):
        main = ('command(cli, call, "serve", "…", f)->add_option("--port", port);'
                'auto* units = cli.add_subcommand("units", "…"); command(*units, call, "explain", "…", f);')
        tree = lambda text, path="README.md": self.tree(**{"server/app/main/main.cc": main, path: text})
        self.assertEqual(commands.agree(tree("    minhu serve\n    minhu units explain   why\n")), [])
        self.assertEqual(commands.agree(tree("    minhu serve\n")),
                         ["README.md does not name minhu units explain"])
        self.assertEqual(commands.agree(tree("run `minhu fly`", "docs/a.md")),
                         ["docs/a.md names minhu fly, which is no command"])
        self.assertEqual(commands.agree(tree("--data --policies --port --wings", "docs/operations.md")),
                         ["docs/operations.md names --wings, which no command takes"])
        self.assertEqual(commands.agree(tree("--data --policies", "docs/configuration.md")),
                         ["docs/configuration.md does not name --port"])

    def messages(self, chinese, english, **more):
        return self.tree(**{"pages/messages/zh-CN/faults.json": chinese,
                            "pages/messages/en/faults.json": english, **more})

    def test_languages(self):
        agree = sentences.languages_agree
        self.assertEqual(agree(self.messages('{"a.b": "{n} 天"}', '{"a.b": "{n} days"}')), [])
        self.assertIn("no sentence in en", agree(self.messages('{"a.b": "甲"}', "{}"))[0])
        self.assertIn("no sentence in zh-CN", agree(self.messages("{}", '{"a.b": "a"}'))[0])
        self.assertIn("placeholders differ", agree(self.messages('{"a.b": "{n}"}', '{"a.b": "x"}'))[0])
        self.assertIn("placeholders differ", agree(self.messages('{"a.b": "{n@a}"}', '{"a.b": "{n}"}'))[0])
        self.assertIn("family a.way", agree(self.messages('{"a.b": "{n@a.way}"}', '{"a.b": "{n@a.way}"}'))[0])
        self.assertIn("too", agree(self.messages('{"a.b": "甲", "a.b": "乙"}', '{"a.b": "a"}'))[0])

    def test_sentences_of_code(self):
        code = 'return fail(FaultCode::conflict, "cases.gone");  // "cases.never"\nopen("a.toml");\nsay("contact.phone");'
        tree = self.messages('{"a.b": "甲"}', '{"a.b": "a"}', **{"server/features/cases/a.cc": code})
        self.assertEqual(sentences.code_has_sentences(tree),
                         ["cases.gone has no sentence (server/features/cases/a.cc:1)"])

    def test_sentences_of_templates(self):
        tree = self.messages('{"a.b": "甲"}', '{"a.b": "a"}',
                             **{"pages/residents/home.html": "[[a.b]] [[a.c]] {{VALUE}}"})
        self.assertEqual(sentences.templates_have_sentences(tree),
                         ["pages/residents/home.html names a.c, which has no sentence"])


if __name__ == "__main__":
    unittest.main(verbosity=0)
