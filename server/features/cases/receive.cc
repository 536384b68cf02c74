#include "features/cases/receive.h"

#include <algorithm>

#include "features/cases/clocks.h"
#include "features/cases/printed_numbers.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "kernel/utf8.h"

namespace minhu::cases {

struct PreparedWords {
  ClientToken token;
  Digest token_hash{};
  CaseKey key;
  Event event;
  std::vector<SealedContent> contents;
  bool helped_by_clerk = false;
};

namespace {

// Version 0 of a receipt is the activation code a clerk hands over; the speaker's own code starts
// with 1.
constexpr std::int64_t activation_version = 0;
constexpr std::int64_t first_version = 1;

// What somebody chose and what they left must say the same: nobody is anonymous with a telephone
// number, and nobody is named without a name.
Outcome fits(IdentityLevel level, const std::optional<Sealed<Contact>>& contact) {
  if (level == IdentityLevel::anonymous) {
    if (!contact) return {};
    return fail(FaultCode::invalid_input, "seal.anonymous_with_contact", "identity_level");
  }
  if (!contact) return fail(FaultCode::invalid_input, "seal.contact_missing", "contact");
  const bool has_name = !contact->reveal_because("whether there is a name").name.empty();
  if (level == IdentityLevel::named && !has_name) {
    return fail(FaultCode::invalid_input, "seal.name_missing", "name");
  }
  return {};
}

Result<Said> checked(const Words& words) {
  Said said;
  MINHU_TRY(said.title, clean_text(words.title));
  MINHU_TRY(said.text, clean_text(words.text));
  MINHU_TRY(said.place_words, clean_text(words.place_words));
  if (said.text.empty() && said.title.empty() && words.attachments.empty()) {
    return fail(FaultCode::invalid_input, "cases.words_empty", "words");
  }
  const bool typed_here = words.channel == Channel::web || words.channel == Channel::api ||
                          words.channel == Channel::open311;
  const std::size_t most = typed_here ? longest_words : longest_import;
  if (code_points(said.text) > most || code_points(said.title) > most ||
      code_points(said.place_words) > most) {
    return fail(FaultCode::invalid_input, "cases.words_too_long", "words",
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  if (words.identity_level) MINHU_CHECK_OK(fits(*words.identity_level, words.contact));
  if (words.attachments.size() > most_attachments) {
    return fail(FaultCode::too_large, "cases.too_many_attachments", "attachments",
                std::map<std::string, std::string>{{"most", std::to_string(most_attachments)}});
  }
  return said;
}

UnitId dispatching_unit(const County& county, Track track) {
  switch (track) {
    case Track::hotline:
    case Track::open311:
      return county.hotline_body;
    case Track::petition:
    case Track::suggestion:
      return county.petition_office;
    case Track::accusation:
      return {};  // held: with nobody
  }
  return {};
}

struct Known {
  CaseId case_id;
  std::string number;
  Instant received_at;
};

std::optional<Known> known_request(Reading& reading, RegionId region, const Digest& token_hash) {
  return reading.first(
      "SELECT r.case_id, f.number, f.received_at FROM repeated_request r "
      "JOIN case_file f ON f.region_id = r.region_id AND f.case_id = r.case_id "
      "WHERE r.region_id = ?1 AND r.token_hash = ?2",
      {param(region), BytesView(token_hash)}, [](const Row& row) {
        return Known{row.id<CaseId>(0), std::string(row.text(1)), row.instant(2)};
      });
}

// The serial that a new case gets, and what opens its receipt.
struct Numbered {
  std::uint64_t serial = 0;
  StoredCode code;
};

// The event, the row of today, the clocks, the receipt and the contents of words that are new.
void keep_new(Transaction& transaction, const Context& context, const PreparedWords& words,
              const Facts& more, const std::string& number, const Numbered& numbered) {
  const RegionId region = context.county.region;
  const CaseId id = words.event.case_id;
  Event event = words.event;
  event.seq = 0;
  event.facts["number"] = number;
  for (const auto& [fact, value] : more) event.facts[fact] = value;
  event.clocks = clock_changes(context.county, CaseFile{}, event);
  CaseFile file;
  apply(file, event);

  insert_receipt(transaction, region, numbered.serial, id, numbered.code);
  remember_request(transaction, region, words.token_hash, id, 0, context.now);
  store_case_key(transaction, region, words.key, context.keyring, context.entropy);
  for (const SealedContent& content : words.contents) {
    store_content(transaction, region, id, content, context.now);
  }
  append_events(transaction, context.county, std::nullopt, file, {&event, 1});
}

Receipt receipt_of(const Context& context, const PreparedWords& words, CaseId id,
                   const std::string& number, Instant received_at, bool repeated) {
  Receipt receipt{id, number, {}, {}, received_at, repeated};
  auto& code = words.helped_by_clerk ? receipt.activation_code : receipt.query_code;
  code = make_query_code(context.keyring, number,
                         words.helped_by_clerk ? activation_version : first_version, words.token);
  return receipt;
}

}  // namespace

std::int64_t recordings_among(const std::vector<NewAttachment>& attachments) {
  return std::count_if(attachments.begin(), attachments.end(), [](const NewAttachment& one) {
    return one.media_type.starts_with("audio/");
  });
}

void PreparedWordsDeleter::operator()(PreparedWords* words) const noexcept {
  delete words;
}

Result<PreparedWordsPtr> prepare(const Context& context, Words words) {
  MINHU_TRY(const Said said, checked(words));
  MINHU_TRY(const std::string noted, clean_text(words.noted));
  const Instant happened_at = words.happened_at.value_or(context.now);
  if (happened_at > context.now) {
    return fail(FaultCode::invalid_input, "cases.in_the_future", "happened_at");
  }
  const auto id = context.entropy.id<CaseId>(context.now);
  PreparedWordsPtr prepared(
      new PreparedWords{words.token,
                        hash_of_token(context.keyring, "receive", words.token),
                        make_case_key(id, context.entropy),
                        {},
                        {},
                        words.helped_by_clerk});

  Event& event = prepared->event;
  event.case_id = id;
  event.kind = EventKind::received;
  event.happened_at = happened_at;
  event.recorded_at = context.now;
  event.actor = context.actor;
  event.facts = {{"channel", std::string(name(words.channel))},
                 {"track", std::string(name(words.track))}};
  if (!words.place.empty()) event.facts["place"] = words.place;
  if (!words.source.empty()) event.facts["source"] = words.source;
  const IdentityLevel level = words.identity_level.value_or(
      words.contact ? IdentityLevel::confidential : IdentityLevel::anonymous);
  event.facts["identity_level"] = std::string(name(level));
  if (!words.notice.empty()) event.facts["notice"] = words.notice;
  if (words.may_be_called && words.contact) event.facts["may_be_called"] = "yes";
  if (words.helped_by_clerk) event.facts["activated"] = "no";
  if (const std::int64_t recordings = recordings_among(words.attachments); recordings > 0) {
    event.facts["recordings"] = std::to_string(recordings);
  }
  if (const UnitId unit = dispatching_unit(context.county, words.track); !unit.empty()) {
    event.facts["dispatching_unit"] = unit.text();
  }

  const auto keep = [&](ContentRole role, std::string_view type, BytesView plain) {
    prepared->contents.push_back(
        seal_content(prepared->key, role, type, plain, context.now, context.entropy));
    event.contents.push_back(prepared->contents.back().ref);
  };
  keep(ContentRole::words, said_type, as_bytes(to_json(said)));
  if (!noted.empty()) {
    keep(ContentRole::internal_note, plain_type, as_bytes(noted));
    event.facts["note"] = event.contents.back().id.text();
  }
  if (words.contact) {
    keep(ContentRole::contact, contact_type,
         as_bytes(to_json(words.contact->reveal_because("it is sealed here"))));
  }
  for (const NewAttachment& attachment : words.attachments) {
    keep(ContentRole::attachment, attachment.media_type, attachment.bytes);
  }
  return prepared;
}

Result<Receipt> receive(Transaction& transaction, const Context& context,
                        const PreparedWords& words) {
  return receive_with(transaction, context, words, {});
}

Result<Receipt> receive_with(Transaction& transaction, const Context& context,
                             const PreparedWords& words, const Facts& more) {
  const RegionId region = context.county.region;
  if (const auto known = known_request(transaction, region, words.token_hash)) {
    return receipt_of(context, words, known->case_id, known->number, known->received_at, true);
  }
  const std::uint64_t serial = serial_after(last_serial(transaction, region), context.now);
  const std::string number = make_number(context.keyring, serial);
  const Receipt receipt =
      receipt_of(context, words, words.event.case_id, number, words.event.happened_at, false);
  const Digest code_hash =
      hash_of_code(context.keyring, number,
                   words.helped_by_clerk ? receipt.activation_code : receipt.query_code);
  keep_new(transaction, context, words, more, number,
           {serial,
            {words.helped_by_clerk ? activation_version : first_version, code_hash,
             words.helped_by_clerk}});
  return receipt;
}

Result<Receipt> receive_printed(Transaction& transaction, const Context& context,
                                const PreparedWords& words, std::string_view number,
                                const Facts& more) {
  MINHU_ASSERT(words.helped_by_clerk);
  const RegionId region = context.county.region;
  if (const auto known = known_request(transaction, region, words.token_hash)) {
    return Receipt{known->case_id, known->number, {}, {}, known->received_at, true};
  }
  MINHU_TRY(const Digest code_hash, take_printed(transaction, context, number));
  keep_new(transaction, context, words, more, std::string(number),
           {serial_of(context.keyring, number), {activation_version, code_hash, true}});
  return Receipt{words.event.case_id, std::string(number), {}, {}, words.event.happened_at, false};
}

}  // namespace minhu::cases
