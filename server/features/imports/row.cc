#include "features/imports/row.h"

#include <algorithm>
#include <cstring>

#include "kernel/utf8.h"

namespace minhu::imports {

namespace {

using Details = std::map<std::string, std::string>;

// The row's own id, or all that it says: two rows of a file without ids are the same row when they
// say the same.
cases::ClientToken token_of(const CsvRow& row, const Columns& columns, const Source& source,
                            const cases::Keyring& keyring) {
  const std::string_view id = columns.of(row, Field::id);
  const auto part = [&](Field field) { return as_bytes(columns.of(row, field)); };
  const Digest digest =
      id.empty()
          ? keyed_hash(
                keyring.token_hash,
                {as_bytes("minhu/import-row-content/v1"), as_bytes(source.name), part(Field::title),
                 part(Field::text), part(Field::time), part(Field::place), part(Field::place_words),
                 part(Field::name), part(Field::phone), part(Field::address)})
          : keyed_hash(keyring.token_hash,
                       {as_bytes("minhu/import-row-id/v1"), as_bytes(source.name), as_bytes(id)});
  cases::ClientToken token{};
  std::memcpy(token.data(), digest.data(), token.size());
  return token;
}

Result<std::optional<Instant>> time_of(std::string_view text) {
  if (text.empty()) return std::optional<Instant>();
  if (const auto instant = parse_instant(text)) return std::optional(*instant);
  if (const auto date = parse_date(text)) return std::optional(start_of_day(*date));
  return fail(FaultCode::invalid_input, "imports.bad_time");
}

std::optional<Sealed<cases::Contact>> contact_of(const CsvRow& row, const Columns& columns) {
  cases::Contact contact;
  contact.name = columns.of(row, Field::name);
  contact.phone = columns.of(row, Field::phone);
  contact.address = columns.of(row, Field::address);
  if (contact.name.empty() && contact.phone.empty() && contact.address.empty()) return std::nullopt;
  return Sealed<cases::Contact>(std::move(contact));
}

}  // namespace

Result<cases::Words> words_of(const CsvRow& row, const Columns& columns, const Source& source,
                              const cases::Keyring& keyring) {
  if (row.fields.size() != columns.count()) {
    return fail(FaultCode::invalid_input, "imports.wrong_column_count", std::string(),
                Details{{"found", std::to_string(row.fields.size())},
                        {"expected", std::to_string(columns.count())}});
  }
  if (!std::all_of(row.fields.begin(), row.fields.end(),
                   [](const std::string& field) { return is_valid_utf8(field); })) {
    return fail(FaultCode::invalid_input, "imports.row_not_utf8");
  }
  cases::Words words;
  words.token = token_of(row, columns, source, keyring);
  words.track = source.track;
  words.channel = cases::Channel::import;
  words.title = columns.of(row, Field::title);
  words.text = columns.of(row, Field::text);
  words.place = columns.of(row, Field::place);
  words.place_words = columns.of(row, Field::place_words);
  words.contact = contact_of(row, columns);
  words.source = source.name;
  MINHU_TRY(words.happened_at, time_of(columns.of(row, Field::time)));
  return words;
}

Fault fault_of_row(Fault fault) {
  static constexpr std::pair<std::string_view, const char*> sentences[] = {
      {"kernel.csv_quote", "imports.bad_quote"},
      {"kernel.csv_row_too_long", "imports.row_too_long"},
      {"kernel.csv_not_read", "imports.not_read"},
      {"kernel.not_utf8", "imports.row_not_utf8"},
      {"kernel.control_character", "imports.control_character"},
      {"cases.words_empty", "imports.row_empty"},
      {"cases.words_too_long", "imports.words_too_long"},
      {"cases.in_the_future", "imports.in_the_future"},
  };
  for (const auto& [of_others, ours] : sentences) {
    if (fault.key == of_others) fault.key = ours;
  }
  return fault;
}

}  // namespace minhu::imports
