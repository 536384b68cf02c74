#include "features/promises/relay.h"

#include <algorithm>
#include <charconv>

#include "features/classes/class_file.h"
#include "kernel/enum_names.h"
#include "ports/storage.h"

namespace minhu::promises {

namespace {

[[noreturn]] void damaged(const RelayEvent& event, std::string_view why) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") of a relay: " + std::string(why));
}

// A length before each part, so that no two lists of parts give the same text.
void add_part(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

template <class SomeId>
SomeId id_at(const RelayEvent& event, std::string_view fact) {
  const auto id = SomeId::parse(event.fact(fact));
  if (!id) damaged(event, fact);
  return *id;
}

void freeze(Relay& relay, const RelayEvent& event) {
  relay.id = event.subject;
  relay.frozen_at = event.recorded_at;
  relay.frozen_by = event.actor.account;
  relay.post = id_at<PostId>(event, "post");
  relay.post_title = event.fact("post_title");
  relay.outgoing = id_at<accounts::AccountId>(event, "outgoing");
  relay.incoming = id_at<accounts::AccountId>(event, "incoming");
  relay.outgoing_name = event.fact("outgoing_name");
  relay.incoming_name = event.fact("incoming_name");
  relay.digests = classes::words_of(event.fact("digests"));
  relay.list_digest = event.fact("list_digest");
}

void answer(Relay& relay, const RelayEvent& event) {
  const std::string_view text = event.fact("item");
  std::int64_t item = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), item);
  if (error != std::errc() || end != text.data() + text.size() || item < 1 ||
      item > static_cast<std::int64_t>(relay.digests.size())) {
    damaged(event, "item");
  }
  Answer given{item, Change::none, std::string(event.fact("due")),
               std::string(event.fact("reason")), event.recorded_at};
  if (event.kind == RelayEventKind::changed) {
    const auto change = change_named(event.fact("change"));
    if (!change || *change == Change::none) damaged(event, "change");
    given.change = *change;
  }
  const auto at =
      std::lower_bound(relay.answers.begin(), relay.answers.end(), item,
                       [](const Answer& one, std::int64_t number) { return one.item < number; });
  if (at != relay.answers.end() && at->item == item) {
    *at = std::move(given);
  } else {
    relay.answers.insert(at, std::move(given));
  }
}

ByAnOffice by_an_office(const RelayEvent& event) {
  return {std::string(event.fact("office")), std::string(event.fact("reason")), event.recorded_at};
}

void sign(Relay& relay, const RelayEvent& event) {
  const auto side = named<Side>(event.fact("side"));
  if (!side || relay.signed_by(*side)) damaged(event, "side");
  Signature signature{*side, event.actor.account, std::string(event.fact("digest")),
                      std::string(event.fact("second_factor")), event.recorded_at};
  if (event.kind == RelayEventKind::signed_in_absence) signature.in_absence = by_an_office(event);
  relay.signatures.push_back(std::move(signature));
  relay.state = relay.signatures.size() == 2 ? RelayState::complete : RelayState::half_signed;
}

}  // namespace

std::string digest_of(const RelayItem& item) {
  std::string text = "minhu/relay-item/v1\n";
  add_part(text, std::to_string(item.item));
  add_part(text, name(item.kind));
  add_part(text, format_uuid(item.subject));
  add_part(text, item.line);
  return to_hex(sha256(as_bytes(text)));
}

std::string digest_of_list(const std::vector<std::string>& digests) {
  std::string text = "minhu/relay-list/v1\n";
  for (const std::string& digest : digests) add_part(text, digest);
  return to_hex(sha256(as_bytes(text)));
}

MINHU_ENUM_NAMES(Change, other, "none", "new_due", "given_up", "other")

std::optional<Change> change_named(std::string_view text) noexcept {
  return Change_names.named(text);
}

const Answer* Relay::answer_to(std::int64_t item) const {
  const auto at = std::find_if(answers.begin(), answers.end(),
                               [&](const Answer& one) { return one.item == item; });
  return at == answers.end() ? nullptr : &*at;
}

bool Relay::signed_by(Side side) const {
  return std::any_of(signatures.begin(), signatures.end(),
                     [&](const Signature& one) { return one.side == side; });
}

std::string Relay::digest_to_sign() const {
  std::string text = "minhu/relay/v1\n";
  add_part(text, id.text());
  add_part(text, post.text());
  add_part(text, outgoing.text());
  add_part(text, incoming.text());
  add_part(text, list_digest);
  for (const Answer& one : answers) {
    add_part(text, std::to_string(one.item));
    add_part(text, name(one.change));
    add_part(text, one.due);
    add_part(text, one.reason);
  }
  return to_hex(sha256(as_bytes(text)));
}

void apply(Relay& relay, const RelayEvent& event) {
  const bool first = event.kind == RelayEventKind::frozen;
  if (event.seq != relay.seq + 1 || first != (event.seq == 0)) damaged(event, "does not follow");
  switch (event.kind) {
    case RelayEventKind::frozen:
      freeze(relay, event);
      break;
    case RelayEventKind::accepted:
    case RelayEventKind::changed:
      if (relay.state != RelayState::frozen) damaged(event, "comes after a signature");
      answer(relay, event);
      break;
    case RelayEventKind::signed_by:
    case RelayEventKind::signed_in_absence:
      if (relay.called_off) damaged(event, "comes after it was called off");
      sign(relay, event);
      break;
    case RelayEventKind::called_off:
      if (relay.state == RelayState::complete || relay.called_off) damaged(event, "is over");
      relay.called_off = by_an_office(event);
      relay.state = RelayState::called_off;
      break;
  }
  relay.seq = event.seq;
  relay.changed_at = event.recorded_at;
}

Relay relay_from(const std::vector<RelayEvent>& events) {
  Relay relay;
  for (const RelayEvent& event : events) apply(relay, event);
  return relay;
}

}  // namespace minhu::promises
