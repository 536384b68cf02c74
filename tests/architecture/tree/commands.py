"""The commands and options of the program, and what the documents say of them."""
import re

MAIN = "server/app/main/"
GROUP = re.compile(r'auto\*\s+(\w+)\s*=\s*cli\.add_subcommand\("([\w-]+)"')
COMMAND = re.compile(r'command\(\s*(\*?\w+),\s*call,\s*"([\w-]+)"')
OPTION = re.compile(r'add_(?:option|flag)\(\s*"(--[\w-]+)"')
# In a document: at the beginning of an indented line or of a code span, whoever runs it.
NAMED = re.compile(r"(?:^ {4,}|`)(?:sudo -u minhu |ExecStart=\S*/)?minhu ([a-z][a-z0-9-]*)(?: ([a-z][a-z0-9-]*))?", re.M)
USED_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z0-9-]+)")

# Who lists every command; others may name some.
COMPLETE = ("README.md", "README.zh-CN.md")
# Where one looks up options: every option stands in the first, and both name only what there is.
REFERENCE = "docs/configuration.md"
GUIDES = (REFERENCE, "docs/operations.md", "docs/operations.zh-CN.md")
# Options of the other programs that the operator calls.
OF_OTHERS = {"--exclude", "--help", "--since", "--upgradable"}
# For ./dev bench alone.
UNTOLD = {"--record-batches"}


def files_of(tree):
    return [path for path in tree.paths if path.startswith(MAIN) and path.endswith(".cc")]


def of_program(tree):
    code = "\n".join(tree.code(path) for path in files_of(tree))
    groups = {variable: name for variable, name in GROUP.findall(code)}
    commands = {f"{groups[where[1:]]} {name}" if where[1:] in groups else name
                for where, name in COMMAND.findall(code)}
    return commands, set(groups.values()), set(OPTION.findall(code)) | {"--data", "--policies"}


def named_in(text, groups):
    return {f"{first} {second}" if first in groups and second else first
            for first, second in NAMED.findall(text)}


def agree(tree):
    if not files_of(tree):
        return []
    commands, groups, options = of_program(tree)
    breaches = []
    for path in tree.paths:
        if not path.endswith(".md") or path.startswith("web/"):
            continue
        named = named_in(tree.text(path), groups)
        breaches += [f"{path} names minhu {name}, which is no command"
                     for name in sorted(named - commands - groups)]
        if path in COMPLETE:
            breaches += [f"{path} does not name minhu {name}" for name in sorted(commands - named)]
        if path in GUIDES:
            used = set(USED_OPTION.findall(tree.text(path)))
            breaches += [f"{path} names {option}, which no command takes"
                         for option in sorted(used - options - OF_OTHERS)]
        if path == REFERENCE:
            breaches += [f"{path} does not name {option}"
                         for option in sorted(options - used - UNTOLD)]
    return breaches
