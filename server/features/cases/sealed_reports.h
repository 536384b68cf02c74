// What `accusations` needs of a case whose words lie under a seal that nothing here can open: the
// case itself, its events and its receipt row, so that it is registered, provable and held like
// every accusation. Events hold facts alone; who may do what asks features/accusations, and nobody
// reaches such a case by any other door.
#pragma once

#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/cases/receive.h"
#include "ports/storage.h"

namespace minhu::cases {

// A new accusation, held from its first moment, without content. Its number is given to nobody and
// no query code opens it: the row looks like every other.
// `notice`: the version of the privacy notice that was shown before (INV-11); may be empty.
void register_sealed(Transaction& transaction, const Context& context, CaseId id,
                     std::string_view notice);

// One step of it: `what` is "written", "opened", "decided", …; more facts are ids, codes and
// digests. Fault not_found cases.not_found when it is no held accusation.
Outcome note_sealed_step(Transaction& transaction, const Context& context, CaseId id,
                         std::string_view what, Facts more = {});

// ---- accusations of the time before there was a seal: their words lie in the content store

// Held accusations that have words there, in order of id, at most `limit`.
std::vector<CaseId> held_with_words(Reading& reading, const Context& context, std::int64_t limit);

struct HeldContent {
  ContentRole role = ContentRole::words;
  std::string media_type;
  Instant stored_at;
  Bytes bytes;
};
// All of it, oldest first, opened for being sealed again.
Result<std::vector<HeldContent>> read_held(Reading& reading, const Context& context, CaseId id);
// Takes it out of the content store; the event says so. The same transaction must have it sealed.
// Fault conflict cases.changed_meanwhile when there is more than `known` contents by now.
Outcome forget_held(Transaction& transaction, const Context& context, CaseId id, std::size_t known);

}  // namespace minhu::cases
