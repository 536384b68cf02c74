#include "adversary.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "adapters/storage_sqlite/sqlite_database.h"
#include "features/cases/content.h"
#include "features/cases/key_store.h"

namespace minhu::erasure {

namespace {

using storage_sqlite::SqliteDatabase;

Bytes bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Bytes joined(std::string_view first, std::initializer_list<BytesView> more) {
  Bytes all = to_bytes(first);
  for (const BytesView part : more) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes copied(BytesView bytes) {
  return {bytes.begin(), bytes.end()};
}

SqliteDatabase open_copy(const fs::path& file) {
  storage_sqlite::Options options;
  options.file = file;
  options.readers = 1;
  return SqliteDatabase(options);
}

struct Wrapped {
  Bytes case_id;
  Bytes bytes;
};
struct Sealed {
  Bytes case_id;
  std::vector<Bytes> contexts;
  Bytes bytes;
};

// The steps of the thief: what they collect on the way.
struct Collected {
  std::vector<std::pair<Bytes, Key>> wrapping;  // id and key
  std::vector<Wrapped> wrapped;
  std::vector<Sealed> sealed;
};

void collect_wrapping_keys(const Loot& loot, const cases::Keyring& keyring, Collected& all) {
  for (const fs::path& file : loot.key_stores) {
    SqliteDatabase database = open_copy(file);
    database.read_job([&](Reading& reading) {
      reading.query("SELECT wrapping_id, used_for, wrapped FROM wrapping_key", {},
                    [&](const Row& row) {
                      const Bytes place =
                          joined("minhu/wrapping-key/v1", {as_bytes(row.text(1)), row.bytes(0)});
                      const auto key = open_sealed(keyring.master, row.bytes(2), place);
                      if (!key) return;
                      Key opened{};
                      std::memcpy(opened.data(), key->data(), opened.size());
                      all.wrapping.emplace_back(copied(row.bytes(0)), opened);
                    });
      reading.query("SELECT case_id, wrapped FROM kept_key", {}, [&](const Row& row) {
        all.wrapped.push_back({copied(row.bytes(0)), copied(row.bytes(1))});
      });
    });
  }
}

void collect_contents(const Loot& loot, Collected& all) {
  for (const fs::path& file : loot.databases) {
    SqliteDatabase database = open_copy(file);
    database.read_job([&](Reading& reading) {
      reading.query("SELECT case_id, wrapped FROM case_key", {}, [&](const Row& row) {
        all.wrapped.push_back({copied(row.bytes(0)), copied(row.bytes(1))});
      });
      reading.query(
          "SELECT case_id, content_id, role, sealed FROM content", {}, [&](const Row& row) {
            const BytesView id = row.bytes(0);
            const BytesView content = row.bytes(1);
            all.sealed.push_back(
                {copied(id),
                 {joined("minhu/content.sealed/v2/", {as_bytes(row.text(2)), id, content}),
                  joined("", {id, content})},
                 copied(row.bytes(3))});
          });
    });
  }
}

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// What every base64 of a text that contains this one at that alignment contains.
std::string inner_base64(std::string_view text, std::size_t alignment) {
  std::string digits;
  const std::string padded = std::string(alignment, '\0') + std::string(text);
  for (std::size_t at = 0; at + 3 <= padded.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(padded[at + i]));
    };
    const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (int shift = 18; shift >= 0; shift -= 6) {
      digits += base64_digits[three >> static_cast<unsigned>(shift) & 63U];
    }
  }
  return alignment == 0 ? digits : digits.substr(4);
}

std::string utf16_of(std::string_view text, bool big_endian) {
  std::string wide;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;  // canaries stay in the BMP
    std::uint32_t point = length == 1 ? lead : length == 2 ? lead & 0x1FU : lead & 0x0FU;
    for (std::size_t i = 1; i < length; ++i) {
      point = point << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    at += length;
    const char high = static_cast<char>(point >> 8U);
    const char low = static_cast<char>(point & 0xFFU);
    wide += big_endian ? std::string{high, low} : std::string{low, high};
  }
  return wide;
}

std::vector<std::pair<std::string, std::string>> forms_of(const std::string& canary) {
  std::vector<std::pair<std::string, std::string>> forms{{"as it is", canary},
                                                         {"UTF-16LE", utf16_of(canary, false)},
                                                         {"UTF-16BE", utf16_of(canary, true)},
                                                         {"hex", to_hex(as_bytes(canary))}};
  for (std::size_t alignment = 0; alignment < 3; ++alignment) {
    forms.emplace_back("base64", inner_base64(canary, alignment));
  }
  return forms;
}

void look_into(const fs::path& file, const std::vector<std::string>& canaries,
               std::vector<std::string>& found) {
  const Bytes bytes = bytes_of(file);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const std::string& one : found_in(text, canaries)) {
    found.push_back(file.string() + ": " + one);
  }
}

}  // namespace

fs::path copy_of_database(const fs::path& database, const fs::path& into) {
  fs::create_directories(into);
  const fs::path copy = into / database.filename();
  fs::copy_file(database, copy, fs::copy_options::overwrite_existing);
  const fs::path log = database.string() + "-wal";
  if (fs::exists(log)) {
    fs::copy_file(log, copy.string() + "-wal", fs::copy_options::overwrite_existing);
  }
  return copy;
}

std::string all_that_opens(const Loot& loot) {
  Collected all;
  collect_contents(loot, all);
  std::set<std::pair<Bytes, Bytes>> keys;  // case and its key, each once
  if (!loot.key_file.empty()) {
    Key root{};
    const auto bytes = from_hex(loot.key_file);
    std::memcpy(root.data(), bytes.value().data(), root.size());
    const cases::Keyring keyring = cases::Keyring::from_root(root);
    collect_wrapping_keys(loot, keyring, all);
    for (const Wrapped& one : all.wrapped) {
      for (const auto& [id, under] : all.wrapping) {
        const auto key =
            open_sealed(under, one.bytes, joined("minhu/case-key/v2", {id, one.case_id}));
        if (key) keys.emplace(one.case_id, *key);
      }
      const auto key =
          open_sealed(keyring.wrapping, one.bytes, joined("minhu/case-key/v1", {one.case_id}));
      if (key) keys.emplace(one.case_id, *key);
    }
  }
  std::string opened;
  for (const Sealed& one : all.sealed) {
    for (const auto& [case_id, bytes] : keys) {
      if (case_id != one.case_id) continue;
      Key key{};
      std::memcpy(key.data(), bytes.data(), key.size());
      for (const Bytes& context : one.contexts) {
        if (const auto plain = open_sealed(key, one.bytes, context)) {
          opened += to_text(*plain) + '\n';
        }
      }
    }
  }
  return opened;
}

std::vector<std::string> found_in(std::string_view text, const std::vector<std::string>& canaries) {
  std::vector<std::string> found;
  for (const std::string& canary : canaries) {
    for (const auto& [form, bytes] : forms_of(canary)) {
      if (text.find(bytes) != std::string_view::npos) found.push_back(canary + " " + form);
    }
  }
  return found;
}

std::vector<std::string> found_in_files(const std::vector<fs::path>& places,
                                        const std::vector<std::string>& canaries) {
  std::vector<std::string> found;
  for (const fs::path& place : places) {
    if (!fs::is_directory(place)) {
      look_into(place, canaries, found);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      if (entry.is_regular_file()) look_into(entry.path(), canaries, found);
    }
  }
  return found;
}

}  // namespace minhu::erasure
