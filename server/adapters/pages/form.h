// What forms have in common: the one-time token in each of them, text as people type it, and the
// list of what has to be changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/pages/site.h"

namespace minhu::pages {

// 32 hex digits made by the server into a form: sent again, they mean "the same request".
std::string new_token(const Site& site);
// Fault invalid_input cases.bad_token.
Result<cases::ClientToken> token_of(const http::Request& request);

// Every POST asks here first. Fault not_allowed accounts.foreign_request.
Outcome from_our_own_page(const http::Request& request);

// Clean text of a field, empty when it is absent. Fault invalid_input pages.too_long, or of
// clean_text.
Result<std::string> text_of(const http::Request& request, std::string_view field, std::size_t most);

class Errors {
 public:
  void add(std::string field, std::string sentence) {
    list_.push_back({std::move(field), std::move(sentence)});
  }
  bool any() const { return !list_.empty(); }
  // The summary on top (ERRORS, with a link for each) and the sentence at each field
  // (<FIELD>_ERROR).
  void show(templates::Values& values) const;
  // "错误：" goes in front of the title, so that it is the first thing read aloud.
  std::string title(const Site& site, const http::Request& request, std::string title) const;

 private:
  struct Error {
    std::string field;
    std::string sentence;
  };
  std::vector<Error> list_;
};

// The files of a form, each made presentable before anything is written; those that are not come
// back as sentences.
struct Uploads {
  std::vector<cases::NewAttachment> taken;
  std::vector<std::string> refused;
};
Uploads take_uploads(const Site& site, const http::Request& request);
bool brings_files(const http::Request& request);

}  // namespace minhu::pages
