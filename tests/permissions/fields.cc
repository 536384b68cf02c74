#include "fields.h"

#include <boost/json.hpp>

#include "expectations.h"

namespace minhu::permission_matrix {

namespace {

namespace json = boost::json;

void names_in(const json::value& value, const std::string& path, std::set<std::string>& found) {
  if (value.is_object()) {
    for (const auto& member : value.as_object()) {
      const std::string name = (path.empty() ? "" : path + ".") + std::string(member.key());
      found.insert(name);
      names_in(member.value(), name, found);
    }
  } else if (value.is_array()) {
    for (const auto& item : value.as_array()) names_in(item, path + "[]", found);
  }
}

struct Shape {
  std::string_view doors;   // separated by commas
  std::string_view within;  // "timeline[].": what the names are members of
  std::string_view names;
};

// clang-format off
constexpr Shape shapes[] = {
    {"POST /api/v1/cases, POST /api/v1/cases/with_files", "",
     "number query_code received_at repeated"},
    {"GET /api/v1/places", "",
     "places"},
    {"GET /api/v1/places", "places[].",
     "code name path"},
    {"GET /api/v1/receipts/{number}", "",
     "activated answered_at category changed_at channel clocks erased lead_unit number outcome place received_at reopened returned satisfaction seq solved state steps timeline track urged words"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "category.",
     "code name"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "clocks[].",
     "due explanation label met_at pack paused_at provisional rule started yours"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "lead_unit.",
     "id name"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "place.",
     "code path"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}/steps", "steps[].",
     "basis fields kind"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}/steps", "steps[].fields[].",
     "choices form name required"},
    {"GET /api/v1/receipts/{number}", "timeline[].",
     "attachments facts happened_at kind recorded_at role texts unit"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "timeline[].attachments[].",
     "id media_type size"},
    {"GET /api/v1/receipts/{number}", "timeline[].facts.",
     "because outcome reached satisfaction solved unit"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "timeline[].texts[].",
     "field text"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "timeline[].unit.",
     "id name"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "words.",
     "place_words text title"},
    {"GET /api/v1/session/ways", "",
     "provider"},
    {"POST /api/v1/session, GET /api/v1/session", "",
     "county display_name login permissions role unit"},
    {"POST /api/v1/session, GET /api/v1/session", "unit.",
     "id name"},
    {"POST /api/v1/office/cases", "",
     "activation_code id number received_at repeated"},
    {"GET /api/v1/queues", "",
     "queues"},
    {"GET /api/v1/queues", "queues[].",
     "part waiting"},
    {"GET /api/v1/queue", "",
     "lines next_cursor part"},
    {"GET /api/v1/queue", "lines[].",
     "category changed_at due headline id number place received_at reopened returned seq state track urged urgency"},
    {"GET /api/v1/cases/{id}", "",
     "answered_at callback_attempts category changed_at channel clocks co_units dispatching_unit erased extended_days first_unit id lead_unit may_be_called merged_into number outcome place received_at reopened returned review_unit satisfaction seq solved state timeline track urged urgency words"},
    {"GET /api/v1/cases/{id}", "co_units[].",
     "id name"},
    {"GET /api/v1/cases/{id}", "dispatching_unit.",
     "id name"},
    {"GET /api/v1/cases/{id}", "first_unit.",
     "id name"},
    {"GET /api/v1/cases/{id}", "review_unit.",
     "id name"},
    {"GET /api/v1/cases/{id}", "timeline[].",
     "attachments facts happened_at kind recorded_at role seq texts unit"},
    {"GET /api/v1/cases/{id}", "timeline[].facts.",
     "basis because category channel complained_of dispatching_unit into may_be_called number outcome place reached review_unit satisfaction solved track trigger unit"},
    {"GET /api/v1/cases/{id}/steps", "",
     "seq steps"},
    {"GET /api/v1/units", "",
     "units"},
    {"GET /api/v1/units", "units[].",
     "active code id kind level name parent place"},
    {"GET /api/v1/categories", "",
     "categories"},
    {"GET /api/v1/categories", "categories[].",
     "code name parent"},
    {"GET /api/v1/dispatch_suggestion", "",
     "suggestion"},
    {"GET /api/v1/dispatch_suggestion", "suggestion.",
     "rule unit because source beaten"},
    {"GET /api/v1/dispatch_suggestion", "suggestion.unit.",
     "id name"},
    // the desk
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "clocks[].",
     "left"},
    {"GET /api/v1/receipts/{number}, GET /api/v1/cases/{id}", "clocks[].left.",
     "count over tone unit"},
    {"GET /api/v1/queues", "queues[].",
     "overdue redo returned three_days"},
    {"GET /api/v1/queue", "lines[].",
     "category_name channel half_gone joined joint_conference lead_unit left news place_name redo"},
    {"GET /api/v1/queue, GET /api/v1/handled", "lines[].lead_unit.",
     "id name"},
    {"GET /api/v1/queue, GET /api/v1/handled", "lines[].left.",
     "count over tone unit"},
    {"GET /api/v1/cases/{id}", "",
     "complained_of designated extension_asked headline joined joint_conference left may may_ask_for_phone recommended_units supervised_units voice_only"},
    {"GET /api/v1/cases/{id}", "complained_of[].",
     "id name"},
    {"GET /api/v1/cases/{id}", "joined[].",
     "added id number urged words"},
    {"GET /api/v1/cases/{id}", "joined[].words.",
     "place_words text title"},
    {"GET /api/v1/cases/{id}, GET /api/v1/cases/{id}/changes", "left.",
     "count over tone unit"},
    {"GET /api/v1/cases/{id}", "supervised_units[].",
     "id name"},
    {"POST /api/v1/office/cases/with_files", "",
     "activation_code id number received_at repeated"},
    {"GET /api/v1/handled", "",
     "lines next_cursor"},
    {"GET /api/v1/handled", "lines[].",
     "category category_name changed_at channel due half_gone headline id joined joint_conference lead_unit left news number place place_name received_at redo reopened returned seq state track urged urgency"},
    {"GET /api/v1/find", "",
     "id number"},
    {"GET /api/v1/views", "",
     "views"},
    {"GET /api/v1/cases/{id}/changes", "",
     "happenings lead_unit left seq state steps"},
    {"GET /api/v1/cases/{id}/changes", "happenings[].",
     "attachments facts happened_at kind recorded_at role seq texts unit"},
    {"GET /api/v1/cases/{id}/changes", "happenings[].attachments[].",
     "id media_type size"},
    {"GET /api/v1/cases/{id}/changes", "happenings[].facts.",
     "basis because category complained_of into outcome reached review_unit satisfaction solved trigger unit"},
    {"GET /api/v1/cases/{id}/changes", "happenings[].texts[].",
     "field text"},
    {"GET /api/v1/cases/{id}/changes", "happenings[].unit.",
     "id name"},
    {"GET /api/v1/cases/{id}/changes", "lead_unit.",
     "id name"},
    {"GET /api/v1/cases/{id}/changes", "steps[].",
     "basis fields kind"},
    {"GET /api/v1/cases/{id}/changes", "steps[].fields[].",
     "choices form name required"},
    {"GET /api/v1/texts, GET /api/v1/cases/{id}/texts", "",
     "texts"},
    {"GET /api/v1/similar, GET /api/v1/cases/{id}/similar", "",
     "similar"},
    {"GET /api/v1/similar", "similar[].",
     "answer answered id lead_unit near number place_name reason received_at state"},
    {"POST /api/v1/articles/search", "",
     "articles category"},
    {"GET /api/v1/articles", "",
     "articles"},
    {"GET /api/v1/cases/{id}/draft", "",
     "draft"},
    {"POST /api/v1/queue/bulk", "",
     "results"},
    {"POST /api/v1/queue/bulk", "results[].",
     "done id problem seq state"},
    {"POST /api/v1/queue/bulk", "results[].problem.",
     "code detail kept status title type"},
    {"PUT /api/v1/cases/{id}/draft", "",
     "draft saved"},
    {"PUT /api/v1/cases/{id}/draft", "draft.",
     "fields revision saved_at tab unit"},
    {"PUT /api/v1/cases/{id}/draft", "draft.unit.",
     "id name"},
    // accounts, the house, figures, supervision and callbacks
    {"POST /api/v1/session, GET /api/v1/session", "",
     "acting_for"},
    {"GET /api/v1/own", "",
     "colleagues demo given held passphrase_set_at recovery_codes_left"},
    {"GET /api/v1/accounts", "",
     "accounts"},
    {"GET /api/v1/account_events", "",
     "events next"},
    {"GET /api/v1/account_events", "events[].",
     "about act at by detail id reason"},
    {"GET /api/v1/settings_log", "",
     "lines next_cursor"},
    {"GET /api/v1/admin/units", "",
     "units"},
    {"GET /api/v1/admin/units", "units[].",
     "active code id kind leader_post level name parent phone place place_path revision"},
    {"GET /api/v1/admin/duties", "",
     "duties"},
    {"GET /api/v1/admin/categories", "",
     "categories"},
    {"GET /api/v1/admin/categories", "categories[].",
     "becomes code ended_at name parent revision scheme"},
    {"GET /api/v1/admin/dispatch_rules", "",
     "rules"},
    {"GET /api/v1/admin/dispatch_rules", "rules[].",
     "category category_name code ended_at place place_path revision source unit"},
    {"GET /api/v1/admin/dispatch_rules", "rules[].unit.",
     "id name"},
    {"GET /api/v1/admin/rule_book", "",
     "calendars certain_until packs"},
    {"GET /api/v1/admin/rule_book", "calendars[].",
     "from name off source to worked"},
    {"GET /api/v1/admin/rule_book", "packs[].",
     "enabled from name source terms title to"},
    {"GET /api/v1/admin/rule_book", "packs[].terms[].",
     "amount citation code label unit"},
    {"GET /api/v1/admin/setup", "",
     "steps"},
    {"GET /api/v1/admin/setup", "steps[].",
     "count done step"},
    {"GET /api/v1/admin/dispatch_rules/{rule}/versions", "",
     "versions"},
    {"GET /api/v1/admin/test_bench", "",
     "beaten department obstacle rule"},
    {"GET /api/v1/admin/test_bench", "rule.",
     "category category_name code ended_at place place_path revision source unit"},
    {"GET /api/v1/admin/test_bench", "rule.unit.",
     "id name"},
    {"GET /api/v1/admin/health", "",
     "commits database_bytes disk_free_bytes failed_tries gateway messages_given_up messages_sent messages_waiting now oldest_message started version writes"},
    {"GET /api/v1/figures", "",
     "days_definition name not_measured period picture tier"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "not_measured[].",
     "title why"},
    {"GET /api/v1/figures, GET /api/v1/figures/offices, GET /api/v1/figures/annual", "period.",
     "from name running scheme to"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "picture.",
     "counts days due own_registered parts received shares"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "picture.counts[].",
     "count name title"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "picture.days[].",
     "counted median name p90 sum title"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "picture.parts[].",
     "count name title"},
    {"GET /api/v1/figures, GET /api/v1/figures/annual", "picture.shares[].",
     "above below definition name published title"},
    {"GET /api/v1/figures/months", "",
     "months name"},
    {"GET /api/v1/figures/months", "months[].",
     "period picture"},
    {"GET /api/v1/figures/months", "months[].period.",
     "from name running scheme to"},
    {"GET /api/v1/figures/months", "months[].picture.",
     "counts days due own_registered parts received shares"},
    {"GET /api/v1/figures/months", "months[].picture.counts[].",
     "count name title"},
    {"GET /api/v1/figures/months", "months[].picture.days[].",
     "counted median name p90 sum title"},
    {"GET /api/v1/figures/months", "months[].picture.parts[].",
     "count name title"},
    {"GET /api/v1/figures/months", "months[].picture.shares[].",
     "above below definition name published title"},
    {"GET /api/v1/figures/offices", "",
     "offices period"},
    {"GET /api/v1/figures/annual", "",
     "channels county days_definition fields not_measured offices organs organs_below_five period picture recommendations sent supervised supervision_answered"},
    {"GET /api/v1/figures/annual", "fields[].",
     "count title"},
    {"GET /api/v1/figures/annual", "recommendations[].",
     "adopted partly refused sent title"},
    {"GET /api/v1/figures/annual", "sent[].",
     "count title"},
    {"GET /api/v1/figures/annual", "supervised[].",
     "count title"},
    {"GET /api/v1/supervision/cases", "",
     "lines list next_cursor"},
    {"GET /api/v1/supervision/cases", "lines[].",
     "at category due headline id joint_conference number place received_at reopened returned seq state unit urged"},
    {"GET /api/v1/supervision/cases", "lines[].unit.",
     "id name"},
    {"GET /api/v1/supervision/workload", "",
     "lists units"},
    {"GET /api/v1/supervision/workload", "lists[].",
     "list waiting"},
    {"GET /api/v1/supervision/workload", "units[].",
     "due_soon open overdue silent unit"},
    {"GET /api/v1/supervision/workload", "units[].unit.",
     "id name"},
    {"GET /api/v1/supervision/rechecks", "",
     "days_to_answer month sampling units"},
    {"GET /api/v1/supervision/rechecks", "sampling[].",
     "day most_a_month one_in"},
    {"GET /api/v1/callbacks", "",
     "lines next_cursor part"},
    {"GET /api/v1/callbacks", "lines[].",
     "answered_at asked_at attempts day due headline id in_writing_from lead_unit may_be_called missing number seq state tried unreachable_allowed"},
    {"GET /api/v1/callbacks", "lines[].lead_unit.",
     "id name"},
};
// clang-format on

bool is_of(const Shape& shape, std::string_view door) {
  for (std::string_view rest = shape.doors; !rest.empty();) {
    const auto end = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, end) == door) return true;
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return false;
}

}  // namespace

std::set<std::string> field_names(std::string_view text) {
  std::set<std::string> found;
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (!error) names_in(value, "", found);
  return found;
}

std::set<std::string> allowed_fields(const Door& door) {
  const std::string name = std::string(name_of(door.method)) + " " + std::string(door.pattern);
  std::set<std::string> all;
  for (const Shape& shape : shapes) {
    if (!is_of(shape, name)) continue;
    for (const std::string& field : split(shape.names))
      all.insert(std::string(shape.within) + field);
  }
  return all;
}

std::set<std::string> problem_fields() {
  return {"type", "title", "status", "detail", "code", "field", "kept"};
}

}  // namespace minhu::permission_matrix
