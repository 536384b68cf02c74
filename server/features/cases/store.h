// The rows of a case: SQL and nothing else.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "kernel/crypto.h"
#include "ports/storage.h"

namespace minhu::cases {

// The only way in which events come into the table: they, the row of today that follows from them,
// and what other features derive (derivation.h), all in this transaction. `before` is what was
// stored (nullopt: a new case), `now` what the row is after the last of `added`.
void append_events(Transaction& transaction, const County& county,
                   const std::optional<CaseFile>& before, const CaseFile& now,
                   std::span<const Event> added);
// All of them in order of seq; empty when there is no such case.
std::vector<Event> load_events(Reading& reading, RegionId region, CaseId id);
// The same of many, by case; one that has none is not among them.
std::map<CaseId, std::vector<Event>> load_events(Reading& reading, RegionId region,
                                                 std::span<const CaseId> ids);

std::optional<CaseFile> load_file(Reading& reading, RegionId region, CaseId id);
// Those of them that there are, in this order; each id once.
std::vector<CaseFile> load_files(Reading& reading, RegionId region, std::span<const CaseId> ids);
// The case of that id, or the one that stands before it: the same walk for what there is and for
// what there is not, so that neither takes longer. Whoever asks compares the id.
std::optional<CaseFile> load_file_or_neighbour(Reading& reading, RegionId region, CaseId id);
// What was reported as done to somebody because they brought this case.
std::vector<CaseId> retaliation_reports_for(Reading& reading, RegionId region, CaseId id);
// The open cases that name somebody or that somebody may not see (names_somebody).
std::vector<CaseId> named_cases(Reading& reading, RegionId region);
// Writes the row of today, its clocks and its places in the queues, given what was stored before
// (nullopt: a new case).
void save_file(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
               const CaseFile& now);

// What opens a case: the code in force, or the one that a clerk handed over to be exchanged.
struct StoredCode {
  std::int64_t version = 1;
  Digest hash{};
  bool for_activation = false;
};
void insert_receipt(Transaction& transaction, RegionId region, std::uint64_t serial, CaseId id,
                    const StoredCode& code);
// Of what was received or given out beforehand; -1 when there is none.
std::int64_t last_serial(Reading& reading, RegionId region);
// So that the same token means the same request.
void remember_request(Transaction& transaction, RegionId region, const Digest& token_hash,
                      CaseId id, std::int64_t seq, Instant now);

// Cases that went into this one, also those that have been answered with it since.
std::vector<CaseId> merged_into(Reading& reading, RegionId region, CaseId id);
std::map<CaseId, std::vector<CaseId>> merged_into(Reading& reading, RegionId region,
                                                  std::span<const CaseId> ids);
// Those of them that still wait for its answer.
std::vector<CaseFile> waiting_members(Reading& reading, RegionId region, CaseId id);

}  // namespace minhu::cases
