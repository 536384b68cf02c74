"""Rules about single files that no compiler asks. Every exception stands here with its reason."""
import json
import re

from .files import CODE, is_test

# Lines, not a limit to write up to: two rooms are usually clearer.
LONGEST = 500
LONGER_ON_PURPOSE = {
    "hostile_client_test.cc": "every kind of hostile peer against one server; waits to be split by kind",
}

REVEALS = {
    "server/kernel/sealed.h": "declares it",
    "server/features/accounts/password.cc": "a password is hashed, compared, and refused when it could be guessed",
    "server/features/accounts/sessions.cc": "the password of a demo login is compared",
    "server/adapters/openid/fetch.cc": "the client secret, to the provider alone",
    "server/adapters/openid/provider.cc": "the client secret and the verifier, to the provider alone",
    "server/features/accusations/escrow.cc": "papers are handed out, and two of them laid together",
    "server/features/accusations/handle.cc": "the receipt of a complaint, to its reporter under their own seal",
    "server/features/accusations/handlers.cc": "a passphrase must differ from the password",
    "server/features/cases/receive.cc": "contact details are sealed for the store",
    "server/features/cases/lost_receipt.cc": "a telephone and a code that works once are compared",
    "server/features/messages/codes.cc": "a code that works once goes to the telephone that was left",
    "server/features/messages/message.cc": "whether a telephone takes text messages",
    "server/features/cases/names.cc": "what a speaker adds of who they are is sealed for the store",
    "server/adapters/web_api/receptions.cc": "codes that a tablet prints for people before their words arrive",
    "server/features/receptions/session.cc": "a contact on its way into the record that is sealed with its case",
    "server/adapters/web_api/names.cc": "a name that one person asked for and another agreed to, once",
    "server/features/cases/receipt_number.cc": "a code is made and hashed",
    "server/features/drafts/draft_json.cc": "a draft is sealed for the store",
    "server/features/visits/booking.cc": "a contact is checked, a booking code made, hashed and compared",
    "server/features/visits/contacts.cc": "who booked a visit is sealed for the store",
    "server/features/visits/telling.cc": "who booked is told on their telephone that the day has changed",
    "server/adapters/pages/visit_booking.cc": "the booking code, to whoever just booked or typed it",
    "server/adapters/web_api/visit_queue.cc": "a booking code read aloud, a contact with a recorded reason, a calendar's address",
    "server/features/receptions/session.cc": "who spoke at a reception is sealed for the store",
    "server/adapters/web_api/receptions.cc": "the codes that a tablet prints on papers for their holders",
    "server/app/escrow.cc": "papers are printed for their custodians, once",
    "server/adapters/pages/jubao.cc": "the reporter's own code and receipt, shown once",
    "server/adapters/web_api/accusations.cc": "a name, to a named handler with a passphrase and a recorded reason",
    "server/features/rights/rights.cc": "the speaker puts right what they left before",
    "server/features/rights/copy.cc": "the speaker takes a copy of what they left",
    "server/adapters/pages/mine.cc": "what the speaker left, masked, for the speaker",
    "server/adapters/pages/proof.cc": "the proof of a case, for its speaker",
    "server/adapters/pages/visit_lots.cc": "what was committed to of a lot is published",
    "server/adapters/pages/pass.cc": "the speaker's own receipt, to keep",
    "server/adapters/pages/receipt.cc": "the speaker's own receipt, shown once",
    "server/adapters/pages/report_check.cc": "what the speaker has just written, to check",
    "server/adapters/pages/report_contact.cc": "what the speaker has just written, to mend",
    "server/adapters/web_api/receipts.cc": "the speaker's own receipt",
    "server/adapters/web_api/words_in.cc": "the speaker's own receipt",
    "server/adapters/web_api/office.cc": "a phone number, to its caller, with a recorded reason",
    "server/adapters/office_pages/receive.cc": "the receipt a clerk hands over",
    "server/adapters/office_pages/case_page.cc": "a phone number, to its caller, with a recorded reason",
    "server/adapters/outbound/mail.cc": "the address a message goes to",
    "server/adapters/outbound/message_json.cc": "the address a message goes to",
    "server/adapters/outbound/router.cc": "the address a message goes to",
    "server/adapters/outbound/webhook.cc": "the address a message goes to",
    "server/adapters/openid/fetch.cc": "who we are and a code, to the provider that gave it; nothing of a resident",
    "server/adapters/openid/provider.cc": "our secret, to the provider it is shared with",
}

WALL_CLOCK = re.compile(
    r"\b(?:system_clock|utc_clock)::now|\b(?:std::)?time\s*\(\s*(?:nullptr|NULL|0|&)"
    r"|\b(?:gettimeofday|clock_gettime|localtime(?:_r)?|gmtime(?:_r)?)\s*\(|__DATE__|__TIME__")
READS_THE_CLOCK = {
    "server/adapters/http_beast/connection.cc": "the Date of an HTTP answer",
    "server/adapters/http_beast/exchange.cc": "the Date of an HTTP answer",
    "server/adapters/http_beast/server.cc": "the Date of an HTTP answer",
}
STEADY = re.compile(r"steady_clock|high_resolution_clock")

# Depend on the locale of the machine: a comma for a point, another case, another order.
LOCALE = re.compile(
    r"\b(?:setlocale|localeconv|std::locale|strftime|strptime|put_time|get_time|strtod|strtof|strtold|"
    r"atof|stod|stof|stold|strcoll|strcasecmp|strncasecmp|mbstowcs|wcstombs|tolower|toupper|isalpha|"
    r"isalnum|isspace|isupper|islower|ispunct|to_lower|to_upper|iequals)\s*\(")

MACHINE = re.compile(r"/home/\w|/root\b|/Users/\w|/wor[k]/\w|/tmp/[a-z]+\.\d|\bC:\\\\")
REGISTRY = re.compile(r"https?://(?:registry|deb|mirrors?|pypi|npm|proxy)\.[\w.-]+", re.I)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def found(tree, paths, pattern, sentence):
    return [f"{path}:{line_of(tree.code(path), match.start())}: {sentence} ({match.group(0).strip()})"
            for path in paths for match in pattern.finditer(tree.code(path))]


def coroutines(tree):
    paths = [path for path in tree.under("server", "bench", ends=CODE)
             if not path.startswith("server/adapters/http_beast/")]
    breaches = found(tree, paths, re.compile(r"\bco_(?:await|return|yield)\b"),
                     "coroutines stay inside http_beast")
    heavy = [path for path in tree.under("server", "bench", ends=CODE)
             if re.search(r'#\s*include\s*[<"]boost/beast', tree.code(path))]
    if len(heavy) > 3:
        breaches.append("more than three files include boost/beast, the slowest header to compile: "
                        + ", ".join(heavy))
    return breaches


def clocks(tree):
    readers = [path for path in tree.under("server", ends=CODE)
               if not path.startswith("server/adapters/system/") and not is_test(path)]
    breaches = found(tree, [path for path in readers if path not in READS_THE_CLOCK], WALL_CLOCK,
                     "time comes from ports/clock.h")
    pure = [path for path in readers if not path.startswith(("server/adapters/", "server/app/"))]
    return breaches + found(tree, pure, STEADY, "waiting is measured in adapters and app alone")


def locales(tree):
    paths = [path for path in tree.under("server", ends=CODE) if not is_test(path)]
    return found(tree, paths, LOCALE, "depends on the locale of the machine")


def reveals(tree):
    return [f"{path}: reveals what is sealed and is not in the list of tests/architecture/tree/sources.py"
            for path in tree.under("server", ends=CODE)
            if "reveal_because" in tree.code(path) and path not in REVEALS and not is_test(path)]


def machines(tree):
    breaches = []
    for path in tree.paths:
        if path.startswith("tests/architecture/") or path.endswith("package-lock.json"):
            continue  # the rule itself; npm's file has its own rule below
        text = tree.text(path)
        for pattern, sentence in ((MACHINE, "names a path of one machine"),
                                  (REGISTRY, "names a host to download from")):
            for match in pattern.finditer(text):
                breaches.append(f"{path}:{line_of(text, match.start())}: {sentence} ({match.group(0)})")
    return breaches


def locks(tree):
    """A lock file names no host to download from: every npm asks the registry that it is set to."""
    breaches = []
    for path in tree.paths:
        if not path.endswith("package-lock.json"):
            continue
        for name, package in json.loads(tree.text(path)).get("packages", {}).items():
            if "://" in package.get("resolved", ""):
                breaches.append(f"{path}: {name} names the host it comes from")
    return breaches


def long_files(tree):
    breaches = []
    for path in tree.paths:
        if not path.endswith((".cc", ".h", ".ts", ".vue", ".js", ".mjs", ".py", ".sh", ".css")):
            continue
        lines = tree.text(path).count("\n")
        if lines > LONGEST and path.rsplit("/", 1)[-1] not in LONGER_ON_PURPOSE:
            breaches.append(f"{path} has {lines} lines; would two rooms be clearer?")
    return breaches


def readmes(tree):
    folders = {"/".join(path.split("/")[:3]) for path in tree.under("server/features")
               if path.count("/") > 2}
    return [f"{folder} has no README.md" for folder in sorted(folders)
            if f"{folder}/README.md" not in tree.paths]
