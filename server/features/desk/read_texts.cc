// The texts of a library as an operator writes them.
#include "features/desk/texts.h"
#include "kernel/toml.h"
#include "kernel/utf8.h"

namespace minhu::desk {

namespace {

tl::unexpected<Fault> bad(std::uint32_t line, std::string reason) {
  return fail(FaultCode::invalid_input, "desk.bad_text_file", "",
              std::map<std::string, std::string>{{"line", std::to_string(line)},
                                                 {"reason", std::move(reason)}});
}

}  // namespace

Result<std::vector<NewText>> read_texts(std::string_view toml_text) {
  toml::table file;
  try {
    file = toml::parse(toml_text);
  } catch (const toml::parse_error& error) {
    return bad(error.source().begin.line, std::string(error.description()));
  }
  std::vector<NewText> texts;
  const toml::array* all = file["text"].as_array();
  if (all == nullptr) return bad(1, "there is no [[text]]");
  for (const toml::node& node : *all) {
    const auto line = node.source().begin.line;
    const toml::table* table = node.as_table();
    if (table == nullptr) return bad(line, "a text is a table");
    for (const auto& [key, value] : *table) {
      if (key != "title" && key != "body" && key != "source") {
        return bad(line, "there is no field \"" + std::string(key.str()) + "\"");
      }
    }
    NewText text;
    text.title = (*table)["title"].value_or(std::string());
    text.source = (*table)["source"].value_or(std::string());
    MINHU_TRY(text.body, clean_text((*table)["body"].value_or(std::string())));
    if (text.title.empty() || text.body.empty()) return bad(line, "title and body are needed");
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace minhu::desk
