// record_steps FOLDER make           a county in that folder
// record_steps FOLDER write CASES    takes in so many cases, and takes them into the record
// record_steps FOLDER finish         what a server does after a start, then everything is audited
//
// One line for each thing that leaves the process, as it leaves it:
//   told <case>            a person was told that their words are kept
//   sent <size> <root>     a signed checkpoint went out to a witness
//   proved <case> <index>  of finish: the receipt of the case holds
//   finding <sentence key> of finish
//   signed <size> <root>, published <size>   of finish
// What is real: cases, record, SQLite, the folder of files. Missing is HTTP, so that a fault at
// every single call can be tried in seconds.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "adapters/policies/policies.h"
#include "adapters/record_files/record_files.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/system/system.h"
#include "engines/merkle/receipt.h"
#include "engines/merkle/witness.h"
#include "features/accounts/accounts.h"
#include "features/cases/key_store.h"
#include "features/cases/migrations.h"
#include "features/cases/receive.h"
#include "features/places_and_units/places_and_units.h"
#include "features/record/audit.h"
#include "features/record/leaves.h"
#include "features/record/migrations.h"
#include "features/record/record.h"
#include "features/record/sequencer.h"
#include "ports/migrate.h"
#include "project_folder.h"

namespace {

using namespace minhu;
namespace fs = std::filesystem;

constexpr const char* origin = "faults.example/record";

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

merkle::Signer signer(const char* name, merkle::KeyKind kind) {
  return {name, kind, merkle::Ed25519Key(sha256(as_bytes(name)))};
}

// Says what it is sent, and never signs: whoever reads the lines is the one who remembers.
class Listener final : public Witnesses {
 public:
  std::vector<WitnessReply> add_checkpoint(std::span<const WitnessRequest> requests) override {
    for (const WitnessRequest& request : requests) {
      const auto asked = merkle::parse_add_checkpoint(request.body);
      const auto note = merkle::parse_note(asked.value().note);
      const auto checkpoint = merkle::parse_checkpoint(note.value().text);
      say("sent " + std::to_string(checkpoint->head.size) + " " + to_hex(checkpoint->head.root));
    }
    return std::vector<WitnessReply>(requests.size());
  }
  std::vector<WitnessReply> latest(std::span<const std::string> addresses,
                                   const std::string&) override {
    return std::vector<WitnessReply>(addresses.size());
  }
};

struct County {
  explicit County(const fs::path& folder)
      : database(storage(folder, "minhu.db")),
        keys(storage(folder, "keys.db")),
        files(folder / "record"),
        leaves(keyring) {
    std::vector<Migration> steps;
    for (const auto more : {places_and_units::migrations(), accounts::migrations(),
                            cases::migrations(), record::migrations()}) {
      steps.insert(steps.end(), more.begin(), more.end());
    }
    minhu::migrate(database, steps, clock.now());
    minhu::migrate(keys, cases::key_store_migrations(), clock.now());
    keyring.store = &key_store;
    auto book = policies::read_rule_book(project_folder() / "policies");
    county.region = RegionId{339901};
    county.name = "青溪县";
    county.rules = std::move(book.value());
    county.petition_office = UnitId(Uuid{1, 1});
    county.hotline_body = UnitId(Uuid{1, 2});
    county.derivations = {&leaves};
    const std::string text =
        "log " + merkle::format_verifier_key(log.verifier()) + "\nwitness listener " +
        merkle::format_verifier_key(
            signer("listener.example", merkle::KeyKind::cosignature_v1).verifier()) +
        " http://listener.example/\nquorum none\n";
    policy = merkle::parse_policy(text).value();
    policy_text = text;
  }

  static storage_sqlite::Options storage(const fs::path& folder, const char* file) {
    storage_sqlite::Options options;
    options.file = folder / file;
    options.readers = 2;
    return options;
  }

  cases::Installation installation() { return {database, county, keyring, entropy, clock}; }
  record::SequencerParts parts() {
    return {database, county.region, files, listener, log, policy, entropy, clock};
  }

  system::SystemClock clock;
  system::SystemEntropy entropy;
  cases::Keyring keyring = cases::Keyring::from_root(Key{1});
  storage_sqlite::SqliteDatabase database;
  storage_sqlite::SqliteDatabase keys;
  cases::KeyStore key_store{keys, keyring, entropy};
  record_files::FolderFiles files;
  record::Leaves leaves;
  Listener listener;
  merkle::Signer log = signer(origin, merkle::KeyKind::ed25519);
  merkle::TrustPolicy policy;
  std::string policy_text;
  cases::County county;
};

// Nobody is told before the commit; who is not told asks again, or goes away.
void take_in(County& here) {
  const auto context = here.installation().as({});
  cases::Words words;
  words.token = here.entropy.bytes<16>();
  words.text = "村口的污水管破了，味道很大。";
  const auto prepared = cases::prepare(context, std::move(words));
  const auto receipt = here.database.write(
      [&](Transaction& transaction) { return cases::receive(transaction, context, **prepared); });
  if (receipt) say("told " + receipt->case_id.text());
}

int write(County& here, int cases_to_take) {
  record::Sequencer sequencer(here.parts());
  for (int i = 0; i < cases_to_take; ++i) {
    take_in(here);
    if (i % 3 == 2) sequencer.run_once();
  }
  sequencer.run_once();
  return 0;
}

int finish(County& here) {
  record::Sequencer sequencer(here.parts());
  sequencer.run_once();
  const auto standing = sequencer.standing();
  if (standing.why) say("standing " + standing.why->key);
  const auto head = here.database.read(
      [&](Reading& reading) { return record::find_head(reading, here.county.region); });
  if (!head) return 1;
  say("signed " + std::to_string(head->tree.size) + " " + to_hex(head->tree.root));
  say("published " + std::to_string(standing.published_size));
  const merkle::VerifierKey key = here.log.verifier();
  record::audit({here.database, here.county.region, here.keyring, here.files, {}, &key},
                [](const Fault& finding) { say("finding " + finding.key); });
  const auto installation = here.installation();
  const record::Record record(installation, here.files, &here.log,
                              {origin, merkle::format_verifier_key(key), here.policy_text});
  const auto context = installation.as({accounts::Role::speaker, {}, {}});
  here.database.read_job([&](Reading& reading) {
    for (const auto& row : record::leaves_from(reading, here.county.region, 0, 100'000)) {
      const auto receipt = record.receipt_of(reading, context, row.case_id(), row.seq);
      const auto* proof = receipt ? std::get_if<record::ProofOfEvent>(&*receipt) : nullptr;
      if (proof == nullptr) continue;
      const auto parsed = merkle::parse_log_proof(proof->text.reveal_because("the test checks it"));
      const auto checked = merkle::check_receipt(here.policy, parsed.value());
      if (checked) say("proved " + row.case_id().text() + " " + std::to_string(checked->index));
    }
  });
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  start_crypto();
  const std::string what = argv[2];
  County here(argv[1]);
  if (what == "make") return 0;
  if (what == "write" && argc == 4) return write(here, std::atoi(argv[3]));
  if (what == "finish") return finish(here);
  return 2;
}
