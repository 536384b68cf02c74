#include "features/visit_plans/in_words.h"

#include <utility>

namespace minhu::visit_plans {

namespace {

std::string after_dot(const std::string& key) {
  return key.substr(key.find('.') + 1);
}

}  // namespace

std::vector<silence::Reason> in_words(const std::vector<silence::Reason>& reasons, bool ever_seen) {
  std::vector<silence::Reason> words;
  for (const silence::Reason& reason : reasons) {
    const bool never = reason.key == "silence.age" && !ever_seen;
    const std::string why = never ? std::string("never_seen") : after_dot(reason.key);
    std::map<std::string, std::string> facts = reason.facts;
    facts.erase("value");
    words.push_back({std::string("plans.why_").append(why), std::move(facts)});
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
