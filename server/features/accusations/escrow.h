// For when no handler is left, or none does what they should: a key of the house that nobody holds.
// Its private half exists on three papers only, of which any two are needed (Shamir's scheme over
// GF(256), libgfshare), at three organs: discipline, congress, audit. Each use is an event of the
// case and a leaf of the record.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "features/accusations/handle.h"

namespace minhu::accusations {

inline constexpr std::array<std::string_view, 3> custodians{"discipline", "congress", "audit"};

// What is written on one paper: groups of four hexadecimal digits that find a slip of the pen. One
// alone says nothing about the key.
using Paper = Sealed<std::string>;
// In the order of `custodians`; shown once. With `anew` an escrow that there is stays good for what
// it was closed to, and what comes later is closed to the new one. Fault conflict
// accusations.escrow_exists without it.
Result<std::array<Paper, 3>> make_escrow(const Ground& ground, bool anew);

// What the escrow can open: neither words nor people.
std::vector<Listed> escrowed(Reading& reading, const Ground& ground);

// Faults: invalid_input accusations.bad_share (field share_1, share_2: a slip of the pen),
// accusations.same_share, accusations.shares_do_not_fit; not_found accusations.not_found.
struct EscrowOpened {
  Letter letter;
  Identity identity;
  std::vector<Message> messages;
};
Result<EscrowOpened> open_escrow(const Ground& ground, cases::CaseId id, const Paper& one,
                                 const Paper& other);

}  // namespace minhu::accusations
