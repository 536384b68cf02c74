#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "features/administration/rules.h"
#include "features/administration/units.h"

namespace minhu::administration {

namespace {

namespace pu = places_and_units;

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_reason = 500;
constexpr std::size_t longest_code = 40;

// Official trees number with digits and dots, others with letters.
bool is_category_code(std::string_view code) {
  return !code.empty() && code.size() <= longest_code &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

std::string logged(const pu::Category& category, std::string_view becomes) {
  return boost::json::serialize(boost::json::object{{"name", category.name},
                                                    {"parent", category.parent},
                                                    {"becomes", std::string(becomes)},
                                                    {"in_force", !category.ended_at}});
}

std::string mapping_of(Reading& reading, RegionId region, std::string_view category) {
  for (const pu::CategoryMapping& each : pu::category_mappings(reading, region)) {
    if (each.from == category) return each.to;
  }
  return {};
}

}  // namespace

Outcome put_category(Transaction& transaction, const cases::Context& context,
                     const CategoryEntry& entry) {
  const RegionId region = context.county.region;
  if (!code_of(entry.scheme, "scheme")) {
    return fail(FaultCode::invalid_input, "admin.bad_scheme", "scheme");
  }
  if (!is_category_code(entry.code)) {
    return fail(FaultCode::invalid_input, "admin.bad_category_code", "code");
  }
  const std::string whole = entry.scheme + ':' + entry.code;
  MINHU_CHECK_OK(expect_revision(transaction, region, Subject::category, whole, entry.revision));
  pu::Category category{entry.scheme, entry.code, entry.parent, {}, {}};
  MINHU_TRY(category.name, filled(entry.name, "name", longest_name));
  MINHU_TRY(std::string reason, kept(entry.reason, "reason", longest_reason));
  if (entry.ended) category.ended_at = context.now;
  if (!entry.parent.empty()) {
    const std::string above = entry.scheme + ':' + entry.parent;
    if (!is_category(transaction, region, above)) {
      return fail(FaultCode::invalid_input, "admin.no_such_category", "parent");
    }
    const auto line = pu::category_line(transaction, region, above);
    if (std::find(line.begin(), line.end(), whole) != line.end()) {
      return fail(FaultCode::invalid_input, "admin.parent_circle", "parent");
    }
  }
  if (!entry.becomes.empty() && (entry.becomes.starts_with(entry.scheme + ':') ||
                                 !is_category(transaction, region, entry.becomes))) {
    return fail(FaultCode::invalid_input, "admin.no_such_category", "becomes");
  }

  Action action = Action::created;
  std::string was;
  for (const pu::Category& each : pu::categories_of(transaction, region, entry.scheme)) {
    if (each.code != entry.code) continue;
    was = logged(each, mapping_of(transaction, region, whole));
    action = Action::changed;
    if (!each.ended_at && category.ended_at) action = Action::ended;
    if (each.ended_at && !category.ended_at) action = Action::opened_again;
  }
  std::string is = logged(category, entry.becomes);
  if (was == is) return {};
  pu::put_category(transaction, region, category);
  if (entry.becomes.empty()) {
    pu::forget_mappings(transaction, region, whole);
  } else {
    pu::map_category(transaction, region, whole, entry.becomes);
  }
  record(transaction, context,
         {Subject::category, whole, action, std::move(was), std::move(is), std::move(reason)});
  return {};
}

}  // namespace minhu::administration
