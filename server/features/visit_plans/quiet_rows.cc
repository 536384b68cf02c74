#include "features/visit_plans/quiet_rows.h"

#include <boost/json.hpp>

#include "ports/storage.h"

namespace minhu::visit_plans {

namespace bj = boost::json;

std::string text_of(const silence::Quiet& quiet) {
  bj::array classes;
  for (const auto& one : quiet.set.classes) {
    classes.push_back(bj::array{one.begin_a_day, one.over_a_day});
  }
  return bj::serialize(bj::object{{"classes", std::move(classes)},
                                  {"found", quiet.set.found_in_a_visit},
                                  {"peers_then", quiet.peers_then},
                                  {"peers_most", quiet.peers_most},
                                  {"speaking", quiet.speaking},
                                  {"least", quiet.least},
                                  {"most", quiet.most}});
}

silence::Quiet quiet_in(std::string_view text, Date since) {
  try {
    const bj::object stored = bj::parse(text).as_object();
    const auto number = [&](const char* name) { return stored.at(name).to_number<double>(); };
    silence::Quiet quiet;
    quiet.since = since;
    quiet.set.found_in_a_visit = number("found");
    quiet.peers_then = number("peers_then");
    quiet.peers_most = number("peers_most");
    quiet.speaking = number("speaking");
    quiet.least = stored.at("least").to_number<std::int64_t>();
    quiet.most = stored.at("most").to_number<std::int64_t>();
    for (const bj::value& one : stored.at("classes").as_array()) {
      quiet.set.classes.push_back({one.at(0).to_number<double>(), one.at(1).to_number<double>()});
    }
    return quiet;
  } catch (const std::exception&) {  // the library throws more than its own kind
    throw StorageFailure("the silence of a village cannot be read");
  }
}

}  // namespace minhu::visit_plans
