// What was said about a promise, in the one content store: under the key of its case when it has
// one, so that it is erased with it, else under a key of the county. Inner header.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/content.h"
#include "features/cases/context.h"
#include "features/cases/receive.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

// Where the words of promises without a case lie.
cases::CaseId home_of_the_county(RegionId region);
cases::CaseId home_of(RegionId region, const Promise& promise);

// Keeps them. `home`: of home_of. Fault gone cases.erased.
class Keeper {
 public:
  static Result<Keeper> open(Transaction& transaction, const cases::Context& context,
                             cases::CaseId home);
  Kept keep(cases::ContentRole role, std::string_view text);
  cases::ContentId keep(const cases::NewAttachment& attachment);

 private:
  Keeper(Transaction& transaction, const cases::Context& context, cases::CaseKey key)
      : transaction_(&transaction), context_(&context), key_(std::move(key)) {}

  Transaction* transaction_;
  const cases::Context* context_;
  cases::CaseKey key_;
};

// Nothing when it was erased with its case, or was never written.
std::optional<std::string> read_words(Reading& reading, const cases::Context& context,
                                      const Promise& promise, const Kept& kept);
std::optional<cases::ContentInfo> evidence_info(Reading& reading, RegionId region,
                                                const Promise& promise, cases::ContentId id);
// Faults not_found cases.no_content, gone cases.erased.
Result<Bytes> read_evidence(Reading& reading, const cases::Context& context, const Promise& promise,
                            cases::ContentId id);

}  // namespace minhu::promises
