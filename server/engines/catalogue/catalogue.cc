#include "engines/catalogue/catalogue.h"

#include <algorithm>
#include <boost/json.hpp>

#include "kernel/assert.h"

namespace minhu::catalogue {

namespace {

tl::unexpected<Fault> bad(std::string_view file, std::string reason) {
  return fail(FaultCode::invalid_input, "catalogue.bad_file", std::string(),
              Details{{"file", std::string(file)}, {"reason", std::move(reason)}});
}

// What people call each of these codes of the program; one that has no name stays as it is.
std::string in_words(const Catalogue& catalogue, std::string_view family, std::string_view codes) {
  std::string said;
  while (!codes.empty()) {
    const std::string_view code = codes.substr(0, codes.find(' '));
    codes.remove_prefix(std::min(codes.size(), code.size() + 1));
    const std::string key = std::string(family) + "." + std::string(code);
    if (!said.empty()) said += catalogue.say("words.between");
    said += catalogue.has(key) ? catalogue.say(key) : std::string(code);
  }
  return said;
}

}  // namespace

Result<Catalogue> Catalogue::read(std::string language, std::span<const EmbeddedFile> files) {
  Catalogue catalogue;
  catalogue.language_ = std::move(language);
  for (const EmbeddedFile& file : files) {
    if (!file.name.starts_with(catalogue.language_ + "/")) continue;
    boost::system::error_code error;
    const auto value = boost::json::parse(file.text, error);
    if (error || !value.is_object()) return bad(file.name, "not a JSON object");
    for (const auto& [key, sentence] : value.get_object()) {
      if (!sentence.is_string()) return bad(file.name, std::string(key) + " is not a text");
      const bool fresh =
          catalogue.sentences_.emplace(key, std::string(sentence.get_string())).second;
      if (!fresh) return bad(file.name, std::string(key) + " stands in another file too");
    }
  }
  return catalogue;
}

std::string Catalogue::say(std::string_view key, const Details& details) const {
  const auto found = sentences_.find(key);
  if (found == sentences_.end()) return std::string(key);
  const std::string_view pattern = found->second;
  std::string said;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) {
      said += pattern.substr(at);
      break;
    }
    said += pattern.substr(at, open - at);
    const std::string_view asked = pattern.substr(open + 1, close - open - 1);
    const std::string_view name = asked.substr(0, asked.find('@'));
    const auto detail = details.find(std::string(name));
    if (detail == details.end()) {
      said += pattern.substr(open, close - open + 1);
    } else if (name.size() == asked.size()) {
      said += detail->second;
    } else {
      said += in_words(*this, asked.substr(name.size() + 1), detail->second);
    }
    at = close + 1;
  }
  return said;
}

std::vector<std::string_view> Catalogue::keys() const {
  std::vector<std::string_view> keys;
  for (const auto& [key, sentence] : sentences_) keys.push_back(key);
  return keys;
}

Result<Catalogues> Catalogues::read(std::span<const EmbeddedFile> files,
                                    std::span<const std::string_view> languages) {
  MINHU_ASSERT(!languages.empty());
  Catalogues all;
  for (const std::string_view language : languages) {
    MINHU_TRY(Catalogue catalogue, Catalogue::read(std::string(language), files));
    all.catalogues_.push_back(std::move(catalogue));
  }
  return all;
}

const Catalogue& Catalogues::of(std::string_view language) const {
  for (const Catalogue& catalogue : catalogues_) {
    if (catalogue.language() == language) return catalogue;
  }
  return catalogues_.front();
}

}  // namespace minhu::catalogue
