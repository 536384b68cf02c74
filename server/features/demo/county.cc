#include "features/places_and_units/county.h"

#include <array>

#include "features/demo/book.h"
#include "features/demo/demo.h"

namespace minhu::demo {

namespace {

namespace units = places_and_units;

void put_places(Transaction& transaction, const Book& book) {
  const std::string root = std::to_string(book.region.value);
  units::put_place(transaction, book.region, {root, "", book.county_name});
  for (const Town& town : book.towns) {
    units::put_place(transaction, book.region, {root + town.code, root, town.name});
  }
  for (const Village& village : book.villages) {
    units::put_place(
        transaction, book.region,
        {village.truth.code, root + book.towns[village.town].code, village.truth.name});
  }
}

void put_categories(Transaction& transaction, const Book& book) {
  for (const CategoryOfBook& category : book.categories) {
    const std::string named = "minhu:" + category.code;
    units::put_category(transaction, book.region,
                        {"minhu", category.code, category.parent, category.name});
    if (category.owner.empty()) continue;
    units::put_duty(transaction, book.region,
                    {named, unit_id(category.owner), "青溪县部门职责清单"});
    units::put_dispatch_rule(
        transaction, book.region,
        {"D-" + category.code, named, "", unit_id(category.owner), "青溪县派单目录"});
  }
  for (const auto& [code, words] : book.category_words) {
    for (const std::string& word : words) {
      units::put_category_word(transaction, book.region, "minhu:" + code, word);
    }
  }
}

// What no department must do goes to the town of the place; what has no place, to the windows.
void put_town_rules(Transaction& transaction, const Book& book) {
  for (const Town& town : book.towns) {
    units::put_dispatch_rule(transaction, book.region,
                             {"T-" + town.code, "", std::to_string(book.region.value) + town.code,
                              unit_id("town-" + town.code), "属地办理"});
  }
  units::put_dispatch_rule(transaction, book.region,
                           {"Z-00", "", "", unit_id("service"), "没有写明单位的事项"});
}

// Twelve characters that nobody mistakes for one another, in groups of four.
std::string new_password(Entropy& entropy) {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789x";  // 32
  std::string password;
  for (const std::uint8_t byte : entropy.bytes<12>()) {
    if (password.size() % 5 == 4) password += '-';
    password += letters[byte % letters.size()];
  }
  return password;
}

std::vector<accounts::Account> officials() {
  using accounts::Role;
  struct Post {
    std::string_view login;
    std::string_view title;
    Role role;
    std::string_view unit;
  };
  // The logins of the units that handle are made the way simulate.cc makes its actors.
  constexpr std::array posts{
      Post{"xinfang-jiedai", "信访局 接待岗", Role::clerk, "petition"},
      Post{"xinfang-paidan", "信访局 派单岗", Role::dispatcher, "petition"},
      Post{"xinfang-huifang", "信访局 回访岗", Role::caller, "petition"},
      Post{"rexian-jiexian", "热线中心 接线岗", Role::clerk, "hotline"},
      Post{"rexian-paidan", "热线中心 派单岗", Role::dispatcher, "hotline"},
      Post{"rexian-huifang", "热线中心 回访岗", Role::caller, "hotline"},
      Post{"housing-banli", "住建局 经办岗", Role::handler, "housing"},
      Post{"housing-fuze", "住建局 负责人", Role::unit_head, "housing"},
      Post{"water-banli", "水利局 经办岗", Role::handler, "water"},
      Post{"town-103-banli", "竹源镇 经办岗", Role::handler, "town-103"},
      Post{"town-103-fuze", "竹源镇 负责人", Role::unit_head, "town-103"},
      Post{"government-banli", "县政府 复查岗", Role::handler, "government"},
      // A recheck goes above the county.
      // office.
      Post{"city-fuhe", "市里 复核岗", Role::handler, "city-review"},
      Post{"xian-lingdao", "县领导", Role::leader, "government"},
      Post{"ducha", "政务督查室", Role::supervisor, "inspection"},
      Post{"shencha", "审查员", Role::auditor, "inspection"},
      Post{"xitong-guanli", "系统管理员", Role::system_admin, "service"},
      Post{"anquan-guanli", "安全管理员", Role::security_admin, "service"},
      Post{"shenji-guanli", "审计管理员", Role::audit_admin, "service"},
  };
  std::vector<accounts::Account> all;
  for (const Post& post : posts) {
    accounts::Account account;
    account.id = account_id(post.login);
    account.login = post.login;
    account.display_name = post.title;
    account.principal = {post.role, unit_id(post.unit), account.id};
    all.push_back(std::move(account));
  }
  return all;
}

}  // namespace

Outcome build_county(Database& database) {
  const Book book = read_book();
  return database.write_job([&](Transaction& transaction) -> Outcome {
    put_places(transaction, book);
    for (const Office& office : book.offices) {
      units::put_unit(transaction, book.region, office.unit);
    }
    put_categories(transaction, book);
    put_town_rules(transaction, book);
    units::put_county_profile(
        transaction, {book.region, book.county_name, book.organiser, book.phone,
                      book.petition_office, book.hotline_body, "petition", units::Profile::demo});
    return {};
  });
}

cases::County county(deadlines::RuleBook rules) {
  const Book book = read_book();
  cases::County county;
  county.region = book.region;
  county.name = book.county_name;
  county.petition_office = unit_id(book.petition_office);
  county.hotline_body = unit_id(book.hotline_body);
  county.rules = std::move(rules);
  return county;
}

Outcome put_officials(Database& database, Instant now) {
  const Book book = read_book();
  return database.write_job([&](Transaction& transaction) -> Outcome {
    for (const accounts::Account& official : officials()) {
      const auto made = accounts::create_account(transaction, book.region, official, "", now);
      const bool there = !made && made.error().key == "accounts.login_taken";
      if (!made && !there) return tl::unexpected<Fault>(made.error());
    }
    return {};
  });
}

std::vector<accounts::DemoLogin> demo_logins(Entropy& entropy) {
  std::vector<accounts::DemoLogin> logins;
  for (accounts::Account& official : officials()) {
    logins.push_back({std::move(official), new_password(entropy)});
  }
  return logins;
}

}  // namespace minhu::demo
