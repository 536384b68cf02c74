// Visits that nobody can prepare for, and nobody can steer: places drawn by lot.
//
// Before the cycle a secret seed is drawn and only its hash is published, together with the list
// the draw will be made from. Then comes a number that nobody knew at that time (of a public
// lottery, say), and the draw follows from all three. Afterwards the seed is published and anybody
// can draw again. Until then the seed is as secret as the places it draws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/crypto.h"
#include "kernel/result.h"

namespace minhu::silence {

struct Ticket {
  std::string place;
  std::int64_t weight = 1;  // 0: is not drawn. Equal weights give visits one can count from.
};

// What is published beforehand. `round` names the draw ("339901/2026-12"), so that a seed serves
// once.
Digest commitment(const Key& seed, std::string_view round, const std::vector<Ticket>& tickets);

// Places in the order drawn, each once; fewer when fewer have a weight. `beacon`: the public number
// that came after the commitment, as printed; empty where there is none, and then whoever drew the
// seed could have tried several.
// Faults invalid_input silence.bad_lot: a place twice, a weight below nothing or a sum beyond
// 10^15.
Result<std::vector<std::string>> draw(const Key& seed, std::string_view round,
                                      std::string_view beacon, const std::vector<Ticket>& tickets,
                                      std::size_t number);

// Draws again. Faults invalid_input silence.lot_other_seed (the seed, the round or the list is not
// what was committed to), silence.lot_other_places (they do not give these places).
Outcome verify(const Digest& published, const Key& seed, std::string_view round,
               std::string_view beacon, const std::vector<Ticket>& tickets,
               const std::vector<std::string>& drawn);

}  // namespace minhu::silence
