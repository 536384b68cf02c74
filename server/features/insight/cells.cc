#include "features/insight/cells.h"

#include <array>

#include "ports/storage.h"

namespace minhu::insight {

namespace {

constexpr std::array<std::string_view, standing_count> standing_names{
    "solved", "partly",     "not_solved", "not_reached",  "not_asked", "late",   "withdrawn",
    "voided", "legal_road", "emergency",  "not_accepted", "to_repeat", "parked", "own_registered"};

constexpr unsigned second_piece_begins = 21;

void put(Bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7U;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

// Small numbers of both signs are short.
void put_signed(Bytes& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  put(out, (bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

class Taker {
 public:
  explicit Taker(BytesView bytes) : rest_(bytes) {}
  bool done() const { return rest_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = take(1)[0];
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    throw StorageFailure("a figure is longer than any number");
  }
  std::int64_t signed_number() {
    const std::uint64_t bits = number();
    return static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0));
  }
  BytesView take(std::uint64_t size) {
    if (size > rest_.size()) throw StorageFailure("a row of figures ends too early");
    const BytesView taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(static_cast<std::size_t>(size));
    return taken;
  }

 private:
  BytesView rest_;
};

void put_counts(Bytes& out, const Counts& counts) {
  for (const auto& [counted, value] : counts) {
    put(out, static_cast<std::uint64_t>(counted.measure));
    put(out, counted.bucket);
    put_signed(out, value);
  }
}

void take_count(Taker& in, Counts& counts) {
  const auto measure = static_cast<Measure>(in.number());
  const auto bucket = static_cast<std::uint16_t>(in.number());
  counts[{measure, bucket}] = in.signed_number();
}

}  // namespace

std::string_view name(Standing outcome) noexcept {
  return standing_names[static_cast<std::size_t>(outcome)];
}

Piece piece_of(Date day) {
  const std::chrono::year_month_day civil(day);
  const Piece months =
      Piece{int(civil.year())} * 12 + static_cast<Piece>(unsigned(civil.month())) - 1;
  return months * 2 + (unsigned(civil.day()) >= second_piece_begins ? 1 : 0);
}

Date first_day_of(Piece piece) {
  const Piece months = piece / 2;
  const std::chrono::year_month month{std::chrono::year(static_cast<int>(months / 12)),
                                      std::chrono::month(static_cast<unsigned>(months % 12) + 1)};
  return Date(month / static_cast<int>(piece % 2 == 0 ? 1 : second_piece_begins));
}

Date last_day_of(Piece piece) {
  return first_day_of(piece + 1) - std::chrono::days(1);
}

std::string about_unit(UnitId unit) {
  std::string about = "u";
  about.append(to_text(unit.bytes()));
  return about;
}
std::string about_category(std::string_view category) {
  return "c" + std::string(category);
}
UnitId unit_of(std::string_view about) {
  return about.starts_with('u') ? UnitId::from_bytes(as_bytes(about.substr(1))) : UnitId();
}
std::string_view category_of(std::string_view about) {
  return about.starts_with('c') ? about.substr(1) : std::string_view();
}

void add(Counts& counts, Counted counted, std::int64_t by) {
  if (by == 0) return;
  const auto found = counts.try_emplace(counted, 0).first;
  found->second += by;
  if (found->second == 0) counts.erase(found);
}

void add(Counts& counts, const Counts& more) {
  for (const auto& [counted, value] : more) add(counts, counted, value);
}

void add(Cells& cells, const Key& key, Counted counted, std::int64_t by) {
  if (by == 0) return;
  const auto row = cells.try_emplace(key).first;
  add(row->second, counted, by);
  if (row->second.empty()) cells.erase(row);
}

void add(Cells& cells, const Cells& more, std::int64_t times) {
  for (const auto& [key, counts] : more) {
    for (const auto& [counted, value] : counts) add(cells, key, counted, value * times);
  }
}

Bytes packed(const Counts& counts) {
  Bytes out;
  put_counts(out, counts);
  return out;
}

Counts unpacked_counts(BytesView bytes) {
  Counts counts;
  for (Taker in(bytes); !in.done();) take_count(in, counts);
  return counts;
}

Bytes packed(const Cells& cells) {
  Bytes out;
  for (const auto& [key, counts] : cells) {
    put(out, static_cast<std::uint64_t>(key.piece));
    put(out, static_cast<std::uint64_t>(key.track));
    put(out, key.about.size());
    const BytesView about = as_bytes(key.about);
    out.insert(out.end(), about.begin(), about.end());
    put(out, counts.size());
    put_counts(out, counts);
  }
  return out;
}

Cells unpacked_cells(BytesView bytes) {
  Cells cells;
  for (Taker in(bytes); !in.done();) {
    Key key;
    key.piece = static_cast<Piece>(in.number());
    key.track = static_cast<cases::Track>(in.number());
    key.about = to_text(in.take(in.number()));
    Counts& counts = cells[key];
    for (std::uint64_t left = in.number(); left > 0; --left) take_count(in, counts);
  }
  return cells;
}

}  // namespace minhu::insight
