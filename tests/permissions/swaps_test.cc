// Every id of a request put in place of another: in the path, the query, the body, a cursor and the
// name of a file. The answer for somebody else's is the answer for what does not exist, and says
// nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <cstdio>
#include <thread>

#include "cells.h"
#include "contract.h"
#include "features/cases/edges.h"
#include "kernel/bytes.h"
#include "words.h"

namespace minhu::permission_matrix {
namespace {

const std::vector<std::string>& malformed() {
  static const std::vector<std::string> all{"x",
                                            "0",
                                            "-1",
                                            "null",
                                            "..",
                                            "%2e%2e%2f",
                                            "%00",
                                            "'%20OR%201=1--",
                                            "0190AAAA-0000-7000-8000-00000000BEEF",
                                            "0190aaaa00007000800000000000beef",
                                            "0190aaaa-0000-7000-8000-00000000beef%20",
                                            "%E5%8D%81",
                                            std::string(300, 'a')};
  return all;
}

// Those who ask: each sees something, and none of them everything.
std::vector<const Person*> askers() {
  std::vector<const Person*> all;
  const std::set<std::string> names = split(
      "anonymous speaker clerk dispatcher caller handler head reviewer accused_handler "
      "below_accused accused_dispatcher stranger hotline_dispatcher leader auditor system_admin "
      "security_admin audit_admin");
  for (const Person& person : people()) {
    if (names.contains(std::string(person.name))) all.push_back(&person);
  }
  return all;
}

struct Stranger {
  const char* what;
  Ids ids;
};

// What there is and is not theirs, beside what there is not.
std::vector<Stranger> strangers(const Door& door) {
  House& house = House::get();
  const auto of = [&](County& county, const char* name) {
    return ids_of(door, county.matter(name));
  };
  return {{"a held accusation", of(house.here(), "held")},
          {"a case that was held later", of(house.here(), "held_later")},
          {"another county's case", of(house.there(), "foreign")},
          {"another county's accusation", of(house.there(), "foreign_held")}};
}

class Swaps : public ::testing::Test {
 protected:
  void TearDown() override {
    EXPECT_EQ(leaks_, 0);
    EXPECT_EQ(canaries_in(House::get().log()), std::set<std::string>());
    std::printf("%d swapped requests, %d leaks\n", asked_.load(), leaks_.load());
  }

  Told ask(const Person& person, const Asked& asked, const std::string& what) {
    const Told told = House::get().ask(person, asked);
    ++asked_;
    const auto leak = [&](const std::string& why) {
      if (++leaks_ <= 40)
        ADD_FAILURE() << person.name << ", " << name_of(asked.method) << " " << asked.target << ", "
                      << what << ": " << why;
    };
    if (told.status >= 500) leak(std::to_string(told.status) + " " + told.body);
    for (const std::string& word : canaries_in(told.head + told.body)) {
      if (!may_read_word(person, word)) leak("tells " + word);
    }
    return told;
  }
  void must_be_the_same(const Told& told, const Ids& ids, const Told& of_nothing,
                        const Ids& nothing, const std::string& what) {
    if (without_what_was_asked(told, ids) == without_what_was_asked(of_nothing, nothing)) return;
    if (++leaks_ <= 40) {
      ADD_FAILURE() << what << ": " << told.status << " " << told.code()
                    << ", of nothing: " << of_nothing.status << " " << of_nothing.code();
    }
  }

  std::atomic<int> asked_ = 0;
  std::atomic<int> leaks_ = 0;
};

Ids nothing_like(Ids ids) {
  ids.case_id = "0190aaaa-0000-7000-8000-00000000beef";
  ids.content = "0190aaaa-0000-7000-8000-0000000cafe0";
  return ids;
}

TEST_F(Swaps, OfACaseOrAFileInThePath) {
  House& house = House::get();
  for (const Door& door : doors()) {
    if (subject_of(door) != Subject::case_id || door.manner == Manner::once) continue;
    const bool has_file = door.pattern.find("{content}") != std::string_view::npos;
    for (const Person* person : askers()) {
      Ids own = ids_of(door, house.here().matter("answered"));
      const std::string what = std::string(person->name) + " at " + std::string(door.pattern) +
                               " " + std::string(door.kind);
      const Ids none = nothing_like(own);
      const Told of_nothing = ask(*person, request_for(door, none), "nothing");
      Ids no_file = own;
      no_file.content = none.content;
      const Told of_no_file = ask(*person, request_for(door, no_file), "no file");
      for (const Stranger& other : strangers(door)) {
        const std::string swapped = what + ", " + other.what;
        Ids ids = own;
        ids.case_id = other.ids.case_id;
        ids.content = has_file ? other.ids.content : own.content;
        must_be_the_same(ask(*person, request_for(door, ids), other.what), ids, of_nothing, none,
                         swapped);
        if (!has_file) continue;
        ids.case_id = own.case_id;  // its file, under one's own case
        must_be_the_same(ask(*person, request_for(door, ids), "its file"), ids, of_no_file, no_file,
                         swapped + ", its file");
        ids.case_id = other.ids.case_id;  // one's own file, under its case
        ids.content = own.content;
        must_be_the_same(ask(*person, request_for(door, ids), "own file"), ids, of_nothing, none,
                         swapped + ", own file");
      }
    }
  }
}

TEST_F(Swaps, WhatIsNoIdAtAll) {
  House& house = House::get();
  for (const Door& door : doors()) {
    if (subject_of(door) == Subject::none || door.manner == Manner::once || !door.kind.empty())
      continue;
    for (const Person* person : askers()) {
      for (const std::string& wrong : malformed()) {
        Ids ids = ids_for({door, *person, "answered"});
        Asked asked = request_for(door, ids);
        for (const std::string& id : {ids.case_id, ids.number}) {
          const auto at = asked.target.find(id);
          if (!id.empty() && at != std::string::npos) asked.target.replace(at, id.size(), wrong);
        }
        const Told told = ask(*person, asked, "malformed");
        // A page that asks for number and code is no way in.
        if (door.pattern.starts_with("/api/") && told.status < 400) {
          ADD_FAILURE() << door.pattern << " takes " << wrong << ": " << told.status;
        }
        EXPECT_EQ(canaries_in(told.body), std::set<std::string>());
      }
    }
  }
  (void)house;
}

TEST_F(Swaps, OfANumberWithTheCodeOfAnother) {
  House& house = House::get();
  const Person& speaker = *askers()[1];
  const Matter& mine = house.here().matter("mine");
  // Each wrong code is answered a quarter of a second late: all doors are tried at once.
  const auto try_door = [&](const Door& door) {
    if (subject_of(door) != Subject::number || door.manner == Manner::once ||
        door.right == "public" || door.pattern.starts_with("/office"))
      return;
    const auto with_my_code = [&](const std::string& number) {
      Ids ids = ids_of(door, mine);
      ids.number = number;
      ids.code = mine.code;
      ids.pass = house.pass_of(mine);
      return ids;
    };
    const Ids none =
        with_my_code(cases::show_number(cases::make_number(house.keyring(), 77'777'777'777ULL)));
    const Told of_nothing = ask(speaker, request_for(door, none), "nothing");
    for (const Matter* other : {&house.here().matter("held"), &house.here().matter("answered"),
                                &house.here().matter("erased"), &house.there().matter("foreign")}) {
      const Ids ids = with_my_code(other->number);
      must_be_the_same(ask(speaker, request_for(door, ids), other->name), ids, of_nothing, none,
                       std::string(door.pattern) + ", " + other->name);
    }
    // Number and code of another county are a number that nobody has here.
    Ids ids = with_my_code(house.there().matter("foreign").number);
    ids.code = house.there().matter("foreign").code;
    ids.pass.clear();
    Ids no_pass = none;
    no_pass.pass.clear();
    must_be_the_same(ask(speaker, request_for(door, ids), "foreign"), ids,
                     ask(speaker, request_for(door, no_pass), "nothing"), no_pass,
                     std::string(door.pattern) + ", code and number of another county");
  };
  std::vector<std::thread> threads;
  for (const Door& door : doors()) threads.emplace_back([&] { try_door(door); });
  for (std::thread& thread : threads) thread.join();
}

// A step names units and other cases in its fields.
TEST_F(Swaps, OfAUnitOrAnotherCaseInTheFieldsOfAStep) {
  House& house = House::get();
  const std::string none = "0190aaaa-0000-7000-8000-00000000beef";
  int fields = 0;
  for (const cases::Edge& edge : cases::edges()) {
    for (const cases::Field& field : edge.fields) {
      const bool other_case = field.form == cases::Form::other_case;
      if (!other_case && field.form != cases::Form::unit) continue;
      ++fields;
      std::vector<std::string> values;
      if (other_case) {
        for (const char* name : {"held", "held_later", "hotline"})
          values.push_back(house.here().matter(name).id);
        values.push_back(house.there().matter("foreign").id);
      } else {
        values.push_back(house.there().unit("housing"));
      }
      for (const Person* person : askers()) {
        for (const char* state : {"new", "assigned"}) {
          const Matter& matter = house.here().matter(state);
          const auto step_with = [&](const std::string& value) {
            boost::json::object given;
            for (const cases::Field& each : edge.fields) {
              if (each.need != cases::Need::required && each.name != field.name) continue;
              const std::string choice(each.choices.substr(0, each.choices.find(' ')));
              given[std::string(each.name)] = each.name == field.name ? value
                                              : each.form == cases::Form::unit
                                                  ? house.here().unit("forestry")
                                              : each.form == cases::Form::choice ? choice
                                              : each.form == cases::Form::flag   ? "yes"
                                              : each.form == cases::Form::count  ? "1"
                                                                                 : "因为";
            }
            const std::int64_t seq = knows_of(person->name, state) ? matter.seq : 0;
            return Asked{
                http::Method::post,
                "/api/v1/cases/" + matter.id + "/steps/" + std::string(cases::name(edge.kind)),
                boost::json::serialize(
                    boost::json::object{{"fields", given}, {"expected_seq", seq}}),
                "application/json",
                {{"Idempotency-Key", to_hex(house.entropy().bytes<16>())}}};
          };
          const Told of_nothing = ask(*person, step_with(none), "nothing");
          for (const std::string& value : values) {
            Ids ids;
            ids.case_id = value;
            Ids nothing;
            nothing.case_id = none;
            must_be_the_same(ask(*person, step_with(value), "field"), ids, of_nothing, nothing,
                             std::string(person->name) + " " + std::string(cases::name(edge.kind)) +
                                 "." + std::string(field.name) + " = " + value);
          }
        }
      }
    }
  }
  EXPECT_GT(fields, 5);
}

// A cursor holds an id, and opens nothing: whoever changes it sees a part of their own queue.
TEST_F(Swaps, OfACaseInACursor) {
  House& house = House::get();
  std::vector<std::string> cursors = malformed();
  for (const Matter* matter : {&house.here().matter("held"), &house.here().matter("answered"),
                               &house.there().matter("foreign")}) {
    Bytes bytes(8, std::uint8_t{0});
    const auto id = cases::CaseId::parse(matter->id);
    bytes.insert(bytes.end(), id->bytes().begin(), id->bytes().end());
    cursors.push_back(to_base64url(bytes));
  }
  for (const Person* person : askers()) {
    for (const char* part : {"dispatch", "lead", "co", "call_back", "close", "asked", "review"}) {
      for (const std::string& cursor : cursors) {
        ask(*person,
            {http::Method::get,
             "/api/v1/queue?part=" + std::string(part) + "&cursor=" + cursor,
             {},
             {},
             {}},
            "cursor");
        ask(*person,
            {http::Method::get,
             "/office?part=" + std::string(part) + "&after=" + cursor,
             {},
             {},
             {}},
            "cursor");
      }
    }
  }
}

TEST_F(Swaps, OfTheNameOfAFile) {
  const Person& nobody = *askers().front();
  for (const std::string folder :
       {"/assets/", "/office/assets/", "/desk/assets/", "/report/files/"}) {
    for (const char* name : {"..%2f..%2fminhu.key", "..%2fminhu.db", "%2e%2e/%2e%2e/minhu.key",
                             "minhu.key", "%2fetc%2fpasswd", "a%00.css", "..%5c..%5cminhu.key"}) {
      const Told told = ask(nobody, {http::Method::get, folder + name, {}, {}, {}}, "file");
      EXPECT_GE(told.status, 400) << folder << name;
    }
  }
}

// Whatever the contract calls an id, in a query or anywhere in a body, lists too: a new operation
// is asked without a line of its own.
TEST_F(Swaps, OfWhateverTheContractCallsAnId) {
  House& house = House::get();
  const Contract contract;
  const std::string none = "0190aaaa-0000-7000-8000-00000000beef";
  for (const Operation& operation : contract.operations()) {
    for (const IdPlace& place : operation.ids) {
      for (const Person* person : askers()) {
        const Asked of_none =
            contract.request(operation, place, none, house.here().matter("answered").id);
        const Told of_nothing = ask(*person, of_none, "nothing");
        for (const std::string& value :
             {house.here().matter("held").id, house.there().matter("foreign").id,
              house.here().matter("held").attachments.front(),
              house.there().matter("foreign").attachments.front()}) {
          Ids ids;
          ids.case_id = value;
          Ids nothing;
          nothing.case_id = none;
          must_be_the_same(
              ask(*person,
                  contract.request(operation, place, value, house.here().matter("answered").id),
                  place.name),
              ids, of_nothing, nothing,
              std::string(person->name) + " " + operation.path + " " + place.name);
        }
        for (const std::string& wrong : malformed()) {
          ask(*person,
              contract.request(operation, place, wrong, house.here().matter("answered").id),
              "malformed");
        }
      }
    }
  }
}

}  // namespace
}  // namespace minhu::permission_matrix
