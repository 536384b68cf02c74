// The cases of a list with what their lines tell: from the memory of this process where it has them
// as they are (line_memory.h), and read for the others.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/line_memory.h"
#include "ports/storage.h"

namespace minhu::cases {

// Within one reading. A transaction reads everything anew and leaves nothing behind: what it sees
// may be undone.
class KnownCases {
 public:
  KnownCases(Reading& reading, const Context& context);

  // Those of them that there are, in this order; each id once. Of each the file.
  std::vector<KnownCase> find(std::span<const CaseId> ids);
  void add_doings(std::span<KnownCase> cases);
  // What each of them is about, in a line; nothing of a case that is erased, came without words, or
  // whose key is not there any more.
  std::map<CaseId, std::string> headlines(std::span<KnownCase> cases);
  // For the pages to come.
  void remember(std::span<const KnownCase> cases);

 private:
  Reading& reading_;
  const Context& context_;
  LineMemory* memory_;           // null in a transaction
  const SoleWritersView* view_;  // null where other processes write, too, and in a transaction
};

}  // namespace minhu::cases
