#include <algorithm>

#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/knowledge/knowledge.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"
#include "kernel/toml.h"
#include "minhu_demo_data.h"

namespace minhu::demo {

namespace {

constexpr std::int64_t day_ms = 24 * 3'600'000;

std::string text(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

// The same article each time: its token comes from its title.
cases::ClientToken token_of(std::string_view title) {
  const Digest digest = sha256(as_bytes(title));
  cases::ClientToken token{};
  std::copy_n(digest.begin(), token.size(), token.begin());
  return token;
}

}  // namespace

Outcome put_articles(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Instant now) {
  const toml::table file = toml::parse(find_embedded(embedded::demo_data(), "articles.toml"));
  const auto* articles = file["article"].as_array();
  MINHU_ASSERT(articles != nullptr);
  return database.write_job([&](Transaction& transaction) -> Outcome {
    for (const auto& one : *articles) {
      const toml::table& table = *one.as_table();
      const UnitId owner = unit_id(text(table, "owner"));
      // Written some time ago by its owner, so that a review can be overdue today.
      const Instant written{now.unix_ms -
                            table["written_days_ago"].value_or<std::int64_t>(0) * day_ms};
      const cases::Context context{
          county, keyring, entropy, written, {accounts::Role::unit_head, owner, {}}};
      knowledge::ArticleText article{
          text(table, "title"),
          text(table, "body"),
          text(table, "questions"),
          "minhu:" + text(table, "category"),
          owner,
          to_date(written, county.rules.zone) +
              std::chrono::days(table["review_after_days"].value_or(365)),
          text(table, "source"),
          true};
      MINHU_TRY(const auto kept,
                knowledge::write_article(transaction, context, token_of(article.title), article));
    }
    return {};
  });
}

}  // namespace minhu::demo
