// For tests: the world of a feature whose steps are recorded beside those of cases
// (chronicle_leaves.h), and what an audit finds in them.
#pragma once

#include <string>
#include <vector>

#include "features/record/audit.h"
#include "features/record/taking_over.h"
#include "features/record/test_record.h"

namespace minhu::record {

// The tables of a feature, and those of the record.
inline std::vector<Migration> with_record(std::span<const Migration> tables) {
  std::vector<Migration> all(tables.begin(), tables.end());
  all.insert(all.end(), migrations().begin(), migrations().end());
  return all;
}

// World: a cases::World of the feature that is made of its tables.
template <class World>
class RecordedSteps : public World {
 protected:
  RecordedSteps(const std::vector<Migration>& tables, std::vector<const Chronicle*> chronicles)
      : World(tables), chronicles_(std::move(chronicles)) {
    this->county_.derivations.push_back(&leaves_);
  }

  void take_in() {
    clock_.set(this->now_);
    witnesses_.seconds = static_cast<std::uint64_t>(this->now_.unix_ms / 1000);
    Sequencer({*this->database_, this->county_.region, files_, witnesses_, keys_.log, policy_,
               this->entropy_, clock_})
        .run_once();
  }
  AuditParts parts() {
    return {*this->database_, this->county_.region, this->keyring_, files_, chronicles_, &log_};
  }
  std::vector<Fault> faults() {
    std::vector<Fault> found;
    audited_ = audit(parts(), [&](const Fault& finding) { found.push_back(finding); });
    return found;
  }
  // "key what seq" of the findings about steps; nothing else is found.
  std::vector<std::string> found_in_steps() {
    std::vector<std::string> found;
    for (const Fault& fault : faults()) {
      found.push_back(fault.key + " " + fault.details.at("what") + " " + fault.details.at("seq"));
    }
    return found;
  }
  std::vector<LeafRow> leaves() {
    return this->database_->read(
        [&](Reading& reading) { return leaves_from(reading, this->county_.region, 0, 10'000); });
  }
  // Leaves of events from before there were any; gives how many.
  std::int64_t take_over() {
    clock_.set(this->now_);
    std::int64_t leaves = 0;
    for (;;) {
      const auto taken = take_over_some(installation_, chronicles_);
      EXPECT_TRUE(taken);
      leaves += taken->leaves;
      if (taken->is_done) return leaves;
    }
  }

  std::vector<const Chronicle*> chronicles_;
  merkle::TestCounty keys_;
  TestWitnesses witnesses_{keys_};
  merkle::TrustPolicy policy_ = merkle::parse_policy(policy_text(keys_, "enough")).value();
  merkle::VerifierKey log_ = keys_.log.verifier();
  Leaves leaves_{this->keyring_};
  TestFolder folder_;
  record_files::FolderFiles files_{folder_.path()};
  system::ManualClock clock_{this->now_};
  cases::Installation installation_{*this->database_, this->county_, this->keyring_, this->entropy_,
                                    clock_};
  Audited audited_;
};

}  // namespace minhu::record
