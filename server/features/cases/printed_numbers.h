// Receipt numbers given out before there is anything to receive: a tablet that is offline all day
// prints them on paper (features/receptions), and the words follow in the evening.
//
// A number of a block is no receipt until its words arrive (receive_printed in receive.h): it opens
// nothing, and there is no case. What is kept of the code on the paper is its keyed hash, as for
// every other receipt. A block that was revoked, because its tablet was lost, takes nothing in any
// more; what had arrived before stays what it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "ports/storage.h"

namespace minhu::cases {

using BlockId = Id<struct NumberBlockTag>;

inline constexpr std::int64_t most_printed_numbers = 200;  // of one block

struct PrintedNumber {
  std::string number;
  Sealed<std::string> activation_code;  // of this number alone
};
struct GivenBlock {
  BlockId id;
  Instant given_at;
  bool repeated = false;  // the token was known: these are the numbers of then
  std::vector<PrintedNumber> numbers;
};

// Numbers in a row of serials, each with a code that this token makes: the same token gives the
// same numbers and codes again, because an answer may be lost on its way. Fault invalid_input
// cases.block_size (1 … most_printed_numbers); conflict cases.number_revoked when the token's block
// has been revoked.
Result<GivenBlock> give_out(Transaction& transaction, const Context& context, std::int64_t count,
                            const ClientToken& token);
// What has not arrived opens nothing from now on. Again: nothing happens.
void revoke(Transaction& transaction, const Context& context, BlockId block);

struct BlockStanding {
  std::int64_t given = 0;
  std::vector<std::string> waiting;  // numbers whose words have not arrived, in the order given out
  std::optional<Instant> revoked_at;
};
std::optional<BlockStanding> standing_of(Reading& reading, const Context& context, BlockId block);
// The block that this number was given out in, while its words have not arrived.
std::optional<BlockId> block_of(Reading& reading, const Context& context, std::string_view number);

// ---- for receive.cc and access.cc
// Takes the number out of its block and gives the hash of its code. Faults: those of
// receive_printed.
Result<Digest> take_printed(Transaction& transaction, const Context& context,
                            std::string_view number);
// Why a number without a case does not open with the code of this hash: conflict
// cases.number_not_arrived or cases.number_revoked for whoever holds the paper, and for everybody
// else unauthenticated cases.wrong_number_or_code.
Fault why_not_open(Reading& reading, const Context& context, std::string_view number,
                   const Digest& code_hash);

}  // namespace minhu::cases
