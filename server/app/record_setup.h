// What the record of an installation needs beside its database: the key that signs, whom a verifier
// shall believe, and where the public files lie.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/data_folder.h"
#include "engines/merkle/note_sm2.h"
#include "features/record/record.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::app {

struct RecordSetup {
  // Never moved: its pages stay in memory. Null when it cannot be used; then `why` says why,
  // nothing is signed, and everything else goes on.
  std::unique_ptr<const merkle::Signer> log;
  // Signs beside `log` with SM2 and SM3, where `minhu record sm2` has made its key.
  std::optional<merkle::Sm2Signer> second;
  merkle::TrustPolicy policy;
  record::Identity identity;
  std::optional<Fault> why;
};

std::filesystem::path record_key_file(const DataFolder& folder);     // hex, 0600
std::filesystem::path record_policy_file(const DataFolder& folder);  // public
std::filesystem::path record_files_folder(const DataFolder& folder);
std::filesystem::path record_status_file(const DataFolder& folder);
std::filesystem::path record_alarm_file(const DataFolder& folder);
// While it is there the record signs nothing: its database came out of a backup, and no witness can
// say whether more was published after that. Whoever has made sure removes it.
std::filesystem::path record_restored_file(const DataFolder& folder);

// Reads key and policy. Faults: not_found app.no_record_key, app.no_record_policy; those of the
// files; merkle.policy_*; conflict app.policy_of_another_record: the policy does not name our key.
Result<RecordSetup> read_record_setup(const DataFolder& folder);

// The same, and never a Fault: without a key that can be used the record stands still, and what is
// handed in is kept. Makes key and policy (no witnesses yet) for a record that has signed nothing;
// never where several servers share it (`shared`): they are copied from the first one's folder.
// `origin`: the address of the service without its scheme, and "/record"; empty: made of the
// region.
RecordSetup open_record(const DataFolder& folder, Database& database, RegionId region,
                        Entropy& entropy, const std::string& origin = {}, bool shared = false);

// Fault invalid_input app.bad_origin.
Outcome check_origin(const std::string& origin);

// Beside the file, synced, renamed: a policy is never half there. Fault app.cannot_make_folder.
Outcome keep_policy(const DataFolder& folder, const std::string& text);

}  // namespace minhu::app
