#include "cells.h"

#include <map>
#include <mutex>
#include <sstream>

namespace minhu::permission_matrix {

namespace {

// Well formed, and nobody's.
constexpr std::string_view no_case = "0190aaaa-0000-7000-8000-00000000beef";

std::string number_of_nobody() {
  static const std::string number = [] {
    House& house = House::get();
    return cases::show_number(cases::make_number(house.keyring(), 123'456'789'012'345ULL));
  }();
  return number;
}

void show(const Person& person, const Matter& matter, Ids& ids) {
  House& house = House::get();
  const Matter& mine = house.here().matter("mine");
  switch (person.holds) {
    case Holds::own_code:
      ids.code = matter.code;
      ids.pass = matter.name.empty() ? house.pass_of(mine) : house.pass_of(matter);
      break;
    case Holds::another_code:
      ids.code = mine.code;
      break;
    case Holds::another_case:
      ids.pass = house.pass_of(mine);
      ids.receipt = mine.number + ":" + mine.code;
      break;
    case Holds::nothing:
    case Holds::session:
    case Holds::foreign_session:
      break;
  }
}

}  // namespace

std::vector<std::string_view> states_for(const Door& door) {
  if (subject_of(door) == Subject::none) return {"-"};
  std::vector<std::string_view> all(std::begin(five_states), std::end(five_states));
  all.insert(all.end(), std::begin(beside), std::end(beside));
  return all;
}

Ids ids_for(const Cell& cell) {
  House& house = House::get();
  if (cell.state == "-") {
    Ids ids = ids_of(cell.door, Matter{});
    if (cell.person.holds == Holds::foreign_session) ids.login = cell.person.name;
    return ids;
  }
  const Matter& matter = house.here().matter(cell.state);
  Ids ids = ids_of(cell.door, matter);
  show(cell.person, matter, ids);
  // How far a case has come, only those know who may.
  if (!knows_of(cell.person.name, cell.state)) ids.seq = 0;
  return ids;
}

std::string told_of_nothing(const Door& door, const Person& person) {
  static std::mutex lock;
  static std::map<std::pair<const Door*, const Person*>, std::string> known;
  {
    const std::lock_guard guard(lock);
    const auto found = known.find({&door, &person});
    if (found != known.end()) return found->second;
  }
  Matter nothing;
  nothing.id = no_case;
  nothing.number = number_of_nobody();
  nothing.code = House::get().here().matter("mine").code;
  Ids ids = ids_of(door, nothing);
  show(person, nothing, ids);
  std::string told = without_what_was_asked(House::get().ask(person, request_for(door, ids)), ids);
  const std::lock_guard guard(lock);
  return known.emplace(std::pair(&door, &person), std::move(told)).first->second;
}

std::string without_what_was_asked(const Told& told, const Ids& ids) {
  std::string text = std::to_string(told.status) + "\n";
  std::istringstream lines(told.head);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("Date: ") && !line.starts_with("Content-Length: ")) text += line;
  }
  text += told.body;
  const auto hide = [&](std::string_view what) {
    if (what.empty()) return;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
      text.replace(at, what.size(), "~");
    }
  };
  hide(ids.case_id);
  hide(ids.number);
  hide(ids.content);
  // The token of a form: value="32 hexadecimal digits".
  constexpr std::string_view value = "value=\"";
  for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + 1)) {
    const auto begin = at + value.size();
    const auto end = text.find_first_not_of("0123456789abcdef", begin);
    if (end == begin + 32) text.erase(begin, 32);
  }
  return text;
}

std::string name_of(const Cell& cell) {
  return std::string(cell.person.name) + " at " + std::string(name_of(cell.door.method)) + " " +
         std::string(cell.door.pattern) + " " + std::string(cell.door.kind) + ", case " +
         std::string(cell.state);
}

Walked walk(const Cell& cell) {
  const Ids ids = ids_for(cell);
  Walked walked;
  walked.told = House::get().ask(cell.person, request_for(cell.door, ids));
  const bool for_a_case = subject_of(cell.door) != Subject::none && cell.door.right != "public";
  walked.as_of_nothing = for_a_case && without_what_was_asked(walked.told, ids) ==
                                           told_of_nothing(cell.door, cell.person);
  const bool sent_to_sign_in = walked.told.header("location").starts_with("/office/sign-in?next=");
  walked.passed =
      walked.told.status == cell.door.passes && !walked.as_of_nothing && !sent_to_sign_in;
  return walked;
}

}  // namespace minhu::permission_matrix
