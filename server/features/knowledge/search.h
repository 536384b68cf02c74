// Finds articles by the pairs of characters that a text shares with them. Pure; inner header.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minhu::knowledge {

struct Searched {
  std::string_view title;
  std::string_view questions;
  std::string_view body;
};
struct Hit {
  std::size_t index = 0;  // of the article
  double score = 0;
  std::vector<std::string> words;  // what the text and the article share, in the order of the text
};

// The best first; what has nothing in common with the text is left out. Only the last 400
// characters of the text count: what somebody says last is what they came to say, and the clerk's
// screen must answer at once however long the call is.
std::vector<Hit> search(const std::vector<Searched>& articles, std::string_view text);

}  // namespace minhu::knowledge
