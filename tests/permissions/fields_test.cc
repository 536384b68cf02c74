// The exact fields of each answer: no more than the list says, and nothing on the list in vain.
#include "fields.h"

#include <gtest/gtest.h>

#include <map>

#include "cells.h"

namespace minhu::permission_matrix {
namespace {

bool is_json(const Told& told) {
  return told.header("content-type").find("json") != std::string::npos;
}

TEST(Fields, OfEachAnswerStandOnTheListAndNothingStandsThereInVain) {
  std::map<std::string, std::set<std::string>> seen;
  std::map<std::string, std::set<std::string>> listed;
  for (const Door& door : doors()) {
    if (!door.pattern.starts_with("/api/") || door.manner == Manner::once) continue;
    const std::string name = std::string(name_of(door.method)) + " " + std::string(door.pattern);
    listed[name] = allowed_fields(door);
    for (const Person& person : people()) {
      for (const std::string_view state : states_for(door)) {
        if (!expected(door.right, person.name, state)) continue;
        // The public ones answer everybody the same.
        if (door.right == "public" && person.name != "anonymous" && person.name != "clerk")
          continue;
        const Cell cell{door, person, state};
        const Told told = walk(cell).told;
        if (!is_json(told)) continue;
        const std::set<std::string> allowed = told.status < 400 ? listed[name] : problem_fields();
        for (const std::string& field : field_names(told.body)) {
          EXPECT_TRUE(allowed.contains(field))
              << name << " tells " << field << " to " << person.name
              << ": list it in tests/permissions/fields.cc, if that is right";
          if (told.status < 400) seen[name].insert(field);
        }
      }
    }
  }
  for (const auto& [name, fields] : listed) {
    for (const std::string& field : fields) {
      EXPECT_TRUE(seen[name].contains(field)) << name << " never tells " << field;
    }
  }
}

TEST(Fields, AreNamedByTheirPath) {
  const std::set<std::string> expected{"a", "a.b", "c", "c[].d"};
  EXPECT_EQ(field_names(R"({"a":{"b":null},"c":[{"d":1},{"d":2}]})"), expected);
}

}  // namespace
}  // namespace minhu::permission_matrix
