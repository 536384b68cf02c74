// For tests: every answer that the contract names for a name that two persons see together.
#pragma once

#include "adapters/web_api/test_accounts.h"

namespace minhu::web_api {

class NamesWorld : public AccountsWorld {
 protected:
  void see_names();
};

inline void NamesWorld::see_names() {
  const std::string words = R"({"text":"路灯不亮","identity_level":"named",
    "contact":{"name":"张三","phone":"13800000021","way":"sms"}})";
  const Held held = hold(post("/api/v1/cases", words, {{"idempotency-key", new_key()}}));
  must_step(held, "dispatcher", "transferred", {{"unit", housing_.text()}, {"reason", "职责"}});
  const std::string names = held.office("/names");
  const std::string reason = R"({"reason":"要当面核实"})";
  const auto ask = [&](const std::string& login, const std::string& body) {
    return post(names, body, {}, login);
  };
  const auto of = [&](std::int64_t request, const char* rest) {
    return names + "/" + std::to_string(request) + rest;
  };
  const auto decide = [&](std::int64_t request, const std::string& login, const char* body) {
    return post(of(request, "/decision"), body, {}, login);
  };
  const auto look = [&](std::int64_t request, const std::string& login) {
    return post(of(request, "/look"), {}, {}, login);
  };
  EXPECT_EQ(told(ask("handler", R"({"reason":" "})")), "400 seal.reason_missing reason");
  EXPECT_EQ(ask("", reason).status, 401);
  EXPECT_EQ(ask("caller", reason).status, 403);
  EXPECT_EQ(ask("water", reason).status, 404);
  const Held nobody = say();
  EXPECT_EQ(told(post(nobody.office("/names"), reason, {}, "dispatcher")), "409 seal.no_name_kept");
  const auto asked = ask("handler", reason);
  ASSERT_EQ(asked.status, 200) << asked.body;
  const std::int64_t request = json_of(asked).at("request").as_int64();

  const auto agreements = [&](const std::string& login) {
    return get("/api/v1/agreements", {}, login);
  };
  const auto waiting = json_of(agreements("dispatcher")).at("requests").as_array();
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].at("reason").as_string(), "要当面核实");
  EXPECT_FALSE(waiting[0].at("mine").as_bool());
  EXPECT_EQ(agreements("").status, 401);
  EXPECT_EQ(agreements("handler").status, 403);

  EXPECT_EQ(told(look(request, "handler")), "409 seal.not_granted");
  EXPECT_EQ(decide(request, "dispatcher", R"({"yes":true})").status, 400);
  EXPECT_EQ(decide(request, "", R"({"agreed":true})").status, 401);
  EXPECT_EQ(decide(request, "handler", R"({"agreed":true})").status, 403);
  EXPECT_EQ(post("/api/v1/cases/" + nobody.number + "/names/1/decision", R"({"agreed":true})", {},
                 "dispatcher")
                .status,
            404);
  EXPECT_EQ(decide(request, "dispatcher", R"({"agreed":true})").status, 200);
  EXPECT_EQ(told(decide(request, "dispatcher", R"({"agreed":true})")), "409 seal.not_asked");

  EXPECT_EQ(look(request, "").status, 401);
  EXPECT_EQ(look(request, "caller").status, 403);
  EXPECT_EQ(look(request, "water").status, 404);
  const auto seen = look(request, "handler");
  EXPECT_EQ(text_of(seen, "name"), "张三");
  EXPECT_EQ(look(request, "handler").status, 409);

  // One's own request, and one that is refused.
  const auto own = ask("dispatcher", reason);
  const std::int64_t second = json_of(own).at("request").as_int64();
  EXPECT_TRUE(json_of(agreements("dispatcher")).at("requests").at(0).at("mine").as_bool());
  EXPECT_EQ(told(decide(second, "dispatcher", R"({"agreed":true})")), "409 seal.same_person");
  EXPECT_EQ(decide(second, "other_dispatcher", R"({"agreed":false})").status, 200);

  EXPECT_TRUE(json_of(agreements("dispatcher")).at("requests").as_array().empty());
  const auto all = get(names, {}, "dispatcher");
  const auto requests = json_of(all).at("requests").as_array();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].at("state").as_string(), "used");
  EXPECT_EQ(requests[1].at("state").as_string(), "refused");
  EXPECT_EQ(all.body.find("张三"), std::string::npos);
  EXPECT_EQ(get(names).status, 401);
  EXPECT_EQ(get(names, {}, "system_admin").status, 403);
  EXPECT_EQ(get(names, {}, "water").status, 404);
  // The speaker reads every step of it.
  const auto shown = get(held.path(), held.with());
  for (const char* kind : {"name_asked_for", "name_granted", "name_refused", "identity_revealed"}) {
    EXPECT_NE(shown.body.find(kind), std::string::npos) << kind;
  }
}

}  // namespace minhu::web_api
