#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/cases/guard.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/fields.h"
#include "features/promises/promises.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"
#include "features/promises/words_kept.h"
#include "features/visits/visits.h"

namespace minhu::promises {

namespace {

namespace units = places_and_units;

constexpr std::size_t longest_matter = 60;
constexpr std::size_t longest_promise = 1000;

// Who was in the post on that day: what is written down late was said by whoever was there then. Of
// the days before anybody was registered, the first one. Who has left the service has no name here.
std::string said_by(Reading& reading, const cases::Context& context, const Post& post,
                    const std::string& day) {
  const RegionId region = context.county.region;
  accounts::AccountId holder;
  for (const Holding& one : all_holdings(reading, region)) {
    if (one.post != post.id) continue;
    const Date since = to_date(one.since, context.county.rules.zone);
    if (one.seq == 0 || format_date(since) <= day) holder = one.account;
  }
  const auto account = accounts::find_account(reading, region, holder);
  return account ? account->display_name + "，" + post.title : post.title;
}

// The case, if the actor may give a promise to it, the unit may have it and the post may own it.
// One Fault for a case that there is not and one that they may not know of.
Result<cases::CaseFile> case_for(Reading& reading, const cases::Context& context,
                                 const NewPromise& made, const Post& post) {
  const RegionId region = context.county.region;
  cases::Sight sight(reading, context);
  // A leader reads no cases, but promises are made to them in one.
  auto file = context.actor.role == accounts::Role::leader
                  ? cases::load_file(reading, region, made.case_id)
                  : sight.find(made.case_id);
  if (!file || is_behind_the_seal(*file) || sight.kept_from(*file)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  accounts::Principal holder = context.actor;
  holder.account = post.holder;
  const bool owner_accused =
      cases::touches(cases::circle_of(reading, region, holder, context.now), *file);
  if (owner_accused || !cases::may_receive(reading, context, *file, made.unit).allowed ||
      !cases::may_receive(reading, context, *file, post.unit).allowed) {
    return at_fault("promises.unit_cannot", "unit");
  }
  return std::move(*file);
}

Result<Facts> checked(Reading& reading, const cases::Context& context, const NewPromise& made) {
  const RegionId region = context.county.region;
  Facts facts;
  MINHU_TRY(facts["matter"], public_words(made.matter, "matter", longest_matter));
  MINHU_TRY(facts["promised_on"], day(made.promised_on, "promised_on"));
  MINHU_TRY(facts["due"], day(made.due, "due"));
  const std::string today = format_date(to_date(context.now, context.county.rules.zone));
  if (facts["promised_on"] > today) return at_fault("promises.in_the_future", "promised_on");
  if (facts["due"] < facts["promised_on"]) return at_fault("promises.due_before", "due");
  if (made.sponsored && made.case_id.empty()) return at_fault("promises.needs_a_case", "case");
  const auto post = find_post(reading, region, made.post);
  if (!post) return at_fault("promises.no_such_post", "post");
  const auto unit = units::find_unit(reading, region, made.unit);
  if (!unit || !unit->active) return at_fault("promises.no_such_unit", "unit");
  std::string place = made.place;
  if (!made.visit.empty()) {
    const auto visit = visits::visit(reading, region, made.visit);
    if (!visit || visit->state == visits::State::cancelled) {
      return at_fault("promises.no_such_visit", "visit");
    }
    if (place.empty()) place = visit->place;
    facts["visit"] = made.visit.text();
  }
  if (!made.case_id.empty()) {
    MINHU_TRY(const cases::CaseFile file, case_for(reading, context, made, *post));
    if (place.empty()) place = file.place;
    facts["case"] = made.case_id.text();
  }
  if (!place.empty()) {
    if (!units::find_place(reading, region, place))
      return at_fault("promises.field_wrong", "place");
    facts["place"] = place;
  }
  if (made.sponsored) facts["sponsored"] = "yes";
  facts["post"] = post->id.text();
  facts["said_by"] = said_by(reading, context, *post, facts["promised_on"]);
  facts["unit"] = made.unit.text();
  return facts;
}

}  // namespace

Result<Promise> make(Transaction& transaction, const cases::Context& context,
                     const NewPromise& made, const cases::ClientToken& token) {
  const RegionId region = context.county.region;
  if (!accounts::decide(context.actor, "promise:make").allowed) {
    return fail(FaultCode::not_allowed, "promises.not_allowed");
  }
  const Digest hash = cases::hash_of_token(context.keyring, "promise", token);
  const auto id = PromiseId::from_bytes(BytesView(hash).first(Uuid().size()));
  if (auto known = load_promise(transaction, region, id)) return std::move(*known);
  MINHU_TRY(const std::string words, said_words(made.words, "words", longest_promise));
  MINHU_TRY(Facts facts, checked(transaction, context, made));
  Promise promise;
  promise.id = id;
  promise.case_id = made.case_id;
  MINHU_TRY(Keeper keeper, Keeper::open(transaction, context, home_of(region, promise)));
  // For the speaker of the case as well: what was promised to them is an answer.
  const Kept kept = keeper.keep(cases::ContentRole::public_answer, words);
  facts["words"] = kept.id.text();
  facts["words_commitment"] = kept.commitment;
  append(transaction, context.county, promise,
         next_event(context, promise, EventKind::made, std::move(facts)));
  return promise;
}

}  // namespace minhu::promises
