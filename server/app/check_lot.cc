#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "app/commands.h"
#include "app/files.h"
#include "app/terminal.h"
#include "engines/silence/lot.h"
#include "kernel/bytes.h"

namespace minhu::app {

namespace {

namespace bj = boost::json;

struct Published {
  std::string round;
  std::string beacon;
  Digest commitment{};
  Key seed{};
  std::vector<silence::Ticket> tickets;
  std::vector<std::string> drawn;
};

template <std::size_t Size>
bool read_hex(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
  const auto read = from_hex(text);
  if (!read || read->size() != Size) return false;
  std::copy(read->begin(), read->end(), bytes.begin());
  return true;
}

// As GET /api/v1/plans/{month}/lot gives it. Throws where it is of another form.
Result<Published> published_in(const bj::value& file) {
  const bj::value& lot = file.at("lot");
  if (lot.is_null() || lot.at("seed").as_string().empty()) {
    return fail(FaultCode::conflict, "plans.lot_not_over");
  }
  Published published;
  published.round = lot.at("round").as_string();
  published.beacon = lot.at("beacon").as_string();
  for (const bj::value& place : lot.at("tickets").as_array()) {
    published.tickets.push_back({std::string(place.as_string()), 1});
  }
  for (const bj::value& place : lot.at("drawn").as_array()) {
    published.drawn.emplace_back(place.as_string());
  }
  if (!read_hex(lot.at("commitment").as_string(), published.commitment) ||
      !read_hex(lot.at("seed").as_string(), published.seed)) {
    return fail(FaultCode::invalid_input, "plans.lot_file");
  }
  return published;
}

Result<Published> read_lot(const std::filesystem::path& file) {
  MINHU_TRY(const std::string text, contents_of(file));
  try {
    return published_in(bj::parse(text));
  } catch (const std::exception&) {  // no JSON, or other members than a lot has
    return fail(FaultCode::invalid_input, "plans.lot_file");
  }
}

}  // namespace

int check_lot(const std::filesystem::path& file) {
  const auto lot = read_lot(file);
  if (!lot) return refuse(lot.error());
  const Outcome right = silence::verify(lot->commitment, lot->seed, lot->round, lot->beacon,
                                        lot->tickets, lot->drawn);
  if (!right) return refuse(right.error());
  for (const std::string& place : lot->drawn) std::printf("%s\n", place.c_str());
  return finish(
      fmt::format("{}: the seed is the one that was committed to, and draws these {} of {} places "
                  "in this order",
                  lot->round, lot->drawn.size(), lot->tickets.size()));
}

}  // namespace minhu::app
