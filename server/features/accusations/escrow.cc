#include "features/accusations/escrow.h"

#include <sodium.h>

extern "C" {
#include <libgfshare.h>  // made for C alone
}

#include <algorithm>
#include <memory>

#include "features/accusations/opening.h"
#include "features/cases/sealed_reports.h"
#include "kernel/assert.h"

namespace minhu::accusations {

namespace {

// version, number of the share, first bytes of the key's id, the share, a check of all of it
constexpr std::uint8_t version = 1;
constexpr std::size_t id_bytes = 4;
constexpr std::size_t share_bytes = 32;
constexpr std::size_t check_bytes = 4;
constexpr std::size_t body_bytes = 2 + id_bytes + share_bytes;
constexpr unsigned char needed = 2;

using Numbers = std::array<unsigned char, 3>;
constexpr Numbers numbers{1, 2, 3};

struct FreeContext {
  void operator()(gfshare_ctx* context) const noexcept { gfshare_ctx_free(context); }
};
using Context = std::unique_ptr<gfshare_ctx, FreeContext>;

void fill_from_the_system(unsigned char* out, unsigned int size) {
  randombytes_buf(out, size);
}

struct Share {
  std::uint8_t number = 0;
  std::array<std::uint8_t, id_bytes> key_start{};
  Secret bytes;
};

std::array<std::uint8_t, id_bytes> start_of(KeyId key) {
  // The random end of the id: its beginning is the time.
  std::array<std::uint8_t, id_bytes> start{};
  std::copy_n(key.bytes().end() - id_bytes, id_bytes, start.begin());
  return start;
}

std::array<Secret, 3> split(const Secret& secret) {
  // The library asks a variable of its own for randomness.
  gfshare_fill_rand = fill_from_the_system;
  Numbers all = numbers;
  const Context context(gfshare_ctx_init_enc(all.data(), all.size(), needed, share_bytes));
  MINHU_ASSERT(context != nullptr);
  Key copy = secret.bytes();
  gfshare_ctx_enc_setsecret(context.get(), copy.data());
  sodium_memzero(copy.data(), copy.size());
  std::array<Secret, 3> shares;
  for (unsigned char i = 0; i < all.size(); ++i) {
    gfshare_ctx_enc_getshare(context.get(), i, shares[i].bytes().data());
  }
  return shares;
}

Secret joined(const Share& one, const Share& other) {
  std::array<unsigned char, 2> both{one.number, other.number};
  const Context context(gfshare_ctx_init_dec(both.data(), both.size(), share_bytes));
  MINHU_ASSERT(context != nullptr);
  Key first = one.bytes.bytes();
  Key second = other.bytes.bytes();
  gfshare_ctx_dec_giveshare(context.get(), 0, first.data());
  gfshare_ctx_dec_giveshare(context.get(), 1, second.data());
  Secret secret;
  gfshare_ctx_dec_extract(context.get(), secret.bytes().data());
  sodium_memzero(first.data(), first.size());
  sodium_memzero(second.data(), second.size());
  return secret;
}

Paper paper_of(std::uint8_t number, KeyId key, const Secret& share) {
  Bytes body{version, number};
  const auto start = start_of(key);
  body.insert(body.end(), start.begin(), start.end());
  body.insert(body.end(), share.bytes().begin(), share.bytes().end());
  const Digest check = sha256(body);
  body.insert(body.end(), check.begin(), check.begin() + check_bytes);
  std::string hex = to_hex(body);
  wipe(body);
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 4) {
    if (i > 0) text += ' ';
    text += hex.substr(i, 4);
  }
  wipe(hex);
  return Paper(std::move(text));
}

Result<Share> share_on(const Paper& paper, const char* field) {
  std::string hex;
  for (const char c : paper.reveal_because("two papers are laid together here")) {
    if (c != ' ' && c != '-' && c != '\n' && c != '\r' && c != '\t') {
      hex += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  auto bytes = from_hex(hex);
  wipe(hex);
  if (!bytes || bytes->size() != body_bytes + check_bytes || bytes->front() != version) {
    return fail(FaultCode::invalid_input, "accusations.bad_share", field);
  }
  const BytesView body = BytesView(*bytes).first(body_bytes);
  const Digest check = sha256(body);
  Share share{(*bytes)[1], {}, Secret(body.subspan(2 + id_bytes))};
  std::copy_n(body.begin() + 2, id_bytes, share.key_start.begin());
  const bool right =
      std::equal(check.begin(), check.begin() + check_bytes, bytes->begin() + body_bytes) &&
      std::find(numbers.begin(), numbers.end(), share.number) != numbers.end();
  wipe(*bytes);
  if (!right) return fail(FaultCode::invalid_input, "accusations.bad_share", field);
  return share;
}

std::vector<PublicKey> escrow_keys(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT key_id, public_key FROM accusation_key "
      "WHERE region_id = ?1 AND account_id IS NULL ORDER BY key_id",
      {param(region)}, [](const Row& row) {
        PublicKey key{row.id<KeyId>(0), {}, {}};
        if (row.bytes(1).size() == key.bytes.size()) {
          std::copy(row.bytes(1).begin(), row.bytes(1).end(), key.bytes.begin());
        }
        return key;
      });
}

cases::Context program(const Ground& ground) {
  return ground.installation.as({accounts::Role::system, {}, {}});
}

}  // namespace

Result<std::array<Paper, 3>> make_escrow(const Ground& ground, bool anew) {
  Entropy& entropy = ground.installation.entropy;
  const auto id = entropy.id<KeyId>(ground.now());
  const KeyPair pair = key_pair_from(Secret::random(entropy));
  const auto shares = split(pair.private_key);
  const RegionId region = ground.region();
  MINHU_CHECK_OK(ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto retired = transaction.execute(
        "UPDATE accusation_key SET retired_at = ?2 "
        "WHERE region_id = ?1 AND account_id IS NULL AND retired_at IS NULL",
        {param(region), param(ground.now())});
    if (retired > 0 && !anew) return fail(FaultCode::conflict, "accusations.escrow_exists");
    transaction.execute(
        "INSERT INTO accusation_key(region_id, key_id, public_key, made_at) "
        "VALUES (?1, ?2, ?3, ?4)",
        {param(region), param(id), BytesView(pair.public_key), param(ground.now())});
    return {};
  }));
  return std::array<Paper, 3>{paper_of(1, id, shares[0]), paper_of(2, id, shares[1]),
                              paper_of(3, id, shares[2])};
}

std::vector<Listed> escrowed(Reading& reading, const Ground& ground) {
  std::vector<Listed> all;
  for (const PublicKey& key : escrow_keys(reading, ground.region())) {
    for (const ReportRow& row : rows_for(reading, ground.region(), key.key)) {
      all.push_back({row.id, row.state, row.received_at, row.unread});
    }
  }
  return all;
}

Result<EscrowOpened> open_escrow(const Ground& ground, cases::CaseId id, const Paper& one,
                                 const Paper& other) {
  MINHU_TRY(const Share first, share_on(one, "share_1"));
  MINHU_TRY(const Share second, share_on(other, "share_2"));
  if (first.number == second.number) {
    return fail(FaultCode::invalid_input, "accusations.same_share", "share_2");
  }
  const RegionId region = ground.region();
  KeyPair pair;
  pair.private_key = joined(first, second);
  crypto_scalarmult_base(pair.public_key.data(), pair.private_key.bytes().data());

  return ground.installation.database.write([&](Transaction& transaction) -> Result<EscrowOpened> {
    const auto keys = escrow_keys(transaction, region);
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const PublicKey& candidate) {
      return candidate.bytes == pair.public_key;
    });
    if (first.key_start != second.key_start || key == keys.end()) {
      return fail(FaultCode::invalid_input, "accusations.shares_do_not_fit", "share_2");
    }
    const auto box = box_for(transaction, region, id, key->key);
    if (!box) return fail(FaultCode::not_found, "accusations.not_found");
    MINHU_TRY(const Secret report_key, open_box(pair, *box));
    // Written down before anything is shown, and told to the reporter.
    Message message;
    message.from = Message::From::custodians;
    message.decision = "escrow_opened";
    const SealedPiece piece = seal_message(ground, report_key, id, std::move(message));
    insert_piece(transaction, region, id, piece);
    MINHU_CHECK_OK(cases::note_sealed_step(
        transaction, program(ground), id, "escrow_opened",
        {{"shares", std::to_string(first.number) + "+" + std::to_string(second.number)},
         {"digest", to_hex(sha256(piece.sealed))}}));
    OpenReport open = open_report(transaction, region, report_key, id);
    EscrowOpened opened{std::move(open.letter), {}, std::move(open.messages)};
    for (const PieceInfo& info : list_pieces(transaction, region, id)) {
      if (info.kind != name(Kind::identity)) continue;
      MINHU_TRY(Bytes bytes,
                read_piece(transaction, region, report_key, id, Kind::identity, info.id));
      opened.identity = identity_of(to_text(bytes));
      wipe(bytes);
    }
    return opened;
  });
}

}  // namespace minhu::accusations
