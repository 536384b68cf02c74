// How an event becomes a leaf: 64 bytes in the transaction that appends the event, so that both are
// there or neither is. Intake waits for nothing else of the record.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "engines/merkle/receipt.h"
#include "features/cases/derivation.h"
#include "features/record/rows.h"

namespace minhu::record {

// The key of the case's leaves, which its speaker has in the receipt. It opens no words. It is made
// of the installation's keys and not of the key of the words: the program does not have that one of
// every case (an accusation's is its handlers'), and a case whose words were erased goes on being
// recorded, and can be audited, under the key that its speaker holds.
Key record_key_of(const cases::Keyring& keyring, cases::CaseId id);

// The code of a unit as a payload has it; "citizen", or "program" for what time alone brings about.
std::string code_of(Reading& reading, RegionId region, accounts::Role role, UnitId unit);

// The same of many events: the codes of a region are asked for once, when the first is needed. For
// one view of the data.
class UnitCodes {
 public:
  UnitCodes(Reading& reading, RegionId region) : reading_(reading), region_(region) {}
  std::string of(accounts::Role role, UnitId unit);

 private:
  Reading& reading_;
  RegionId region_;
  std::optional<std::map<UnitId, std::string>> codes_;
};

std::uint64_t seconds_of(Instant instant);

// What the leaf of the event commits to. `previous`: the entry of the case's leaf before.
//   by    as given: the code of the office, "citizen", or "program" for what only time does
//   due   the earliest date of a duty that this event started or moved
//   body  the commitment of the first text, as the event has it
//   att   the commitments of everything else
merkle::EventPayload payload_of(std::string by, const cases::Event& event, BytesView previous);

// What opens the leaf of the event; it is given that time.
merkle::Opening opening_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           const cases::Event& event, BytesView previous, std::uint64_t seconds);
merkle::Opening opening_of(UnitCodes& codes, const cases::Keyring& keyring,
                           const cases::Event& event, BytesView previous, std::uint64_t seconds);

// The end of the record, to which leaves are put one after the other in one transaction. No leaf is
// older than the one before it.
class End {
 public:
  // StorageFailure when the last leaf was changed outside.
  End(Transaction& transaction, RegionId region);
  // `opening_at`: what opens the leaf when it has that time. Gives its entry.
  Bytes add(std::string_view about, const Uuid& subject, std::int64_t seq, Instant not_before,
            const std::function<merkle::Opening(std::uint64_t seconds)>& opening_at);

 private:
  Transaction& transaction_;
  RegionId region_;
  std::int64_t position_ = 0;
  std::uint64_t seconds_ = 0;
};

// Appends the leaves of the events of one case that have none yet, in order of seq. `known` as in
// derivation.h: events before it that have no leaf are from before the record began, and their
// leaves are as old as `now`. No leaf is older than the one before it. Gives how many there were.
std::int64_t append_leaves(Transaction& transaction, RegionId region, const cases::Keyring& keyring,
                           std::span<const cases::Event> history, std::size_t known, Instant now);

// For County::derivations. The keyring outlives it.
class Leaves final : public cases::Derivation {
 public:
  explicit Leaves(const cases::Keyring& keyring) : keyring_(&keyring) {}
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override;
  void derive_from(Transaction& transaction, const cases::County& county,
                   const state_machine::Chronicle& chronicle,
                   const state_machine::ChronicleEvent& event) const override;

 private:
  const cases::Keyring* keyring_;
};

}  // namespace minhu::record
