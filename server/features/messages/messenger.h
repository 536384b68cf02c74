// Carries notices from the cases to the people: takes over what a step left behind, asks where its
// speaker wants to be told, and sends one sentence that says nothing of the case.
//
//   pending_notice ──take over──► waiting_message ──sent──► gone
//   (cases, with the step)          │       ▲ │
//                                   └─failed┘ └─10 tries, or no address──► given_up_message
//
// At least once: what was sent and whose success was not yet recorded when the power went is sent
// again, with the same id. After a recorded success never again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>

#include "engines/catalogue/catalogue.h"
#include "features/cases/installation.h"
#include "features/messages/message.h"

namespace minhu::messages {

// What an operator sees: numbers, no person.
struct Standing {
  std::int64_t waiting = 0;
  std::int64_t given_up = 0;
  std::optional<Instant> oldest;  // of those waiting, when its step was taken
};
Standing standing(Reading& reading, RegionId region);

// After the cause has been repaired (a gateway, a password): everything that was given up is tried
// from the beginning. How many.
std::int64_t try_given_up_again(Transaction& transaction, RegionId region, Instant now);

// Since the start of the program, for metrics.
struct Traffic {
  std::uint64_t sent = 0;
  std::uint64_t failed_tries = 0;
  std::uint64_t dropped = 0;  // nobody to tell any more: erased, held, no way left
};

class Messenger {
 public:
  Messenger(const cases::Installation& installation, const catalogue::Catalogues& sentences,
            Outbound& outbound)
      : installation_(installation), sentences_(sentences), outbound_(outbound) {}

  // One round: takes over what is new and tries what is due by `now` once, until handing over has
  // taken longest_round_ms or `stopping` says so; the rest is due in the next. 30 s more for each
  // way that does not answer: it is left alone for the rest of the round, and takes nothing from
  // the others. From one thread. Throws what the storage throws; calling it again goes on where it
  // stopped.
  void run_once(Instant now, const std::function<bool()>& stopping = [] { return false; });

  Traffic traffic() const;  // from any thread

 private:
  struct Round {
    Instant now;
    std::set<OutboundWay> down;      // does not answer, and is left alone
    std::int64_t handing_over_ms{};  // to those that do
  };
  void take_over(Instant now);
  void bring_back(Instant now);
  void try_one(const Message& message, Round& round);
  void failed(const Message& message, Instant now, bool for_ever);
  void postpone(const Message& message, Instant next, std::int64_t tries);
  void record_told(const Message& message);

  const cases::Installation& installation_;
  const catalogue::Catalogues& sentences_;
  Outbound& outbound_;
  // Sent, but the disk was full when that was to be recorded: recorded later, not sent again.
  std::set<cases::NoticeId> told_unrecorded_;
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> failed_tries_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace minhu::messages
