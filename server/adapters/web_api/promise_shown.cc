#include "adapters/web_api/promise_shown.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "features/cases/closure.h"
#include "features/classes/store.h"
#include "features/promises/sight.h"
#include "features/promises/words_kept.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using promises::Promise;

template <class SomeId>
bj::value maybe_id(SomeId id) {
  return id.empty() ? bj::value(nullptr) : bj::value(id.text());
}

bj::value place_of(const PromiseShowing& showing, const std::string& code) {
  if (code.empty()) return nullptr;
  return bj::object{
      {"code", code},
      {"path", places_and_units::place_path(showing.reading, showing.region(), code)}};
}

bj::value words_of(const PromiseShowing& showing, const Promise& promise,
                   const promises::Kept& kept) {
  const auto words = promises::read_words(showing.reading, showing.context, promise, kept);
  return words ? bj::value(*words) : bj::value(nullptr);
}

bj::array changes_of(const Promise& promise) {
  bj::array shown;
  for (const promises::DueChange& change : promise.due_changes) {
    shown.push_back(bj::object{{"from", change.from},
                               {"to", change.to},
                               {"reason", change.reason},
                               {"at", format_instant(change.at)}});
  }
  return shown;
}

bj::array reports_of(const PromiseShowing& showing, const Promise& promise) {
  bj::array shown;
  for (const promises::Report& report : promise.reports) {
    bj::array evidence;
    for (const cases::ContentId id : report.evidence) {
      const auto info = promises::evidence_info(showing.reading, showing.region(), promise, id);
      if (!info) continue;
      evidence.push_back(
          bj::object{{"id", id.text()}, {"media_type", info->media_type}, {"size", info->size}});
    }
    shown.push_back(bj::object{{"done", report.done},
                               {"done_on", maybe(report.done_on)},
                               {"words", words_of(showing, promise, report.words)},
                               {"evidence", std::move(evidence)},
                               {"at", format_instant(report.at)}});
  }
  return shown;
}

bj::value verification_of(const Promise& promise) {
  if (!promise.verification) return nullptr;
  return bj::object{{"proof", word(promises::name(promise.verification->proof))},
                    {"reference", promise.verification->reference},
                    {"finding", promise.verification->finding},
                    {"at", format_instant(promise.verification->at)}};
}

// What the reporter wrote is for those who read their case; a leader sees how they decided.
bj::value verdict_of(const PromiseShowing& showing, const Promise& promise) {
  if (!promise.verdict) return nullptr;
  const bool reads =
      cases::Sight(showing.reading, showing.context).find(promise.case_id).has_value();
  return bj::object{
      {"verdict", word(promises::name(promise.verdict->verdict))},
      {"way", word(promises::name(promise.verdict->way))},
      {"words", reads ? words_of(showing, promise, promise.verdict->words) : bj::value(nullptr)},
      {"at", format_instant(promise.verdict->at)}};
}

bj::value publication_of(const PromiseShowing& showing, const Promise& promise) {
  if (!promise.publication) return nullptr;
  return bj::object{{"words", promise.publication->words},
                    {"place", place_of(showing, promise.publication->place)},
                    {"at", format_instant(promise.publication->at)}};
}

bj::value post_of(const PromiseShowing& showing, promises::PostId id) {
  const auto post = promises::find_post(showing.reading, showing.region(), id);
  return post ? bj::value(shown_post(showing, *post)) : bj::value(nullptr);
}

bj::object answer_shown(const promises::Answer& answer) {
  return {{"change", word(promises::name(answer.change))},
          {"due", maybe(answer.due)},
          {"reason", maybe(answer.reason)},
          {"at", format_instant(answer.at)}};
}

bj::value yours(const PromiseShowing& showing, const promises::Relay& relay) {
  const accounts::Principal& actor = showing.context.actor;
  if (actor.by_delegation) return nullptr;
  if (actor.account == relay.outgoing) return "outgoing";
  if (actor.account == relay.incoming) return "incoming";
  return nullptr;
}

bj::value by_an_office(const std::optional<promises::ByAnOffice>& one) {
  if (!one) return nullptr;
  return bj::object{
      {"office", one->office}, {"reason", one->reason}, {"at", format_instant(one->at)}};
}

bj::array signatures_of(const promises::Relay& relay) {
  bj::array shown;
  for (const promises::Signature& signature : relay.signatures) {
    shown.push_back(bj::object{{"side", word(promises::name(signature.side))},
                               {"second_factor", signature.second_factor},
                               {"at", format_instant(signature.at)},
                               {"in_absence", by_an_office(signature.in_absence)}});
  }
  return shown;
}

bj::object item_shown(const PromiseShowing& showing, const promises::Relay& relay,
                      const promises::RelayItem& item) {
  const promises::Facts facts = promises::is_hidden(showing.reading, showing.context, item)
                                    ? promises::Facts()
                                    : state_machine::facts_in(item.line, "a relay");
  const auto fact = [&](std::string_view name) {
    const auto found = facts.find(name);
    return maybe(found == facts.end() ? std::string_view() : std::string_view(found->second));
  };
  bj::value matter(nullptr);
  bj::value words(nullptr);
  if (item.kind == promises::ItemKind::promise) {
    const auto promise =
        promises::view(showing.reading, showing.context, promises::PromiseId(item.subject));
    if (promise) {
      matter = bj::string(promise->matter);
      words = words_of(showing, *promise, promise->words);
    }
  } else if (item.kind == promises::ItemKind::matter_class) {
    const auto row =
        classes::load_row(showing.reading, showing.region(), classes::ClassId(item.subject));
    if (row) matter = bj::string(row->title);
  }
  const promises::Answer* answer = relay.answer_to(item.item);
  return {{"item", item.item},
          {"kind", word(promises::name(item.kind))},
          {"subject", format_uuid(item.subject)},
          {"number", fact("number")},
          {"state", fact("state")},
          {"promised_on", fact("promised_on")},
          {"due", fact("due")},
          {"matter", std::move(matter)},
          {"words", std::move(words)},
          {"digest", promises::digest_of(item)},
          {"answer", answer == nullptr ? bj::value(nullptr) : bj::value(answer_shown(*answer))}};
}

}  // namespace

bj::object shown_post(const PromiseShowing& showing, const promises::Post& post) {
  return {{"id", post.id.text()},
          {"title", post.title},
          {"unit", showing.units.show(post.unit)},
          {"holder", post.holder_name},
          {"held_since", format_instant(post.held_since)},
          {"mine", post.holder == showing.context.actor.account}};
}

bj::object shown_promise(const PromiseShowing& showing, const Promise& promise) {
  const std::string today =
      format_date(to_date(showing.context.now, showing.context.county.rules.zone));
  return {{"id", promise.id.text()},
          {"state", word(promises::name(promise.state))},
          {"seq", promise.seq},
          {"matter", promise.matter},
          {"words", words_of(showing, promise, promise.words)},
          {"promised_on", promise.promised_on},
          {"due", promise.due},
          {"first_due", promise.first_due},
          {"overdue", promise.overdue(today)},
          {"sponsored", promise.sponsored},
          {"post", post_of(showing, promise.post)},
          {"said_by", promise.said_by},
          {"unit", showing.units.show(promise.unit)},
          {"visit", maybe_id(promise.visit)},
          {"case", maybe_id(promise.case_id)},
          {"place", place_of(showing, promise.place)},
          {"due_changes", changes_of(promise)},
          {"reports", reports_of(showing, promise)},
          {"verification", verification_of(promise)},
          {"verdict", verdict_of(showing, promise)},
          {"reason", maybe(promise.reason)},
          {"publication", publication_of(showing, promise)},
          {"handed_over", static_cast<std::int64_t>(promise.relays.size())}};
}

bj::object promise_with_steps(const PromiseShowing& showing, const Promise& promise) {
  bj::array steps;
  for (const promises::Edge* edge :
       promises::open_steps(showing.reading, showing.context, promise)) {
    bj::array fields;
    for (const promises::Field& field : edge->fields) {
      fields.push_back(bj::object{{"name", word(field.name)},
                                  {"form", word(promises::name(field.form))},
                                  {"required", field.presence == promises::Presence::required},
                                  {"choices", choices_of(field.choices)},
                                  {"longest", static_cast<std::int64_t>(field.longest)}});
    }
    steps.push_back(bj::object{{"kind", word(promises::name(edge->kind))},
                               {"fields", std::move(fields)},
                               {"evidence", edge->evidence}});
  }
  return {{"promise", shown_promise(showing, promise)}, {"steps", std::move(steps)}};
}

bj::object relay_line(const PromiseShowing& showing, const promises::Relay& relay) {
  return {{"id", relay.id.text()},
          {"state", word(promises::name(relay.state))},
          {"seq", relay.seq},
          {"post", post_of(showing, relay.post)},
          {"frozen_at", format_instant(relay.frozen_at)},
          {"outgoing", relay.outgoing_name},
          {"incoming", relay.incoming_name},
          {"items", static_cast<std::int64_t>(relay.digests.size())},
          {"answered", static_cast<std::int64_t>(relay.answers.size())},
          {"yours", yours(showing, relay)},
          {"signatures", signatures_of(relay)},
          {"called_off", by_an_office(relay.called_off)}};
}

bj::object whole_relay(const PromiseShowing& showing, const promises::RelayView& view) {
  bj::array items;
  for (const promises::RelayItem& item : view.items) {
    items.push_back(item_shown(showing, view.relay, item));
  }
  const promises::OpenToOffices open =
      promises::open_to_offices(showing.reading, showing.context, view.relay);
  bj::array may;
  if (open.sign_in_absence) may.push_back("signature_in_absence");
  if (open.call_off) may.push_back("calling_off");
  return {{"relay", relay_line(showing, view.relay)},
          {"open", std::move(may)},
          {"list_digest", view.relay.list_digest},
          {"digest", view.relay.digest_to_sign()},
          {"items", std::move(items)}};
}

}  // namespace minhu::web_api
