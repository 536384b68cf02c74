"""Nothing scores, ranks, labels or profiles a person (INV-15): no name of the API, no identifier of the code, no word that the
field has for people who complain. Tables, columns and stored values: schema_test.cc."""
import re

from .files import CODE, is_test

# What judges, and whom. An identifier that holds one of each judges a person.
JUDGING = {"score", "scores", "scoring", "rank", "ranks", "ranking", "label", "labels", "labelled", "profile", "profiles",
           "profiling", "risk", "risks", "threat", "rating", "ratings", "grade", "grades", "credit", "reputation", "sentiment",
           "emotion", "mood", "persona", "tag", "tags", "tagged", "level", "levels", "flag", "flags", "flagged", "blacklist",
           "whitelist", "watchlist", "suspect", "karma", "attitude", "troublemaker", "repeater", "vexatious", "nuisance",
           "priority"}
PERSON = {"person", "persons", "people", "account", "accounts", "contact", "contacts", "speaker", "speakers", "citizen",
          "citizens", "resident", "residents", "petitioner", "petitioners", "complainant", "reporter", "visitor", "caller",
          "handler", "official", "staff", "user", "users", "phone", "identity"}
# Names of the API that judge whomever they are put beside; a person is behind every case.
NEVER_IN_THE_API = JUDGING - {"label", "labels", "level", "levels", "rating", "ratings", "priority", "tag", "tags", "profile",
                              "flag", "flags", "grade", "rank"}

# name → why it judges nobody. In the API: "Schema.name".
ALLOWED = {
    "AccountTag": "a type that keeps one id apart from another",
    "AccountEventTag": "the same",
    "Similar.score": "how much two matters agree, not two people",
    "ClassTest.score": "whether a class of matters is worth a county's decision",
    "identity_level": "how much of themselves a speaker lets us keep: chosen by them, and only ever more",
    "IdentityLevel": "the same",
    "identityLevel": "the same",
    "identity_levels": "the same, in the name of a step of the schema",
}

# What offices have called people who come again; none of it may be said, stored or asked for.
SLURS = ("缠访", "闹访", "老上访户", "上访专业户", "重点人员", "重点信访人", "黑名单", "风险等级", "信用分", "难缠", "刁民", "无理上访")
# Where such a word is named to be refused, or stands in words of others.
SLURS_NAMED = ("policies/",)

PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
IDENTIFIER = re.compile(r"\b[A-Za-z_][A-Za-z0-9_]*\b")


def parts(name):
    return {part.lower() for part in PARTS.findall(name)}


def judges_a_person(name):
    found = parts(name)
    return name not in ALLOWED and bool(found & JUDGING) and bool(found & PERSON)


def api_names(text):
    """(line, schema, name) of every property, parameter, path and operation of an OpenAPI document in YAML."""
    properties = []  # indentation of each open `properties:`
    schema = ""  # the key two steps in that it stands under
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.lstrip()
        if not stripped or stripped.startswith("#"):
            continue
        indent = len(line) - len(stripped)
        while properties and indent <= properties[-1]:
            properties.pop()
        key = re.match(r'"?([\w./{}-]+)"?:', stripped)
        if key and indent == 4:
            schema = key[1]
        if key and (key[1].startswith("/") or (properties and indent == properties[-1] + 2)):
            yield number, schema, key[1]
        for inline in re.finditer(r"properties: *\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", line):
            for name in re.finditer(r"(?:^|[,{]) *(\w+):", inline[1]):
                yield number, schema, name[1]
        named = re.match(r"(?:- )?(?:name|operationId): *([\w-]+)", stripped)
        if named:
            yield number, schema, named[1]
        if re.match(r"properties: *$", stripped):
            properties.append(indent)


def in_the_api(tree):
    breaches = []
    for path in tree.under("api", ends=(".yaml",)):
        for line, schema, name in api_names(tree.text(path)):
            if f"{schema}.{name}" in ALLOWED:
                continue
            if parts(name) & NEVER_IN_THE_API or judges_a_person(name):
                breaches.append(f"{path}:{line}: {name} scores, ranks, labels or profiles")
    return breaches


def in_the_code(tree):
    breaches = []
    code = tree.under("server", ends=CODE) + tree.under("web/desk/src", ends=(".ts", ".vue")) + tree.under("pages", ends=(".js",))
    for path in code:
        if is_test(path) or ".test." in path:
            continue
        text = tree.code(path)
        for name in sorted({name for name in IDENTIFIER.findall(text) if judges_a_person(name)}):
            line = text.count("\n", 0, re.search(rf"\b{name}\b", text).start()) + 1
            breaches.append(f"{path}:{line}: {name} judges a person")
    return breaches


def in_words(tree):
    breaches = []
    for path in tree.under("server", "web/desk/src", "pages", "policies", "api"):
        if is_test(path) or ".test." in path or path.startswith(SLURS_NAMED):
            continue
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            for slur in SLURS:
                if slur in line:
                    breaches.append(f"{path}:{number}: says {slur}")
    return breaches


def nobody_is_judged(tree):
    return in_the_api(tree) + in_the_code(tree) + in_words(tree)
