// Two counties in one database, with a case in every state that the matrix asks about. Everything
// is made by the use cases themselves, at its own time in the past.
//
// Every text that a person gave carries a word of its own ("zq-assigned-note"), so that whoever
// reads an answer can say whose word stands in it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http_beast/server_for_tests.h"
#include "app/foundation.h"
#include "features/accounts/accounts.h"
#include "features/cases/steps.h"
#include "features/places_and_units/county.h"
#include "people.h"

namespace minhu::permission_matrix {

// A case of the county, as its tests ask for it.
struct Matter {
  std::string name;  // "assigned"
  std::string id;
  std::string number;  // as shown: MH-XXXX-XXXX-XXXX
  std::string code;    // 24 digits: of the speaker, or the activation code
  std::int64_t seq = 0;
  std::vector<std::string> attachments;  // of the speaker, by id
  std::vector<std::string> evidence;     // of an office
};

// One county: its rules, its units and its cases.
class County {
 public:
  County(app::Foundation& foundation, std::int64_t region, std::string name);

  const Matter& matter(std::string_view name) const;
  Matter& matter(std::string_view name);
  // The id of a class of matters in which no step is open that a test takes.
  const std::string& rejected_class() const { return rejected_class_; }
  // Planned by the petition office and not announced.
  const std::string& planned_visit() const { return planned_visit_; }
  bool has(std::string_view name) const { return matters_.contains(name); }
  std::string unit(std::string_view code) const { return units_.at(std::string(code)).text(); }
  UnitId unit_id(std::string_view code) const { return units_.at(std::string(code)); }
  const places_and_units::CountyProfile& profile() const { return profile_; }
  const cases::Installation& installation() const { return installation_; }
  // Those who hold `which`, with the password that opens all of them.
  std::vector<accounts::DemoLogin> logins(Holds which) const;

  // State and count of events of a case, to see that nothing has happened to it.
  std::string now_of(std::string_view name) const;

  // Every case that the matrix asks about.
  void have_every_case();
  // One that is with its handlers, in the county that nobody here should hear of.
  void have_one_case();

 private:
  using Fields = std::map<std::string, std::string, std::less<>>;
  class Story;

  void set_up_units();
  void have_a_class();
  void have_a_visit();
  void add(Matter matter);

  app::Foundation& foundation_;
  cases::County county_;
  places_and_units::CountyProfile profile_;
  std::map<std::string, UnitId> units_;
  cases::Installation installation_;
  std::map<std::string, Matter, std::less<>> matters_;
  std::string rejected_class_;
  std::string planned_visit_;
};

inline constexpr std::string_view password = "a good password";
// The word that stands in this text of this case.
std::string canary(std::string_view matter, std::string_view text);

}  // namespace minhu::permission_matrix
