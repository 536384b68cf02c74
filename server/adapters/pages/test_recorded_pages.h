// For tests: a county with its pages open and a record with three witnesses behind them.
#pragma once

#include "adapters/pages/test_browser.h"
#include "features/record/test_record.h"

namespace minhu::pages {

class RecordedPages : public PagesWorld {
 protected:
  RecordedPages() {
    county_.derivations.push_back(&leaves_);
    record_policy_ = policy_text();
    record_.policy = [this] { return record_policy_; };
    kept_record_ = &kept_;
    witnesses_.seconds = static_cast<std::uint64_t>(now_.unix_ms / 1000);
  }
  std::string policy_text() const {
    std::string text = "log " + merkle::format_verifier_key(keys_.log.verifier()) + "\n";
    for (const merkle::Signer& witness : keys_.witnesses) {
      text += "witness " + witness.name.substr(0, witness.name.find('.')) + " " +
              merkle::format_verifier_key(witness.verifier()) + " " +
              record::TestWitnesses::address_of(witness) + "\n";
    }
    return text + "group enough 2 congress audit university\nquorum enough\n";
  }
  void publish() {
    record::Sequencer sequencer(
        {*database_, county_.region, files_, witnesses_, keys_.log, policy_, entropy_, clock_});
    sequencer.run_once();
    sequencer.run_once();
  }
  Result<merkle::CheckedReceipt> checked(const std::string& proof) {
    auto parsed = merkle::parse_log_proof(proof);
    if (!parsed) return tl::unexpected<Fault>(parsed.error());
    return merkle::check_receipt(policy_, *parsed);
  }

  merkle::TestCounty keys_;
  record::TestWitnesses witnesses_{keys_};
  merkle::TrustPolicy policy_ = merkle::parse_policy(policy_text()).value();
  record::Leaves leaves_{keyring_};
  TestFolder folder_;
  record_files::FolderFiles files_{folder_.path()};
  record::Record kept_{
      installation_,
      files_,
      &keys_.log,
      {keys_.log.name, merkle::format_verifier_key(keys_.log.verifier()), policy_text()}};
};

}  // namespace minhu::pages
