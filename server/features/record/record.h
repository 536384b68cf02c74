// The record of a county as the rest of the program sees it: what it can prove of an event of a
// case, to whoever may know of that event. How a leaf comes into the record: leaves.h; how the
// record grows: sequencer.h.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "engines/merkle/receipt.h"
#include "features/cases/installation.h"
#include "features/record/rows.h"
#include "features/state_machine/chronicle.h"
#include "kernel/sealed.h"
#include "ports/log_files.h"

namespace minhu::record {

// A .tlog-proof that opens its own leaf (engines/merkle/receipt.h). It holds the record key of the
// case: whoever has the text can open every leaf of that case. It is the speaker's secret and
// belongs into no log, no address and on no paper that an office prints.
struct ProofOfEvent {
  Sealed<std::string> text;
  std::uint64_t index = 0;  // of the leaf
  merkle::TreeHead tree;    // that it is proved to stand in
  // When the witnesses of the policy saw that tree; nothing where the policy asks for none.
  std::optional<Instant> witnessed_at;
};

// What there is until a checkpoint with the leaf is published: the record promises, signed, to take
// it in before `deadline` (engines/merkle/promise.h). Nothing in it is secret.
struct PromiseOfEvent {
  std::string text;
  Instant deadline;
};

using Receipt = std::variant<ProofOfEvent, PromiseOfEvent>;

// Whose record it is. All three are public; a verifier takes them from the notice board.
struct Identity {
  std::string origin;        // "minhu.demo/record", the name in every checkpoint
  std::string verifier_key;  // "origin+1a2b3c4d+base64"
  std::string policy;        // the text of DATA/record.policy
};

// Thread-safe.
class Record {
 public:
  // `log` is the key that signs; without it (lost, not readable) no promise can be made and
  // receipts that are not yet proved are Fault unavailable. Everything named here outlives the
  // record.
  Record(const cases::Installation& installation, const LogFiles& files, const merkle::Signer* log,
         Identity identity);

  const Identity& identity() const noexcept { return identity_; }

  // The last published checkpoint, a signed note; empty before the first.
  std::string checkpoint() const;

  // The receipt of the case's event `seq` for its speaker, as far as the speaker is shown that such
  // a step was taken (cases/reading.h); nobody else is given the key of a case. seq 0: what was
  // handed in. Faults: not_found cases.not_found; unavailable record.not_yet (an event from before
  // the record that has not been taken over, or no key to promise with); unavailable
  // record.does_not_fit: the event is not the one that was logged, which the audit says more of.
  Result<Receipt> receipt_of(Reading& reading, const cases::Context& context, cases::CaseId id,
                             std::int64_t seq) const;
  // The receipt of the event `seq` of a chronicle that is public (state_machine/chronicle.h), for
  // anybody: its text is no secret. Faults: unavailable as above; also where there is no such step.
  Result<Receipt> public_receipt_of(Reading& reading, const state_machine::Chronicle& chronicle,
                                    const Uuid& subject, std::int64_t seq) const;
  // The same without looking whether the proof is there: for the answer to whoever has just handed
  // in words, who must not wait. Whoever calls has just committed that event for this person.
  Result<PromiseOfEvent> promise_of(Reading& reading, cases::CaseId id, std::int64_t seq) const;

 private:
  // `opening_at`: what opens the leaf after that entry, if it has that time.
  Result<Receipt> receipt_of_step(
      Reading& reading, const Uuid& subject, std::int64_t seq,
      const std::function<merkle::Opening(BytesView previous, std::uint64_t seconds)>& opening_at)
      const;
  Result<PromiseOfEvent> promise_of(const LeafRow& leaf) const;

  const cases::Installation* installation_;
  const LogFiles* files_;
  const merkle::Signer* log_;
  Identity identity_;
};

}  // namespace minhu::record
