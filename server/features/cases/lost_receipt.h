// Whoever still has the number of their receipt but not its code: a code that works once goes to
// the telephone that they left with this case, and to no other. There is no index over telephones
// and no way to ask which cases belong to one: the number is needed first, and what was left is
// compared inside that one case.
//
// Whether number and telephone fit is never said: the same answer, and one row written, either way.
// An accusation has no second way in, nor has whoever stayed anonymous.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "kernel/sealed.h"
#include "ports/storage.h"

namespace minhu::cases {

using CodeRequestId = Id<struct CodeRequestTag>;

inline constexpr std::int64_t once_code_lives_ms = std::int64_t{15} * 60'000;
inline constexpr std::int64_t once_codes_a_day = 3;  // of one case
inline constexpr std::int64_t once_code_tries = 5;

// `digits`: the telephone as it was typed now, digits alone (telephone.h); what was left is
// compared by its digits, however it was written down.
void ask_for_code_once(Transaction& transaction, const Context& context, std::string_view number,
                       const Sealed<std::string>& digits);

struct CodeToSend {
  CodeRequestId id;
  Sealed<std::string> phone;
  Sealed<std::string> code;  // eight digits, made of the request: kept nowhere
  std::string language;
};
// For the program alone; the oldest first, none that is over.
std::vector<CodeToSend> codes_to_send(Reading& reading, const Context& context);
void code_was_sent(Transaction& transaction, RegionId region, CodeRequestId id);

// A new query code for the case, the one before opens nothing any more; nothing when the code does
// not fit, was used, is over or was tried too often. The caller commits either way: a wrong try
// counts.
std::optional<Sealed<std::string>> exchange_code_once(Transaction& transaction,
                                                      const Context& context,
                                                      std::string_view number,
                                                      const Sealed<std::string>& code,
                                                      const ClientToken& token);

}  // namespace minhu::cases
