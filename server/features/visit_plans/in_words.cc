#include "features/visit_plans/in_words.h"

#include <array>
#include <string_view>
#include <utility>

namespace minhu::visit_plans {

namespace {

std::string after_dot(const std::string& key) {
  return key.substr(key.find('.') + 1);
}

}  // namespace

std::vector<silence::Reason> in_words(const std::vector<silence::Reason>& reasons, bool ever_seen) {
  std::vector<silence::Reason> words;
  for (silence::Reason reason : reasons) {
    reason.key = "plans.why_" + after_dot(reason.key);
    reason.facts.erase("value");
    if (reason.key == "plans.why_age" && !ever_seen) reason.key = "plans.why_never_seen";
    words.push_back(std::move(reason));
  }
  return words;
}

silence::Reason in_words(const tours::Reason& reason) {
  constexpr std::array barred{"tours.out_person_recused", "tours.out_person_away",
                              "tours.out_recused", "tours.out_nobody_there"};
  for (const std::string_view key : barred) {
    if (reason.key == key) return {"plans.out_nobody", {}};
  }
  silence::Reason words{reason.key, reason.facts};
  if (reason.key == "tours.in_value") {
    words.key = "plans.in_reach";
    words.facts.erase("value");
  } else if (reason.key == "tours.out_outweighed") {
    words.key = "plans.out_outweighed";
    words.facts.erase("value");
    words.facts.erase("dropped");
  }
  return words;
}

}  // namespace minhu::visit_plans
