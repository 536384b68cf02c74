// What a clerk may answer at once: articles of the units, each with an owner, a source and a day by
// which the owner looks at it again.
//
// These are texts of offices, never words of a person: they lie open in the database, and can be
// searched. An article whose review is overdue is marked and stays usable; who reads it decides.
// Nothing is deleted: an article is withdrawn, and every version stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receive.h"
#include "kernel/civil_time.h"
#include "ports/storage.h"

namespace minhu::knowledge {

using ArticleId = Id<struct ArticleTag>;

inline constexpr std::size_t longest_title = 100;
inline constexpr std::size_t longest_body = 5000;
inline constexpr std::size_t longest_questions = 2000;  // one a line
inline constexpr std::size_t longest_source = 500;
inline constexpr int longest_until_review_days = 2 * 366;

// What somebody writes.
struct ArticleText {
  std::string title;
  std::string body;       // paragraphs, an empty line between them
  std::string questions;  // what people ask, in their words: one a line
  std::string category;   // "scheme:code", or empty
  UnitId owner;
  Date review_on;
  std::string source;  // where it is written, so that it can be checked
  bool published = true;
  bool operator==(const ArticleText&) const = default;
};

struct Article {
  ArticleId id;
  std::int64_t version = 1;
  ArticleText text;
  Instant changed_at;
  UnitId changed_by;  // a unit: who in it wrote is nobody's to count
  bool overdue = false;
};

// Who may change it: the body that dispatches, and the unit that owns it.
bool may_edit(const accounts::Principal& actor, UnitId owner);

// A new article. The same token gives the same article. Faults: invalid_input
// knowledge.title_missing, knowledge.body_missing, knowledge.source_missing, knowledge.too_long,
// knowledge.no_such_category, knowledge.no_such_unit, knowledge.review_date; not_allowed
// knowledge.not_the_owner.
Result<Article> write_article(Transaction& transaction, const cases::Context& context,
                              const cases::ClientToken& token, ArticleText text);
// In place of version `of`. Faults as above; not_found knowledge.no_such_article; conflict
// knowledge.changed_meanwhile. What is the text of today already is no new version.
Result<Article> change_article(Transaction& transaction, const cases::Context& context,
                               ArticleId id, std::int64_t of, ArticleText text);

// Fault not_found knowledge.no_such_article: also for a withdrawn one, unless the actor may edit
// it.
Result<Article> find_article(Reading& reading, const cases::Context& context, ArticleId id);
// Every version, the newest first. Faults as find_article.
Result<std::vector<Article>> versions_of(Reading& reading, const cases::Context& context,
                                         ArticleId id);

enum class Shelf : std::uint8_t {
  published,
  due,       // review overdue, or within 14 days
  own,       // of the actor's unit, also withdrawn ones
  withdrawn  // that the actor may edit
};
std::optional<Shelf> shelf_named(std::string_view name) noexcept;
// By title. `category`: it and everything under it; empty: all.
std::vector<Article> articles_on(Reading& reading, const cases::Context& context, Shelf shelf,
                                 std::string_view category);

struct Found {
  Article article;
  std::vector<std::string> words;  // of the question, that the article holds: why it was found
};
// Published articles that hold something of the text, the best first. Rare words weigh more than
// common ones, a title or a question more than the body.
std::vector<Found> search_articles(Reading& reading, const cases::Context& context,
                                   std::string_view text, std::size_t limit);

}  // namespace minhu::knowledge
