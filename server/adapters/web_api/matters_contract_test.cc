// Every answer that the contract names for reading what people say and for the models behind it.
#include "adapters/web_api/test_api.h"
#include "adapters/web_api/test_desk_answers.h"

namespace minhu::web_api {
namespace {

using boost::json::object;
using boost::json::serialize;

class TheMatters : public AnswersOfOneTest<ApiWorld> {
 protected:
  Held says(const std::string& text) {
    return hold(post("/api/v1/cases", serialize(object{{"text", text}, {"place", "339901101"}})));
  }
  void sort_as(const Held& held, const char* category) {
    must_step(held, "dispatcher", "triaged", {{"category", category}});
  }
  http::Response remove(const std::string& path, const std::string& login = {}) {
    return send({Method::delete_, path, {}, {}, {}, login, {}});
  }
  static std::string of(const Held& held, const std::string& rest) {
    return "/api/v1/cases/" + held.id + rest;
  }
};

constexpr const char* pipe = "村口的污水管破了，县水利局不作为，污水流了一地。";

TEST_F(TheMatters, ReadsWordsWhileTheyAreTakenIn) {
  says(pipe);
  for (int i = 0; i < 12; ++i) {
    says("第" + std::to_string(i) + "路公交车总是晚点，等了四十分钟。");
    says("村里" + std::to_string(i) + "组的路灯坏了，晚上看不见路。");
  }
  matters_.catch_up();
  const std::string read = "/api/v1/matters/read";
  const auto answer = post(read, serialize(object{{"text", pipe}}), {}, "clerk");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const object told = json_of(answer);
  EXPECT_EQ(told.at("ready"), 100);
  ASSERT_FALSE(told.at("similar").as_array().empty());
  EXPECT_EQ(told.at("similar").at(0).at("same_text"), true);
  ASSERT_FALSE(told.at("complained_of").as_array().empty());
  EXPECT_EQ(told.at("complained_of").at(0).at("unit").at("id"), boost::json::value(water_.text()));
  EXPECT_EQ(post(read, "{}", {}, "clerk").status, 400);
  EXPECT_EQ(post(read, serialize(object{{"text", pipe}, {"who", "x"}}), {}, "clerk").status, 400);
  EXPECT_EQ(post(read, serialize(object{{"text", pipe}})).status, 401);
  EXPECT_EQ(post(read, serialize(object{{"text", pipe}}), {}, "handler").status, 403);
}

TEST_F(TheMatters, ReadsACaseThatWaitsToBeSortedAndLeavesItOut) {
  const Held held = says(pipe);
  const auto answer = get(of(held, "/reading"), {}, "dispatcher");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(json_of(answer).at("similar").as_array().empty());
  EXPECT_FALSE(json_of(answer).at("complained_of").as_array().empty());
  EXPECT_EQ(get(of(held, "/reading")).status, 401);
  EXPECT_EQ(get(of(held, "/reading"), {}, "handler").status, 403);
  EXPECT_EQ(get("/api/v1/cases/x/reading", {}, "dispatcher").status, 404);

  const std::string left_out = of(held, "/not_learnt");
  for (int twice = 0; twice < 2; ++twice) {
    EXPECT_EQ(put(left_out, "", "dispatcher").status, 204);
  }
  for (int twice = 0; twice < 2; ++twice) EXPECT_EQ(remove(left_out, "dispatcher").status, 204);
  EXPECT_EQ(put(left_out, "", "").status, 401);
  EXPECT_EQ(put(left_out, "", "handler").status, 403);
  EXPECT_EQ(put("/api/v1/cases/x/not_learnt", "", "dispatcher").status, 404);
  EXPECT_EQ(remove(left_out).status, 401);
  EXPECT_EQ(remove(left_out, "handler").status, 403);
  EXPECT_EQ(remove("/api/v1/cases/x/not_learnt", "dispatcher").status, 404);
}

TEST_F(TheMatters, MakesAModelAndUsesItWhenSomebodySaysSo) {
  const std::string models = "/api/v1/admin/models";
  EXPECT_EQ(told(post(models, "{}", {}, "system_admin")), "409 matters.too_few_sorted");
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    sort_as(says("村口" + n + "号污水管破了，污水流到" + n + "组的田里。"), "minhu:02");
    sort_as(says("第" + n + "单元的电梯坏了" + n + "天，老人上不了楼。"), "minhu:01");
  }
  EXPECT_EQ(json_of(get(models, {}, "system_admin")).at("cases"), 24);
  const auto made = post(models, "{}", {}, "system_admin");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(json_of(made).at("state"), "candidate");
  const std::string version(json_of(made).at("version").as_string());
  EXPECT_EQ(post(models, "{}").status, 401);
  EXPECT_EQ(post(models, "{}", {}, "dispatcher").status, 403);
  EXPECT_EQ(get(models).status, 401);
  EXPECT_EQ(get(models, {}, "dispatcher").status, 403);

  const std::string use = models + "/" + version + "/use";
  EXPECT_EQ(post(use, "{}").status, 401);
  EXPECT_EQ(post(use, "{}", {}, "dispatcher").status, 403);
  EXPECT_EQ(told(post(models + "/00/use", "{}", {}, "system_admin")), "404 matters.no_such_model");
  EXPECT_EQ(json_of(post(use, "{}", {}, "system_admin")).at("state"), "in_use");
  EXPECT_EQ(json_of(get(models, {}, "system_admin")).at("models").at(0).at("state"), "in_use");
  matters_.catch_up();
  const auto read = json_of(post("/api/v1/matters/read",
                                 serialize(object{{"text", "小区的污水管又破了。"}}), {}, "clerk"));
  EXPECT_EQ(read.at("model"), boost::json::value(version));
  EXPECT_EQ(read.at("categories").at(0).at("code"), "minhu:02");
  // Who put it to use stands in the log of settings.
  const auto log = json_of(get("/api/v1/settings_log", {}, "audit_admin"));
  EXPECT_EQ(log.at("lines").at(0).at("subject"), "model");
}

}  // namespace
}  // namespace minhu::web_api
