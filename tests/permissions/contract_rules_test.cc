// R5: nothing is keyed by a person across cases, read from api/openapi.yaml.
#include <gtest/gtest.h>

#include <algorithm>

#include "contract.h"
#include "expectations.h"
#include "features/accounts/permissions.h"

namespace minhu::permission_matrix {
namespace {

// Words that name a person, or lead to one, as a part of a name ("speaker_phone", "byAccount").
constexpr std::string_view of_a_person[] = {
    "phone",  "name",     "idcard",  "id_card", "id_number", "email",       "mail",     "account",
    "person", "speaker",  "contact", "address", "reporter",  "complainant", "resident", "citizen",
    "login",  "official", "handler", "staff",   "employee",  "user"};

struct Exception {
  std::string_view operation;  // "POST /api/v1/cases"; a '*' at its end stands for the rest
  std::string_view names;      // the names, as they stand there
  std::string_view why;
};
constexpr Exception exceptions[] = {
    {"POST /api/v1/cases", "contact contact.name contact.phone contact.address",
     "what a speaker leaves of themselves, sealed"},
    {"POST /api/v1/office/cases", "contact contact.name contact.phone contact.address",
     "the same, written down by a clerk"},
    {"POST /api/v1/accounts", "login display_name", "a new account of an official"},
    {"POST /api/v1/invitation/accept", "login display_name",
     "one's own account, from an invitation"},
    {"POST /api/v1/admin/units", "name phone", "of an office"},
    {"PUT /api/v1/admin/units/{id}", "name phone", "of an office"},
    {"PUT /api/v1/admin/categories/{category}", "name", "of a kind of matter"},
    {"POST /api/v1/session", "login", "signing in: one's own account"},
    {"POST /api/v1/visits", "leader.name", "a leader in office, who is announced by name and post"},
    {"POST /api/v1/visits/{visit}/groups", "name phone",
     "what a group leaves with its booking, sealed and destroyed after the day"},
    {"POST /api/v1/receptions/{device}/sessions", "name phone address named officials",
     "what a speaker leaves of themselves at a reception, sealed; who of the house was present"},
    {"POST /api/v1/receptions/{device}/beside", "name phone address named officials",
     "the same, to lay two versions beside each other"},
    // Registers of those who work here: nobody could be kept from what is said of them without.
    {"POST /api/v1/own/interests", "person", "a colleague whom an official says to be close to"},
    {"POST /api/v1/interests", "official person", "the same, written down by a supervisor"},
    {"POST /api/v1/leaders", "official", "who leads a unit"},
};

bool names_a_person(std::string_view name) {
  std::string last(
      name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1));
  std::transform(last.begin(), last.end(), last.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return std::any_of(std::begin(of_a_person), std::end(of_a_person),
                     [&](std::string_view word) { return last.find(word) != std::string::npos; });
}

bool is_excepted(const std::string& operation, const std::string& name) {
  return std::any_of(std::begin(exceptions), std::end(exceptions), [&](const Exception& each) {
    const bool all = each.operation.ends_with("*");
    const bool fits =
        all ? operation.starts_with(each.operation.substr(0, each.operation.size() - 1))
            : operation == each.operation;
    return fits && (each.names == "*" || split(each.names).contains(name));
  });
}

std::string called(const Operation& operation) {
  return std::string(name_of(operation.method)) + " " + operation.path;
}

// Every name that a request may have: of its path, its query, its headers and its body.
std::vector<std::string> names_taken(const Contract& contract, const Operation& operation) {
  std::vector<std::string> names;
  const auto& path = contract.document().at("paths").at(operation.path).as_object();
  const auto read = [&](const boost::json::object& from) {
    const auto* parameters = from.if_contains("parameters");
    if (parameters == nullptr) return;
    for (const auto& each : parameters->as_array())
      names.emplace_back(contract.resolved(each).at("name").as_string());
  };
  read(path);
  std::string method(name_of(operation.method));
  for (char& c : method) c = static_cast<char>(c + 32);
  read(path.at(method).as_object());
  std::vector<std::pair<std::string, const boost::json::value*>> found;
  if (!operation.body.is_null()) contract.properties(operation.body, "", 0, found);
  for (const auto& [name, schema] : found) names.push_back(name);
  return names;
}

TEST(NobodyIsAKey, NoRequestIsKeyedByAPersonAcrossCases) {
  const Contract contract;
  EXPECT_GT(contract.operations().size(), 25U);
  for (const Operation& operation : contract.operations()) {
    for (const std::string& name : names_taken(contract, operation)) {
      EXPECT_TRUE(!names_a_person(name) || is_excepted(called(operation), name))
          << called(operation) << " takes \"" << name
          << "\": nothing is asked for by a person (R5). "
          << "If it is none, name it otherwise, or say why in contract_rules_test.cc";
    }
  }
}

TEST(NobodyIsAKey, NoAnswerThatListsCasesSaysWhoSpoke) {
  const Contract contract;
  constexpr std::string_view of_a_speaker[] = {"phone",   "contact", "address",  "email",
                                               "id_card", "speaker", "reporter", "complainant",
                                               "login",   "account"};
  int lists = 0;
  for (const Operation& operation : contract.operations()) {
    std::string method(name_of(operation.method));
    for (char& c : method) c = static_cast<char>(c + 32);
    for (const auto& answer : contract.document()
                                  .at("paths")
                                  .at(operation.path)
                                  .at(method)
                                  .at("responses")
                                  .as_object()) {
      const auto& resolved = contract.resolved(answer.value());
      const auto* content = resolved.as_object().if_contains("content");
      const auto* shape =
          content == nullptr ? nullptr : content->as_object().if_contains("application/json");
      if (shape == nullptr) continue;
      std::vector<std::pair<std::string, const boost::json::value*>> found;
      contract.properties(shape->at("schema"), "", 0, found);
      // A list of cases: its lines have the number of a receipt or the state of a case.
      std::set<std::string> rows;
      for (const auto& [name, schema] : found) {
        if (name.ends_with("[].number") || name.ends_with("[].headline") ||
            name.ends_with("[].case_id"))
          rows.insert(name.substr(0, name.rfind("[].")));
      }
      lists += static_cast<int>(rows.size());
      for (const std::string& row : rows) {
        for (const auto& [name, schema] : found) {
          if (!name.starts_with(row + "[].")) continue;
          // Whether a group left anything, of which the row tells nothing.
          if (name == "groups[].has_contact") continue;
          for (const std::string_view word : of_a_speaker) {
            EXPECT_EQ(name.substr(row.size()).find(word), std::string::npos)
                << called(operation) << " lists cases with " << name;
          }
        }
      }
    }
  }
  EXPECT_GE(lists, 1);
}

TEST(NobodyIsAKey, EveryExceptionIsNeeded) {
  const Contract contract;
  for (const Exception& each : exceptions) {
    bool used = false;
    for (const Operation& operation : contract.operations()) {
      const auto names = names_taken(contract, operation);
      used = used || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
               return names_a_person(name) && is_excepted(called(operation), name);
             });
    }
    EXPECT_TRUE(used) << each.operation;
    EXPECT_FALSE(each.why.empty());
  }
}

TEST(ThePermissionOfEachOperation, IsThatOfItsRoute) {
  const Contract contract;
  for (const Operation& operation : contract.operations()) {
    const auto& routes = House::get().routes();
    const auto route = std::find_if(routes.begin(), routes.end(), [&](const http::Route& each) {
      return each.method == operation.method && each.pattern == operation.path;
    });
    ASSERT_NE(route, routes.end()) << called(operation);
    EXPECT_EQ(route->permission, operation.permission) << called(operation);
    EXPECT_TRUE(accounts::is_permission(route->permission)) << called(operation);
  }
}

}  // namespace
}  // namespace minhu::permission_matrix
