// How a scenario of the table is written and played. Never to the accused (INV-01, 02, 05, 06, 07):
// one line a way in which a case might reach whom it complains of. Each is played in the whole
// program over HTTP; whoever stands in the closure must see, behind every door, what they would see
// if there were no such case.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>

#include "story.h"

namespace minhu::accused {

using cases::Track;

struct Scenario {
  const char* name;
  std::function<void(Story&)> play;
};
// Without it a test is listed by the bytes of its scenario, pointers among them: another name each
// run.
inline void PrintTo(const Scenario& scenario, std::ostream* out) {
  *out << scenario.name;
}

class NeverToTheAccused : public ::testing::TestWithParam<Scenario> {
 protected:
  void play() const {
    Town town;
    Story story(town);
    GetParam().play(story);
  }
};
inline std::string name_of_scenario(const ::testing::TestParamInfo<Scenario>& one) {
  return one.param.name;
}

// A petition that complains of housing and is with water: the usual case of these tables.
inline Matter complaint_at_water(Story& s) {
  const Matter matter = s.town.received();
  s.town.name(matter, s.unit("housing"));
  s.town.send(matter, s.unit("water"));
  return matter;
}
inline Fields taken_back(Story& s, const char* unit) {
  return {{"complained_of", s.unit(unit).text()}, {"reason", "反映的就是这个单位"}};
}
// A class that this unit treats, with that case in it.
inline classes::ClassId class_with(Story& s, const Matter& matter, std::string_view unit) {
  return s.town.a_class("minhu:01", s.unit(unit), {matter.id});
}

}  // namespace minhu::accused
