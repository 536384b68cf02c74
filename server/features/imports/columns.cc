#include "features/imports/columns.h"

#include <algorithm>

#include "kernel/utf8.h"

namespace minhu::imports {

namespace {

using Details = std::map<std::string, std::string>;

struct Known {
  Field field;
  std::string_view name;  // the first of each field is its own name
};

// The names that such files give their columns.
constexpr Known known_names[] = {
    {Field::id, "id"},
    {Field::id, "编号"},
    {Field::id, "留言编号"},
    {Field::id, "信件编号"},
    {Field::id, "工单编号"},
    {Field::id, "number"},
    {Field::title, "title"},
    {Field::title, "标题"},
    {Field::title, "主题"},
    {Field::title, "留言主题"},
    {Field::title, "subject"},
    {Field::text, "text"},
    {Field::text, "detail"},
    {Field::text, "内容"},
    {Field::text, "正文"},
    {Field::text, "留言详情"},
    {Field::text, "留言内容"},
    {Field::text, "诉求内容"},
    {Field::text, "content"},
    {Field::time, "time"},
    {Field::time, "时间"},
    {Field::time, "留言时间"},
    {Field::time, "来信时间"},
    {Field::time, "date"},
    {Field::place, "place"},
    {Field::place, "区划代码"},
    {Field::place_words, "place_words"},
    {Field::place_words, "地点"},
    {Field::place_words, "事发地点"},
    {Field::name, "name"},
    {Field::name, "姓名"},
    {Field::phone, "phone"},
    {Field::phone, "电话"},
    {Field::phone, "联系电话"},
    {Field::address, "address"},
    {Field::address, "联系地址"},
};

std::optional<Field> field_named(std::string_view name) {
  std::optional<Field> last;
  for (const Known& known : known_names) {
    if (known.field == last) continue;  // only the first name of a field is its own
    last = known.field;
    if (known.name == name) return known.field;
  }
  return std::nullopt;
}

std::string own_names() {
  std::string names;
  std::optional<Field> last;
  for (const Known& known : known_names) {
    if (known.field == last) continue;
    last = known.field;
    if (!names.empty()) names += ", ";
    names += known.name;
  }
  return names;
}

std::optional<Field> recognised(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const Known& known : known_names) {
    if (known.name == name) return known.field;
  }
  return std::nullopt;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    if (!all.empty()) all += ", ";
    all += first_code_points(name, 40);
  }
  return all;
}

tl::unexpected<Fault> refuse(const char* key, Details details = {}) {
  return fail(FaultCode::invalid_input, key, std::string(), std::move(details));
}

}  // namespace

Result<Columns> Columns::find(const CsvRow& header,
                              const std::map<std::string, std::string>& wanted) {
  Columns columns;
  for (const std::string& name : header.fields) {
    if (!is_valid_utf8(name)) return refuse("imports.not_utf8");
    auto clean = clean_text(name);
    columns.names_.push_back(clean ? std::move(*clean) : std::string());
  }
  const std::vector<std::string>& names = columns.names_;
  if (names.size() == 1 && names.front().find_first_of(";\t") != std::string::npos) {
    return refuse("imports.wrong_separator");
  }
  columns.of_rejects_ = names.size() > 2 && names[0] == "line" && names[1] == "reason";

  std::vector<bool> decided(names.size(), false);
  for (const auto& [column, field_name] : wanted) {
    const auto found = std::find(names.begin(), names.end(), column);
    if (found == names.end()) {
      return refuse("imports.unknown_column", {{"column", column}, {"columns", joined(names)}});
    }
    const auto position = static_cast<std::size_t>(found - names.begin());
    decided[position] = true;
    if (field_name == "-") continue;
    const auto field = field_named(field_name);
    if (!field) {
      return refuse("imports.unknown_field", {{"field", field_name}, {"fields", own_names()}});
    }
    auto& at = columns.at_[static_cast<std::size_t>(*field)];
    if (at) return refuse("imports.two_columns_for_one_field", {{"field", field_name}});
    at = position;
  }
  for (std::size_t i = columns.of_rejects_ ? 2 : 0; i < names.size(); ++i) {
    if (decided[i]) continue;
    if (const auto field = recognised(names[i])) {
      auto& at = columns.at_[static_cast<std::size_t>(*field)];
      if (!at) at = i;  // the first of two; the other is named as not kept
    }
  }
  if (!columns.has(Field::text) && !columns.has(Field::title)) {
    return refuse("imports.no_words_column", {{"columns", joined(names)}});
  }
  return columns;
}

std::string_view Columns::of(const CsvRow& row, Field field) const {
  const auto position = at(field);
  if (!position || *position >= row.fields.size()) return {};
  std::string_view text = row.fields[*position];
  constexpr std::string_view disarmed = "=+-@\t";
  if (of_rejects_ && text.size() > 1 && text.front() == '\'' &&
      disarmed.find(text[1]) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  return text;
}

std::vector<std::string> Columns::not_kept() const {
  std::vector<std::string> names;
  for (std::size_t i = of_rejects_ ? 2 : 0; i < names_.size(); ++i) {
    if (std::find(at_.begin(), at_.end(), i) == at_.end()) names.push_back(names_[i]);
  }
  return names;
}

}  // namespace minhu::imports
