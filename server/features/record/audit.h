// The audit from inside, with the keys: every event against its leaf, every leaf against its batch,
// every file against the batches, every published checkpoint against the tree; and the rows of
// today against the events. What was changed, added or taken away outside the program is named.
//
// A finding is a Fault whose key has a sentence (record.audit_*), with the details it can name:
// case, or what and subject of an event of a chronicle; seq, index (of the entry in the tree),
// file.
#pragma once

#include <functional>
#include <optional>

#include "engines/merkle/note.h"
#include "features/cases/keyring.h"
#include "features/cases/kinds.h"
#include "features/record/chronicle_leaves.h"
#include "ports/log_files.h"
#include "ports/storage.h"

namespace minhu::record {

// Everything outlives the audit.
struct AuditParts {
  Database& database;
  RegionId region;
  const cases::Keyring& keyring;
  const LogFiles& files;
  Chronicles chronicles;  // all of the program: events of others are findings
  // Whose signatures the checkpoints must carry; nullptr: they are not looked at.
  const merkle::VerifierKey* log = nullptr;
};

struct Audited {
  std::int64_t cases = 0;
  std::int64_t others = 0;  // visits, promises …: subjects of the chronicles
  std::int64_t events = 0;
  std::int64_t leaves = 0;
  std::int64_t entries = 0;  // of the tree, cover leaves among them
  std::int64_t files = 0;
  std::int64_t checkpoints = 0;
  std::int64_t waiting = 0;  // steps from before their leaves, which the next start takes over
  std::int64_t findings = 0;
};

using OnFinding = std::function<void(const Fault&)>;

Audited audit(const AuditParts& parts, const OnFinding& on_finding);

// Cases alone: their events, their leaves, their rows of today; many in a question. Gives how many
// events they have.
std::int64_t audit_cases(Reading& reading, RegionId region, const cases::Keyring& keyring,
                         UnitCodes& codes, std::span<const cases::CaseId> ids,
                         const OnFinding& on_finding);

// The same of one subject of a chronicle. Where the chronicle is not taken over yet, an event
// without a leaf (record.audit_other_no_leaf) is none that was put in.
std::int64_t audit_subject(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           UnitCodes& codes, const Chronicle& chronicle, const Uuid& subject,
                           const OnFinding& on_finding);

}  // namespace minhu::record
