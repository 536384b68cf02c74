#include "features/visit_plans/in_words.h"

#include <utility>

namespace minhu::visit_plans {

namespace {

const char* words_for(const std::string& key, bool ever_seen) {
  if (key == "silence.must") return "plans.why_must";
  if (key == "silence.need") return "plans.why_need";
  if (key == "silence.quieter") return "plans.why_quieter";
  if (key == "silence.sooner") return "plans.why_sooner";
  if (key == "silence.usual") return "plans.why_usual";
  return ever_seen ? "plans.why_age" : "plans.why_never_seen";
}

}  // namespace

std::vector<silence::Reason> in_words(const std::vector<silence::Reason>& reasons, bool ever_seen) {
  std::vector<silence::Reason> words;
  for (const silence::Reason& reason : reasons) {
    std::map<std::string, std::string> facts = reason.facts;
    facts.erase("value");
    words.push_back({words_for(reason.key, ever_seen), std::move(facts)});
  }
  return words;
}

silence::Reason in_words(const tours::Reason& reason) {
  const std::string& key = reason.key;
  const bool barred = key == "tours.out_person_recused" || key == "tours.out_person_away" ||
                      key == "tours.out_recused" || key == "tours.out_nobody_there";
  if (barred) return {"plans.out_nobody", {}};
  // Numbers of value stay inside: a plan tells of places and days.
  std::map<std::string, std::string> facts = reason.facts;
  facts.erase("value");
  facts.erase("dropped");
  if (reason.key == "tours.in_value") return {"plans.in_reach", facts};
  if (reason.key == "tours.out_outweighed") return {"plans.out_outweighed", facts};
  return {reason.key, reason.facts};
}

}  // namespace minhu::visit_plans
