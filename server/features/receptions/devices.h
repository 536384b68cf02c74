// Tablets that take a reception down without a network, and the numbers they print meanwhile.
//
// A tablet belongs to the unit whose official set it up; whoever sits in that unit may give it
// numbers, see what it has sent, and take it out of use when it is lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/printed_numbers.h"
#include "features/visits/visits.h"
#include "ports/storage.h"

namespace minhu::receptions {

using DeviceId = Id<struct DeviceTag>;  // made by the tablet when it is set up

inline constexpr std::size_t longest_label = 40;  // characters
inline constexpr std::size_t most_blocks = 400;   // of one tablet, in its life

struct Allotment {
  std::string label;       // what is written on the tablet; kept from the first allotment
  visits::VisitId visit;   // the reception it is for; empty: one that nobody planned
  std::int64_t count = 0;  // 1 … cases::most_printed_numbers
};
// Sets the tablet up if it is new, and gives it numbers. The same token gives the same numbers.
// Faults: those of cases::give_out; invalid_input receptions.label, conflict
// receptions.too_many_blocks, receptions.device_revoked; not_found receptions.no_such_device (it is
// another unit's), visits.no_such_visit.
Result<cases::GivenBlock> allot(Transaction& transaction, const cases::Context& context,
                                DeviceId device, const Allotment& allotment,
                                const cases::ClientToken& token);

// The tablet is lost: none of its numbers takes anything in any more, except what had arrived.
// Again: nothing happens. Fault not_found receptions.no_such_device.
Outcome take_out_of_use(Transaction& transaction, const cases::Context& context, DeviceId device);

struct Block {
  cases::BlockId id;
  visits::VisitId visit;
  Instant given_at;
  std::int64_t given = 0;
  std::vector<std::string> waiting;  // numbers whose words have not arrived
};
struct Device {
  DeviceId id;
  std::string label;
  Instant added_at;
  std::optional<Instant> revoked_at;
  std::vector<Block> blocks;  // newest first
};
// Of the actor's unit, newest first.
std::vector<Device> devices(Reading& reading, const cases::Context& context);
// Fault not_found receptions.no_such_device: there is none, or it is another unit's.
Result<Device> device(Reading& reading, const cases::Context& context, DeviceId id);

}  // namespace minhu::receptions
