// The rows of a report and what lies in them: SQL, and the one key of the report around it. Inner
// header.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accusations/code.h"
#include "features/accusations/handlers.h"
#include "features/accusations/letter.h"

namespace minhu::accusations {

// What a stored content is. The letter and the identity stand once in a report.
// `late_…`: said by an old way after the seal was closed; the program put it in through the
// report's inbox, of which it has the public key alone.
enum class Kind : std::uint8_t { letter, identity, file, message, late_letter, late_file };
std::string_view name(Kind) noexcept;

// Sealed under the report's key, on its way to the store.
struct SealedPiece {
  SealedId id;
  Kind kind = Kind::letter;
  Bytes sealed;
};
SealedPiece seal_piece(const Secret& report_key, cases::CaseId id, Kind kind, BytesView plain,
                       Entropy& entropy, Instant now);

struct ReportRow {
  cases::CaseId id;
  State state = State::received;
  Instant received_at;
  Instant changed_at;
  std::optional<Instant> closed_at;
  bool unread = true;  // something that no handler has opened yet
};

// The same for what comes late: closed with the public key of the report, which is that of the pair
// made of its key.
SealedPiece seal_late(const Key& inbox, Kind kind, BytesView plain, Entropy& entropy, Instant now);

// Whose words it is known by; an old one, of before the seal, has none.
struct ReporterEntry {
  std::array<std::uint8_t, 16> index{};
  Key public_key{};
};
void insert_report(Transaction& transaction, RegionId region, const ReportRow& row,
                   const std::optional<ReporterEntry>& reporter, const Secret& report_key);
// One more holder of the report's key; a second box for the same key changes nothing.
void insert_box(Transaction& transaction, RegionId region, cases::CaseId id, const PublicKey& key,
                const Secret& report_key);
void insert_piece(Transaction& transaction, RegionId region, cases::CaseId id,
                  const SealedPiece& piece, const Digest* token_hash = nullptr);

std::optional<Key> inbox_of(Reading& reading, RegionId region, cases::CaseId id);

std::optional<ReportRow> load_row(Reading& reading, RegionId region, cases::CaseId id);
void save_row(Transaction& transaction, RegionId region, const ReportRow& row);

struct FoundByCode {
  ReportRow row;
  Key reporter_key{};
  Bytes box;
};
std::optional<FoundByCode> find_by_index(Reading& reading, RegionId region,
                                         const std::array<std::uint8_t, 16>& index);
bool said_before(Reading& reading, RegionId region, cases::CaseId id, const Digest& token_hash);

// The reports that this key opens, the newest first.
std::vector<ReportRow> rows_for(Reading& reading, RegionId region, KeyId key);
std::optional<Bytes> box_for(Reading& reading, RegionId region, cases::CaseId id, KeyId key);

struct PieceInfo {
  SealedId id;
  std::string kind;
};
std::vector<PieceInfo> list_pieces(Reading& reading, RegionId region, cases::CaseId id);
// Fault not_found accusations.not_found. Bytes that do not open are StorageFailure: somebody
// changed them outside the program.
Result<Bytes> read_piece(Reading& reading, RegionId region, const Secret& report_key,
                         cases::CaseId id, Kind kind, SealedId piece);

}  // namespace minhu::accusations
