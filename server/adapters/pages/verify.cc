// The page that checks a proof of receipt in the browser (pages/assets/verify.js). What the script
// says stands in the page: one list of sentences, in the language of the page.
#include <algorithm>
#include <string>

#include "adapters/pages/assets.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "engines/merkle/policy.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

namespace {

// What the script can find wrong, as the engine names it; what the page says beside it.
constexpr std::string_view faults[] = {"proof_broken",
                                       "note_broken",
                                       "checkpoint_broken",
                                       "promise_broken",
                                       "opening_broken",
                                       "unknown_log",
                                       "log_signature_missing",
                                       "signature_wrong",
                                       "quorum_missing",
                                       "index_beyond_tree",
                                       "inclusion_not_proved",
                                       "policy_too_long",
                                       "policy_control_character",
                                       "policy_line_unknown",
                                       "policy_key_broken",
                                       "policy_key_twice",
                                       "policy_name_taken",
                                       "policy_name_unknown",
                                       "policy_threshold",
                                       "policy_member_twice",
                                       "policy_quorum_twice",
                                       "policy_without_quorum"};
constexpr std::string_view own[] = {
    "good",        "proved",   "step",       "by",          "citizen",
    "happened",    "written",  "due",        "witnessed",   "not_witnessed",
    "between",     "place",    "not_proved", "not_true",    "not_later",
    "not_words",   "not_ours", "not_yours",  "secret",      "bad",
    "not_checked", "nothing",  "promised",   "promise",     "promise_over",
    "no_policy",   "cannot",   "closed",     "policy_taken"};

void add_sentence(templates::Values& values, std::string_view key, std::string_view text) {
  values.add("SAY").set("KEY", key).set("TEXT", text);
}

// What each kind of event is called without the facts of one event: a sentence of its own, or that
// of the timeline where that names none.
void add_kinds(const catalogue::Catalogue& say, templates::Values& values) {
  for (const std::string_view area : {"residents.verify.kind.", "residents.event."}) {
    for (const auto key : say.keys()) {
      if (!key.starts_with(area)) continue;
      const std::string sentence = say.say(key);
      if (sentence.find('{') != std::string::npos) continue;
      add_sentence(values, "kind." + std::string(key.substr(area.size())), sentence);
    }
  }
}

void add_sentences(const Site& site, const catalogue::Catalogue& say, templates::Values& values) {
  for (const auto fault : faults) {
    const std::string key = "merkle." + std::string(fault);
    add_sentence(values, key, say.say(key));
  }
  for (const auto one : own) {
    const std::string key = "residents.verify." + std::string(one);
    add_sentence(values, key, say.say(key));
  }
  add_kinds(say, values);
  add_sentence(values, "by.system", say.say("residents.verify.system"));
  const auto units = site.installation.database.read([&](Reading& reading) {
    return places_and_units::all_units(reading, site.installation.county.region);
  });
  for (const auto& unit : units) add_sentence(values, "by." + unit.code, unit.name);
}

// A line an element: the escaping of templates makes one line of all.
void show_policy(const merkle::TrustPolicy& policy, std::string_view text, templates::Values& box) {
  box.set("NUMBERS", merkle::fingerprint(policy));
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    box.add("LINE").set("TEXT", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

http::Response show_verify(const Site& site, const http::Request& request) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("VERIFY_SCRIPT", asset_address("verify.js"));
  values.set("HELP", say.say("residents.verify.no_script_help",
                             {{"phone", unbroken(site.surface.county().phone)}}));
  const std::string text = site.record.policy();
  if (text.empty()) {
    values.show("NONE");
  } else if (const auto policy = merkle::parse_policy(text)) {
    show_policy(*policy, text, values.add("POLICY"));
  } else {
    values.show("BROKEN");
  }
  add_sentences(site, say, values);
  return site.surface.page(request, "verify", values,
                           {say.say("residents.verify.title"), 200, Keep::until_asked_again});
}

}  // namespace minhu::pages
