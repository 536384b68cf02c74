#include "features/cases/printed_numbers.h"

#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t activation_version = 0;  // as of every code that a clerk hands over

struct Block {
  BlockId id;
  std::int64_t first_serial = 0;
  std::int64_t last_serial = 0;
  Instant given_at;
  std::optional<Instant> revoked_at;
};

Block block_in(const Row& row) {
  return {row.id<BlockId>(0), row.integer(1), row.integer(2), row.instant(3), row.maybe_instant(4)};
}

std::optional<Block> find_block(Reading& reading, RegionId region, BlockId id) {
  return reading.first(
      "SELECT block_id, first_serial, last_serial, given_at, revoked_at FROM number_block "
      "WHERE region_id = ?1 AND block_id = ?2",
      {param(region), param(id)}, block_in);
}

std::optional<Block> block_of_request(Reading& reading, RegionId region, const Digest& token) {
  return reading.first(
      "SELECT block_id, first_serial, last_serial, given_at, revoked_at FROM number_block "
      "WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(token)}, block_in);
}

struct Printed {
  BlockId block;
  Bytes code_hash;
  bool revoked = false;
};

std::optional<Printed> find_printed(Reading& reading, const Context& context,
                                    std::string_view number) {
  return reading.first(
      "SELECT p.block_id, p.code_hash, b.revoked_at FROM printed_number p "
      "JOIN number_block b ON b.region_id = p.region_id AND b.block_id = p.block_id "
      "WHERE p.region_id = ?1 AND p.serial = ?2",
      {param(context.county.region), static_cast<std::int64_t>(serial_of(context.keyring, number))},
      [](const Row& row) {
        return Printed{row.id<BlockId>(0), Bytes(row.bytes(1).begin(), row.bytes(1).end()),
                       !row.is_null(2)};
      });
}

// Numbers and codes follow from the block and the token; neither is kept.
std::vector<PrintedNumber> numbers_of(const Context& context, const Block& block,
                                      const ClientToken& token) {
  std::vector<PrintedNumber> numbers;
  for (std::int64_t serial = block.first_serial; serial <= block.last_serial; ++serial) {
    std::string number = make_number(context.keyring, static_cast<std::uint64_t>(serial));
    auto code = make_query_code(context.keyring, number, activation_version, token);
    numbers.push_back({std::move(number), std::move(code)});
  }
  return numbers;
}

}  // namespace

Result<GivenBlock> give_out(Transaction& transaction, const Context& context, std::int64_t count,
                            const ClientToken& token) {
  if (count < 1 || count > most_printed_numbers) {
    return fail(FaultCode::invalid_input, "cases.block_size", "count",
                std::map<std::string, std::string>{{"most", std::to_string(most_printed_numbers)}});
  }
  const RegionId region = context.county.region;
  const Digest token_hash = hash_of_token(context.keyring, "give_out", token);
  if (const auto known = block_of_request(transaction, region, token_hash)) {
    if (known->revoked_at) return fail(FaultCode::conflict, "cases.number_revoked");
    return GivenBlock{known->id, known->given_at, true, numbers_of(context, *known, token)};
  }
  const auto first =
      static_cast<std::int64_t>(serial_after(last_serial(transaction, region), context.now));
  const Block block{context.entropy.id<BlockId>(context.now), first, first + count - 1, context.now,
                    std::nullopt};
  transaction.execute(
      "INSERT INTO number_block(region_id, block_id, token_hash, first_serial, last_serial, "
      "given_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), param(block.id), BytesView(token_hash), block.first_serial, block.last_serial,
       param(block.given_at)});
  GivenBlock given{block.id, block.given_at, false, numbers_of(context, block, token)};
  for (const PrintedNumber& one : given.numbers) {
    const Digest hash = hash_of_code(context.keyring, one.number, one.activation_code);
    transaction.execute(
        "INSERT INTO printed_number(region_id, serial, block_id, code_hash) "
        "VALUES (?1, ?2, ?3, ?4)",
        {param(region), static_cast<std::int64_t>(serial_of(context.keyring, one.number)),
         param(block.id), BytesView(hash)});
  }
  return given;
}

void revoke(Transaction& transaction, const Context& context, BlockId block) {
  transaction.execute(
      "UPDATE number_block SET revoked_at = ?3 "
      "WHERE region_id = ?1 AND block_id = ?2 AND revoked_at IS NULL",
      {param(context.county.region), param(block), param(context.now)});
}

std::optional<BlockStanding> standing_of(Reading& reading, const Context& context, BlockId id) {
  const RegionId region = context.county.region;
  const auto block = find_block(reading, region, id);
  if (!block) return std::nullopt;
  BlockStanding standing;
  standing.given = block->last_serial - block->first_serial + 1;
  standing.revoked_at = block->revoked_at;
  standing.waiting = reading.all(
      "SELECT serial FROM printed_number WHERE region_id = ?1 AND block_id = ?2 ORDER BY serial",
      {param(region), param(id)}, [&](const Row& row) {
        return make_number(context.keyring, static_cast<std::uint64_t>(row.integer(0)));
      });
  return standing;
}

std::optional<BlockId> block_of(Reading& reading, const Context& context, std::string_view number) {
  const auto printed = find_printed(reading, context, number);
  if (!printed) return std::nullopt;
  return printed->block;
}

Result<Digest> take_printed(Transaction& transaction, const Context& context,
                            std::string_view number) {
  const auto printed = find_printed(transaction, context, number);
  if (!printed) {
    const bool used = find_by_number(transaction, context, number).has_value();
    return used ? fail(FaultCode::conflict, "cases.number_used", "number")
                : fail(FaultCode::invalid_input, "cases.number_not_given_out", "number");
  }
  if (printed->revoked) return fail(FaultCode::conflict, "cases.number_revoked", "number");
  transaction.execute("DELETE FROM printed_number WHERE region_id = ?1 AND serial = ?2",
                      {param(context.county.region),
                       static_cast<std::int64_t>(serial_of(context.keyring, number))});
  Digest hash{};
  MINHU_ASSERT(printed->code_hash.size() == hash.size());
  std::copy(printed->code_hash.begin(), printed->code_hash.end(), hash.begin());
  return hash;
}

Fault why_not_open(Reading& reading, const Context& context, std::string_view number,
                   const Digest& code_hash) {
  const auto printed = find_printed(reading, context, number);
  if (!printed || !equal_in_constant_time(printed->code_hash, code_hash)) {
    return {FaultCode::unauthenticated, "cases.wrong_number_or_code"};
  }
  return {FaultCode::conflict,
          printed->revoked ? "cases.number_revoked" : "cases.number_not_arrived"};
}

}  // namespace minhu::cases
