// For tests: the routes of /api/v1 over a real database, with an official for every role, and the
// contract looking over every answer.
#pragma once

#include <gtest/gtest.h>

#include "adapters/web_api/test_contract.h"
#include "adapters/web_api/web_api.h"
#include "features/cases/test_world.h"
#include "features/matters/matters.h"

namespace minhu::web_api {

catalogue::Catalogues all_sentences();

class ApiWorld : public cases::World {
 protected:
  using Method = http::Method;
  using Headers = std::map<std::string, std::string, std::less<>>;

  ApiWorld();
  ~ApiWorld() override;

  static std::vector<accounts::DemoLogin> officials(UnitId office, UnitId housing, UnitId water,
                                                    UnitId town);

  struct Sent {
    Method method = Method::get;
    std::string path;
    Headers headers;
    std::string body;
    std::vector<std::pair<std::string, std::string>> query;
    std::string login;  // of an official who signs in for this request
    std::vector<http::Part> parts;
    std::string session = {};                         // the token of one that is there
    std::map<std::string, std::string> cookies = {};  // that come along
  };

  // Finds the route as the server does, calls it, and holds the answer against the contract.
  http::Response send(Sent sent);

  // For requests that keep something: with a new key, unless one is given.
  http::Response post(const std::string& path, const std::string& body, Headers headers = {},
                      const std::string& login = {});
  http::Response get(const std::string& path, Headers headers = {}, const std::string& login = {},
                     std::vector<std::pair<std::string, std::string>> query = {});

  static boost::json::object json_of(const http::Response& response);
  static std::string text_of(const http::Response& response, const char* member);
  // "201", or "400 api.unknown_field text".
  static std::string told(const http::Response& response);

  std::string new_key();

  http::Response put(const std::string& path, const std::string& body, const std::string& login);

  struct Held {
    std::string number;
    std::string code;
    std::string id;
    std::string path(const std::string& rest = {}) const {
      return "/api/v1/receipts/" + number + rest;
    }
    std::string office(const std::string& rest = {}) const { return "/api/v1/cases/" + id + rest; }
    Headers with() const { return {{"x-query-code", code}}; }
  };
  Held hold(const http::Response& response);
  Held say(const std::string& text = "村口的污水管破了，味道很大。");
  http::Response step(const Held& held, const std::string& login, const std::string& kind,
                      const boost::json::object& fields = {});
  void must_step(const Held& held, const std::string& login, const std::string& kind,
                 const boost::json::object& fields = {});
  http::Response own_step(const Held& held, const std::string& kind,
                          const boost::json::object& fields = {});
  static boost::json::object written_opinion(const char* outcome);
  static boost::json::object review_opinion();
  void answer_case(const Held& held, UnitId unit, const std::string& login,
                   const char* outcome = "supported");

  std::string operation_of(const http::Route& route) const;
  const http::Route* route_of(http::Request& request) const;
  static bool fits(std::string_view pattern, std::string_view path,
                   std::vector<std::string>& captures);

  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  catalogue::Catalogues sentences_;
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  accounts::Sessions sessions_;
  accounts::Gate gate_{sessions_, clock_};
  accounts::Guesses guesses_;
  accusations::Ground accusations_{installation_, hasher_};
  TakeUpload take_upload_;
  WriteWorkbook write_workbook_;
  Proofs proofs_;
  matters::Matters matters_{installation_};
  accounts::ProviderNames provider_names_{{"zh-CN", "统一登录"}, {"en", "the county's sign-in"}};
  std::vector<http::Route> routes_;
  Contract contract_;
  std::set<std::string> answered_;
  int keys_ = 0;
};

}  // namespace minhu::web_api
