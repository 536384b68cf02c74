// One scenario: who must see nothing, what happens, and the proof that nothing reached them.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "doors.h"

namespace minhu::accused {

class Story {
 public:
  explicit Story(Town& the_town) : town(the_town) {
    // So that their lists are not empty for other reasons.
    const Matter at_housing = town.received(cases::Track::petition, "别的事");
    town.send(at_housing, town.unit("housing"));
    const Matter at_water = town.received(cases::Track::petition, "别的事");
    town.send(at_water, town.unit("water"));
    innocent_ = {at_housing, at_water};
  }

  // ---- short words for the table
  AccountId who(std::string_view login) const { return town.who(login); }
  UnitId unit(std::string_view code) const { return town.unit(code); }
  AccountId dispatcher() const { return who("dispatcher"); }

  // The accused unit at every desk that matters, and two levels below it.
  std::vector<AccountId> housing() const {
    return {who("housing_handler"),    who("housing_unit_head"), who("housing_dispatcher"),
            who("housing_supervisor"), who("housing_leader"),    who("station_handler"),
            who("counter_head")};
  }
  // From here on these must see what they see now: a world in which the case does not exist.
  void watch(std::vector<AccountId> watchers) {
    watchers_ = std::move(watchers);
    for (const AccountId one : watchers_) then_[one] = look_around(town, one);
  }

  void nothing_of(const Matter& matter) {
    for (const AccountId one : watchers_) {
      SCOPED_TRACE("login " + town.account(one).login);
      const Seen now = look_around(town, one);
      for (const std::string& difference : differences(then_.at(one), now)) {
        ADD_FAILURE() << "another sight: " << difference;
      }
      for (const std::string& door : told_apart(town, one, matter)) {
        ADD_FAILURE() << "told apart: " << door;
      }
      for (const char* page : {"/done", "/figures", "/done/classes"}) {
        EXPECT_EQ(town.get_as_anybody(page).body.find(matter.id.text()), std::string::npos);
      }
    }
  }
  // The test would see something: whoever has to do with it reads it.
  void is_seen_by(AccountId one, const Matter& matter) {
    EXPECT_EQ(town.get(one, "/api/v1/cases/" + matter.id.text()).status, 200)
        << town.account(one).login << " should see it";
  }
  void is_hidden_from(AccountId one, const Matter& matter) {
    EXPECT_EQ(town.get(one, "/api/v1/cases/" + matter.id.text()).status, 404)
        << town.account(one).login << " should not see it";
  }
  void refused(AccountId by, const Matter& matter, EventKind kind, Fields fields,
               const std::string& key = "cases.unit_may_not_receive") {
    EXPECT_EQ(town.try_step(by, matter, kind, std::move(fields)), key);
  }
  Fields to(std::string_view code) const {
    return {{"unit", unit(code).text()}, {"reason", "属于你单位职责"}};
  }
  Matter innocent_at_housing() const { return innocent_.first; }
  Matter innocent_at_water() const { return innocent_.second; }

  Town& town;

 private:
  std::pair<Matter, Matter> innocent_;
  std::vector<AccountId> watchers_;
  std::map<AccountId, Seen> then_;
};

}  // namespace minhu::accused
