#include "features/promises/holders.h"

#include <set>

#include "features/promises/test_promises.h"

namespace minhu::promises {
namespace {

class Holders : public PromisesWorld {
 protected:
  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const PossibleHolder& one : database_->read(
             [&](Reading& reading) { return possible_holders(reading, county_.region); })) {
      all.push_back(one.name);
    }
    return all;
  }
};

TEST_F(Holders, AreLeadersAlsoWhereTheySitInNoUnit) {
  const AccountId deputy = account("zhou", "周海", Role::leader, {});
  account("water", "胡局长", Role::unit_head, water_);
  account("watch", "督查室", Role::supervisor, {});
  const auto all = names();
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()),
            (std::set<std::string>{"周海", "林秀英", "沈国平", "胡局长"}));
  EXPECT_EQ(all.front(), "周海");
  const auto post = database_->write([&](Transaction& t) {
    return make_post(t, by(Role::system_admin, {}, admin_), government_, "副县长", deputy);
  });
  ASSERT_TRUE(post) << post.error().key;
  EXPECT_EQ(post->holder_name, "周海");
}

}  // namespace
}  // namespace minhu::promises
