#include "features/visits/postings.h"

#include <boost/json.hpp>

#include "ports/storage.h"

namespace minhu::visits {

std::string fact_of(const std::vector<Posting>& postings) {
  boost::json::array list;
  for (const Posting& posting : postings) {
    list.push_back(boost::json::object{{"channel", posting.channel},
                                       {"where", posting.where},
                                       {"proof", posting.proof},
                                       {"posted_on", posting.posted_on}});
  }
  return boost::json::serialize(list);
}

std::vector<Posting> postings_in(std::string_view fact) try {
  std::vector<Posting> postings;
  const boost::json::value list = boost::json::parse(fact);
  for (const auto& one : list.as_array()) {
    const auto& posting = one.as_object();
    const auto text = [&](const char* key) { return std::string(posting.at(key).as_string()); };
    postings.push_back({text("channel"), text("where"), text("proof"), text("posted_on")});
  }
  return postings;
} catch (const std::exception& error) {
  throw StorageFailure("the postings of a visit are damaged: " + std::string(error.what()));
}

}  // namespace minhu::visits
