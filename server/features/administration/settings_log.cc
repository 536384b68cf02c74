#include "features/administration/settings_log.h"

#include <algorithm>
#include <array>

#include "kernel/utf8.h"

namespace minhu::administration {

namespace {

constexpr std::array<std::string_view, 6> subject_names{"unit",          "duty",   "category",
                                                        "dispatch_rule", "policy", "model"};
constexpr std::array<std::string_view, 6> action_names{"created",      "changed", "closed",
                                                       "opened_again", "ended",   "removed"};

template <class Enum, std::size_t N>
Enum value_of(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    throw StorageFailure("a line of the settings log says \"" + std::string(text) + "\"");
  }
  return static_cast<Enum>(found - names.begin());
}

#define MINHU_SETTINGS_COLUMNS \
  "seq, at, role, unit_id, account_id, subject, item, action, before, after, reason"

SettingsEvent event_of(const Row& row) {
  SettingsEvent event;
  event.seq = row.integer(0);
  event.at = row.instant(1);
  event.by = {accounts::role_named(row.text(2)).value_or(accounts::Role::anyone), row.id<UnitId>(3),
              row.id<accounts::AccountId>(4)};
  event.change = {value_of<Subject>(subject_names, row.text(5)),
                  std::string(row.text(6)),
                  value_of<Action>(action_names, row.text(7)),
                  std::string(row.text(8)),
                  std::string(row.text(9)),
                  std::string(row.text(10))};
  return event;
}

std::map<std::string, std::string> at_field(std::string_view field) {
  return {{"field", std::string(field)}};
}

}  // namespace

std::string_view name(Subject subject) noexcept {
  return subject_names[static_cast<std::size_t>(subject)];
}
std::string_view name(Action action) noexcept {
  return action_names[static_cast<std::size_t>(action)];
}
std::optional<Subject> subject_named(std::string_view text) noexcept {
  const auto found = std::find(subject_names.begin(), subject_names.end(), text);
  if (found == subject_names.end()) return std::nullopt;
  return static_cast<Subject>(found - subject_names.begin());
}

std::int64_t record(Transaction& transaction, const cases::Context& context, const Change& change) {
  const RegionId region = context.county.region;
  const std::int64_t seq =
      1 +
      transaction
          .first("SELECT seq FROM settings_event WHERE region_id = ?1 ORDER BY seq DESC LIMIT 1",
                 {param(region)}, [](const Row& row) { return row.integer(0); })
          .value_or(0);
  transaction.execute(
      "INSERT INTO settings_event(region_id, " MINHU_SETTINGS_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      {param(region), seq, param(context.now), accounts::name(context.actor.role),
       param(context.actor.unit), param(context.actor.account), name(change.subject),
       std::string_view(change.item), name(change.action), std::string_view(change.before),
       std::string_view(change.after), std::string_view(change.reason)});
  return seq;
}

std::int64_t revision_of(Reading& reading, RegionId region, Subject subject,
                         std::string_view item) {
  return reading
      .first(
          "SELECT seq FROM settings_event WHERE region_id = ?1 AND subject = ?2 AND item = ?3 "
          "ORDER BY seq DESC LIMIT 1",
          {param(region), name(subject), item}, [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

Outcome expect_revision(Reading& reading, RegionId region, Subject subject, std::string_view item,
                        std::int64_t seen) {
  if (revision_of(reading, region, subject, item) == seen) return {};
  return fail(FaultCode::conflict, "admin.changed_meanwhile", "revision");
}

std::vector<SettingsEvent> settings_events(Reading& reading, RegionId region, std::int64_t before,
                                           std::int64_t most) {
  constexpr std::int64_t after_all = std::int64_t{1} << 62;
  return reading.all("SELECT " MINHU_SETTINGS_COLUMNS
                     " FROM settings_event WHERE region_id = ?1 AND seq < ?2 "
                     "ORDER BY seq DESC LIMIT ?3",
                     {param(region), before > 0 ? before : after_all, most}, event_of);
}

std::vector<SettingsEvent> events_of(Reading& reading, RegionId region, Subject subject,
                                     std::string_view item, std::int64_t most) {
  return reading.all("SELECT " MINHU_SETTINGS_COLUMNS
                     " FROM settings_event WHERE region_id = ?1 AND subject = ?2 AND item = ?3 "
                     "ORDER BY seq DESC LIMIT ?4",
                     {param(region), name(subject), item, most}, event_of);
}

Result<std::string> kept(std::string_view text, std::string_view field, std::size_t most) {
  MINHU_TRY(std::string clean, clean_text(text));
  if (code_points(clean) > most) {
    auto details = at_field(field);
    details["most"] = std::to_string(most);
    return fail(FaultCode::invalid_input, "admin.too_long", std::string(field), std::move(details));
  }
  return clean;
}

Result<std::string> filled(std::string_view text, std::string_view field, std::size_t most) {
  MINHU_TRY(std::string clean, kept(text, field, most));
  if (clean.empty()) {
    return fail(FaultCode::invalid_input, "admin.empty", std::string(field), at_field(field));
  }
  return clean;
}

Result<std::string> code_of(std::string_view text, std::string_view field) {
  constexpr std::size_t longest = 40;
  const bool fits =
      !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      });
  if (!fits) {
    return fail(FaultCode::invalid_input, "admin.bad_code", std::string(field), at_field(field));
  }
  return std::string(text);
}

}  // namespace minhu::administration
