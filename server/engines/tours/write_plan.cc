#include <boost/json.hpp>

#include "engines/tours/plan.h"
#include "engines/tours/reasons.h"

namespace minhu::tours {

namespace {

using Say = std::function<std::string(const Reason&)>;

boost::json::object write(const Reason& reason, const Say& say) {
  boost::json::object facts;
  for (const auto& [name, fact] : reason.facts) facts[name] = fact;
  boost::json::object json;
  json["key"] = reason.key;
  json["facts"] = std::move(facts);
  json["text"] = say(reason);
  return json;
}

// One line an item: two plans can be compared by any program that compares lines.
void add_list(std::string& json, const char* name, const std::vector<boost::json::object>& items) {
  json += ",\n\"" + std::string(name) + "\": [";
  for (std::size_t k = 0; k < items.size(); ++k) {
    json += k == 0 ? "\n  " : ",\n  ";
    json += boost::json::serialize(items[k]);
  }
  json += items.empty() ? "]" : "\n]";
}

}  // namespace

std::string write_plan(const Problem& problem, const Plan& plan, const Say& say) {
  const auto stop_id = [&](int stop) -> const std::string& {
    return problem.stops[static_cast<std::size_t>(stop)].id;
  };
  const auto leader_id = [&](int leader) -> const std::string& {
    return problem.leaders[static_cast<std::size_t>(leader)].id;
  };
  std::vector<boost::json::object> days;
  std::vector<boost::json::object> visits;
  for (const PlannedDay& day : plan.days) {
    boost::json::object line;
    line["date"] = format_date(day.date);
    line["leader"] = leader_id(day.leader);
    line["visits"] = day.visits.size();
    line["travel_minutes"] = (day.travel + 59) / 60;
    if (!day.visits.empty()) line["back"] = format_time(day.back);
    days.push_back(std::move(line));
    for (const PlannedVisit& visit : day.visits) {
      boost::json::object item;
      item["stop"] = stop_id(visit.stop);
      item["leader"] = leader_id(visit.leader);
      item["date"] = format_date(visit.date);
      item["arrival"] = format_time(visit.arrival);
      item["at"] = format_time(visit.from);
      item["until"] = format_time(visit.to);
      item["announced"] = visit.announced;
      item["reason"] = write(visit.reason, say);
      visits.push_back(std::move(item));
    }
  }
  const auto of_stops = [&](const auto& list) {
    std::vector<boost::json::object> items;
    for (const auto& one : list) {
      boost::json::object item;
      item["stop"] = stop_id(one.stop);
      item["reason"] = write(one.reason, say);
      items.push_back(std::move(item));
    }
    return items;
  };
  std::vector<boost::json::object> notes;
  for (const Reason& note : plan.notes) notes.push_back(write(note, say));
  std::string json = "{\"value\": " + boost::json::serialize(boost::json::value(plan.value)) +
                     ",\n\"travel_minutes\": " + std::to_string((plan.travel + 59) / 60);
  add_list(json, "notes", notes);
  add_list(json, "visits", visits);
  add_list(json, "left_out", of_stops(plan.left_out));
  add_list(json, "broken", of_stops(plan.broken));
  add_list(json, "days", days);
  json += "\n}\n";
  return json;
}

}  // namespace minhu::tours
