// One handing over of a post (一任接一任) as its events say it: a list frozen with its digests, an
// answer of the successor for each item, two signatures under the same digest. Pure: no storage, no
// clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/promises/event.h"
#include "kernel/crypto.h"

namespace minhu::promises {

// A line of the frozen list.
struct RelayItem {
  std::int64_t item = 0;  // from 1
  ItemKind kind = ItemKind::promise;
  Uuid subject{};    // of the promise, the case or the class
  std::string line;  // what was known of it at freezing: JSON, the same bytes for the same facts
  bool operator==(const RelayItem&) const = default;
};
// SHA-256 over everything of the item, as hex digits.
std::string digest_of(const RelayItem& item);
// Over the digests in order: what stands on the paper and above the signatures.
std::string digest_of_list(const std::vector<std::string>& digests);

enum class Change : std::uint8_t { none, new_due, given_up, other };
std::string_view name(Change) noexcept;
std::optional<Change> change_named(std::string_view) noexcept;

struct Answer {
  std::int64_t item = 0;
  Change change = Change::none;  // none: accepted as it is
  std::string due;
  std::string reason;  // public; of every change
  Instant at;
  bool operator==(const Answer&) const = default;
};

// Who did something that one of the two could no longer do, and why it had to be so.
struct ByAnOffice {
  std::string office;  // as the unit was called then
  std::string reason;
  Instant at;
  bool operator==(const ByAnOffice&) const = default;
};

struct Signature {
  Side side = Side::outgoing;
  accounts::AccountId account;  // of whoever signed
  std::string digest;           // of the list and every answer: what was signed
  // "given", or "demo": an invented county has no second factors
  std::string second_factor;
  Instant at;
  // Signed in absence: not the signature of that side, which can give none any more.
  std::optional<ByAnOffice> in_absence = std::nullopt;
  bool operator==(const Signature&) const = default;
};

struct Relay {
  RelayId id;
  RelayState state = RelayState::frozen;
  std::int64_t seq = -1;
  Instant frozen_at;
  Instant changed_at;
  PostId post;
  std::string post_title;  // as it was called then
  accounts::AccountId frozen_by;
  accounts::AccountId outgoing;
  accounts::AccountId incoming;
  std::string outgoing_name;
  std::string incoming_name;
  std::vector<std::string> digests;  // of the items, in order
  std::string list_digest;
  std::vector<Answer> answers;  // by item; the last one that was given
  std::vector<Signature> signatures;
  std::optional<ByAnOffice> called_off;
  bool operator==(const Relay&) const = default;

  const Answer* answer_to(std::int64_t item) const;
  bool all_answered() const { return answers.size() == digests.size(); }
  bool signed_by(Side side) const;
  // Over the list and the answers, as hex digits: both sign the same.
  std::string digest_to_sign() const;
};

void apply(Relay& relay, const RelayEvent& event);
Relay relay_from(const std::vector<RelayEvent>& events);

}  // namespace minhu::promises
