#include "features/accusations/file_report.h"

#include <algorithm>

#include "features/accusations/store.h"
#include "features/cases/sealed_reports.h"
#include "kernel/utf8.h"

namespace minhu::accusations {

namespace {

constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_contact = 200;

Result<std::string> text_of(std::string_view typed, std::size_t most, const char* field) {
  auto clean = clean_text(typed);
  if (!clean) {
    clean.error().field = field;
    return clean;
  }
  if (code_points(*clean) > most) {
    return fail(FaultCode::invalid_input, "cases.words_too_long", field,
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  return clean;
}

Outcome check(Report& report) {
  MINHU_TRY(report.words, text_of(report.words, cases::longest_words, "words"));
  MINHU_TRY(report.complaint, text_of(report.complaint, cases::longest_words, "complaint"));
  MINHU_TRY(report.name, text_of(report.name, longest_name, "name"));
  MINHU_TRY(report.contact, text_of(report.contact, longest_contact, "contact"));
  if (report.words.empty() && report.files.empty()) {
    return fail(FaultCode::invalid_input, "accusations.words_empty", "words");
  }
  if (report.files.size() > cases::most_attachments) {
    return fail(
        FaultCode::too_large, "cases.too_many_attachments", "photos",
        std::map<std::string, std::string>{{"most", std::to_string(cases::most_attachments)}});
  }
  // Whoever chose to say nothing of themselves has said nothing, whatever a form still held.
  if (report.level == Level::anonymous) report.name.clear();
  if (report.level != Level::anonymous && report.name.empty()) {
    return fail(FaultCode::invalid_input, "accusations.name_missing", "name");
  }
  return {};
}

// The token of the complaint: the same for the same form, and not the one that makes the code.
cases::ClientToken token_of_complaint(const Ground& ground, const cases::ClientToken& token) {
  const Digest made = keyed_hash(ground.installation.keyring.token_hash,
                                 {as_bytes("minhu/complaint-of-a-report/v1"), token});
  cases::ClientToken other{};
  std::copy_n(made.begin(), other.size(), other.begin());
  return other;
}

Result<cases::PreparedWordsPtr> prepare_complaint(const Ground& ground,
                                                  const cases::Context& context,
                                                  const Report& report) {
  cases::Words words;
  words.token = token_of_complaint(ground, report.token);
  words.track = ground.installation.county.default_track;
  words.notice = report.notice;
  words.text = report.complaint;
  words.place = report.complaint_place;
  return cases::prepare(context, std::move(words));
}

struct SealedReport {
  cases::CaseId id;
  Secret key;
  Letter letter;
  std::vector<SealedPiece> pieces;
};

SealedReport seal_report(const Ground& ground, Report& report) {
  Entropy& entropy = ground.installation.entropy;
  const Instant now = ground.now();
  SealedReport sealed{entropy.id<cases::CaseId>(now), Secret::random(entropy), {}, {}};
  const auto add = [&](Kind kind, BytesView plain) {
    sealed.pieces.push_back(seal_piece(sealed.key, sealed.id, kind, plain, entropy, now));
    return sealed.pieces.back().id;
  };
  sealed.letter.level = report.level;
  sealed.letter.words = std::move(report.words);
  for (const accounts::AccountId account : report.kept_from) {
    sealed.letter.kept_from.push_back(account.text());
  }
  for (ReportFile& file : report.files) {
    LetterFile entry{add(Kind::file, file.shown.bytes),
                     file.shown.media_type,
                     static_cast<std::int64_t>(file.shown.bytes.size()),
                     {},
                     {}};
    wipe(file.shown.bytes);
    if (file.original) {
      entry.original = add(Kind::file, file.original->bytes);
      entry.original_type = file.original->media_type;
      wipe(file.original->bytes);
    }
    sealed.letter.files.push_back(std::move(entry));
  }
  if (!report.name.empty() || !report.contact.empty()) {
    sealed.letter.has_identity = true;
    std::string identity = to_json(Identity{report.name, report.contact});
    add(Kind::identity, as_bytes(identity));
    wipe(identity);
  }
  return sealed;
}

// Those who will be able to open it.
std::vector<PublicKey> holders(Reading& reading, const Ground& ground,
                               const std::vector<accounts::AccountId>& kept_from) {
  std::vector<PublicKey> keys = keys_in_force(reading, ground);
  std::erase_if(keys, [&](const PublicKey& key) {
    return !key.account.empty() &&
           std::find(kept_from.begin(), kept_from.end(), key.account) != kept_from.end();
  });
  return keys;
}

}  // namespace

bool can_seal(Reading& reading, const Ground& ground) {
  return !keys_in_force(reading, ground).empty();
}

Result<Filed> file_report(const Ground& ground, Report report) {
  MINHU_CHECK_OK(check(report));
  const RegionId region = ground.region();
  const cases::Context context = ground.installation.as({accounts::Role::anyone, {}, {}});
  cases::PreparedWordsPtr complaint;
  if (!report.complaint.empty()) {
    auto prepared = prepare_complaint(ground, context, report);
    if (!prepared) {
      prepared.error().field = "complaint";
      return tl::unexpected(std::move(prepared).error());
    }
    complaint = std::move(*prepared);
  }
  Filed filed{make_code(ground.installation.keyring, report.token), {}, false};
  MINHU_TRY(const ReporterKeys reporter, keys_of_code(ground, filed.code));
  SealedReport sealed = seal_report(ground, report);

  return ground.installation.database.write([&](Transaction& transaction) -> Result<Filed> {
    const auto known = find_by_index(transaction, region, reporter.index);
    filed.repeated = known.has_value();
    if (!known) {
      const auto keys = holders(transaction, ground, report.kept_from);
      if (keys.empty()) {
        return fail(FaultCode::invalid_input, "accusations.nobody_left", "kept_from");
      }
      cases::register_sealed(transaction, context, sealed.id, report.notice);
      const Instant hour = to_the_hour(context.now);
      insert_report(transaction, region, {sealed.id, State::received, hour, hour, {}, true},
                    ReporterEntry{reporter.index, reporter.pair.public_key}, sealed.key);
      for (const PublicKey& key : keys) insert_box(transaction, region, sealed.id, key, sealed.key);
    }
    if (complaint) {
      MINHU_TRY(filed.complaint, cases::receive(transaction, context, *complaint));
    }
    if (known) return filed;
    if (filed.complaint) sealed.letter.complaint = filed.complaint->number;
    std::string letter = to_json(sealed.letter);
    sealed.pieces.push_back(seal_piece(sealed.key, sealed.id, Kind::letter, as_bytes(letter),
                                       ground.installation.entropy, context.now));
    wipe(letter);
    for (const SealedPiece& piece : sealed.pieces) {
      insert_piece(transaction, region, sealed.id, piece);
    }
    // What lies under the seal cannot be exchanged later without its digest telling.
    MINHU_CHECK_OK(
        cases::note_sealed_step(transaction, context, sealed.id, "written",
                                {{"digest", to_hex(sha256(sealed.pieces.back().sealed))}}));
    return filed;
  });
}

}  // namespace minhu::accusations
