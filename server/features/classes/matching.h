// Which cases are of a class by themselves, without anybody having linked them. A port: today a
// category and places say so; an engine that reads what texts say can stand in the same place.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/classes/class_file.h"
#include "ports/storage.h"

namespace minhu::classes {

struct Arrival {
  cases::CaseId id;
  std::string place;  // code, empty where the speaker named none
  std::string state;
  Instant received_at;
  bool merged = false;  // into another, also when that one has been answered since
};

class Matching {
 public:
  virtual ~Matching() = default;
  // Those received from `from` until before `to`, in any order. Never a held or an erased case, an
  // accusation or a report of retaliation, nor one that was entered in error.
  virtual std::vector<Arrival> matching(Reading& reading, const cases::County& county,
                                        const Definition& definition, Instant from,
                                        Instant to) const = 0;
};

// A case of the category or of one under it, at one of the places or under it. A definition with a
// group is not its to judge: none matches.
class ByCategoryAndPlace final : public Matching {
 public:
  std::vector<Arrival> matching(Reading& reading, const cases::County& county,
                                const Definition& definition, Instant from,
                                Instant to) const override;
};

const Matching& by_category_and_place();

// Every case of the class, linked or matching, without those that somebody said are unrelated; each
// once. Withdrawn ones count: nobody makes a class smaller by having people take their words back.
std::vector<Arrival> arrivals_of(Reading& reading, const cases::County& county,
                                 const Matching& matching, const ClassFile& file, Instant from,
                                 Instant to);

// One case of the county, as it lies in its row; valid inside the call alone.
struct Passing {
  std::string_view place;
  std::string_view category;
  std::string_view channel;
  std::string_view state;
  Instant received_at;
  bool merged = false;
};
// Everything that came, whatever it was about and wherever. Walks the cases of that time without
// keeping them: there may be a million.
void each_received(Reading& reading, RegionId region, Instant from, Instant to,
                   const std::function<void(const Passing&)>& each);

// The category and all under it, as "scheme:code".
std::vector<std::string> categories_under(Reading& reading, RegionId region,
                                          std::string_view category);
// The place is one of these or lies under one of them; of none (the whole county): always.
bool lies_in(std::string_view place, const std::vector<std::string>& places);

// Whether a case may be counted, shown or linked at all.
bool may_be_counted(const cases::CaseFile& file);

}  // namespace minhu::classes
