// The record of a running server: its files, its witnesses, the sequencer that drives them, and
// what whoever runs the machine is told of it.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>

#include "adapters/record_files/record_files.h"
#include "adapters/web_api/web_api.h"
#include "adapters/witness_http/witnesses_over_http.h"
#include "app/foundation.h"
#include "app/record_setup.h"
#include "app/turns.h"
#include "features/record/following.h"
#include "features/record/sequencer.h"
#include "features/record/watching.h"

namespace minhu::app {

class RecordService {
 public:
  // All outlive it. Nothing is read or signed yet.
  RecordService(const Foundation& foundation, const cases::Installation& installation, Turns& turns,
                RecordSetup setup);

  const record::Record& record() const noexcept { return record_; }
  const LogFiles& files() const noexcept { return files_; }
  bool can_sign() const noexcept { return setup_.log != nullptr; }

  // For one thread, again and again: takes over what is from before the record, takes in what was
  // committed, publishes. While another server does that it writes its own files of what is
  // published.
  void run_once(const std::function<bool()>& stopping);

  record::Standing standing() const;

  // For one thread, again and again: looks for rows that somebody changed behind the program. What
  // it finds goes into the log and into DATA/record.alarm.
  void look_around(const std::function<bool()>& stopping);
  std::int64_t findings() const { return watch_.findings(); }

 private:
  bool may_lead(const std::function<bool()>& stopping);
  void follow_anew();
  void take_over(const std::function<bool()>& stopping);
  void keep_standing(const record::Standing& now);
  void tell_changes();

  const cases::Installation& installation_;
  Turns& turns_;
  std::filesystem::path status_file_;
  std::filesystem::path alarm_file_;
  RecordSetup setup_;
  record_files::FolderFiles files_;
  witness_http::WitnessesOverHttp witnesses_;
  record::Record record_;
  std::optional<record::Follower> follower_;    // while another server signs
  std::optional<record::Sequencer> sequencer_;  // while this one does; none without a key
  record::InnerWatch watch_;
  std::atomic<bool> has_taken_over_ = false;
  std::string told_;
  mutable std::mutex mutex_;
  record::Standing standing_;
};

// The record as the API knows it.
web_api::Proofs proofs_of(const record::Record& record, const Clock& clock);

// "starting", "well", "waiting", "stopped".
std::string_view name(record::Going going);

}  // namespace minhu::app
