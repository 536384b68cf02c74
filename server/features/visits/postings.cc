#include "features/visits/postings.h"

#include <boost/json.hpp>
#include <stdexcept>

#include "ports/storage.h"

namespace minhu::visits {

namespace {

namespace bj = boost::json;

[[noreturn]] void damaged(const std::exception& error) {
  throw StorageFailure("the postings of a visit are damaged: " + std::string(error.what()));
}

std::string text_in(const bj::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

bj::object to_json(const Photo& photo) {
  return {{"sha256", photo.sha256}, {"key", photo.key.text()}, {"content", photo.content.text()}};
}

Photo photo_of(const bj::object& object) {
  const auto key = cases::CaseId::parse(text_in(object, "key"));
  const auto content = cases::ContentId::parse(text_in(object, "content"));
  if (!key || !content) throw std::invalid_argument("a photo lies nowhere");
  return {text_in(object, "sha256"), *key, *content};
}

}  // namespace

std::string fact_of(const std::vector<Posting>& postings) {
  bj::array list;
  for (const Posting& posting : postings) {
    bj::object one{{"channel", posting.channel},
                   {"where", posting.where},
                   {"proof", posting.proof},
                   {"posted_on", posting.posted_on}};
    if (posting.photo) one["photo"] = to_json(*posting.photo);
    list.push_back(std::move(one));
  }
  return bj::serialize(list);
}

std::string fact_of(const Photo& photo) {
  return bj::serialize(to_json(photo));
}

std::vector<Posting> postings_in(std::string_view fact) try {
  std::vector<Posting> postings;
  const bj::value list = bj::parse(fact);
  for (const auto& one : list.as_array()) {
    const auto& posting = one.as_object();
    postings.push_back({text_in(posting, "channel"), text_in(posting, "where"),
                        text_in(posting, "proof"), text_in(posting, "posted_on")});
    // Postings from before there were photos have none.
    if (const auto* photo = posting.if_contains("photo")) {
      postings.back().photo = photo_of(photo->as_object());
    }
  }
  return postings;
} catch (const std::exception& error) {
  damaged(error);
}

Photo photo_in(std::string_view fact) try {
  return photo_of(bj::parse(fact).as_object());
} catch (const std::exception& error) {
  damaged(error);
}

}  // namespace minhu::visits
