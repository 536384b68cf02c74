// The record of a running server: its files, its witnesses, the sequencer that drives them, and
// what whoever runs the machine is told of it.
#pragma once

#include <atomic>
#include <functional>

#include "adapters/record_files/record_files.h"
#include "adapters/web_api/web_api.h"
#include "adapters/witness_http/witnesses_over_http.h"
#include "app/foundation.h"
#include "app/record_setup.h"
#include "features/record/sequencer.h"
#include "features/record/watching.h"

namespace minhu::app {

class RecordService {
 public:
  // Both outlive it. Nothing is read or signed yet.
  RecordService(const Foundation& foundation, const cases::Installation& installation,
                RecordSetup setup);

  const record::Record& record() const noexcept { return record_; }
  const LogFiles& files() const noexcept { return files_; }

  // For one thread, again and again: takes over what is from before the record, takes in what was
  // committed, publishes.
  void run_once(const std::function<bool()>& stopping);

  record::Standing standing() const;

  // For one thread, again and again: looks for rows that somebody changed behind the program. What
  // it finds goes into the log and into DATA/record.alarm.
  void look_around(const std::function<bool()>& stopping);
  std::int64_t findings() const { return watch_.findings(); }

 private:
  void take_over(const std::function<bool()>& stopping);
  void tell_changes();

  const cases::Installation& installation_;
  std::filesystem::path status_file_;
  std::filesystem::path alarm_file_;
  RecordSetup setup_;
  record_files::FolderFiles files_;
  witness_http::WitnessesOverHttp witnesses_;
  record::Record record_;
  std::optional<record::Sequencer> sequencer_;  // none without a key
  record::InnerWatch watch_;
  std::atomic<bool> has_taken_over_ = false;
  std::string told_;
};

// The record as the API knows it.
web_api::Proofs proofs_of(const record::Record& record);

// "published 16 of 16; well", in the words of DATA/record.status and `minhu record status`.
std::string shown(const record::Standing& standing);

}  // namespace minhu::app
