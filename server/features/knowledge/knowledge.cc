#include "features/knowledge/knowledge.h"

#include <algorithm>

#include "features/accounts/permissions.h"
#include "features/cases/receipt_number.h"
#include "features/knowledge/search.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::knowledge {

namespace {

namespace units = places_and_units;

constexpr std::chrono::days soon{14};

tl::unexpected<Fault> no_such_article() {
  return fail(FaultCode::not_found, "knowledge.no_such_article");
}

Date today(const cases::Context& context) {
  return to_date(context.now, context.county.rules.zone);
}

Outcome clean(std::string& text, std::string_view field, std::size_t most) {
  MINHU_TRY(text, clean_text(text));
  if (code_points(text) > most) {
    return fail(FaultCode::invalid_input, "knowledge.too_long", std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  return {};
}

bool is_category(Reading& reading, RegionId region, std::string_view category) {
  const auto colon = category.find(':');
  if (colon == std::string_view::npos) return false;
  const auto all = units::categories_of(reading, region, category.substr(0, colon));
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& one) { return one.code == category.substr(colon + 1); });
}

// Clean, complete and possible; whether the actor may is asked by the caller.
Outcome check(Reading& reading, const cases::Context& context, ArticleText& text) {
  const RegionId region = context.county.region;
  MINHU_CHECK_OK(clean(text.title, "title", longest_title));
  MINHU_CHECK_OK(clean(text.body, "body", longest_body));
  MINHU_CHECK_OK(clean(text.questions, "questions", longest_questions));
  MINHU_CHECK_OK(clean(text.source, "source", longest_source));
  const auto missing = [](const char* key, const char* field) {
    return fail(FaultCode::invalid_input, key, field);
  };
  if (text.title.empty()) return missing("knowledge.title_missing", "title");
  if (text.body.empty()) return missing("knowledge.body_missing", "body");
  if (text.source.empty()) return missing("knowledge.source_missing", "source");
  if (!text.category.empty() && !is_category(reading, region, text.category)) {
    return missing("knowledge.no_such_category", "category");
  }
  const auto owner = units::find_unit(reading, region, text.owner);
  if (!owner || !owner->active) return missing("knowledge.no_such_unit", "owner");
  const auto until_review = text.review_on - today(context);
  if (until_review <= std::chrono::days(0) ||
      until_review > std::chrono::days(longest_until_review_days)) {
    return missing("knowledge.review_date", "review_on");
  }
  return {};
}

#define MINHU_ARTICLE_COLUMNS                                                              \
  "article_id, version, title, body, questions, category, owner_unit, review_on, source, " \
  "published, changed_at, changed_by"

Article article_of(const Row& row, Date today) {
  const auto review_on = parse_date(row.text(7));
  if (!review_on) throw StorageFailure("an article says when it is reviewed in no date");
  Article article{row.id<ArticleId>(0),
                  row.integer(1),
                  {std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)),
                   std::string(row.text(5)), row.id<UnitId>(6), *review_on,
                   std::string(row.text(8)), row.integer(9) != 0},
                  row.instant(10),
                  row.id<UnitId>(11),
                  false};
  article.overdue = *review_on < today;
  return article;
}

std::optional<Article> load(Reading& reading, const cases::Context& context, ArticleId id) {
  return reading.first("SELECT " MINHU_ARTICLE_COLUMNS
                       " FROM knowledge_article WHERE region_id = ?1 AND article_id = ?2",
                       {param(context.county.region), param(id)},
                       [&](const Row& row) { return article_of(row, today(context)); });
}

std::vector<Article> load_all(Reading& reading, const cases::Context& context) {
  return reading.all("SELECT " MINHU_ARTICLE_COLUMNS
                     " FROM knowledge_article WHERE region_id = ?1 ORDER BY title, article_id",
                     {param(context.county.region)},
                     [&](const Row& row) { return article_of(row, today(context)); });
}

void keep(Transaction& transaction, const cases::Context& context, const Article& article) {
  const std::string review_on = format_date(article.text.review_on);
  const Parameters values{param(context.county.region),
                          param(article.id),
                          article.version,
                          std::string_view(article.text.title),
                          std::string_view(article.text.body),
                          std::string_view(article.text.questions),
                          std::string_view(article.text.category),
                          param(article.text.owner),
                          std::string_view(review_on),
                          std::string_view(article.text.source),
                          std::int64_t{article.text.published},
                          param(article.changed_at),
                          param(article.changed_by)};
  transaction.execute(
      "INSERT INTO knowledge_article(region_id, " MINHU_ARTICLE_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
      "ON CONFLICT (region_id, article_id) DO UPDATE SET version = excluded.version, "
      "title = excluded.title, body = excluded.body, questions = excluded.questions, "
      "category = excluded.category, owner_unit = excluded.owner_unit, "
      "review_on = excluded.review_on, source = excluded.source, "
      "published = excluded.published, changed_at = excluded.changed_at, "
      "changed_by = excluded.changed_by",
      values);
  transaction.execute("INSERT INTO knowledge_version(region_id, " MINHU_ARTICLE_COLUMNS
                      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                      values);
}

Outcome must_own(const cases::Context& context, UnitId owner) {
  if (may_edit(context.actor, owner)) return {};
  return fail(FaultCode::not_allowed, "knowledge.not_the_owner");
}

bool lies_under(std::string_view category, std::string_view parent) {
  return category == parent ||
         (category.starts_with(parent) && category.substr(parent.size()).starts_with('.'));
}

}  // namespace

bool may_edit(const accounts::Principal& actor, UnitId owner) {
  if (!accounts::decide(actor, "article:write").allowed) return false;
  return actor.role == accounts::Role::dispatcher || actor.unit == owner;
}

Result<Article> write_article(Transaction& transaction, const cases::Context& context,
                              const cases::ClientToken& token, ArticleText text) {
  const Digest made_of = cases::hash_of_token(context.keyring, "article", token);
  const auto id = ArticleId::from_bytes(BytesView(made_of).first(Uuid().size()));
  if (auto known = load(transaction, context, id)) {
    MINHU_CHECK_OK(must_own(context, known->text.owner));
    return std::move(*known);
  }
  MINHU_CHECK_OK(must_own(context, text.owner));
  MINHU_CHECK_OK(check(transaction, context, text));
  Article article{id, 1, std::move(text), context.now, context.actor.unit, false};
  keep(transaction, context, article);
  return article;
}

Result<Article> change_article(Transaction& transaction, const cases::Context& context,
                               ArticleId id, std::int64_t of, ArticleText text) {
  auto before = load(transaction, context, id);
  if (!before) return no_such_article();
  // Both the one who gives it away and the one who gets it: nobody hands their texts to others.
  MINHU_CHECK_OK(must_own(context, before->text.owner));
  MINHU_CHECK_OK(must_own(context, text.owner));
  MINHU_CHECK_OK(check(transaction, context, text));
  if (before->text == text) return std::move(*before);  // sent twice, or nothing was changed
  if (before->version != of) return fail(FaultCode::conflict, "knowledge.changed_meanwhile");
  Article article{id, of + 1, std::move(text), context.now, context.actor.unit, false};
  keep(transaction, context, article);
  return article;
}

Result<Article> find_article(Reading& reading, const cases::Context& context, ArticleId id) {
  auto article = load(reading, context, id);
  if (!article) return no_such_article();
  if (!article->text.published && !may_edit(context.actor, article->text.owner)) {
    return no_such_article();
  }
  return std::move(*article);
}

Result<std::vector<Article>> versions_of(Reading& reading, const cases::Context& context,
                                         ArticleId id) {
  MINHU_TRY(const Article article, find_article(reading, context, id));
  return reading.all("SELECT " MINHU_ARTICLE_COLUMNS
                     " FROM knowledge_version WHERE region_id = ?1 AND article_id = ?2 "
                     "ORDER BY version DESC",
                     {param(context.county.region), param(id)},
                     [&](const Row& row) { return article_of(row, today(context)); });
}

std::optional<Shelf> shelf_named(std::string_view name) noexcept {
  if (name == "published") return Shelf::published;
  if (name == "due") return Shelf::due;
  if (name == "own") return Shelf::own;
  if (name == "withdrawn") return Shelf::withdrawn;
  return std::nullopt;
}

std::vector<Article> articles_on(Reading& reading, const cases::Context& context, Shelf shelf,
                                 std::string_view category) {
  std::vector<Article> all = load_all(reading, context);
  std::erase_if(all, [&](const Article& article) {
    if (!category.empty() && !lies_under(article.text.category, category)) return true;
    switch (shelf) {
      case Shelf::published:
        return !article.text.published;
      case Shelf::due:
        return !article.text.published || article.text.review_on > today(context) + soon;
      case Shelf::own:
        return article.text.owner != context.actor.unit ||
               (!article.text.published && !may_edit(context.actor, article.text.owner));
      case Shelf::withdrawn:
        return article.text.published || !may_edit(context.actor, article.text.owner);
    }
    return true;
  });
  if (shelf == Shelf::due) {
    std::stable_sort(all.begin(), all.end(), [](const Article& a, const Article& b) {
      return a.text.review_on < b.text.review_on;
    });
  }
  return all;
}

std::vector<Found> search_articles(Reading& reading, const cases::Context& context,
                                   std::string_view text, std::size_t limit) {
  std::vector<Article> all = articles_on(reading, context, Shelf::published, {});
  std::vector<Searched> searched;
  searched.reserve(all.size());
  for (const Article& article : all) {
    searched.push_back({article.text.title, article.text.questions, article.text.body});
  }
  std::vector<Hit> hits = search(searched, text);
  if (hits.size() > limit) hits.resize(limit);
  std::vector<Found> found;
  for (Hit& hit : hits) found.push_back({std::move(all[hit.index]), std::move(hit.words)});
  return found;
}

}  // namespace minhu::knowledge
