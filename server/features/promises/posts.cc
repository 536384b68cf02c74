#include "features/promises/posts.h"

#include "features/accounts/accounts.h"
#include "features/accounts/permissions.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/fields.h"

namespace minhu::promises {

namespace {

constexpr std::size_t longest_title = 60;

std::string name_of_holder(Reading& reading, RegionId region, accounts::AccountId id) {
  const auto account = accounts::find_account(reading, region, id);
  return account ? account->display_name : std::string();
}

#define MINHU_POSTS                                                                           \
  "SELECT p.post_id, p.unit_id, p.title, h.account_id, h.since FROM office_post p "           \
  "JOIN post_holder h ON h.region_id = p.region_id AND h.post_id = p.post_id AND h.until IS " \
  "NULL WHERE p.region_id = ?1 "

Post post_row(const Row& row) {
  return {row.id<PostId>(0),
          row.id<UnitId>(1),
          std::string(row.text(2)),
          row.id<accounts::AccountId>(3),
          {},
          row.instant(4)};
}

void insert_holder(Transaction& transaction, RegionId region, PostId post, std::int64_t seq,
                   accounts::AccountId holder, RelayId relay, Instant now) {
  transaction.execute(
      "INSERT INTO post_holder(region_id, post_id, seq, account_id, since, until, relay_id) "
      "VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6)",
      {param(region), param(post), seq, param(holder), param(now), param(relay)});
}

}  // namespace

Result<Post> make_post(Transaction& transaction, const cases::Context& context, UnitId unit,
                       std::string_view title, accounts::AccountId holder) {
  const RegionId region = context.county.region;
  if (!accounts::decide(context.actor, "units:manage").allowed) {
    return fail(FaultCode::not_allowed, "promises.not_allowed");
  }
  Post post;
  MINHU_TRY(post.title, public_words(title, "title", longest_title));
  const auto found = places_and_units::find_unit(transaction, region, unit);
  if (!found || !found->active) return at_fault("promises.no_such_unit", "unit");
  const auto account = accounts::find_account(transaction, region, holder);
  if (!account || !accounts::decide(account->principal, "relay:sign").allowed) {
    return at_fault("promises.no_such_account", "holder");
  }
  post.id = context.entropy.id<PostId>(context.now);
  post.unit = unit;
  post.holder = holder;
  post.holder_name = account->display_name;
  post.held_since = context.now;
  const auto kept = transaction.try_execute(
      "INSERT INTO office_post(region_id, post_id, unit_id, title) VALUES (?1, ?2, ?3, ?4)",
      {param(region), param(post.id), param(unit), std::string_view(post.title)});
  if (!kept) return fail(FaultCode::conflict, "promises.post_there_already", "title");
  insert_holder(transaction, region, post.id, 0, holder, RelayId(), context.now);
  return post;
}

std::optional<Post> find_post(Reading& reading, RegionId region, PostId id) {
  auto post = reading.first(MINHU_POSTS "AND p.post_id = ?2", {param(region), param(id)}, post_row);
  if (post) post->holder_name = name_of_holder(reading, region, post->holder);
  return post;
}

std::vector<Post> all_posts(Reading& reading, RegionId region) {
  auto posts = reading.all(MINHU_POSTS "ORDER BY p.title, p.post_id", {param(region)}, post_row);
  for (Post& post : posts) post.holder_name = name_of_holder(reading, region, post.holder);
  return posts;
}

void change_holder(Transaction& transaction, RegionId region, PostId post,
                   accounts::AccountId holder, RelayId relay, Instant now) {
  const auto last = transaction.first(
      "SELECT seq FROM post_holder WHERE region_id = ?1 AND post_id = ?2 AND until IS NULL",
      {param(region), param(post)}, [](const Row& row) { return row.integer(0); });
  if (!last) throw StorageFailure("a post without a holder");
  transaction.execute(
      "UPDATE post_holder SET until = ?4 WHERE region_id = ?1 AND post_id = ?2 AND seq = ?3",
      {param(region), param(post), *last, param(now)});
  insert_holder(transaction, region, post, *last + 1, holder, relay, now);
}

std::vector<Holding> all_holdings(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT post_id, seq, account_id, since, until, relay_id FROM post_holder "
      "WHERE region_id = ?1 ORDER BY post_id, seq",
      {param(region)}, [](const Row& row) {
        return Holding{row.id<PostId>(0), row.integer(1),       row.id<accounts::AccountId>(2),
                       row.instant(3),    row.maybe_instant(4), row.id<RelayId>(5)};
      });
}

}  // namespace minhu::promises
