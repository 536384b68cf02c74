// What the contract must never offer: a way to somebody who spoke up.
#include <functional>
#include <regex>

#include "adapters/web_api/test_api.h"

namespace minhu::web_api {
namespace {

class WhatTheContractOffers : public ApiWorld {};

// No endpoint is keyed by a person across cases, and nothing that is answered carries who somebody
// is (INV-04, INV-13, INV-20).
TEST_F(WhatTheContractOffers, HasNoWayToAskForAPersonAcrossCases) {
  const std::set<std::string> keys{
      "number", "id", "content", "kind", "part", "cursor", "limit", "search", "scheme", "category",
      // filters of a queue, and things of the desk
      "place", "due", "state", "track", "channel", "returned", "reopened", "redo", "urged",
      "joint_conference", "view", "after", "tab", "text", "unit", "rule",
      // offices and times of figures; what is watched, by office and month
      "period", "year", "list", "month",
      // classes of matters, whose step it is, months, the line of one case
      "class", "mine", "from", "to", "case",
      // a model of categories; a request inside one case, a step of it
      "version", "request", "step",
      // tablets of receptions, what one has sent
      "device", "session", "since",
      // reports of wrongdoing; visits of leaders, their queue, days in villages
      "report", "file", "visit", "group", "calendar", "investigation",
      // what was promised by a post, and a line of its handing over
      "promise", "post", "open", "overdue", "relay", "item"};
  const auto check = [&](const boost::json::value& parameters, const std::string& path) {
    for (const auto& each : parameters.as_array()) {
      const auto& parameter = contract_.resolved(each).as_object();
      if (parameter.at("in") == "header") continue;
      const std::string name(parameter.at("name").as_string());
      EXPECT_TRUE(keys.contains(name)) << path << " is keyed by " << name;
    }
  };
  const std::regex people(
      "person|people|citizen|petitioner|reporter|speaker|contact|phone|name|"
      "account|official|user");
  for (const auto& path : contract_.document().at("paths").as_object()) {
    const std::string name(path.key());
    // The one number that can be opened is opened inside one case, and corrected by whose it is.
    // Accounts of officials are administered; they are not people who speak.
    const bool of_the_house = name.starts_with("/api/v1/account");
    // … or the name, by two persons; or what a group left with its booking, inside that visit.
    const bool inside_one_case = name == "/api/v1/cases/{id}/phone" ||
                                 name.starts_with("/api/v1/cases/{id}/names") ||
                                 name.starts_with("/api/v1/accusations/{report}/name") ||
                                 name == "/api/v1/receipts/{number}/contact" ||
                                 name == "/api/v1/visits/{visit}/groups/{group}/contact";
    EXPECT_TRUE(of_the_house || inside_one_case || !std::regex_search(name, people)) << name;
    for (const auto& member : path.value().as_object()) {
      if (!of_the_house || member.key() == "parameters") continue;
      const auto& permission = member.value().as_object().at("x-permission").as_string();
      EXPECT_TRUE(permission == "accounts:manage" || permission == "audit:read") << name;
    }
    for (const auto& member : path.value().as_object()) {
      const boost::json::value* parameters =
          member.key() == "parameters" ? &member.value()
                                       : member.value().as_object().if_contains("parameters");
      if (parameters != nullptr) check(*parameters, name);
    }
  }
  // Nothing that is answered refers to a contact.
  std::function<bool(const boost::json::value&)> mentions = [&](const boost::json::value& value) {
    if (value.is_array()) {
      return std::any_of(value.as_array().begin(), value.as_array().end(), mentions);
    }
    if (!value.is_object()) return false;
    const auto& object = value.as_object();
    if (const auto* reference = object.if_contains("$ref")) {
      return reference->as_string().ends_with("/Contact") || mentions(contract_.resolved(value));
    }
    if (const auto* properties = object.if_contains("properties")) {
      for (const char* personal : {"contact", "address", "speaker", "account", "login_of"}) {
        if (properties->as_object().contains(personal)) return true;
      }
    }
    return std::any_of(object.begin(), object.end(),
                       [&](const auto& member) { return mentions(member.value()); });
  };
  for (const std::string& name : contract_.operations()) {
    // The address of a page to sign in at; what speakers take away of what they left themselves.
    if (name == "get /api/v1/session/ways" || name == "get /api/v1/receipts/{number}/copy")
      continue;
    // The two doors that are there for it: inside one case, with a reason the speaker reads.
    if (name == "post /api/v1/cases/{id}/names/{request}/look" ||
        name == "post /api/v1/accusations/{report}/name") {
      continue;
    }
    EXPECT_FALSE(mentions(contract_.operation(name).at("responses"))) << name;
  }
}

}  // namespace
}  // namespace minhu::web_api
