// Finding a case and proving that one may look at it.
#pragma once

#include <optional>
#include <string_view>

#include "features/accounts/permissions.h"
#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "ports/storage.h"

namespace minhu::cases {

// What the actor of the context has to do with the case. A speaker's is own_receipt: whoever made
// the context has checked the code.
accounts::Relation relation_to(const Context& context, const CaseFile& file);
accounts::Decision decide(const Context& context, const CaseFile& file,
                          std::string_view permission);

// Numbers in access.h are what parse_number gave.
std::optional<CaseId> find_by_number(Reading& reading, const Context& context,
                                     std::string_view number);
// The case of that number, or of the one given out before it: the same walk for a number that there
// is not (closure.h). Whoever asks compares the number.
std::optional<CaseId> case_at_or_before(Reading& reading, const Context& context,
                                        std::string_view number);
// The case, when the code is the one in force for that number. The same Fault unauthenticated
// "cases.wrong_number_or_code" for a number that does not exist, a code that does not fit and a
// receipt that was revoked. Whoever holds a paper that was printed before its words arrived, with
// the code on it, is told so: Fault conflict cases.number_not_arrived, cases.number_revoked
// (printed_numbers.h).
Result<CaseId> open_with_code(Reading& reading, const Context& context, std::string_view number,
                              const Sealed<std::string>& code);
// The case, when this token made the code that is in force: whoever asks for a new code again,
// because the answer was lost on its way, holds only the old one. The same Fault as above.
Result<CaseId> open_with_token(Reading& reading, const Context& context, std::string_view number,
                               const ClientToken& token);

// A clerk wrote it down: the speaker exchanges the activation code, once, for a query code of their
// own. The same token gives the same code again; another token after that is Fault conflict
// "cases.already_activated" for whoever holds the activation code, unauthenticated
// "cases.wrong_number_or_code" for everybody else. Of a printed number as open_with_code.
Result<Sealed<std::string>> activate(Transaction& transaction, const Context& context,
                                     std::string_view number,
                                     const Sealed<std::string>& activation_code,
                                     const ClientToken& token);
// A new code in place of one that somebody else may have seen; the old one opens nothing any more.
Result<Sealed<std::string>> replace_code(Transaction& transaction, const Context& context,
                                         CaseId id, const ClientToken& token);

}  // namespace minhu::cases
