#include "features/desk/texts.h"

#include <algorithm>
#include <array>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::desk {

namespace {

using Details = std::map<std::string, std::string>;

constexpr std::array<std::string_view, 5> placeholders{"number", "unit", "phone", "date", "place"};
constexpr std::int64_t smallest_shown = 5;
constexpr std::int64_t rated_of_latest = 500;

bool is_placeholder(std::string_view word) {
  return std::find(placeholders.begin(), placeholders.end(), word) != placeholders.end();
}

// Calls `piece` for the plain text between placeholders and `name` for what stands in braces.
template <class Plain, class Named>
void walk(std::string_view body, Plain&& plain, Named&& named) {
  while (!body.empty()) {
    const auto open = body.find('{');
    plain(body.substr(0, open));
    if (open == std::string_view::npos) return;
    const auto close = body.find('}', open);
    if (close == std::string_view::npos) return plain(body.substr(open));
    named(body.substr(open + 1, close - open - 1));
    body.remove_prefix(close + 1);
  }
}

#define MINHU_TEXT_COLUMNS \
  "text_id, unit_id, category, title, body, source, revision, changed_at, used, last_used"

LibraryText text_of(const Row& row) {
  return {row.id<TextId>(0),
          row.id<UnitId>(1),
          {std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(2)),
           std::string(row.text(5))},
          row.integer(6),
          row.instant(7),
          row.integer(8),
          row.maybe_instant(9),
          std::nullopt,
          std::nullopt};
}

std::optional<LibraryText> find_text(Reading& reading, const cases::Context& context, TextId id) {
  auto text = reading.first("SELECT " MINHU_TEXT_COLUMNS
                            " FROM desk_text WHERE region_id = ?1 AND text_id = ?2",
                            {param(context.county.region), param(id)}, text_of);
  // Another unit's is not there.
  if (text && !text->unit.empty() && text->unit != context.actor.unit) text.reset();
  return text;
}

tl::unexpected<Fault> no_such_text() {
  return fail(FaultCode::not_found, "desk.no_such_text");
}

void count_rated(Reading& reading, RegionId region, LibraryText& text) {
  if (text.used < smallest_shown) return;
  const auto counted = reading.first(
      "SELECT count(c.solved), sum(CASE WHEN c.solved = 'yes' THEN 1 ELSE 0 END) "
      "FROM (SELECT case_id FROM desk_text_use WHERE region_id = ?1 AND text_id = ?2 "
      "ORDER BY used_at DESC LIMIT ?3) AS u "
      "JOIN case_file AS c ON c.region_id = ?1 AND c.case_id = u.case_id",
      {param(region), param(text.id), rated_of_latest},
      [](const Row& row) { return std::pair(row.integer(0), row.integer(1)); });
  if (!counted || counted->first < smallest_shown) return;
  text.rated = counted->first;
  text.solved = counted->second;
}

Outcome short_enough(std::string_view text, std::size_t most, const char* field) {
  if (code_points(text) <= most) return {};
  return fail(FaultCode::invalid_input, "desk.text_too_long", field,
              Details{{"most", std::to_string(most)}});
}

Result<NewText> checked(Reading& reading, const cases::Context& context, const NewText& text) {
  NewText clean;
  MINHU_TRY(clean.title, clean_text(text.title));
  MINHU_TRY(clean.body, clean_text(text.body));
  MINHU_TRY(clean.source, clean_text(text.source));
  clean.category = text.category;
  if (clean.title.empty()) return fail(FaultCode::invalid_input, "desk.title_missing", "title");
  if (clean.body.empty()) return fail(FaultCode::invalid_input, "desk.body_missing", "body");
  MINHU_CHECK_OK(short_enough(clean.title, longest_text_title, "title"));
  MINHU_CHECK_OK(short_enough(clean.body, longest_text_body, "body"));
  MINHU_CHECK_OK(short_enough(clean.source, longest_text_source, "source"));
  bool known = true;
  walk(
      clean.body, [](std::string_view) {},
      [&](std::string_view word) { known = known && is_placeholder(word); });
  if (!known) return fail(FaultCode::invalid_input, "desk.unknown_placeholder", "body");
  if (!clean.category.empty() &&
      places_and_units::category_name(reading, context.county.region, clean.category).empty()) {
    return fail(FaultCode::invalid_input, "desk.unknown_category", "category");
  }
  return clean;
}

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "cases.not_allowed");
}

// Whose texts the actor writes: the unit's (its id), the county's (empty), or nobody's.
std::optional<UnitId> writes_for(const cases::Context& context) {
  if (!accounts::decide(context.actor, "text:write").allowed) return std::nullopt;
  if (context.actor.role == accounts::Role::unit_head) return context.actor.unit;
  return UnitId();
}

void put_text(Transaction& transaction, RegionId region, const LibraryText& text) {
  transaction.execute(
      "INSERT INTO desk_text(region_id, text_id, unit_id, category, title, body, source, revision, "
      "changed_at, used, last_used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
      "ON CONFLICT (region_id, text_id) DO UPDATE SET category = excluded.category, "
      "title = excluded.title, body = excluded.body, source = excluded.source, "
      "revision = excluded.revision, changed_at = excluded.changed_at, used = excluded.used, "
      "last_used = excluded.last_used",
      {param(region), param(text.id), param(text.unit), std::string_view(text.text.category),
       std::string_view(text.text.title), std::string_view(text.text.body),
       std::string_view(text.text.source), text.revision, param(text.changed_at), text.used,
       param(text.last_used)});
}

}  // namespace

std::vector<LibraryText> texts_of(Reading& reading, const cases::Context& context,
                                  std::string_view category) {
  auto texts = reading.all(
      "SELECT " MINHU_TEXT_COLUMNS
      " FROM desk_text WHERE region_id = ?1 AND (unit_id IS NULL OR unit_id = ?2) "
      "AND (?3 = '' OR category = '' OR category = ?3) ORDER BY used DESC, title, text_id",
      {param(context.county.region), param(context.actor.unit), category}, text_of);
  if (!category.empty()) {
    std::stable_partition(texts.begin(), texts.end(),
                          [&](const LibraryText& text) { return text.text.category == category; });
  }
  for (LibraryText& text : texts) count_rated(reading, context.county.region, text);
  return texts;
}

bool may_change(const cases::Context& context, const LibraryText& text) {
  const auto writes = writes_for(context);
  return writes && *writes == text.unit;
}

Result<LibraryText> add_text(Transaction& transaction, const cases::Context& context,
                             const NewText& text) {
  const auto unit = writes_for(context);
  if (!unit) return not_allowed();
  LibraryText added;
  MINHU_TRY(added.text, checked(transaction, context, text));
  added.id = context.entropy.id<TextId>(context.now);
  added.unit = *unit;
  added.changed_at = context.now;
  put_text(transaction, context.county.region, added);
  return added;
}

Result<LibraryText> change_text(Transaction& transaction, const cases::Context& context, TextId id,
                                const NewText& text, std::optional<std::int64_t> read_revision) {
  auto before = find_text(transaction, context, id);
  if (!before) return no_such_text();
  if (!may_change(context, *before)) return not_allowed();
  if (read_revision && *read_revision != before->revision) {
    return fail(FaultCode::conflict, "desk.text_changed");
  }
  MINHU_TRY(before->text, checked(transaction, context, text));
  ++before->revision;
  before->changed_at = context.now;
  put_text(transaction, context.county.region, *before);
  count_rated(transaction, context.county.region, *before);
  return std::move(*before);
}

Outcome remove_text(Transaction& transaction, const cases::Context& context, TextId id) {
  const auto before = find_text(transaction, context, id);
  if (!before) return no_such_text();
  if (!may_change(context, *before)) return not_allowed();
  transaction.execute("DELETE FROM desk_text_use WHERE region_id = ?1 AND text_id = ?2",
                      {param(context.county.region), param(id)});
  transaction.execute("DELETE FROM desk_text WHERE region_id = ?1 AND text_id = ?2",
                      {param(context.county.region), param(id)});
  return {};
}

Outcome use_text(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                 TextId text_id) {
  const RegionId region = context.county.region;
  cases::Sight sight(transaction, context);
  const auto file = sight.find(id);
  if (!file || !sight.may_read(*file)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  auto text = find_text(transaction, context, text_id);
  if (!text) return no_such_text();
  const auto counted = transaction.try_execute(
      "INSERT INTO desk_text_use(region_id, text_id, case_id, used_at) VALUES (?1, ?2, ?3, ?4)",
      {param(region), param(text_id), param(id), param(context.now)});
  if (!counted) return {};  // in this case it was used before
  ++text->used;
  text->last_used = context.now;
  put_text(transaction, region, *text);
  return {};
}

Filled fill(std::string_view body, const FieldValues& values) {
  Filled filled;
  walk(
      body, [&](std::string_view plain) { filled.body += plain; },
      [&](std::string_view word) {
        const auto value = values.find(word);
        if (value != values.end() && !value->second.empty()) {
          filled.body += value->second;
          return;
        }
        filled.body += '{';
        filled.body += word;
        filled.body += '}';
        if (is_placeholder(word) && std::find(filled.unfilled.begin(), filled.unfilled.end(),
                                              word) == filled.unfilled.end()) {
          filled.unfilled.emplace_back(word);
        }
      });
  return filled;
}

std::int64_t seed_texts(Transaction& transaction, RegionId region, Instant now, Entropy& entropy,
                        std::span<const NewText> texts) {
  const bool any = transaction
                       .first("SELECT 1 FROM desk_text WHERE region_id = ?1 AND unit_id IS NULL",
                              {param(region)}, [](const Row&) { return true; })
                       .value_or(false);
  if (any) return 0;
  for (const NewText& text : texts) {
    LibraryText added;
    added.id = entropy.id<TextId>(now);
    added.text = text;
    added.changed_at = now;
    put_text(transaction, region, added);
  }
  return static_cast<std::int64_t>(texts.size());
}

}  // namespace minhu::desk
