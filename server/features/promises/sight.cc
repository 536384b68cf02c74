#include "features/promises/sight.h"

#include "features/cases/store.h"

namespace minhu::promises {

using accounts::Relation;

accounts::Decision decide(const cases::Context& context, const Promise& promise,
                          std::string_view permission) {
  const bool carries = !context.actor.unit.empty() && context.actor.unit == promise.unit;
  return accounts::decide(context.actor, permission,
                          carries ? Relation::lead_unit : Relation::none);
}

bool is_behind_the_seal(const cases::CaseFile& file) {
  return file.track == cases::Track::accusation || file.state == cases::State::held ||
         file.state == cases::State::voided;
}

bool PromiseSight::holds(const Promise& promise) {
  const auto post = find_post(reading_, context_.county.region, promise.post);
  return post && !context_.actor.account.empty() && post->holder == context_.actor.account;
}

bool PromiseSight::may_see(const Promise& promise) {
  if (!decide(context_, promise, "promise:read").allowed && !holds(promise)) return false;
  if (promise.case_id.empty()) return true;
  const auto file = cases::load_file(reading_, context_.county.region, promise.case_id);
  return file && !is_behind_the_seal(*file) && !cases_.kept_from(*file);
}

}  // namespace minhu::promises
