#include "app/record_service.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <memory>
#include <mutex>
#include <optional>

#include "app/chronicles.h"
#include "app/sentences.h"
#include "features/receptions/chronicle.h"
#include "features/record/taking_over.h"
#include "kernel/civil_time.h"
#include "kernel/giving_way.h"

namespace minhu::app {

std::string_view name(record::Going going) {
  switch (going) {
    case record::Going::starting:
      return "starting";
    case record::Going::well:
      return "well";
    case record::Going::waiting:
      return "waiting";
    case record::Going::stopped:
      return "stopped";
  }
  return {};
}

RecordService::RecordService(const Foundation& foundation, const cases::Installation& installation,
                             Turns& turns, RecordSetup setup)
    : installation_(installation),
      turns_(turns),
      status_file_(record_status_file(foundation.folder)),
      alarm_file_(record_alarm_file(foundation.folder)),
      setup_(std::move(setup)),
      files_(record_files_folder(foundation.folder)),
      record_(installation, files_, setup_.log.get(), setup_.identity),
      watch_(installation, chronicles()) {
  if (!setup_.log) {
    standing_.going = record::Going::stopped;
    standing_.why = setup_.why;
  }
  if (turns_.are_shared()) follow_anew();
}

void RecordService::run_once(const std::function<bool()>& stopping) {
  if (may_lead(stopping)) {
    if (!has_taken_over_) take_over(stopping);
    if (setup_.log && !sequencer_) {
      sequencer_.emplace(record::SequencerParts{
          turns_.record_once().database, installation_.county.region, files_, witnesses_,
          *setup_.log, setup_.policy, installation_.entropy, installation_.clock,
          setup_.second ? &*setup_.second : nullptr, turns_.are_shared()});
    }
    if (sequencer_) {
      sequencer_->run_once(stopping);
      keep_standing(sequencer_->standing());
    }
  }
  tell_changes();
}

// Whoever begins to sign first writes down what was published until then, and the files of what was
// signed: from there the sequencer goes on.
bool RecordService::may_lead(const std::function<bool()>& stopping) {
  if (!follower_) {
    if (turns_.record_goes_on()) return true;
    follow_anew();
  }
  // In this order: what another published before the turn was ours is in the database now.
  const bool is_ours = turns_.is_ours();
  if (is_ours) turns_.begin_record();
  const auto published = follower_->catch_up(stopping);
  record::Standing now;
  if (published) {
    now.going = record::Going::well;
    now.signed_size = now.published_size = *published;
  } else {
    now.going = record::Going::waiting;
    now.why = published.error();
    now.since = installation_.clock.now();
  }
  if (setup_.log) keep_standing(now);
  if (!is_ours || !published || stopping()) return false;
  if (!follower_->reach_head()) return false;
  follower_.reset();
  return true;
}

void RecordService::follow_anew() {
  sequencer_.reset();
  follower_.emplace(installation_.database, installation_.county.region, files_);
}

void RecordService::take_over(const std::function<bool()>& stopping) {
  std::int64_t leaves = 0;
  // First what has rows and no events yet, so that their leaves are taken over with the others.
  if (const auto written = receptions::catch_up(turns_.record_once()); !written) {
    return;  // the disk is full; later again
  } else if (*written > 0) {
    spdlog::info("{} steps of tablets from before were written down late", *written);
  }
  while (!stopping()) {
    const auto taken = record::take_over_some(turns_.record_once(), chronicles());
    if (!taken) return;  // the disk is full; later again
    leaves += taken->leaves;
    has_taken_over_ = taken->is_done;
    if (has_taken_over_) break;
  }
  if (leaves > 0) spdlog::info("{} earlier events were taken into the record late", leaves);
}

// Until everything is taken over, events without leaves are no finding.
void RecordService::look_around(const std::function<bool()>& stopping) {
  if (!has_taken_over_ || !turns_.is_ours()) return;
  constexpr std::int64_t most_ms = 3000;  // of every twenty seconds
  // While requests want all of the processor: what was written last, and a page of the rest, so
  // that the round goes on.
  std::optional<ProcessorTime> begun;
  const auto ends_early = [&] {
    if (stopping()) return true;
    if (begun) return is_crowded_out(*begun);
    begun = processor_time();
    return false;
  };
  watch_.look(
      most_ms,
      [&](const Fault& finding) {
        const std::string sentence = sentences().of("en").say(finding);
        spdlog::error("the record: {}", sentence);
        std::ofstream(alarm_file_, std::ios::app)
            << format_instant(installation_.clock.now()) << ' ' << sentence << '\n';
      },
      ends_early);
}

record::Standing RecordService::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void RecordService::keep_standing(const record::Standing& now) {
  const std::lock_guard lock(mutex_);
  standing_ = now;
}

// Said once when it changes, and kept in a file for `minhu record status`.
void RecordService::tell_changes() {
  const record::Standing now = standing();
  std::string state(name(now.going));
  if (now.why) state += ": " + sentences().of("en").say(*now.why);
  if (state == told_) return;
  if (now.why) {
    spdlog::error("the record: {}", state);
  } else if (!told_.empty()) {
    spdlog::info("the record: {}", state);
  }
  told_ = state;
  const std::filesystem::path beside = status_file_.string() + ".new";
  std::ofstream(beside, std::ios::binary) << state << '\n';
  std::error_code ignored;
  std::filesystem::rename(beside, status_file_, ignored);
}

namespace {

// How many promises a second are made at once with the answer. One costs as much as a quarter of
// taking in the words; when a whole county writes at the same moment, words come first, and the
// answer carries the address alone, where the promise is made when somebody asks.
class PromiseBudget {
 public:
  bool take(Instant now) {
    const std::lock_guard lock(mutex_);
    if (const std::int64_t second = now.unix_ms / 1000; second != second_) {
      second_ = second;
      left_ = most_a_second;
    }
    return left_ > 0 && left_-- > 0;
  }

 private:
  static constexpr int most_a_second = 300;
  std::mutex mutex_;
  std::int64_t second_ = 0;
  int left_ = 0;
};

web_api::Unproved why_not(const Fault& fault) {
  if (fault.code == FaultCode::not_found) return web_api::Unproved::no_such_step;
  return fault.key == "record.does_not_fit" ? web_api::Unproved::does_not_fit
                                            : web_api::Unproved::not_yet;
}

web_api::StepProof shown_proof(const record::Receipt& receipt) {
  if (const auto* promise = std::get_if<record::PromiseOfEvent>(&receipt)) {
    return {true, Sealed<std::string>(promise->text), 0, 0, promise->deadline};
  }
  const auto& proof = std::get<record::ProofOfEvent>(receipt);
  return {false, proof.text, proof.index, proof.tree.size, proof.witnessed_at};
}

}  // namespace

web_api::Proofs proofs_of(const record::Record& record, const Clock& clock) {
  return {[&record](Reading& reading, const cases::Context& context, cases::CaseId id,
                    std::int64_t seq) -> tl::expected<web_api::StepProof, web_api::Unproved> {
            const auto receipt = record.receipt_of(reading, context, id, seq);
            if (!receipt) return tl::unexpected<web_api::Unproved>(why_not(receipt.error()));
            return shown_proof(*receipt);
          },
          [&record, &clock, budget = std::make_shared<PromiseBudget>()](Reading& reading,
                                                                        cases::CaseId id) {
            if (!budget->take(clock.now())) return std::string();
            const auto promise = record.promise_of(reading, id, 0);
            return promise ? promise->text : std::string();
          }};
}

}  // namespace minhu::app
