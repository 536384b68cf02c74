// For tests: a county whose events are recorded, its files in a folder of their own, and three
// witnesses as they really answer, without a network.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>

#include "adapters/record_files/record_files.h"
#include "engines/merkle/test_county.h"
#include "engines/merkle/witness.h"
#include "features/cases/test_world.h"
#include "features/record/leaves.h"
#include "features/record/migrations.h"
#include "features/record/record.h"
#include "features/record/sequencer.h"
#include "kernel/test_folder.h"

namespace minhu::record {

class MemoryLedger final : public merkle::WitnessLedger {
 public:
  merkle::TreeHead latest(const std::string&) override { return head; }
  bool replace(const std::string&, const merkle::TreeHead& expected, const merkle::TreeHead& next,
               const std::string& signed_note) override {
    if (head != expected) return false;
    head = next;
    note = signed_note;
    return true;
  }
  merkle::TreeHead head = merkle::empty_tree_head();
  std::string note;
};

// The witnesses of merkle::TestCounty under the addresses "http://<name>/".
class TestWitnesses final : public Witnesses {
 public:
  explicit TestWitnesses(const merkle::TestCounty& county) : county_(&county) {
    for (const merkle::Signer& witness : county.witnesses) ledgers[address_of(witness)];
  }
  static std::string address_of(const merkle::Signer& witness) {
    return "http://" + witness.name + "/";
  }

  std::vector<WitnessReply> add_checkpoint(std::span<const WitnessRequest> requests) override {
    const std::vector<merkle::WatchedLog> logs{{county_->log.name, {county_->log.verifier()}}};
    std::vector<WitnessReply> replies;
    for (const WitnessRequest& request : requests) {
      ++asked;
      if (away.contains(request.address)) {
        replies.emplace_back();
        continue;
      }
      for (const merkle::Signer& witness : county_->witnesses) {
        if (address_of(witness) != request.address) continue;
        const auto answer =
            merkle::add_checkpoint(logs, ledgers[request.address], witness, seconds, request.body);
        replies.push_back({static_cast<int>(answer.status), answer.content_type, answer.body});
      }
    }
    return replies;
  }
  std::vector<WitnessReply> latest(std::span<const std::string> addresses,
                                   const std::string&) override {
    std::vector<WitnessReply> replies;
    for (const std::string& address : addresses) {
      const MemoryLedger& ledger = ledgers[address];
      if (away.contains(address)) {
        replies.emplace_back();
      } else if (ledger.note.empty()) {
        replies.push_back({404, "text/plain", ""});
      } else {
        replies.push_back({200, "text/plain; charset=utf-8", ledger.note});
      }
    }
    return replies;
  }

  std::map<std::string, MemoryLedger> ledgers;
  std::set<std::string> away;
  std::uint64_t seconds = 1'764'060'000;
  int asked = 0;

 private:
  const merkle::TestCounty* county_;
};

// Trusts the log and its three witnesses; `quorum` is "enough" (two of them) or "none".
inline std::string policy_text(const merkle::TestCounty& keys, const std::string& quorum) {
  std::string text = "log " + merkle::format_verifier_key(keys.log.verifier()) + "\n";
  for (const merkle::Signer& witness : keys.witnesses) {
    text += "witness " + witness.name.substr(0, witness.name.find('.')) + " " +
            merkle::format_verifier_key(witness.verifier()) + " " +
            TestWitnesses::address_of(witness) + "\n";
  }
  return text + "group enough 2 congress audit university\nquorum " + quorum + "\n";
}

class RecordWorld : public cases::World {
 protected:
  explicit RecordWorld(std::span<const Migration> more = migrations()) : World(more) {
    county_.derivations = {&leaves_};
  }

  merkle::TrustPolicy policy() const { return merkle::parse_policy(policy_text_).value(); }

  std::unique_ptr<Sequencer> sequencer() { return sequencer_with(files_); }
  std::unique_ptr<Sequencer> sequencer_with(LogFiles& files) {
    clock_.set(now_);
    return std::make_unique<Sequencer>(SequencerParts{*database_, county_.region, files, witnesses_,
                                                      keys_.log, policy_, entropy_, clock_});
  }
  void pass_seconds(std::int64_t seconds) {
    now_.unix_ms += seconds * 1000;
    clock_.set(now_);
  }

  Record record() {
    return Record(
        installation_, files_, &keys_.log,
        {keys_.log.name, merkle::format_verifier_key(keys_.log.verifier()), policy_text_});
  }
  Result<Receipt> receipt(cases::CaseId id, std::int64_t seq = 0) {
    return receipt_for(speaker(), id, seq);
  }
  Result<Receipt> receipt_for(const cases::Context& context, cases::CaseId id,
                              std::int64_t seq = 0) {
    return database_->read(
        [&](Reading& reading) { return record().receipt_of(reading, context, id, seq); });
  }
  static std::string text_of(const ProofOfEvent& proof) {
    return proof.text.reveal_because("a test checks it");
  }
  // What somebody who trusts nobody says of the proof.
  Result<merkle::CheckedReceipt> checked(const ProofOfEvent& proof) {
    auto parsed = merkle::parse_log_proof(text_of(proof));
    if (!parsed) return tl::unexpected<Fault>(parsed.error());
    return merkle::check_receipt(policy_, *parsed);
  }

  cases::CaseId says(std::uint8_t token) { return received(token).case_id; }
  std::optional<Head> signed_head() {
    return database_->read([&](Reading& reading) { return find_head(reading, county_.region); });
  }
  std::vector<LeafRow> all_leaves() {
    return database_->read(
        [&](Reading& reading) { return leaves_from(reading, county_.region, 0, 100'000); });
  }

  merkle::TestCounty keys_;
  TestWitnesses witnesses_{keys_};
  std::string policy_text_ = policy_text(keys_, "enough");
  merkle::TrustPolicy policy_ = merkle::parse_policy(policy_text_).value();
  Leaves leaves_{keyring_};
  TestFolder folder_;
  record_files::FolderFiles files_{folder_.path()};
  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
};

}  // namespace minhu::record
