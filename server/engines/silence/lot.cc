#include "engines/silence/lot.h"

#include <algorithm>
#include <set>

#include "kernel/bytes.h"

namespace minhu::silence {

namespace {

constexpr std::int64_t most_weight = 1'000'000'000'000'000;

std::vector<Ticket> in_order(std::vector<Ticket> tickets) {
  std::sort(tickets.begin(), tickets.end(),
            [](const Ticket& a, const Ticket& b) { return a.place < b.place; });
  return tickets;
}

std::uint64_t first_64_bits(const Digest& digest) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8U | digest[i];
  return number;
}

// 0 … below−1, each equally likely: numbers from the last, incomplete row are thrown again.
std::uint64_t throw_below(const Key& seed, std::string_view round, std::string_view beacon,
                          std::uint64_t below, std::uint64_t& thrown) {
  const std::uint64_t most = UINT64_MAX - UINT64_MAX % below;
  for (;;) {
    const std::string count = std::to_string(thrown++);
    const std::uint64_t number =
        first_64_bits(keyed_hash(seed, {as_bytes("minhu/visits-lot/v1"), as_bytes(round),
                                        as_bytes(beacon), as_bytes(count)}));
    if (number < most) return number % below;
  }
}

}  // namespace

Digest commitment(const Key& seed, std::string_view round, const std::vector<Ticket>& tickets) {
  std::string list;
  for (const Ticket& ticket : in_order(tickets)) {
    list += std::to_string(ticket.place.size()) + ' ' + ticket.place + ' ' +
            std::to_string(ticket.weight) + '\n';
  }
  return keyed_hash(seed,
                    {as_bytes("minhu/visits-commitment/v1"), as_bytes(round), as_bytes(list)});
}

Result<std::vector<std::string>> draw(const Key& seed, std::string_view round,
                                      std::string_view beacon, const std::vector<Ticket>& tickets,
                                      std::size_t number) {
  std::vector<Ticket> left = in_order(tickets);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const bool twice = i > 0 && left[i].place == left[i - 1].place;
    if (twice || left[i].weight < 0 || left[i].weight > most_weight - sum) {
      return fail(FaultCode::invalid_input, "silence.bad_lot", "tickets",
                  std::map<std::string, std::string>{{"place", left[i].place}});
    }
    sum += left[i].weight;
  }
  std::vector<std::string> drawn;
  std::uint64_t thrown = 0;
  while (drawn.size() < number && sum > 0) {
    auto at = static_cast<std::int64_t>(
        throw_below(seed, round, beacon, static_cast<std::uint64_t>(sum), thrown));
    std::size_t which = 0;
    while (at >= left[which].weight) at -= left[which++].weight;
    drawn.push_back(left[which].place);
    sum -= left[which].weight;
    left[which].weight = 0;
  }
  return drawn;
}

Outcome verify(const Digest& published, const Key& seed, std::string_view round,
               std::string_view beacon, const std::vector<Ticket>& tickets,
               const std::vector<std::string>& drawn) {
  if (commitment(seed, round, tickets) != published) {
    return fail(FaultCode::invalid_input, "silence.lot_other_seed", "seed");
  }
  MINHU_TRY(const std::vector<std::string> again, draw(seed, round, beacon, tickets, drawn.size()));
  if (again != drawn) return fail(FaultCode::invalid_input, "silence.lot_other_places", "drawn");
  return {};
}

}  // namespace minhu::silence
