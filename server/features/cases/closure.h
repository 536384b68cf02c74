// Never to the accused: which official and which unit a case must not reach, in one place.
//
// closure(accused) is, for a case that complains of units and accuses officials:
//   * these units, the units that an accused official leads, and every unit below either
//   * the accused officials, whoever leads such a unit, and whoever sits in one
//   * whoever is declared to be close to one of those officials or units (accounts/interests.h)
//   * whoever keeps the post of one of all these (accounts/delegation.h), from the day it is given
//
// It is asked the other way round, because a case is read more often than it is accused: the
// Circle of an official or a unit is everything whose being accused would put them into the
// closure. One circle is a few dozen ids and serves every case of a request; whether a case
// touches it is a comparison of short lists. Registers are read as they stand at the moment of
// asking: a changed tree, leader, tie or delegation holds from the next request on.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

struct Circle {
  std::vector<UnitId> units;                // all three sorted
  std::vector<accounts::AccountId> people;  // …
  // Who looks: the account, and those whose post it keeps. A recusal of one of them is theirs.
  std::vector<accounts::AccountId> eyes;
};

Circle circle_of(Reading& reading, RegionId region, UnitId unit, Instant now);
// Of an account whatever its post is now; without an account (a speaker, the program) of the unit.
Circle circle_of(Reading& reading, RegionId region, const accounts::Principal& actor, Instant now);

// Does the case accuse anybody, or keep an official out?
bool names_somebody(const CaseFile& file);
// Is whoever the circle belongs to in the closure of the case, or recused from it?
bool touches(const Circle& circle, const CaseFile& file);

// What one actor may see, within one reading: their circle is looked up once, for all its cases.
class Sight {
 public:
  Sight(Reading& reading, const Context& context) : reading_(reading), context_(context) {}

  bool kept_from(const CaseFile& file);  // touches; false for a speaker and the program
  // By the table of permissions, and not kept from it.
  bool may_read(const CaseFile& file);
  // The same, or the actor reads the case that it was merged into; of a speaker, by their receipt.
  bool may_know(const CaseFile& file);
  // The case of that id if the actor may know of it. Takes the same steps for a case that there is
  // not as for one that is not theirs.
  std::optional<CaseFile> find(CaseId id);
  // The same by the number of its receipt, as parse_number gave it.
  std::optional<CaseFile> find(std::string_view number);

 private:
  const Circle& circle();

  Reading& reading_;
  const Context& context_;
  std::optional<Circle> circle_;
};

// The open cases that this actor is kept from: what must be left out of every count, too.
std::vector<CaseFile> kept_from(Reading& reading, const Context& context);

}  // namespace minhu::cases
