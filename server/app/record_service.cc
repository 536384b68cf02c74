#include "app/record_service.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <memory>
#include <mutex>

#include "app/chronicles.h"
#include "app/sentences.h"
#include "features/receptions/chronicle.h"
#include "features/record/taking_over.h"
#include "kernel/civil_time.h"

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
                             RecordSetup setup)
    : installation_(installation),
      status_file_(record_status_file(foundation.folder)),
      alarm_file_(record_alarm_file(foundation.folder)),
      setup_(std::move(setup)),
      files_(record_files_folder(foundation.folder)),
      record_(installation, files_, setup_.log.get(), setup_.identity),
      watch_(installation, chronicles()) {
  if (setup_.log) {
    sequencer_.emplace(record::SequencerParts{installation.database, installation.county.region,
                                              files_, witnesses_, *setup_.log, setup_.policy,
                                              installation.entropy, installation.clock,
                                              setup_.second ? &*setup_.second : nullptr});
  }
}

void RecordService::run_once(const std::function<bool()>& stopping) {
  if (!has_taken_over_) take_over(stopping);
  if (sequencer_) sequencer_->run_once(stopping);
  tell_changes();
}

void RecordService::take_over(const std::function<bool()>& stopping) {
  std::int64_t leaves = 0;
  // First what has rows and no events yet, so that their leaves are taken over with the others.
  if (const auto written = receptions::catch_up(installation_); !written) {
    return;  // the disk is full; later again
  } else if (*written > 0) {
    spdlog::info("{} steps of tablets from before were written down late", *written);
  }
  while (!stopping()) {
    const auto taken = record::take_over_some(installation_, chronicles());
    if (!taken) return;  // the disk is full; later again
    leaves += taken->leaves;
    has_taken_over_ = taken->is_done;
    if (has_taken_over_) break;
  }
  if (leaves > 0) spdlog::info("{} earlier events were taken into the record late", leaves);
}

// Until everything is taken over, events without leaves are no finding.
void RecordService::look_around(const std::function<bool()>& stopping) {
  if (!has_taken_over_) return;
  constexpr std::int64_t most_ms = 3000;  // of every twenty seconds
  watch_.look(
      most_ms,
      [&](const Fault& finding) {
        const std::string sentence = sentences().of("en").say(finding);
        spdlog::error("the record: {}", sentence);
        std::ofstream(alarm_file_, std::ios::app)
            << format_instant(installation_.clock.now()) << ' ' << sentence << '\n';
      },
      stopping);
}

record::Standing RecordService::standing() const {
  if (sequencer_) return sequencer_->standing();
  record::Standing none;
  none.going = record::Going::stopped;
  none.why = setup_.why;
  return none;
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
