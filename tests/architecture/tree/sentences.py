"""Every key that code or a template names has a sentence, in every language and with the same gaps."""
import json
import re

from .files import CODE, is_test, literals

LANGUAGES = ("zh-CN", "en")
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
# Literals of that form that are no key: names of files and hosts.
NO_KEY = re.compile(r".*\.(?:h|toml|json|jsonl|html|css|js|csv|db|key|policy|status|alarm|txt|md|svg|png|jpg|webp|local|invalid|"
                    r"example|gz|tmp|lock|sock|xml|pdf|ico|webmanifest|eml|part|new|old)$")
# Words before the first point that are no area of sentences ("contact.phone" is a field) are known by
# never standing in a fault or a catalogue.
OF_A_FAULT = re.compile(r'FaultCode::\w+,\s*"([a-z0-9_]+)\.')
# {name}, or {name@family}: a code of the program, called as the sentence "family.code" says.
PLACEHOLDER = re.compile(r"\{(\w+(?:@[\w.]+)?)\}")
IN_TEMPLATE = re.compile(r"\[\[([\w.]+)\]\]")


def read(tree):
    """{language: {key: (file, sentence)}} and what is wrong with the files themselves."""
    breaches = []
    catalogues = {language: {} for language in LANGUAGES}
    for path in tree.under("pages/messages", ends=(".json",)):
        language = path.split("/")[2]
        if language not in catalogues:
            breaches.append(f"{path}: no language of the house")
            continue
        pairs = json.loads(tree.text(path), object_pairs_hook=list)
        for key, sentence in pairs:
            if key in catalogues[language]:
                breaches.append(f"{path}: {key} stands in {catalogues[language][key][0]}, too")
            catalogues[language][key] = (path, sentence)
    return catalogues, breaches


def languages_agree(tree):
    catalogues, breaches = read(tree)
    first, *others = LANGUAGES
    for other in others:
        for key in sorted(set(catalogues[first]) ^ set(catalogues[other])):
            missing = other if key in catalogues[first] else first
            breaches.append(f"{key} has no sentence in {missing}")
        for key in sorted(set(catalogues[first]) & set(catalogues[other])):
            (here, one), (there, two) = catalogues[first][key], catalogues[other][key]
            if here.rsplit("/", 1)[-1] != there.rsplit("/", 1)[-1]:
                breaches.append(f"{key} stands in {here} and in {there}")
            gaps_agree = set(PLACEHOLDER.findall(one)) == set(PLACEHOLDER.findall(two))
            if not gaps_agree:
                breaches.append(f"{key}: the placeholders differ between {first} and {other}")
            for family in {gap.split("@")[1] for gap in PLACEHOLDER.findall(one) if "@" in gap}:
                if not any(known.startswith(family + ".") for known in catalogues[first]):
                    breaches.append(f"{key}: no sentence is of the family {family}")
    return breaches


def keys_in_code(tree):
    """Literals that look like keys: faults, and sentences that code says itself."""
    for path in tree.under("server", ends=CODE):
        if is_test(path):
            continue
        for line, text in literals(tree.text(path)):
            if KEY.fullmatch(text) and not NO_KEY.fullmatch(text):
                yield path, line, text


def code_has_sentences(tree):
    known = read(tree)[0][LANGUAGES[0]]
    areas = {key.split(".")[0] for key in known}
    for path in tree.under("server", ends=CODE):
        areas.update(OF_A_FAULT.findall(tree.code(path)))
    missing = {}
    for path, line, key in keys_in_code(tree):
        if key not in known and key.split(".")[0] in areas:
            missing.setdefault(key, f"{path}:{line}")
    return [f"{key} has no sentence ({place})" for key, place in sorted(missing.items())]


def templates_have_sentences(tree):
    known = read(tree)[0][LANGUAGES[0]]
    return [f"{path} names {key}, which has no sentence"
            for path in tree.under("pages", ends=(".html",))
            for key in sorted(set(IN_TEMPLATE.findall(tree.text(path)))) if key not in known]
