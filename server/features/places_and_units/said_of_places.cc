#include "features/places_and_units/said_of_places.h"

namespace minhu::places_and_units {

std::string_view more_than_path(std::string_view path, std::string_view said) {
  const auto without_spaces = [](std::string_view text) {
    std::string kept(text);
    std::erase(kept, ' ');
    return kept;
  };
  return without_spaces(path).ends_with(without_spaces(said)) ? std::string_view() : said;
}

std::string path_as_said(std::string_view path, std::string_view said) {
  const std::string_view words = more_than_path(path, said);
  std::string line(path);
  if (!path.empty() && !words.empty()) line += ' ';
  return line.append(words);
}

}  // namespace minhu::places_and_units
