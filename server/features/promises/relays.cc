#include "features/promises/relays.h"

#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/accounts/permissions.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/fields.h"
#include "features/promises/inventory.h"
#include "features/promises/relay_store.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"

namespace minhu::promises {

namespace {

std::optional<Side> side_of(const cases::Context& context, const Relay& relay) {
  if (context.actor.account.empty() || context.actor.by_delegation) return std::nullopt;
  if (context.actor.account == relay.outgoing) return Side::outgoing;
  if (context.actor.account == relay.incoming) return Side::incoming;
  return std::nullopt;
}

bool may_see(const cases::Context& context, const Relay& relay) {
  return side_of(context, relay) || accounts::decide(context.actor, "relay:watch").allowed;
}

Result<Relay> found(Reading& reading, const cases::Context& context, RelayId id) {
  auto relay = load_relay(reading, context.county.region, id);
  if (!relay || !may_see(context, *relay)) {
    return fail(FaultCode::not_found, "promises.no_such_relay");
  }
  return std::move(*relay);
}

tl::unexpected<Fault> not_yours() {
  return fail(FaultCode::not_allowed, "promises.not_your_relay");
}

RelayEvent next_event(const cases::Context& context, const Relay& relay, RelayEventKind kind,
                      Facts facts) {
  return {relay.id,      relay.seq + 1,   kind, std::max(context.now, relay.changed_at),
          context.actor, std::move(facts)};
}

// What follows for one promise when both have signed.
void hand_over(Transaction& transaction, const cases::Context& context, const Relay& relay,
               const RelayItem& item) {
  const RegionId region = context.county.region;
  auto promise = load_promise(transaction, region, PromiseId(item.subject));
  // Verified or given up since the list was frozen: there is nothing to take over.
  if (!promise || !promise->open()) return;
  append(
      transaction, context.county, *promise,
      promises::next_event(context, *promise, EventKind::taken_over, {{"relay", relay.id.text()}}));
  const Answer* answer = relay.answer_to(item.item);
  if (answer == nullptr) return;
  if (answer->change == Change::new_due) {
    append(transaction, context.county, *promise,
           promises::next_event(context, *promise, EventKind::due_changed,
                                {{"due", answer->due}, {"reason", answer->reason}}));
  } else if (answer->change == Change::given_up) {
    append(
        transaction, context.county, *promise,
        promises::next_event(context, *promise, EventKind::given_up, {{"reason", answer->reason}}));
  }
}

// Every item has its answer, and what is signed is what stands there.
Outcome can_be_signed(const Relay& relay, Side side, std::string_view digest) {
  if (relay.called_off) return fail(FaultCode::conflict, "promises.relay_over");
  if (relay.signed_by(side)) return fail(FaultCode::conflict, "promises.signed_already");
  if (!relay.all_answered()) {
    return fail(FaultCode::conflict, "promises.not_all_answered", std::string(),
                std::map<std::string, std::string>{
                    {"missing", std::to_string(relay.digests.size() - relay.answers.size())}});
  }
  if (digest != relay.digest_to_sign()) {
    return fail(FaultCode::conflict, "promises.changed_meanwhile");
  }
  return {};
}

// Keeps the signature; with the second one the post is handed over.
void keep_signature(Transaction& transaction, const cases::Context& context, Relay& relay,
                    RelayEventKind kind, Facts facts) {
  const RegionId region = context.county.region;
  append(transaction, context.county, relay, next_event(context, relay, kind, std::move(facts)));
  if (relay.state != RelayState::complete) return;
  cases::Context program = context;
  program.actor = {accounts::Role::system, {}, {}};
  for (const RelayItem& item : load_items(transaction, region, relay.id)) {
    if (item.kind == ItemKind::promise) hand_over(transaction, program, relay, item);
  }
  change_holder(transaction, region, relay.post, relay.incoming, relay.id, context.now);
}

bool can_sign(Reading& reading, RegionId region, accounts::AccountId id) {
  const auto account = accounts::find_account(reading, region, id);
  return account && accounts::decide(account->principal, "relay:sign").allowed;
}

std::string office_of(Reading& reading, const cases::Context& context) {
  const auto unit = places_and_units::find_unit(reading, context.county.region, context.actor.unit);
  return unit ? unit->name : std::string();
}

// An office that may freeze lists, and is neither of the two.
Outcome of_an_office(const cases::Context& context, const Relay& relay) {
  if (!accounts::decide(context.actor, "relay:freeze").allowed) {
    return fail(FaultCode::not_allowed, "promises.not_allowed");
  }
  if (side_of(context, relay)) return not_yours();
  return {};
}

bool froze_it(const cases::Context& context, const Relay& relay) {
  return !context.actor.account.empty() && context.actor.account == relay.frozen_by;
}

}  // namespace

Result<Relay> freeze(Transaction& transaction, const cases::Context& context, PostId post_id,
                     accounts::AccountId incoming) {
  const RegionId region = context.county.region;
  if (!accounts::decide(context.actor, "relay:freeze").allowed) {
    return fail(FaultCode::not_allowed, "promises.not_allowed");
  }
  const auto post = find_post(transaction, region, post_id);
  if (!post) return at_fault("promises.no_such_post", "post");
  const auto successor = accounts::find_account(transaction, region, incoming);
  if (!successor || !accounts::decide(successor->principal, "relay:sign").allowed) {
    return at_fault("promises.no_such_account", "incoming");
  }
  if (incoming == post->holder) return at_fault("promises.same_person", "incoming");
  if (context.actor.account == incoming || context.actor.account == post->holder) {
    return not_yours();
  }
  if (relay_under_way(transaction, region, post_id)) {
    return fail(FaultCode::conflict, "promises.relay_under_way");
  }
  const auto items = inventory_of(transaction, region, post_id, post->title, {});
  std::vector<std::string> digests;
  std::string joined;
  for (const RelayItem& item : items) {
    digests.push_back(digest_of(item));
    joined += (joined.empty() ? "" : " ") + digests.back();
  }
  Relay relay;
  relay.id = context.entropy.id<RelayId>(context.now);
  append(transaction, context.county, relay,
         next_event(context, relay, RelayEventKind::frozen,
                    {{"post", post_id.text()},
                     {"post_title", post->title},
                     {"outgoing", post->holder.text()},
                     {"outgoing_name", post->holder_name},
                     {"incoming", incoming.text()},
                     {"incoming_name", successor->display_name},
                     {"digests", joined},
                     {"list_digest", digest_of_list(digests)}}));
  insert_items(transaction, region, relay.id, items);
  return relay;
}

Result<Relay> answer(Transaction& transaction, const cases::Context& context, RelayId id,
                     const NewAnswer& given) {
  const RegionId region = context.county.region;
  MINHU_TRY(Relay relay, found(transaction, context, id));
  if (side_of(context, relay) != Side::incoming) return not_yours();
  if (relay.called_off) return fail(FaultCode::conflict, "promises.relay_over");
  if (relay.state != RelayState::frozen) return fail(FaultCode::conflict, "promises.relay_signed");
  const auto items = load_items(transaction, region, id);
  const auto item = std::find_if(items.begin(), items.end(),
                                 [&](const RelayItem& one) { return one.item == given.item; });
  if (item == items.end()) return fail(FaultCode::not_found, "promises.no_such_item");
  Facts facts{{"item", std::to_string(given.item)}};
  if (given.change == Change::none) {
    append(transaction, context.county, relay,
           next_event(context, relay, RelayEventKind::accepted, std::move(facts)));
    return relay;
  }
  facts["change"] = name(given.change);
  MINHU_TRY(facts["reason"], public_words(given.reason, "reason", 500));
  if (given.change != Change::other && item->kind != ItemKind::promise) {
    return at_fault("promises.field_wrong", "change");
  }
  if (given.change == Change::new_due) {
    MINHU_TRY(facts["due"], day(given.due, "due"));
    if (facts["due"] <= format_date(to_date(context.now, context.county.rules.zone))) {
      return at_fault("promises.due_before", "due");
    }
  }
  append(transaction, context.county, relay,
         next_event(context, relay, RelayEventKind::changed, std::move(facts)));
  return relay;
}

Result<Relay> sign(Transaction& transaction, const cases::Context& context, RelayId id,
                   std::string_view digest, std::string_view second_factor) {
  MINHU_TRY(Relay relay, found(transaction, context, id));
  const auto side = side_of(context, relay);
  if (!side) return not_yours();
  MINHU_CHECK_OK(can_be_signed(relay, *side, digest));
  keep_signature(transaction, context, relay, RelayEventKind::signed_by,
                 {{"side", std::string(name(*side))},
                  {"digest", std::string(digest)},
                  {"second_factor", std::string(second_factor)}});
  return relay;
}

Result<Relay> sign_in_absence(Transaction& transaction, const cases::Context& context, RelayId id,
                              const AbsentSignature& given) {
  MINHU_TRY(Relay relay, found(transaction, context, id));
  MINHU_CHECK_OK(of_an_office(context, relay));
  if (froze_it(context, relay)) return fail(FaultCode::not_allowed, "promises.frozen_by_you");
  MINHU_CHECK_OK(can_be_signed(relay, Side::outgoing, given.digest));
  if (can_sign(transaction, context.county.region, relay.outgoing)) {
    return fail(FaultCode::conflict, "promises.still_there");
  }
  MINHU_TRY(const std::string reason, public_words(given.reason, "reason", 500));
  keep_signature(transaction, context, relay, RelayEventKind::signed_in_absence,
                 {{"side", std::string(name(Side::outgoing))},
                  {"digest", given.digest},
                  {"second_factor", given.second_factor},
                  {"office", office_of(transaction, context)},
                  {"reason", reason}});
  return relay;
}

Result<Relay> call_off(Transaction& transaction, const cases::Context& context, RelayId id,
                       std::string_view given_reason) {
  MINHU_TRY(Relay relay, found(transaction, context, id));
  MINHU_CHECK_OK(of_an_office(context, relay));
  if (relay.state == RelayState::complete || relay.called_off) {
    return fail(FaultCode::conflict, "promises.relay_over");
  }
  if (can_sign(transaction, context.county.region, relay.incoming)) {
    return fail(FaultCode::conflict, "promises.still_there");
  }
  MINHU_TRY(const std::string reason, public_words(given_reason, "reason", 500));
  append(transaction, context.county, relay,
         next_event(context, relay, RelayEventKind::called_off,
                    {{"office", office_of(transaction, context)}, {"reason", reason}}));
  return relay;
}

OpenToOffices open_to_offices(Reading& reading, const cases::Context& context, const Relay& relay) {
  OpenToOffices open;
  const RegionId region = context.county.region;
  const bool over = relay.state == RelayState::complete || relay.called_off;
  if (over || !of_an_office(context, relay)) return open;
  open.sign_in_absence = relay.all_answered() && !relay.signed_by(Side::outgoing) &&
                         !froze_it(context, relay) && !can_sign(reading, region, relay.outgoing);
  open.call_off = !can_sign(reading, region, relay.incoming);
  return open;
}

std::optional<RelayView> view_relay(Reading& reading, const cases::Context& context, RelayId id) {
  auto relay = found(reading, context, id);
  if (!relay) return std::nullopt;
  return RelayView{std::move(*relay), load_items(reading, context.county.region, id)};
}

std::vector<Relay> all_relays(Reading& reading, const cases::Context& context) {
  std::vector<Relay> relays;
  for (const RelayId id : every_relay(reading, context.county.region)) {
    auto relay = found(reading, context, id);
    if (relay) relays.push_back(std::move(*relay));
  }
  std::sort(relays.begin(), relays.end(), [](const Relay& a, const Relay& b) {
    return std::tie(b.frozen_at, b.id) < std::tie(a.frozen_at, a.id);
  });
  return relays;
}

bool is_hidden(Reading& reading, const cases::Context& context, const RelayItem& item) {
  const RegionId region = context.county.region;
  cases::CaseId case_id;
  if (item.kind == ItemKind::sponsored_case) case_id = cases::CaseId(item.subject);
  if (item.kind == ItemKind::promise) {
    if (const auto promise = load_promise(reading, region, PromiseId(item.subject))) {
      case_id = promise->case_id;
    }
  }
  if (case_id.empty()) return false;
  const auto file = cases::load_file(reading, region, case_id);
  return file && (is_behind_the_seal(*file) || cases::Sight(reading, context).kept_from(*file));
}

}  // namespace minhu::promises
