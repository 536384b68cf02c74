// For tests: a county's log with three witnesses, two of which are enough, and receipts of it.
#pragma once

#include <string>

#include "engines/merkle/receipt.h"
#include "engines/merkle/test_log.h"

namespace minhu::merkle {

inline constexpr const char* county_origin = "record.minhu.example/pujiang/log1";

struct TestCounty {
  Signer log = signer_of(county_origin, KeyKind::ed25519);
  std::vector<Signer> witnesses = [] {
    std::vector<Signer> three;
    for (const char* name : {"congress.example", "audit.example", "university.example"}) {
      three.push_back(signer_of(name, KeyKind::cosignature_v1));
    }
    return three;
  }();

  std::string policy_text(const std::string& quorum = "enough") const {
    std::string text = "log " + format_verifier_key(log.verifier()) + "\n";
    for (const Signer& witness : witnesses) {
      text += "witness " + witness.name.substr(0, witness.name.find('.')) + " " +
              format_verifier_key(witness.verifier()) + "\n";
    }
    return text + "group enough 2 congress audit university\nquorum " + quorum + "\n";
  }
  TrustPolicy policy() const { return parse_policy(policy_text()).value(); }

  // Signed by the log and by the first `count` witnesses, each a minute after the one before.
  Note note(const TreeHead& head, std::size_t count = 2,
            std::uint64_t seconds = 1'764'060'000) const {
    Note signed_note{format_checkpoint({county_origin, head, {}}), {}};
    signed_note.signatures.push_back(sign_text(log, signed_note.text));
    for (std::size_t i = 0; i < count; ++i) {
      signed_note.signatures.push_back(sign_text(witnesses[i], signed_note.text, seconds + 60 * i));
    }
    return signed_note;
  }
};

inline Opening test_opening(std::uint32_t number = 0) {
  Opening opening;
  opening.case_key = sha256(as_bytes("the key of a case"));
  opening.seconds = 1'764'059'000 + number;
  opening.payload.number = number;
  opening.payload.kind = "received";
  opening.payload.happened = 1'764'057'600;
  opening.payload.by = "citizen";
  return opening;
}

inline Bytes entry_of(const Opening& opening) {
  const LeafBytes bytes = encode_leaf(leaf_of(opening));
  return {bytes.begin(), bytes.end()};
}

// A log of `size` entries, the one at `index` being the opening's.
struct ReceiptLog : TestLog {
  std::uint64_t index;
  TestCounty county;

  ReceiptLog(std::uint64_t size, std::uint64_t at) : index(at) {
    std::vector<Bytes> entries = numbered_entries(0, size);
    entries[at] = entry_of(test_opening());
    grow(entries);
  }

  LogProof receipt() const {
    TileReader reader(head(), fetch);
    return {encode_opening(test_opening()), index,
            make_inclusion_proof(reader, index, head().size).value(),
            format_note(county.note(head()))};
  }
};

}  // namespace minhu::merkle
