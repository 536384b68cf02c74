#include "features/accusations/store.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "features/accusations/keeping.h"

namespace minhu::accusations {

namespace {

// As in the content store of cases: no statement of the writer is larger.
constexpr std::size_t piece_size = std::size_t{256} * 1024;
constexpr std::array<std::string_view, 6> kinds{"letter",  "identity",    "file",
                                                "message", "late_letter", "late_file"};

bool is_late(Kind kind) {
  return kind == Kind::late_letter || kind == Kind::late_file;
}

Bytes place_of(cases::CaseId id, SealedId piece, Kind kind) {
  Bytes place = to_bytes("minhu/accusation/v1");
  place.insert(place.end(), id.bytes().begin(), id.bytes().end());
  place.insert(place.end(), piece.bytes().begin(), piece.bytes().end());
  place.push_back(static_cast<std::uint8_t>(kind));
  return place;
}

// case_id, state, received_at, changed_at, closed_at, unread
ReportRow row_of(const Row& row) {
  return {row.id<cases::CaseId>(0), state_named(row.text(1)).value_or(State::received),
          row.instant(2),           row.instant(3),
          row.maybe_instant(4),     row.integer(5) != 0};
}

}  // namespace

std::string_view name(Kind kind) noexcept {
  return kinds[static_cast<std::size_t>(kind)];
}

SealedPiece seal_piece(const Secret& report_key, cases::CaseId id, Kind kind, BytesView plain,
                       Entropy& entropy, Instant now) {
  SealedPiece piece{entropy.id<SealedId>(now), kind, {}};
  Bytes filled = padded(plain);
  piece.sealed =
      seal(report_key.bytes(), filled, place_of(id, piece.id, kind), entropy.bytes<24>());
  wipe(filled);
  return piece;
}

SealedPiece seal_late(const Key& inbox, Kind kind, BytesView plain, Entropy& entropy, Instant now) {
  Bytes filled = padded(plain);
  SealedPiece piece{entropy.id<SealedId>(now), kind, seal_to(inbox, filled)};
  wipe(filled);
  return piece;
}

void insert_report(Transaction& transaction, RegionId region, const ReportRow& row,
                   const std::optional<ReporterEntry>& reporter, const Secret& report_key) {
  const Key inbox = key_pair_from(report_key).public_key;
  const Bytes box = reporter ? seal_to(reporter->public_key, report_key.bytes()) : Bytes();
  transaction.execute(
      "INSERT INTO accusation(region_id, case_id, state, received_at, changed_at, closed_at, "
      "code_index, reporter_key, reporter_box, unread, inbox_key) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      {param(region), param(row.id), name(row.state), param(row.received_at), param(row.changed_at),
       param(row.closed_at), reporter ? Parameter(BytesView(reporter->index)) : Parameter(),
       reporter ? Parameter(BytesView(reporter->public_key)) : Parameter(),
       reporter ? Parameter(BytesView(box)) : Parameter(), std::int64_t{row.unread},
       BytesView(inbox)});
}

std::optional<Key> inbox_of(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.first("SELECT inbox_key FROM accusation WHERE region_id = ?1 AND case_id = ?2",
                       {param(region), param(id)}, [](const Row& row) {
                         Key key{};
                         if (row.bytes(0).size() == key.size()) {
                           std::memcpy(key.data(), row.bytes(0).data(), key.size());
                         }
                         return key;
                       });
}

void insert_box(Transaction& transaction, RegionId region, cases::CaseId id, const PublicKey& key,
                const Secret& report_key) {
  const Bytes box = seal_to(key.bytes, report_key.bytes());
  transaction.execute(
      "INSERT INTO accusation_box(region_id, key_id, case_id, box) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, key_id, case_id) DO NOTHING",
      {param(region), param(key.key), param(id), BytesView(box)});
}

void insert_piece(Transaction& transaction, RegionId region, cases::CaseId id,
                  const SealedPiece& piece, const Digest* token_hash) {
  const BytesView sealed = piece.sealed;
  for (std::size_t at = 0; at < sealed.size(); at += piece_size) {
    transaction.execute(
        "INSERT INTO accusation_content(region_id, case_id, content_id, piece, kind, token_hash, "
        "sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {param(region), param(id), param(piece.id), static_cast<std::int64_t>(at / piece_size),
         name(piece.kind), token_hash == nullptr ? Parameter() : Parameter(BytesView(*token_hash)),
         sealed.subspan(at, std::min(piece_size, sealed.size() - at))});
  }
}

std::optional<ReportRow> load_row(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.first(
      "SELECT case_id, state, received_at, changed_at, closed_at, unread FROM accusation "
      "WHERE region_id = ?1 AND case_id = ?2",
      {param(region), param(id)}, row_of);
}

void save_row(Transaction& transaction, RegionId region, const ReportRow& row) {
  transaction.execute(
      "UPDATE accusation SET state = ?3, changed_at = ?4, closed_at = ?5, unread = ?6 "
      "WHERE region_id = ?1 AND case_id = ?2",
      {param(region), param(row.id), name(row.state), param(row.changed_at), param(row.closed_at),
       std::int64_t{row.unread}});
}

std::optional<FoundByCode> find_by_index(Reading& reading, RegionId region,
                                         const std::array<std::uint8_t, 16>& index) {
  return reading.first(
      "SELECT case_id, state, received_at, changed_at, closed_at, unread, reporter_key, "
      "reporter_box FROM accusation WHERE region_id = ?1 AND code_index = ?2",
      {param(region), BytesView(index)}, [](const Row& row) {
        FoundByCode found{row_of(row), {}, {row.bytes(7).begin(), row.bytes(7).end()}};
        if (row.bytes(6).size() == found.reporter_key.size()) {
          std::memcpy(found.reporter_key.data(), row.bytes(6).data(), found.reporter_key.size());
        }
        return found;
      });
}

bool said_before(Reading& reading, RegionId region, cases::CaseId id, const Digest& token_hash) {
  return reading
      .first(
          "SELECT 1 FROM accusation_content "
          "WHERE region_id = ?1 AND case_id = ?2 AND token_hash = ?3",
          {param(region), param(id), BytesView(token_hash)}, [](const Row&) { return true; })
      .has_value();
}

std::vector<ReportRow> rows_for(Reading& reading, RegionId region, KeyId key) {
  return reading.all(
      "SELECT a.case_id, a.state, a.received_at, a.changed_at, a.closed_at, a.unread "
      "FROM accusation_box b JOIN accusation a ON a.region_id = b.region_id "
      "AND a.case_id = b.case_id WHERE b.region_id = ?1 AND b.key_id = ?2 "
      "ORDER BY b.case_id DESC",
      {param(region), param(key)}, row_of);
}

std::optional<Bytes> box_for(Reading& reading, RegionId region, cases::CaseId id, KeyId key) {
  return reading.first(
      "SELECT box FROM accusation_box WHERE region_id = ?1 AND key_id = ?2 AND case_id = ?3",
      {param(region), param(key), param(id)},
      [](const Row& row) { return Bytes(row.bytes(0).begin(), row.bytes(0).end()); });
}

std::vector<PieceInfo> list_pieces(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.all(
      "SELECT content_id, kind FROM accusation_content "
      "WHERE region_id = ?1 AND case_id = ?2 AND piece = 0 ORDER BY content_id",
      {param(region), param(id)},
      [](const Row& row) { return PieceInfo{row.id<SealedId>(0), std::string(row.text(1))}; });
}

Result<Bytes> read_piece(Reading& reading, RegionId region, const Secret& report_key,
                         cases::CaseId id, Kind kind, SealedId piece) {
  Bytes sealed;
  reading.query(
      "SELECT sealed FROM accusation_content "
      "WHERE region_id = ?1 AND case_id = ?2 AND content_id = ?3 ORDER BY piece",
      {param(region), param(id), param(piece)}, [&](const Row& row) {
        sealed.insert(sealed.end(), row.bytes(0).begin(), row.bytes(0).end());
      });
  if (sealed.empty()) return fail(FaultCode::not_found, "accusations.not_found");
  auto filled = is_late(kind) ? open_late(key_pair_from(report_key), sealed)
                              : open_sealed(report_key.bytes(), sealed, place_of(id, piece, kind));
  auto plain = filled ? unpadded(std::move(*filled)) : std::move(filled);
  if (!plain) throw StorageFailure("a sealed report has been changed outside the program");
  return plain;
}

void shred(Transaction& transaction, RegionId region, cases::CaseId id) {
  for (const std::string_view sql : {
           "DELETE FROM accusation_box WHERE region_id = ?1 AND case_id = ?2",
           "DELETE FROM accusation_content WHERE region_id = ?1 AND case_id = ?2",
           "DELETE FROM accusation WHERE region_id = ?1 AND case_id = ?2",
       }) {
    transaction.execute(sql, {param(region), param(id)});
  }
}

}  // namespace minhu::accusations
